// Which of natslint's threads is about which finding. One thread is kept for each finding; all others are spare or left.

import type { DesiredFinding } from "./desired.ts";
import type { OwnThread } from "./existing.ts";

export interface Pair {
  readonly finding: DesiredFinding;
  /** The thread that stands for the finding. */
  readonly kept: OwnThread | null;
  /** Others about the same finding. */
  readonly spare: readonly OwnThread[];
}

/** Pairs in the order of the findings, and the threads that are about none of them. */
export function paired(
  findings: readonly DesiredFinding[],
  threads: readonly OwnThread[],
): { readonly pairs: readonly Pair[]; readonly left: readonly OwnThread[] } {
  const open = threads.filter((thread) => !thread.isRetired);
  const groups = new Map<string, OwnThread[]>();
  for (const thread of open) groups.set(thread.marker.fingerprint, [...(groups.get(thread.marker.fingerprint) ?? []), thread]);
  const former = formerThreads(findings, groups);
  const taken = new Set<OwnThread>();
  const pairs = findings.map((finding): Pair => {
    const own = groups.get(finding.fingerprint) ?? [former.get(finding)].filter((thread) => thread !== undefined);
    for (const thread of own) taken.add(thread);
    const [kept, ...spare] = [...own].sort((a, b) => merit(b, finding) - merit(a, finding) || a.comment.id - b.comment.id);
    return { finding, kept: kept ?? null, spare };
  });
  return { pairs, left: threads.filter((thread) => !taken.has(thread)) };
}

/** What people settled goes before what they touched, that before what stands in its place; then the oldest. */
function merit(thread: OwnThread, finding: DesiredFinding): number {
  return (thread.isAcknowledged ? 4 : 0) + (thread.isTouched ? 2 : 0) + (isAt(thread, finding) ? 1 : 0);
}

function isAt({ thread }: OwnThread, { finding, place }: DesiredFinding): boolean {
  if (thread.path !== finding.path || thread.isOutdated) return false;
  return place.kind === "inline"
    ? thread.subject === "line" && thread.line === place.line && thread.startLine === place.startLine
    : thread.subject === place.kind;
}

/**
 * A fingerprint holds the path: in a renamed file a finding takes, in order, what the same rule said of the former path.
 * Only threads that people had to do with are worth it; the others are made anew.
 */
function formerThreads(findings: readonly DesiredFinding[], groups: ReadonlyMap<string, readonly OwnThread[]>): ReadonlyMap<DesiredFinding, OwnThread> {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const free = [...groups]
    .filter(([fingerprint]) => !known.has(fingerprint))
    .flatMap(([, threads]) => threads.filter((own) => own.isTouched || own.isAcknowledged));
  const found = new Map<DesiredFinding, OwnThread>();
  const taken = new Set<OwnThread>();
  for (const one of findings) {
    if (one.previousPath === null || groups.has(one.fingerprint)) continue;
    const former = free.find((own) => !taken.has(own) && own.thread.path === one.previousPath && own.marker.rule === one.finding.rule.id);
    if (former === undefined) continue;
    taken.add(former);
    found.set(one, former);
  }
  return found;
}
