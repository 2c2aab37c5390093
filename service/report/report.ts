// What a run came to: findings, what was looked at, and whether it passes.

import { compareFindings, type Finding } from "../finding/finding.ts";
import type { Severity } from "../rule/rule.ts";
import type { FileLook } from "../source/file-look.ts";

export interface Report {
  readonly findings: readonly Finding[];
  readonly files: readonly FileLook[];
  readonly failOn: Severity;
  /** "pass" when no finding that counts reaches `failOn`. */
  readonly verdict: "pass" | "fail";
  /** The lines that findings point at, redacted, by path and line: for code frames. */
  readonly frames: ReadonlyMap<string, string>;
}

/** The key of `Report.frames`. */
export function frameKey(path: string, line: number): string {
  return `${path}:${line}`;
}

/** How many findings count at each level, and how many are suppressed. */
export function counts(report: Report): { readonly error: number; readonly warning: number; readonly info: number; readonly suppressed: number } {
  const count = { error: 0, warning: 0, info: 0, suppressed: 0 };
  for (const finding of report.findings) count[finding.suppressed === null ? finding.severity : "suppressed"]++;
  return count;
}

/** Several reports as one: what different settings hold for. */
export function merged(reports: readonly Report[]): Report {
  const findings = reports.flatMap((report) => report.findings);
  return {
    findings: [...findings].sort(compareFindings),
    files: reports.flatMap((report) => report.files).sort((a, b) => (a.path < b.path ? -1 : 1)),
    failOn: reports[0]?.failOn ?? "error",
    verdict: reports.some((report) => report.verdict === "fail") ? "fail" : "pass",
    frames: new Map(reports.flatMap((report) => [...report.frames])),
  };
}
