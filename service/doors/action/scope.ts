// Which findings a change is answerable for: those that it brings, and those on lines that it touches. Pure.

import type { Finding } from "../../finding/finding.ts";
import { reaches } from "../../finding/finding.ts";
import type { LineRange } from "../../host/git.ts";
import type { Report } from "../../report/report.ts";

/** The changed lines of a file of the newer commit; "all" for a new file; undefined for one that did not change. */
export type Touched = (path: string) => readonly LineRange[] | "all" | undefined;

/**
 * The findings of `head` that a change brings or touches. `before` are the findings of what it is compared with, several
 * times where its files go by several names; what stands in one of them is old. A finding is new too when it got graver,
 * when it stands more often than before, or when a suppression that hid it is gone.
 */
export function ofChange(head: readonly Finding[], before: readonly (readonly Finding[])[], touched: Touched): Set<Finding> {
  const isTouched = (finding: Finding): boolean => {
    const lines = touched(finding.path);
    return lines === "all" || (lines ?? []).some(({ first, last }) => finding.start.line <= last && Math.max(finding.start.line, finding.end.line) >= first);
  };
  const old = new Map<string, Finding[]>();
  for (const findings of before)
    for (const [fingerprint, list] of byFingerprint(findings)) if (list.length > (old.get(fingerprint)?.length ?? 0)) old.set(fingerprint, list);
  const chosen = new Set<Finding>();
  for (const finding of head) {
    if (isTouched(finding)) {
      chosen.add(finding);
      // It takes its place among the old ones, so that it does not make another one look new.
      take(old, finding);
    }
  }
  for (const finding of head) if (!chosen.has(finding) && !take(old, finding)) chosen.add(finding);
  return chosen;
}

/** A report of some of its findings; the files stay. */
export function reduced(report: Report, chosen: ReadonlySet<Finding>): Report {
  return { ...report, findings: report.findings.filter((one) => chosen.has(one)), failing: report.failing.filter((one) => chosen.has(one)) };
}

function byFingerprint(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.suppressed !== null) continue;
    const list = found.get(finding.fingerprint) ?? [];
    list.push(finding);
    found.set(finding.fingerprint, list);
  }
  return found;
}

/** Takes one old finding away that is the same and as grave; false when there is none. */
function take(old: ReadonlyMap<string, Finding[]>, finding: Finding): boolean {
  const list = old.get(finding.fingerprint);
  const index = list?.findIndex((one) => reaches(one.severity, finding.severity)) ?? -1;
  if (list === undefined || index < 0) return false;
  list.splice(index, 1);
  return true;
}
