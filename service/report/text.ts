// Findings for a terminal: the place, the sentence, the line with the value underlined, the page.

import type { Finding } from "../finding/finding.ts";
import { helpUri, type Severity } from "../rule/rule.ts";
import { counts, frameKey, type Report } from "./report.ts";

export interface TextOptions {
  readonly colors: boolean;
  /** Only findings at or above the threshold, and no summary. */
  readonly quiet: boolean;
}

interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
}

export function textReport(report: Report, options: TextOptions): string {
  const paint = options.colors ? COLORS : PLAIN;
  const shown = report.findings.filter((one) => one.suppressed === null && (!options.quiet || one.severity === "error" || report.failOn !== "error"));
  const blocks = shown.map((finding) => block(finding, report, paint));
  if (!options.quiet) blocks.push(summary(report, paint));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** The line of a finding without frame and colour: also what pages show. */
export function plainLine(finding: Finding): string {
  const { path, start, severity, message, rule } = finding;
  return `${path}:${start.line}:${start.column}: ${severity}: ${message} [${rule.id}]`;
}

function block(finding: Finding, report: Report, paint: Paint): string {
  const { path, start, severity, message, rule, environments } = finding;
  const where = paint.bold(`${path}:${start.line}:${start.column}`);
  const lines = [`${where}: ${paint.severity[severity](severity)}: ${message} ${paint.dim(`[${rule.id}]`)}`];
  lines.push(...frame(finding, report, paint));
  for (const one of finding.related) lines.push(paint.dim(`  ${one.path}:${one.start.line}:${one.start.column}: ${one.message}`));
  if (environments.length > 0) lines.push(paint.dim(`  in ${environments.join(", ")}`));
  lines.push(paint.dim(`  ${helpUri(rule)}`));
  return lines.join("\n");
}

/** The source line and carets under the value. Wide characters and tabs keep their width by being repeated as blanks. */
function frame(finding: Finding, report: Report, paint: Paint): string[] {
  const text = report.frames.get(frameKey(finding.path, finding.start.line));
  if (text === undefined || text.trim() === "") return [];
  const from = finding.start.column - 1;
  const cut = text.length > 160 ? Math.max(0, Math.min(from - 40, text.length - 160)) : 0;
  const shown = text.slice(cut, cut + 160).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
  const number = String(finding.start.line);
  const lead = [...shown.slice(0, Math.max(0, from - cut))].map((char) => (char === "\t" ? "\t" : /[\u1100-\u115f\u2e80-\uffdc]|[\u{1f300}-\u{1faff}]/u.test(char) ? "  " : " ")).join("");
  const width = Math.max(1, Math.min(finding.end.line === finding.start.line ? finding.end.column - finding.start.column : 1, shown.length - (from - cut)));
  return [`${paint.dim(`  ${number} |`)} ${shown}`, `${paint.dim(`  ${" ".repeat(number.length)} |`)} ${lead}${paint.severity[finding.severity]("^".repeat(width))}`];
}

function summary(report: Report, paint: Paint): string {
  const { error, warning, info, suppressed } = counts(report);
  const linted = report.files.filter((file) => file.state === "linted").length;
  const notes = report.files
    .filter((file) => file.state !== "linted" && file.why !== null && (file.state !== "irrelevant" || report.files.length === 1))
    .map((file) => paint.dim(`${file.path}: ${file.state === "irrelevant" ? "nothing to check" : file.state === "unreadable" ? "not read" : "not understood"}: ${file.why}`));
  const found = [plural(error, "error"), plural(warning, "warning"), info === 0 ? "" : `${info} info`].filter((text) => text !== "");
  const total = error + warning + info === 0 ? "no findings" : found.join(", ");
  const rest = [
    `${plural(linted, "file") || "0 files"} checked`,
    report.files.length > linted ? `${report.files.length - linted} passed over` : "",
    suppressed === 0 ? "" : `${suppressed} suppressed`,
  ];
  return [...notes, paint.bold(`${total}; ${rest.filter((text) => text !== "").join(", ")}`)].join("\n");
}

function plural(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}

const same = (text: string): string => text;
const PLAIN: Paint = { bold: same, dim: same, severity: { error: same, warning: same, info: same } };
const code = (start: number, end: number) => (text: string): string => `\u001b[${start}m${text}\u001b[${end}m`;
const COLORS: Paint = { bold: code(1, 22), dim: code(2, 22), severity: { error: code(31, 39), warning: code(33, 39), info: code(36, 39) } };
