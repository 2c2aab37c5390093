// Findings for programs; the shape is published as schemas/report.schema.json.

import { counts, fileCounts, type Report } from "./report.ts";

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
  const summary = { verdict: failing === 0 ? "pass" : "fail", failing, errors: error, warnings: warning, infos: info, suppressed, files: fileCounts(report) };
  return `${JSON.stringify({ version, findings, files: report.files, summary }, null, 2)}\n`;
}
