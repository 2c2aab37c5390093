// One pull request, in order: look at it, begin the check, lint, look again, comment, end the check. The job says which
// pull request; everything else is read anew, because the event may be long past.

import { applyPlan } from "../../host/github/apply-plan.ts";
import { changedFiles } from "../../host/github/changed-files.ts";
import type { Repository } from "../../host/github/connection.ts";
import { type Fault, faultSentence } from "../../host/github/fault.ts";
import { mergeBase, type PullRequest, readPullRequest } from "../../host/github/pull-request.ts";
import type { Outcome } from "../../host/queue/queue.ts";
import { LintFailure } from "../../lint-thread/linter.ts";
import { checkRun, failedCheck, supersededCheck } from "../../report/pull-request/check-run.ts";
import type { Desired } from "../../report/pull-request/desired.ts";
import { type Plan, USUAL_LIMITS } from "../../report/pull-request/plan.ts";
import { beginCheck, type Check, endOpenChecks, tellFault } from "./check.ts";
import type { PullJob } from "./job.ts";
import { type Judged, judgeCommit } from "./judge-commit.ts";
import { identityOn, type Working } from "./service.ts";

/** Throws what GitHub refused where nothing else can be done here, and what is no fault of GitHub. */
export async function checkPullRequest(working: Working<PullJob>): Promise<Outcome> {
  const { github, job, service } = working;
  const pull = await readPullRequest(github, job.repository, job.number);
  // It may have been renamed or moved since.
  const repository = pull.base.repository ?? job.repository;
  if (pull.base.repository?.archived === true) return { kind: "done" };
  if (pull.state === "closed") {
    await endOpenChecks(working, repository, pull.head.sha, "The pull request was closed.");
    return { kind: "done" };
  }
  const check = await beginCheck(working, repository, pull.head.sha, job.again);
  const { onError } = service.configuration;
  try {
    return await tell(working, repository, pull, check, await judge(working, repository, pull));
  } catch (thrown) {
    if (thrown instanceof LintFailure) {
      await check.end(failedCheck(`${thrown.message}.`, onError));
      return { kind: "done" };
    }
    await tellFault(check, thrown, onError);
    throw thrown;
  }
}

async function judge(working: Working<PullJob>, repository: Repository, pull: PullRequest): Promise<Judged> {
  const { github, job } = working;
  const { files, complete } = await changedFiles(github, repository, job.number);
  return await judgeCommit(working, {
    repository,
    head: pull.head.sha,
    base: await mergeBase(github, repository, pull.base.sha, pull.head.sha),
    // A stranger's settings do not count: they could switch off what they break.
    trusted: pull.isFork ? pull.base.sha : null,
    changes: files,
    isComplete: complete,
    // The button under the check needs them too, so also for a draft.
    fixes: true,
  });
}

/** Comments, as far as that is wanted and permitted, and the end of the check. */
async function tell(working: Working<PullJob>, repository: Repository, before: PullRequest, check: Check, judged: Judged): Promise<Outcome> {
  const { github, job } = working;
  const pull = await readPullRequest(github, repository, job.number);
  const head = before.head.sha;
  if (pull.state !== "open" || pull.head.sha !== head || pull.base.sha !== before.base.sha) return await superseded(check, pull, before);
  const commented = await comment(working, repository, pull, judged.desired);
  if (commented.state === "superseded") return await superseded(check, pull, before);
  if (commented.fault !== null && isPassing(commented.fault)) {
    await check.wait(`${faultSentence(commented.fault)}; natslint goes on later.`).catch(() => undefined);
    throw commented.thrown;
  }
  await check.end(finished(working, judged, commented));
  // The rest is written when GitHub has had a rest; the check is ended by then.
  return (commented.plan?.postponed ?? 0) > 0 ? { kind: "put off", after: 60_000 } : { kind: "done" };
}

interface Commented {
  readonly state: "done" | "superseded" | "stopped";
  readonly fault: Fault | null;
  /** What carries the fault to whoever decides when to try again. */
  readonly thrown: FaultThrown | null;
  readonly plan: Plan | null;
  readonly note: string | null;
}

/** A fault that stopped the comments, to be handled like one that was thrown. */
export class FaultThrown extends Error {
  override readonly name = "FaultThrown";
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.fault = fault;
  }
}

async function comment(working: Working<PullJob>, repository: Repository, pull: PullRequest, desired: Desired): Promise<Commented> {
  const { github, job, service } = working;
  const none = (note: string | null): Commented => ({ state: "done", fault: null, thrown: null, plan: null, note });
  if (pull.draft) return none(null);
  if (pull.locked) return none("The conversation is locked, so nothing was commented.");
  if ((service.silenced.get(job.installation) ?? 0) > Date.now()) return none(NOT_PERMITTED);
  const limits = { ...USUAL_LIMITS, identity: identityOn(working, job.number), canResolve: service.configuration.canWriteContents, canMinimize: true };
  const { state, fault, plan, denied } = await applyPlan(github, repository, job.number, desired, limits);
  if (denied.length > 0) service.log.warn("some comments are not permitted", { kinds: denied.length });
  if (fault === null) return { state, fault, thrown: null, plan, note: denied.length === 0 ? null : denied.join(" ") };
  service.log.warn("comments were not all written", { kind: fault.kind, status: fault.status });
  if (fault.kind === "permission") service.silenced.set(job.installation, Date.now() + 3_600_000);
  const note = fault.kind === "permission" ? NOT_PERMITTED : `Not everything was commented: ${faultSentence(fault)}.`;
  return { state, fault, thrown: new FaultThrown(fault), plan, note };
}

const NOT_PERMITTED = "natslint may not comment here: the App lacks the permission to write on pull requests.";

function finished({ service }: Working, { desired, faults }: Judged, { note, plan }: Commented): ReturnType<typeof checkRun> {
  const { canWriteContents, onError } = service.configuration;
  return checkRun(note === null ? desired : { ...desired, notes: [...desired.notes, note] }, {
    acknowledged: [...(plan?.told.values() ?? [])].filter((told) => told === "acknowledged").length,
    fault: faults[0] ?? null,
    // Settings that do not hold are people's to mend, whatever is wished for natslint's own failures.
    onError: faults[0]?.startsWith("the settings") === true ? "fail" : onError,
    canCommit: canWriteContents,
  });
}

async function superseded(check: Check, now: PullRequest, before: PullRequest): Promise<Outcome> {
  if (now.state === "closed") await check.end(supersededCheck("The pull request was closed."));
  else if (now.head.sha !== before.head.sha) await check.end(supersededCheck("A newer commit was pushed."));
  // The base moved, or something changed while comments were written: the same head is linted anew.
  else return { kind: "put off", after: 1_000 };
  return { kind: "done" };
}

/** Does the fault pass by itself, so that what is left is done later? */
function isPassing({ kind }: Fault): boolean {
  return kind.endsWith("-limit") || kind === "server" || kind === "connection" || kind === "conflict" || kind === "unauthorised";
}
