// The one comment of the conversation: how many findings where, those that stand on no line, and what was not checked.
// It names no commit, so that a push without effect changes nothing in it.

import type { FileLook } from "../../source/file-look.ts";
import type { Desired, DesiredFinding } from "./desired.ts";
import { fit, MOST } from "./fit.ts";
import { listItem } from "./inline-comment.ts";
import { cellSpan, codeSpan, sentence } from "./sanitise.ts";

/** Is there anything to tell that deserves a comment? */
export function saysSomething(desired: Desired): boolean {
  return desired.findings.length > 0 || desired.notes.length > 0;
}

/** `listed` are the findings that stand nowhere else; `acknowledged` is how many people have resolved or hidden. */
export function summaryComment(desired: Desired, listed: readonly DesiredFinding[], acknowledged: number): string {
  const head = [`### natslint: ${verdict(desired)}`, countsLine(desired, acknowledged), ...desired.notes.map((note) => `> ${sentence(note)}`)];
  const foot = `natslint ${desired.version}`;
  // The parts share the room: what is listed may take most of it, for it stands nowhere else.
  const parts = [
    ...head.filter((part) => part !== ""),
    countsTable(desired.findings, MOST / 5),
    details("On no line of this pull request", listed.map(listItem), (MOST * 3) / 5),
    uncheckedDetails(desired.unchecked, MOST / 10),
    foot,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** One clause: also the title of the check. */
export function verdict({ findings, failing }: Desired): string {
  if (findings.length === 0) return "all clear";
  if (failing === 0) return `${plural(findings.length, "finding")}, none of which fails the check`;
  return failing === findings.length
    ? `${plural(failing, "finding")} to fix`
    : `${plural(failing, "finding")} to fix, ${findings.length - failing} more to look at`;
}

/** How many findings of each level, and what does not count. */
export function countsLine({ findings, suppressed }: Desired, acknowledged: number): string {
  const count = (level: string): number => findings.filter(({ finding }) => finding.severity === level).length;
  const parts = [
    count("error") === 0 ? "" : plural(count("error"), "error"),
    count("warning") === 0 ? "" : plural(count("warning"), "warning"),
    count("info") === 0 ? "" : `${count("info")} for information`,
    acknowledged === 0 ? "" : `${acknowledged} resolved or hidden by people`,
    suppressed === 0 ? "" : `${suppressed} suppressed`,
  ];
  const said = parts.filter((part) => part !== "").join(", ");
  return said === "" ? "" : `${said}.`;
}

/** Findings counted by file and environment. */
export function countsTable(findings: readonly DesiredFinding[], most: number): string {
  if (findings.length === 0) return "";
  const rows = new Map<string, { path: string; environments: string; error: number; warning: number; info: number }>();
  for (const { finding } of [...findings].sort((a, b) => (a.finding.path < b.finding.path ? -1 : a.finding.path > b.finding.path ? 1 : 0))) {
    const environments = finding.environments.join(", ");
    const key = `${finding.path}\n${environments}`;
    const row = rows.get(key) ?? { path: finding.path, environments, error: 0, warning: 0, info: 0 };
    row[finding.severity]++;
    rows.set(key, row);
  }
  const shown = [...rows.values()].map((row) => `| ${cellSpan(row.path)} | ${row.environments || "-"} | ${row.error} | ${row.warning} | ${row.info} |`);
  return `| file | environment | errors | warnings | infos |\n|---|---|--:|--:|--:|\n${fit(shown, most, (left) => `| and ${plural(left, "more row")} | | | | |`)}`;
}

/** What was not checked and why. */
export function uncheckedDetails(files: readonly FileLook[], most: number): string {
  return details(
    `Not checked, or not wholly`,
    files.map(({ path, why }) => `- ${codeSpan(path)}: ${sentence(why ?? "it could not be read", 300)}`),
    most,
  );
}

/** A collapsed list; empty when there is nothing in it. */
function details(title: string, items: readonly string[], most: number): string {
  if (items.length === 0) return "";
  return `<details>\n<summary>${title}: ${items.length}</summary>\n\n${fit(items, most, (left) => `- and ${left} more`)}\n\n</details>`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
