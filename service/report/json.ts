// Findings for programs; the shape is published as schemas/report.schema.json.

import type { Finding } from "../finding/finding.ts";
import type { FileLook } from "../source/file-look.ts";
import { counts, fileCounts, type Report } from "./report.ts";

/** What `--format json` prints. */
export interface PrintedReport {
  /** natslint's own. */
  readonly version: string;
  readonly findings: readonly PrintedFinding[];
  readonly files: readonly FileLook[];
  readonly summary: {
    readonly verdict: "pass" | "fail";
    readonly failing: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly suppressed: number;
    readonly files: Readonly<Record<FileLook["state"], number>>;
  };
}

interface PrintedFinding extends Omit<Finding, "rule" | "refuses" | "fix"> {
  /** Its id. */
  readonly rule: string;
}

/** `version` is natslint's own. */
export function jsonReport(report: Report, version: string): string {
  const { error, warning, info, suppressed } = counts(report);
  const findings = report.findings.map((one) => ({
    rule: one.rule.id,
    severity: one.severity,
    message: one.message,
    path: one.path,
    start: one.start,
    end: one.end,
    at: one.at,
    related: one.related.map(({ path, start, end, message }) => ({ path, start, end, message })),
    environments: one.environments,
    fingerprint: one.fingerprint,
    suppressed: one.suppressed,
  }));
  const failing = report.failing.length;
  const verdict = failing === 0 ? "pass" : "fail";
  const summary = { verdict, failing, errors: error, warnings: warning, infos: info, suppressed, files: fileCounts(report) } as const;
  const printed: PrintedReport = { version, findings, files: report.files, summary };
  return `${JSON.stringify(printed, null, 2)}\n`;
}
