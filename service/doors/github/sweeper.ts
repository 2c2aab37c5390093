// Finds pull requests that nobody checked, because a webhook was lost or came while nobody took it, and puts them on the
// queue; has lost webhooks sent again; ends checks that a dead worker left open. One replica at a time does it.

import { installedRepositories } from "../../host/github/app.ts";
import { checkRunsOf } from "../../host/github/check-run.ts";
import type { GitHub, Repository } from "../../host/github/connection.ts";
import { faultOf } from "../../host/github/fault.ts";
import { openPullRequests, type PullRequest } from "../../host/github/pull-request.ts";
import { holdOf, keyOf, type PullJob, writeJob } from "./job.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import { endStaleChecks } from "./stale-checks.ts";
import { redeliverLost } from "./redelivery.ts";
import { isServed, type Service } from "./service.ts";

export interface Sweeper {
  /** Looks once; resolves with the number of jobs it made. */
  readonly sweep: () => Promise<number>;
}

/** Heads that were seen checked are not asked about again. So many are remembered. */
const REMEMBERED = 20_000;

export function sweeper(service: Service): Sweeper {
  const checked = new Set<string>();
  // Only the queue in memory forgets what its workers left, and only a process that has just started can find it.
  let isFirst = service.configuration.queue === null;
  return {
    sweep: async () => {
      const every = service.configuration.sweepMinutes * 60_000;
      const lease = await service.queue.lease("sweeper");
      if (lease === null) return 0;
      try {
        // Another replica may just have done it.
        const last = Number((await service.queue.noted("swept")) ?? 0);
        if (Date.now() - last < every * 0.8) return 0;
        await service.queue.note("swept", String(Date.now()));
        await redeliverLost(service, last);
        const jobs = await sweepAll({ service, checked, isFirst, lost: lease.lost });
        isFirst = false;
        service.metrics.swept(jobs);
        if (jobs > 0) service.log.warn("pull requests without a check were found", { jobs });
        return jobs;
      } finally {
        await lease.release();
      }
    },
  };
}

interface Look {
  readonly service: Service;
  readonly checked: Set<string>;
  /** The first since the process started. */
  readonly isFirst: boolean;
  readonly lost: AbortSignal;
}

async function sweepAll(look: Look): Promise<number> {
  const { service, lost } = look;
  let jobs = 0;
  for (const { id, suspended } of await service.app.installations()) {
    if (suspended || lost.aborted) continue;
    try {
      jobs += await sweepInstallation(look, id);
    } catch (thrown) {
      // One installation's trouble is no other's.
      const fault = faultOf(thrown);
      service.log.warn("an installation could not be swept", { installation: id, ...(fault === null ? failureFields(thrown) : { fault: fault.kind }) });
    }
  }
  return jobs;
}

async function sweepInstallation({ service, checked, isFirst, lost }: Look, installation: number): Promise<number> {
  const { configuration, queue, app, host } = service;
  if (Number((await queue.noted(`hold.${holdOf({ host, installation })}`)) ?? 0) > Date.now()) return 0;
  const github = app.installation(installation);
  let jobs = 0;
  for (const repository of await installedRepositories(github)) {
    if (!isServed(configuration, repository) || lost.aborted) continue;
    for (const pull of await openPullRequests(github, repository)) {
      if (isFirst && !lost.aborted) await tidyUp(service, installation, repository, pull);
      if (lost.aborted || (await isChecked(service, github, repository, pull, checked))) continue;
      const { id, owner, name } = repository;
      const job: PullJob = {
        version: 1,
        host,
        installation,
        repository: { id, owner, name },
        reason: "sweep",
        kind: "pull",
        number: pull.number,
        again: false,
      };
      const slot = Math.floor(Date.now() / Math.max(60_000, configuration.sweepMinutes * 60_000));
      if ((await queue.put({ key: keyOf(job), id: `sweep:${keyOf(job)}:${pull.head.sha}:${slot}`, body: writeJob(job) })) === "queued") jobs++;
    }
  }
  return jobs;
}

/** What keeps an old check from being ended keeps no pull request from being found. */
async function tidyUp(service: Service, installation: number, repository: Repository & { readonly id: number }, pull: PullRequest): Promise<void> {
  try {
    const ended = await endStaleChecks(service, installation, repository, pull);
    if (ended > 0) service.log.info("checks that were left open were ended", { ended });
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault === null || fault.kind.endsWith("-limit")) throw thrown;
    service.log.warn("checks that were left open could not be ended", { fault: fault.kind });
  }
}

async function isChecked(
  { configuration }: Service,
  github: GitHub,
  repository: Repository & { readonly id: number },
  { number, head }: PullRequest,
  checked: Set<string>,
): Promise<boolean> {
  const key = `${repository.id}/${number}/${head.sha}`;
  if (checked.has(key)) return true;
  const runs = await checkRunsOf(github, repository, head.sha, configuration.checkName, configuration.appId);
  const done = runs.some(({ isCompleted, conclusion, externalId }) => isCompleted && conclusion !== "cancelled" && externalId === `pr:${number}`);
  if (done) {
    checked.add(key);
    for (const oldest of checked) {
      if (checked.size <= REMEMBERED) break;
      checked.delete(oldest);
    }
  }
  return done;
}
