// What to write so that a pull request says what it is to say: the difference between what is desired and what stands
// there. Made anew from what is read at each run, so a run that broke off anywhere is finished by the next one.

import type { Finding } from "../../finding/finding.ts";
import type { CommentPlace, Desired, DesiredFinding } from "./desired.ts";
import { type Comment, type Existing, ownMarker, ownThreads, type OwnThread, SUMMARY } from "./existing.ts";
import { fileComment, fixedComment, inlineComment, movedComment, reviewBody } from "./inline-comment.ts";
import { bodyHash, type Identity, withMarker } from "./marker.ts";
import { paired, type Pair } from "./pair.ts";
import { saysSomething, summaryComment } from "./summary.ts";

export interface Limits {
  /** Who writes, and where. */
  readonly identity: Identity;
  /** Inline comments that may be open at once before new findings go to the summary; also the most that one review creates. */
  readonly inline: number;
  /** The same for comments on files. */
  readonly files: number;
  /** Writes of one run. What is left over is for the next one. */
  readonly writes: number;
  /** May threads be resolved, comments be hidden? Both need permissions that not every token has. */
  readonly canResolve: boolean;
  readonly canMinimize: boolean;
  /** Fingerprints of findings whose comments GitHub refused: they go to the summary. */
  readonly refused: ReadonlySet<string>;
}

export const USUAL_LIMITS: Omit<Limits, "identity"> = {
  inline: 25,
  files: 10,
  writes: 40,
  canResolve: false,
  canMinimize: false,
  refused: new Set(),
};

export interface ReviewComment {
  readonly fingerprint: string;
  readonly path: string;
  readonly line: number;
  readonly startLine: number | null;
  readonly body: string;
}

/** One call to GitHub. `id` is REST's number, `nodeId` GraphQL's id of a comment, `threadId` of a thread. */
export type Write =
  | { readonly kind: "create review"; readonly commit: string; readonly body: string; readonly comments: readonly ReviewComment[] }
  | { readonly kind: "create file comment"; readonly fingerprint: string; readonly commit: string; readonly path: string; readonly body: string }
  | { readonly kind: "edit review comment"; readonly id: number; readonly body: string }
  | { readonly kind: "delete review comment"; readonly id: number }
  | { readonly kind: "minimize comment"; readonly nodeId: string }
  | { readonly kind: "resolve thread"; readonly threadId: string }
  | { readonly kind: "create summary"; readonly body: string }
  | { readonly kind: "edit summary"; readonly id: number; readonly body: string }
  | { readonly kind: "delete summary"; readonly id: number };

/** Where a finding is told. `acknowledged`: people resolved or hid it, and it stays so. */
export type Told = "inline" | "file" | "summary" | "acknowledged";

export interface Plan {
  /** In the order in which they are applied: stopping anywhere loses nothing that the next run does not find. */
  readonly writes: readonly Write[];
  readonly told: ReadonlyMap<Finding, Told>;
  /** Writes that this run may not make any more. */
  readonly postponed: number;
}

/** Pure: the same three give the same plan. Applied to what it was made for, it leaves nothing to write. */
export function plan(desired: Desired, existing: Existing, limits: Limits): Plan {
  const { pairs, left } = paired(desired.findings, ownThreads(existing, limits.identity));
  const told = new Map<Finding, Told>();
  const steps: Steps = { comments: [], fileComments: [], edits: [], retirements: [] };
  const settled = pairs.filter((pair) => !settle(pair, desired, limits, steps, told));
  create(settled, desired, limits, steps, told);
  for (const thread of left) retire(thread, desired, limits, steps);
  const review: Write[] =
    steps.comments.length === 0 ? [] : [{ kind: "create review", commit: desired.headSha, body: reviewBody(steps.comments.length), comments: steps.comments }];
  const writes = [...review, ...steps.fileComments, ...steps.edits, ...steps.retirements];
  const listed = desired.findings.filter((one) => told.get(one.finding) === "summary");
  const acknowledged = [...told.values()].filter((one) => one === "acknowledged").length;
  const summary = summaryWrites(desired, summaryComment(desired, listed, acknowledged), existing, limits);
  const room = Math.max(0, limits.writes - summary.length);
  return { writes: [...writes.slice(0, room), ...summary], told, postponed: Math.max(0, writes.length - room) };
}

interface Steps {
  readonly comments: ReviewComment[];
  readonly fileComments: Write[];
  readonly edits: Write[];
  readonly retirements: Write[];
}

/** Does what needs no new comment; false when the finding has none where it belongs. */
function settle({ finding: one, kept, spare }: Pair, desired: Desired, limits: Limits, steps: Steps, told: Map<Finding, Told>): boolean {
  for (const thread of spare) if (!thread.isTouched && !thread.isAcknowledged) steps.retirements.push({ kind: "delete review comment", id: thread.comment.id });
  if (kept === null) return false;
  if (kept.isAcknowledged) {
    told.set(one.finding, "acknowledged");
    return true;
  }
  const place = placeFor(one, limits);
  const isHere = standsAt(kept, one.finding.path, place);
  // A thread that stands stays, though the diff may not show its line any more; then the summary tells where it went.
  if (place.kind === "summary" || (place.kind === "file" && kept.thread.subject === "line")) {
    told.set(one.finding, "summary");
    return true;
  }
  if (!isHere && !kept.isTouched) return false;
  told.set(one.finding, place.kind);
  if (!kept.isEdited) editTo(kept, bodyFor(one, place, isHere), one, desired, limits, steps);
  return true;
}

/** New comments, the gravest findings first, as many as there is room for; an old one goes when its successor stands. */
function create(pairs: readonly Pair[], desired: Desired, limits: Limits, steps: Steps, told: Map<Finding, Told>): void {
  const open = (kind: Told): number => [...told.values()].filter((one) => one === kind).length;
  const room = { inline: Math.max(0, limits.inline - open("inline")), file: Math.max(0, limits.files - open("file")), summary: 0 };
  for (const { finding: one, kept } of pairs) {
    const place = placeFor(one, limits);
    if (room[place.kind]-- <= 0) {
      told.set(one.finding, "summary");
      continue;
    }
    told.set(one.finding, place.kind);
    const { fingerprint, finding } = one;
    const body = withMarker(bodyFor(one, place, true), about(one, desired), limits.identity);
    if (place.kind === "inline") steps.comments.push({ fingerprint, path: finding.path, line: place.line, startLine: place.startLine, body });
    else steps.fileComments.push({ kind: "create file comment", fingerprint, commit: desired.headSha, path: finding.path, body });
    if (kept !== null) steps.retirements.push({ kind: "delete review comment", id: kept.comment.id });
  }
}

/** What becomes of a thread whose finding is gone, or perhaps only out of sight. */
function retire(own: OwnThread, desired: Desired, limits: Limits, steps: Steps): void {
  const { thread, comment, marker } = own;
  const hide = (): void => {
    if (limits.canMinimize && !comment.isMinimized) steps.retirements.push({ kind: "minimize comment", nodeId: comment.nodeId });
    if (limits.canResolve && thread.resolvedBy === null) steps.retirements.push({ kind: "resolve thread", threadId: thread.id });
  };
  // Finished only for the head that it was begun for: what people reopened later is theirs.
  if (own.isRetired) {
    if (marker.isFixed && marker.head === desired.headSha.slice(0, 12) && !own.isEdited) hide();
    return;
  }
  if (own.isAcknowledged || own.isEdited || !desired.isComplete || desired.unseen.has(thread.path)) return;
  if (!own.isTouched) {
    steps.retirements.push({ kind: "delete review comment", id: comment.id });
    return;
  }
  const gone = { fingerprint: marker.fingerprint, rule: marker.rule, head: desired.headSha, isFixed: true };
  const text = fixedComment(marker.rule, desired.headSha, desired.others.get(marker.fingerprint) ?? "fixed");
  steps.retirements.push({ kind: "edit review comment", id: comment.id, body: withMarker(text, gone, limits.identity) });
  hide();
}

/** At most one summary: written when there is something to say, changed when it says something else. */
function summaryWrites(desired: Desired, text: string, existing: Existing, limits: Limits): Write[] {
  const own = existing.comments.filter((comment) => ownMarker(comment, limits.identity)?.fingerprint === SUMMARY).sort((a, b) => a.id - b.id);
  const isTheirs = (comment: Comment): boolean => comment.isMinimized || bodyHash(comment.body) !== ownMarker(comment, limits.identity)?.hash;
  const [kept, ...doubles] = own.filter((comment) => !isTheirs(comment));
  const body = withMarker(text, { fingerprint: SUMMARY, rule: "", head: desired.headSha, isFixed: false }, limits.identity);
  const writes: Write[] = [];
  // A summary that somebody hid or changed is left to them, and no other is put beside it.
  if (kept === undefined && own.length === 0 && saysSomething(desired)) writes.push({ kind: "create summary", body });
  if (kept !== undefined && bodyHash(kept.body) !== bodyHash(body)) writes.push({ kind: "edit summary", id: kept.id, body });
  for (const double of doubles) if (double.reactions === 0) writes.push({ kind: "delete summary", id: double.id });
  return writes;
}

function placeFor(one: DesiredFinding, limits: Limits): CommentPlace {
  return limits.refused.has(one.fingerprint) ? { kind: "summary" } : one.place;
}

function standsAt({ thread }: OwnThread, path: string, place: CommentPlace): boolean {
  if (thread.path !== path) return false;
  if (place.kind !== "inline") return place.kind === thread.subject;
  return thread.subject === "line" && !thread.isOutdated && thread.side === "RIGHT" && thread.line === place.line && thread.startLine === place.startLine;
}

function bodyFor(one: DesiredFinding, place: CommentPlace, isHere: boolean): string {
  if (!isHere) return movedComment(one);
  return place.kind === "inline" ? inlineComment(one) : fileComment(one);
}

function editTo(own: OwnThread, text: string, one: DesiredFinding, desired: Desired, limits: Limits, steps: Steps): void {
  const body = withMarker(text, about(one, desired), limits.identity);
  if (bodyHash(body) !== own.marker.hash) steps.edits.push({ kind: "edit review comment", id: own.comment.id, body });
}

function about({ fingerprint, finding }: DesiredFinding, desired: Desired): { fingerprint: string; rule: string; head: string; isFixed: false } {
  return { fingerprint, rule: finding.rule.id, head: desired.headSha, isFixed: false };
}
