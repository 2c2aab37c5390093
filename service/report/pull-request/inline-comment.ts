// The text of one review comment: the sentence, why it matters, the page, and the cure where it is certain.

import { helpUri, type Rule } from "../../rule/rule.ts";
import type { DesiredFinding } from "./desired.ts";
import { codeSpan, fenced, sentence } from "./sanitise.ts";

/** A comment on lines that the diff shows. */
export function inlineComment(desired: DesiredFinding): string {
  const { suggestion } = desired;
  return blocks(said(desired), suggestion === null ? null : fenced("suggestion", suggestion));
}

/** A comment on a file, because the diff does not show the line; so the line is named. */
export function fileComment(desired: DesiredFinding): string {
  return blocks(`Line ${desired.finding.start.line}: ${said(desired)}`);
}

/** A comment that people answered and whose line went elsewhere: it stays where it is and names the new place. */
export function movedComment(desired: DesiredFinding): string {
  const { path, start } = desired.finding;
  return blocks(said(desired), `This is now about ${codeSpan(`${path}:${start.line}`)}.`);
}

/** What a comment that people answered turns into when its finding is gone, or is not this pull request's any more. */
export function fixedComment(ruleId: string, headSha: string, because: "fixed" | "suppressed" | "not its own"): string {
  const head = headSha.slice(0, 12);
  const what = { fixed: `fixed in ${head}`, suppressed: `suppressed in ${head}`, "not its own": `as of ${head} not brought by this pull request` }[because];
  return `${ruleId === "" ? "" : `${codeSpan(ruleId)}: `}${what}.`;
}

/** The text above the inline comments of one review. GitHub refuses a review without any. */
export function reviewBody(count: number): string {
  return count === 1 ? "natslint has one new finding on a line of this pull request." : `natslint has ${count} new findings on lines of this pull request.`;
}

/** A finding in one line, for lists. */
export function listItem({ finding }: DesiredFinding): string {
  const { severity, path, start, message, rule } = finding;
  return `- **${severity}** ${codeSpan(`${path}:${start.line}`)} ${sentence(message)} ${pageLink(rule)}${environmentsOf(finding.environments)}`;
}

/** The first sentence of the page. */
export function why(rule: Rule): string {
  const text = rule.description.replace(/\s+/g, " ").trim();
  return /^.*?[.!?](?=\s+[A-Z`"]|$)/.exec(text)?.[0] ?? text;
}

function said({ finding }: DesiredFinding): string {
  const { severity, message, rule, environments, related } = finding;
  const places = related.slice(0, 5).map((one) => `- ${codeSpan(`${one.path}:${one.start.line}`)} ${sentence(one.message)}`);
  return blocks(
    `**${severity}**: ${sentence(message)}`,
    why(rule),
    places.length === 0 ? null : places.join("\n"),
    `${pageLink(rule)}${environmentsOf(environments)}`,
  );
}

function pageLink(rule: Rule): string {
  return `[${rule.id}](${helpUri(rule)})`;
}

function environmentsOf(environments: readonly string[]): string {
  return environments.length === 0 ? "" : ` in ${environments.join(", ")}`;
}

function blocks(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n\n");
}
