// Which findings a pull request is told about: those that it brings, and those on lines that it touches. What was wrong
// before and is left alone is nobody's business there.

import type { Finding } from "../../finding/finding.ts";
import type { Report } from "../report.ts";
import { type ChangedFile, hunksOf } from "./changed-file.ts";
import { numbered } from "./desired.ts";

export type Scope = "changed" | "all";

/** `base` is the report of the commit that the pull request goes out from; null when nothing is known of it. */
export function findingsInScope(head: Report, base: Report | null, files: readonly ChangedFile[], scope: Scope): readonly Finding[] {
  if (scope === "all") return head.findings;
  const known = numbered(base?.findings ?? []);
  const before = new Set(known.map(({ fingerprint }) => fingerprint));
  // What was suppressed and is not any more is brought.
  const open = new Set(known.filter(({ finding }) => finding.suppressed === null).map(({ fingerprint }) => fingerprint));
  const moved = new Map(files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [] : [[path, previousPath] as const])));
  const carried = countOf((base?.findings ?? []).filter(({ suppressed }) => suppressed === null));
  const added = new Map(files.map((file) => [file.path, addedLines(file)] as const));
  return numbered(head.findings)
    .filter(({ finding, fingerprint }) => {
      if (touches(finding, added)) return true;
      if ((finding.suppressed === null ? open : before).has(fingerprint)) return false;
      // A renamed file brings nothing by its name.
      const previous = moved.get(finding.path);
      return previous === undefined || !take(carried, said(previous, finding));
    })
    .map(({ finding }) => finding);
}

/** Does the finding, or a place that it names, stand on a line that the pull request wrote? */
function touches(finding: Finding, added: ReadonlyMap<string, ReadonlySet<number> | null>): boolean {
  return [finding, ...finding.related].some(({ path, start, end }) => {
    const lines = added.get(path);
    if (lines === undefined || lines === null) return lines === null;
    for (let line = start.line; line <= end.line; line++) if (lines.has(line)) return true;
    return false;
  });
}

/** The lines that the pull request wrote; null where that cannot be known, so that all may be. */
function addedLines(file: ChangedFile): ReadonlySet<number> | null {
  if (file.patch === null && file.status !== "renamed" && file.status !== "unchanged") return null;
  return new Set(hunksOf(file.patch).flatMap((hunk) => hunk.filter(({ isAdded }) => isAdded).map(({ line }) => line)));
}

function said(path: string, { rule, message }: Finding): string {
  return `${rule.id}\n${path}\n${message}`;
}

function countOf(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(said(finding.path, finding), (counts.get(said(finding.path, finding)) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  counts.set(key, left - 1);
  return left > 0;
}
