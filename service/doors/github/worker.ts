// One delivery from the queue: read, left alone while GitHub wants a rest, done under a lease, and its failure turned
// into what the queue is to do with it.

import { concludeCheckRun, checkRunsOf } from "../../host/github/check-run.ts";
import { type Fault, faultOf } from "../../host/github/fault.ts";
import { openPullRequests, readPullRequest } from "../../host/github/pull-request.ts";
import { type Delivery, type Outcome, QueueUnavailable } from "../../host/queue/queue.ts";
import { failedCheck } from "../../report/pull-request/check-run.ts";
import { externalIdOf, mergeBaseOf } from "./events.ts";
import { applyFixes } from "./fix.ts";
import { holdOf, type Job, keyOf, leaseOf, type MergeJob, type PullJob, readJob, type RecheckJob, writeJob } from "./job.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import { checkMergeGroup } from "./merge-group.ts";
import { checkPullRequest, FaultThrown } from "./pull-request.ts";
import { connectionFor, LeaseLost, type Service, type Working } from "./service.ts";

/** A job that failed so often is given up. */
const MOST_ATTEMPTS = 6;

export async function handleDelivery(service: Service, { key, body, attempt }: Delivery): Promise<Outcome> {
  const began = performance.now();
  const job = readJob(body);
  const outcome =
    job === null ? ({ kind: "dead", why: "it is no job, or one of another version of natslint" } as const) : await handleJob(service, job, attempt);
  const milliseconds = Math.round(performance.now() - began);
  service.metrics.worked(job?.kind ?? "unknown", outcome.kind, milliseconds / 1000);
  service.log.info("job", { key, reason: job?.reason, attempt, result: outcome.kind, milliseconds });
  return outcome;
}

async function handleJob(service: Service, job: Job, attempt: number): Promise<Outcome> {
  if (job.host !== service.host) return { kind: "dead", why: "it is of another GitHub" };
  const { queue } = service;
  const rest = Number((await queue.noted(`hold.${holdOf(job)}`)) ?? 0) - Date.now();
  if (rest > 0) return { kind: "put off", after: Math.min(rest, 900_000) + Math.random() * 1_000 };
  const lease = await queue.lease(leaseOf(job));
  if (lease === null) return { kind: "put off", after: 2_000 };
  try {
    const working = { service, job, github: connectionFor(job, service, lease.lost) };
    const outcome = attempt > MOST_ATTEMPTS ? await giveUp(working, attempt) : await work(working);
    service.rests.delete(job.installation);
    return outcome;
  } catch (thrown) {
    return await afterFailure(service, job, thrown, attempt);
  } finally {
    await lease.release();
  }
}

async function work({ service, job, github }: Working): Promise<Outcome> {
  if (job.kind === "pull") return await checkPullRequest({ service, job, github });
  if (job.kind === "merge") return await checkMergeGroup({ service, job, github });
  if (job.kind === "fix") return await applyFixes({ service, job, github });
  return await recheck({ service, job, github });
}

/** What was checked at a commit: a merge group, or the pull requests whose head it is; GitHub names none when they come from forks. */
async function recheck({ service, job, github }: Working<RecheckJob>): Promise<Outcome> {
  const { version, host, installation, repository, reason } = job;
  const { checkName, appId } = service.configuration;
  const bases = (await checkRunsOf(github, repository, job.head, checkName, appId)).flatMap(({ externalId }) => mergeBaseOf(externalId) ?? []);
  for (const base of new Set(bases)) {
    const again: MergeJob = { version, host, installation, repository, reason, kind: "merge", head: job.head, base, order: "again" };
    await service.queue.put({ key: keyOf(again), id: `recheck:${keyOf(again)}:${Date.now()}`, body: writeJob(again) });
  }
  for (const { number, head } of await openPullRequests(github, repository)) {
    if (head.sha !== job.head) continue;
    const again: PullJob = { version, host, installation, repository, reason, kind: "pull", number, again: true };
    await service.queue.put({ key: keyOf(again), id: `recheck:${keyOf(again)}:${job.head}:${Date.now()}`, body: writeJob(again) });
  }
  return { kind: "done" };
}

async function afterFailure(service: Service, job: Job, thrown: unknown, attempt: number): Promise<Outcome> {
  if (thrown instanceof LeaseLost || (thrown as { readonly cause?: unknown } | null)?.cause instanceof LeaseLost) return { kind: "put off", after: 2_000 };
  if (thrown instanceof QueueUnavailable) return { kind: "failed" };
  const fault = thrown instanceof FaultThrown ? thrown.fault : faultOf(thrown);
  if (fault === null) {
    service.log.error("a job failed", { key: keyOf(job), ...failureFields(thrown) });
    return { kind: "failed" };
  }
  return await afterFault(service, job, fault, attempt);
}

async function afterFault({ queue, log, rests, doubt }: Service, job: Job, fault: Fault, attempt: number): Promise<Outcome> {
  const fields = { key: keyOf(job), fault: fault.kind, status: fault.status, said: fault.said };
  switch (fault.kind) {
    case "primary-limit":
    case "secondary-limit": {
      const before = rests.get(job.installation) ?? 0;
      if (fault.kind === "secondary-limit") rests.set(job.installation, before + 1);
      const after = Math.min(3_600, Math.max(1, fault.after ?? 60) * 2 ** Math.min(before, 6)) * 1_000;
      // All jobs of the installation rest: going on while limited may get the App banned.
      await queue.note(`hold.${holdOf(job)}`, String(Date.now() + after)).catch(() => undefined);
      log.warn("GitHub wants a rest", { ...fields, seconds: after / 1_000 });
      return { kind: "put off", after: after + Math.random() * 1_000 };
    }
    case "suspended":
    case "archived":
    case "missing":
    case "permission":
      log.info("a job has nothing to do", fields);
      return { kind: "done" };
    case "policy":
    case "foreign":
      log.error("GitHub keeps the App out", fields);
      return { kind: "done" };
    default:
      if (fault.kind === "unauthorised") doubt();
      log.warn("a job failed", { ...fields, attempt });
      return { kind: "failed" };
  }
}

/** The last thing that is done for a job: its check ends, so that nobody waits for it. */
async function giveUp({ service, job, github }: Working, attempt: number): Promise<Outcome> {
  const why = `it failed ${attempt - 1} times`;
  // What breaks even this is not tried for ever.
  if (job.kind !== "recheck" && attempt <= MOST_ATTEMPTS + 2) {
    const { checkName, appId, onError } = service.configuration;
    const head = job.kind === "pull" ? (await readPullRequest(github, job.repository, job.number)).head.sha : job.head;
    const check = failedCheck(`internal error, after ${attempt - 1} tries.`, onError);
    for (const { id, isCompleted, externalId } of await checkRunsOf(github, job.repository, head, checkName, appId))
      if (!isCompleted && externalId === externalIdOf(job)) await concludeCheckRun(github, job.repository, id, { ...check, annotations: [] });
  }
  service.log.error("a job was given up", { key: keyOf(job), attempt });
  return { kind: "dead", why };
}
