// The job's summary: what was compared, what counts, what was not checked, and what could not be done. Pure.

import type { Finding } from "../../finding/finding.ts";
import { fileCounts, counts, type Report } from "../../report/report.ts";
import { cellSpan, hasSecret, sentence } from "../../report/pull-request/sanitise.ts";
import { helpUri } from "../../rule/rule.ts";

export interface Summary {
  readonly counted: Report;
  /** Everything that was found, to say how much does not count. */
  readonly all: Report;
  readonly scope: "changed" | "all";
  readonly isPassed: boolean;
  /** Address of a file at the head, without a line: `https://github.com/o/n/blob/<sha>/` */
  readonly blobs: string;
  /** Sentences in Markdown that is natslint's own. */
  readonly notes: readonly string[];
  /** Sentences with foreign text in them. */
  readonly problems: readonly string[];
  readonly version: string;
}

/** GitHub drops a summary of more than 1 MiB. */
const MOST_BYTES = 900_000;
const MOST_ROWS = 1_000;

const MARK = { error: "❌ error", warning: "⚠️ warning", info: "ℹ️ info" } as const;

export function jobSummary(summary: Summary): string {
  const { counted, all, scope, notes, problems, isPassed, version } = summary;
  const findings = gravestFirst(counted.findings.filter((one) => one.suppressed === null));
  const rows: string[] = [];
  let bytes = 0;
  for (const finding of findings.slice(0, MOST_ROWS)) {
    const row = tableRow(finding, summary);
    bytes += Buffer.byteLength(row);
    if (bytes > MOST_BYTES) break;
    rows.push(row);
  }
  const left = findings.length - rows.length;
  const elsewhere = unsuppressed(all) - findings.length;
  const parts = [
    `### natslint: ${isPassed ? "passed" : "failed"}`,
    `${total(counted)}${scope === "changed" ? " that this change brings or touches" : ""}; ${filesLine(all)}.${elsewhere > 0 ? ` ${elsewhere} more ${elsewhere === 1 ? "finding was" : "findings were"} there before.` : ""}`,
    ...problems.map((one) => `**Not checked:** ${sentence(one)}`),
    ...notes.map((one) => `> ${one}`),
    rows.length === 0 ? "" : ["| severity | where | what | rule |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    left > 0 ? `${left} more ${left === 1 ? "finding is" : "findings are"} not listed here; the report file has them all.` : "",
    unchecked(all),
    `<sub>natslint ${sentence(version)}</sub>`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** "2 errors, 1 warning", "no findings" */
export function total(report: Report): string {
  const { error, warning, info } = counts(report);
  const said = [plural(error, "error"), plural(warning, "warning"), info === 0 ? "" : `${info} info`].filter((text) => text !== "");
  return said.length === 0 ? "no findings" : said.join(", ");
}

export function gravestFirst(findings: readonly Finding[]): readonly Finding[] {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return [...findings].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Why nothing was checked; null when something was. A run is never clean in silence. */
export function nothingChecked(report: Report): string | null {
  if (fileCounts(report).linted > 0) return null;
  return report.files.length === 0
    ? "Nothing was checked: there is no file here that natslint reads (.yaml, .yml, .json, .conf)."
    : "Nothing was checked: natslint found no NATS in the files here.";
}

function tableRow({ severity, path, start, message, rule, environments }: Finding, { blobs }: Summary): string {
  const place = cellSpan(`${path}:${start.line}`);
  // A path that holds a secret is hidden in the span, and would stand open in the link.
  const where = hasSecret(path) ? place : `[${place}](${blobs}${path.split("/").map(encode).join("/")}#L${start.line})`;
  const remark = environments.length === 0 ? "" : ` (${environments.join(", ")})`;
  return `| ${MARK[severity]} | ${where} | ${sentence(message)}${remark} | [${rule.id}](${helpUri(rule)}) |`;
}

/** Brackets would end a link's address too early. */
function encode(part: string): string {
  return encodeURIComponent(part).replaceAll("(", "%28").replaceAll(")", "%29");
}

function filesLine(report: Report): string {
  const { linted, unreadable, "not-understood": unclear } = fileCounts(report);
  return [
    `${linted} ${linted === 1 ? "file" : "files"} checked`,
    unclear === 0 ? "" : `${unclear} not understood`,
    unreadable === 0 ? "" : `${unreadable} not read`,
  ]
    .filter((text) => text !== "")
    .join(", ");
}

function unchecked(report: Report): string {
  const files = report.files.filter(({ state, why }) => (state === "unreadable" || state === "not-understood") && why !== null);
  if (files.length === 0) return "";
  const rows = files.slice(0, 100).map(({ path, why }) => `- ${cellSpan(path)}: ${sentence(why ?? "")}`);
  if (files.length > rows.length) rows.push(`- and ${files.length - rows.length} more`);
  return `<details><summary>Not checked (${files.length})</summary>\n\n${rows.join("\n")}\n\n</details>`;
}

function unsuppressed(report: Report): number {
  return report.findings.filter((one) => one.suppressed === null).length;
}

function plural(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
