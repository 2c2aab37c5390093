// Findings for a terminal: the place, the sentence, the line with the value underlined, the page.

import { type Finding, frameKey } from "../finding/finding.ts";
import { helpUri } from "../rule/rule.ts";
import type { FileLook } from "../source/file-look.ts";
import { COLORS, type Paint, PLAIN, printable } from "./paint.ts";
import { counts, fileCounts, type Report } from "./report.ts";

export interface TextOptions {
  readonly colors: boolean;
  /** Only findings that fail the run, and no summary. */
  readonly quiet: boolean;
  /** Files that were named one by one: each gets its own sentence when it was not linted. */
  readonly named: ReadonlySet<string>;
  /** What a source is called. */
  readonly noun?: "file" | "object";
  /** Says in other words where a finding is; null where there are none. */
  readonly where?: (finding: Finding) => string | null;
}

export function textReport(report: Report, options: TextOptions): string {
  const paint = options.colors ? COLORS : PLAIN;
  const failing = new Set(report.failing);
  const shown = report.findings.filter((one) => one.suppressed === null && (!options.quiet || failing.has(one)));
  const blocks = shown.map((finding) => block(finding, report, options.where?.(finding) ?? null, paint));
  if (!options.quiet) blocks.push(summary(report, options, paint));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** The line of a finding without frame and colour: also what pages show. */
export function plainLine(finding: Finding): string {
  const { path, start, severity, message, rule } = finding;
  return `${path}:${start.line}:${start.column}: ${severity}: ${message} [${rule.id}]`;
}

function block(finding: Finding, report: Report, elsewise: string | null, paint: Paint): string {
  const { path, start, severity, message, rule, environments } = finding;
  const where = paint.bold(printable(`${path}:${start.line}:${start.column}`));
  const lines = [`${where}: ${paint.severity[severity](severity)}: ${printable(message)} ${paint.dim(`[${rule.id}]`)}`];
  lines.push(...frame(finding, report, paint));
  if (elsewise !== null) lines.push(paint.dim(printable(`  ${elsewise}`)));
  for (const one of finding.related) lines.push(paint.dim(printable(`  ${one.path}:${one.start.line}:${one.start.column}: ${one.message}`)));
  if (environments.length > 0) lines.push(paint.dim(`  in ${environments.join(", ")}`));
  lines.push(paint.dim(`  ${helpUri(rule)}`));
  return lines.join("\n");
}

/** The widest stretch of a line that is shown, in UTF-16 code units. */
const WIDTH = 160;

/** The source line and carets under the value. Wide characters and tabs keep their width by being repeated as blanks. */
function frame(finding: Finding, report: Report, paint: Paint): string[] {
  const text = report.frames.get(frameKey(finding.path, finding.start.line));
  if (text === undefined || text.trim() === "") return [];
  const from = finding.start.column - 1;
  const cut = text.length > WIDTH ? Math.max(0, Math.min(from - 40, text.length - WIDTH)) : 0;
  const shown = printable(text.slice(cut, cut + WIDTH));
  const number = String(finding.start.line);
  const lead = blanks(shown.slice(0, Math.max(0, from - cut)));
  const rest = Math.max(1, shown.length - (from - cut));
  // What is hidden has another length than what stands there.
  const hidden = /^["']?(\*{8,})/.exec(shown.slice(Math.max(0, from - cut)))?.[0]?.length;
  const long = finding.end.line === finding.start.line ? finding.end.column - finding.start.column : 1;
  const width = hidden ?? Math.max(1, Math.min(long, rest));
  const margin = " ".repeat(number.length);
  return [`${paint.dim(`  ${number} |`)} ${shown}`, `${paint.dim(`  ${margin} |`)} ${lead}${paint.severity[finding.severity]("^".repeat(width))}`];
}

/** As wide as the text, on a terminal. */
function blanks(text: string): string {
  return [...text].map((char) => (char === "\t" ? "\t" : /[\u1100-\u115f\u2e80-\uffdc]|[\u{1f300}-\u{1faff}]/u.test(char) ? "  " : " ")).join("");
}

/** What was found, and what was looked at. */
function summary(report: Report, { named, noun = "file" }: TextOptions, paint: Paint): string {
  const { error, warning, info, suppressed } = counts(report);
  const { linted, irrelevant, unreadable, "not-understood": unclear } = fileCounts(report);
  const found = [plural(error, "error"), plural(warning, "warning"), info === 0 ? "" : `${info} info`].filter((text) => text !== "");
  const rest = [
    `${linted} ${linted === 1 ? noun : `${noun}s`} checked`,
    unclear === 0 ? "" : `${unclear} not understood`,
    unreadable === 0 ? "" : `${unreadable} not read`,
    irrelevant === 0 ? "" : `${irrelevant} passed over`,
    suppressed === 0 ? "" : `${plural(suppressed, "finding")} suppressed`,
  ];
  const total = found.length === 0 ? "no findings" : found.join(", ");
  const notes = notesOf(report.files, named).map((note) => paint.dim(printable(note)));
  return [...notes, paint.bold(`${total}; ${rest.filter((text) => text !== "").join(", ")}`)].join("\n");
}

/** Why files were not linted: named ones one by one, others only where they may be about NATS, together by the reason. */
function notesOf(files: readonly FileLook[], named: ReadonlySet<string>): string[] {
  const words = { irrelevant: "nothing to check", "not-understood": "not understood", unreadable: "not read" };
  const groups = new Map<string, string[]>();
  for (const { path, state, why } of files) {
    if (state === "linted" || why === null || (state === "irrelevant" && !named.has(path))) continue;
    const reason = `${named.has(path) ? path : ""}\n${words[state]}: ${why}`;
    groups.set(reason, [...(groups.get(reason) ?? []), path]);
  }
  return [...groups].map(([reason, [first, ...others]]) => `${first}${others.length === 0 ? "" : ` and ${others.length} more`}: ${reason.split("\n")[1]}`);
}

function plural(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
