// What a run came to: findings, what was looked at, and whether it passes.

import type { Finding } from "../finding/finding.ts";
import type { Severity } from "../rule/rule.ts";

export interface FileLook {
  readonly path: string;
  readonly state: "linted" | "irrelevant" | "not-understood" | "unreadable";
  /** One sentence; null when there is nothing to say. */
  readonly why: string | null;
}

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
