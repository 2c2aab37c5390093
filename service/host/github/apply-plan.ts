// Makes a pull request say what is desired: reads what stands there, plans, writes, and reads again where a write may or
// may not have had its effect. A kind of write that is not permitted is done without. Every door that comments does it
// through here.

import type { Desired } from "../../report/pull-request/desired.ts";
import type { Existing } from "../../report/pull-request/existing.ts";
import { type Limits, type Plan, plan, type Write } from "../../report/pull-request/plan.ts";
import * as comments from "./comments.ts";
import type { GitHub, Repository } from "./connection.ts";
import { existingComments } from "./existing-comments.ts";
import { type Fault, faultOf } from "./fault.ts";
import { readPullRequest } from "./pull-request.ts";

export interface Applied {
  /**
   * `done`: it says what is desired, but for what is postponed or denied. `superseded`: the head moved or the pull request closed.
   * `stopped`: GitHub refused, and `fault` says how; what stands there is right as far as it goes.
   */
  readonly state: "done" | "superseded" | "stopped";
  readonly fault: Fault | null;
  /** The last plan; null when nothing could be read. */
  readonly plan: Plan | null;
  /** Fingerprints of findings whose comments GitHub refused. */
  readonly refused: ReadonlySet<string>;
  /** What GitHub does not permit here, as sentences for people; the rest was written all the same. */
  readonly denied: readonly string[];
}

/** So often is everything read and planned anew after a write whose effect nobody knows. */
const ROUNDS = 3;
/** So many reviews are tried to find the comments in one that GitHub refuses. */
const HALVES = 6;

/** Throws only what did not come from GitHub. */
export async function applyPlan(github: GitHub, repository: Repository, pull: number, desired: Desired, limits: Limits): Promise<Applied> {
  const refused = new Set(limits.refused);
  const denied = new Set<Write["kind"]>();
  let last: Plan | null = null;
  let fault: Fault | null = null;
  const applied = (state: Applied["state"], why: Fault | null): Applied => ({ state, fault: why, plan: last, refused, denied: deniedSentences(denied) });
  try {
    // A round that ends with something denied is no failed one, and there are only so many kinds to deny.
    for (let round = 0; round < ROUNDS + denied.size; round++) {
      last = planWithout(denied, desired, await existingComments(github, repository, pull), { ...limits, refused });
      if (last.writes.some(creates) && !(await isCurrent(github, repository, pull, desired.headSha))) return applied("superseded", null);
      let next: Next = "write";
      for (const write of last.writes) {
        if (denied.has(write.kind)) continue;
        fault = await tried(github, repository, pull, write);
        if (fault?.kind === "validation" && write.kind === "create review") {
          if (!(await isCurrent(github, repository, pull, desired.headSha))) return applied("superseded", null);
          fault = await inHalves(github, repository, pull, write, refused);
          next = fault === null ? "plan" : after(fault, write);
        } else if (fault?.kind === "permission") {
          denied.add(write.kind);
          // Where neither lines nor the conversation can be written on, the check and the annotations tell it all.
          next = isMute(denied) ? "stop" : onLines(write) ? "plan" : "write";
        } else if (fault !== null) {
          next = after(fault, write);
          if (fault.kind === "validation" && write.kind === "create file comment") refused.add(write.fingerprint);
        }
        if (next !== "write") break;
      }
      if (next === "write") return applied("done", null);
      if (next === "stop") break;
    }
    return applied("stopped", fault);
  } catch (thrown) {
    const found = faultOf(thrown);
    if (found === null) throw thrown;
    return applied("stopped", found);
  }
}

/** What may not be written on lines goes to the summary, which says so. */
function planWithout(denied: ReadonlySet<Write["kind"]>, desired: Desired, existing: Existing, limits: Limits): Plan {
  const lines = ON_LINES.some((kind) => denied.has(kind)) ? { ...desired, notes: [...desired.notes, NOT_ON_LINES] } : desired;
  return plan(lines, existing, {
    ...limits,
    inline: denied.has("create review") ? 0 : limits.inline,
    files: denied.has("create file comment") ? 0 : limits.files,
    canResolve: limits.canResolve && !denied.has("resolve thread"),
    canMinimize: limits.canMinimize && !denied.has("minimize comment"),
  });
}

const ON_LINES: readonly Write["kind"][] = ["create review", "create file comment"];
const SUMMARY: readonly Write["kind"][] = ["create summary", "edit summary"];
const CHANGES: readonly Write["kind"][] = ["edit review comment", "delete review comment", "delete summary"];
const NOT_ON_LINES = "GitHub does not permit natslint new comments on lines here, so this summary lists what would stand there.";

function onLines({ kind }: Write): boolean {
  return ON_LINES.includes(kind);
}

function isMute(denied: ReadonlySet<Write["kind"]>): boolean {
  return denied.has("create review") && SUMMARY.some((kind) => denied.has(kind));
}

/** Hiding and resolving are extras that nobody misses. */
function deniedSentences(denied: ReadonlySet<Write["kind"]>): readonly string[] {
  const said = (kinds: readonly Write["kind"][], sentence: string): string[] => (kinds.some((kind) => denied.has(kind)) ? [sentence] : []);
  return [
    ...said(ON_LINES, "GitHub does not permit natslint new comments on lines here; the summary comment lists what would stand there."),
    ...said(SUMMARY, "GitHub does not permit natslint comments in the conversation here, so there is no summary comment that is up to date."),
    ...said(CHANGES, "GitHub does not permit natslint to change its comments here, so some may be out of date."),
  ];
}

type Next = "write" | "plan" | "stop";

/** What a fault of one write means for the others. */
function after(fault: Fault, write: Write): Next {
  if (fault.ambiguous || (fault.kind === "validation" && write.kind === "create file comment")) return "plan";
  return fault.kind === "missing" && !creates(write) ? "write" : "stop";
}

/** One bad comment fails a review, and nothing says which: it is looked for by halves, and what is left over counts as bad. */
async function inHalves(
  github: GitHub,
  repository: Repository,
  pull: number,
  review: Write & { readonly kind: "create review" },
  refused: Set<string>,
): Promise<Fault | null> {
  const queue = [review.comments];
  for (let calls = 0; queue.length > 0; ) {
    const part = queue.shift() ?? [];
    const isWhole = part === review.comments;
    if (!isWhole && calls < HALVES) {
      calls++;
      const fault = await tried(github, repository, pull, { ...review, comments: part });
      if (fault === null) continue;
      if (fault.kind !== "validation") return fault;
    }
    const middle = Math.ceil(part.length / 2);
    if (part.length > 1 && calls < HALVES) queue.push(part.slice(0, middle), part.slice(middle));
    else for (const { fingerprint } of part) refused.add(fingerprint);
  }
  return null;
}

async function tried(github: GitHub, repository: Repository, pull: number, write: Write): Promise<Fault | null> {
  try {
    await applied(github, repository, pull, write);
    return null;
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault === null) throw thrown;
    return fault;
  }
}

async function applied(github: GitHub, repository: Repository, pull: number, write: Write): Promise<void> {
  switch (write.kind) {
    case "create review":
      return await comments.postReview(github, repository, pull, { head: write.commit, body: write.body, comments: write.comments });
    case "create file comment":
      return await comments.postFileComment(github, repository, pull, { head: write.commit, path: write.path, body: write.body });
    case "edit review comment":
      return await comments.editReviewComment(github, repository, write.id, write.body);
    case "delete review comment":
      return await comments.deleteReviewComment(github, repository, write.id);
    case "minimize comment":
      return await comments.minimizeComment(github, write.nodeId);
    case "resolve thread":
      return await comments.resolveThread(github, write.threadId);
    case "create summary":
      return await comments.postComment(github, repository, pull, write.body);
    case "edit summary":
      return await comments.editComment(github, repository, write.id, write.body);
    case "delete summary":
      return await comments.deleteComment(github, repository, write.id);
  }
}

function creates({ kind }: Write): boolean {
  return kind === "create review" || kind === "create file comment" || kind === "create summary";
}

async function isCurrent(github: GitHub, repository: Repository, pull: number, head: string): Promise<boolean> {
  const now = await readPullRequest(github, repository, pull);
  return now.state === "open" && now.head.sha === head;
}
