// What a run came to: findings, what was looked at, and whether it passes.

import { compareFindings, type Finding } from "../finding/finding.ts";
import type { FileLook } from "../source/file-look.ts";

export interface Report {
  readonly findings: readonly Finding[];
  readonly files: readonly FileLook[];
  /** The findings that count and reach the threshold of the settings that hold for them; none: the run passes. */
  readonly failing: readonly Finding[];
  /** The lines that findings point at, redacted, by `frameKey`: for code frames. */
  readonly frames: ReadonlyMap<string, string>;
}

/** How many findings count at each level, and how many are suppressed. */
export function counts(report: Report): { readonly error: number; readonly warning: number; readonly info: number; readonly suppressed: number } {
  const count = { error: 0, warning: 0, info: 0, suppressed: 0 };
  for (const finding of report.findings) count[finding.suppressed === null ? finding.severity : "suppressed"]++;
  return count;
}

/** What became of how many files. */
export function fileCounts(report: Report): Readonly<Record<FileLook["state"], number>> {
  const count = { linted: 0, irrelevant: 0, "not-understood": 0, unreadable: 0 };
  for (const { state } of report.files) count[state]++;
  return count;
}

/** Several reports as one: what different settings hold for. */
export function merged(reports: readonly Report[]): Report {
  return {
    findings: reports.flatMap((report) => report.findings).sort(compareFindings),
    files: reports.flatMap((report) => report.files).sort((a, b) => (a.path < b.path ? -1 : 1)),
    failing: reports.flatMap((report) => report.failing),
    frames: new Map(reports.flatMap((report) => [...report.frames])),
  };
}
