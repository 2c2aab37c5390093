// Makes a pull request say what is desired: reads what stands there, plans, writes, and reads again where a write may or
// may not have had its effect. Every door that comments does it through here.

import type { Desired } from "../../report/pull-request/desired.ts";
import { type Limits, type Plan, plan, type Write } from "../../report/pull-request/plan.ts";
import * as comments from "./comments.ts";
import type { GitHub, Repository } from "./connection.ts";
import { existingComments } from "./existing-comments.ts";
import { type Fault, faultOf } from "./fault.ts";
import { readPullRequest } from "./pull-request.ts";

export interface Applied {
  /**
   * `done`: it says what is desired, but for what is postponed. `superseded`: the head moved or the pull request closed.
   * `stopped`: GitHub refused, and `fault` says how; what stands there is right as far as it goes.
   */
  readonly state: "done" | "superseded" | "stopped";
  readonly fault: Fault | null;
  /** The last plan; null when nothing could be read. */
  readonly plan: Plan | null;
  /** Fingerprints of findings whose comments GitHub refused. */
  readonly refused: ReadonlySet<string>;
}

/** So often is everything read and planned anew after a write whose effect nobody knows. */
const ROUNDS = 3;
/** So many reviews are tried to find the comments in one that GitHub refuses. */
const HALVES = 6;

/** Throws only what did not come from GitHub. */
export async function applyPlan(github: GitHub, repository: Repository, pull: number, desired: Desired, limits: Limits): Promise<Applied> {
  const refused = new Set(limits.refused);
  let may = { canResolve: limits.canResolve, canMinimize: limits.canMinimize };
  let last: Plan | null = null;
  let fault: Fault | null = null;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      last = plan(desired, await existingComments(github, repository, pull), { ...limits, ...may, refused });
      if (last.writes.some(creates) && !(await isCurrent(github, repository, pull, desired.headSha)))
        return { state: "superseded", fault: null, plan: last, refused };
      let next: Next = "write";
      for (const write of last.writes) {
        fault = await tried(github, repository, pull, write);
        if (fault?.kind === "validation" && write.kind === "create review") {
          if (!(await isCurrent(github, repository, pull, desired.headSha))) return { state: "superseded", fault: null, plan: last, refused };
          fault = await inHalves(github, repository, pull, write, refused);
          next = fault === null ? "plan" : after(fault, write);
        } else if (fault !== null) {
          next = after(fault, write);
          if (fault.kind === "validation" && write.kind === "create file comment") refused.add(write.fingerprint);
          if (next === "write" && write.kind === "minimize comment") may = { ...may, canMinimize: false };
          if (next === "write" && write.kind === "resolve thread") may = { ...may, canResolve: false };
        }
        if (next !== "write") break;
      }
      if (next === "write") return { state: "done", fault: null, plan: last, refused };
      if (next === "stop") break;
    }
    return { state: "stopped", fault, plan: last, refused };
  } catch (thrown) {
    const found = faultOf(thrown);
    if (found === null) throw thrown;
    return { state: "stopped", fault: found, plan: last, refused };
  }
}

type Next = "write" | "plan" | "stop";

/** What a fault of one write means for the others. */
function after(fault: Fault, write: Write): Next {
  if (fault.ambiguous || (fault.kind === "validation" && write.kind === "create file comment")) return "plan";
  if (fault.kind === "missing" && !creates(write)) return "write";
  return fault.kind === "permission" && (write.kind === "minimize comment" || write.kind === "resolve thread") ? "write" : "stop";
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
