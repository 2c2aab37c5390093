// What all jobs of the service share.

import { createHmac } from "node:crypto";
import type { GitHubApp, Permissions } from "../../host/github/app.ts";
import type { BlobCache } from "../../host/github/blob-cache.ts";
import type { GitHub, Repository } from "../../host/github/connection.ts";
import type { JobQueue } from "../../host/queue/queue.ts";
import type { Linter } from "../../lint-thread/linter.ts";
import type { Identity } from "../../report/pull-request/marker.ts";
import type { Configuration } from "./configuration.ts";
import type { Job } from "./job.ts";
import type { Log } from "../../serving/log.ts";
import type { Metrics } from "./metrics.ts";

export interface Service {
  readonly configuration: Configuration;
  readonly app: GitHubApp;
  /** The App's login as GitHub writes it: `natslint[bot]`. Throws while GitHub has not told it. */
  readonly login: () => string;
  /** The API's host. */
  readonly host: string;
  readonly queue: JobQueue;
  readonly linter: Linter;
  readonly blobs: BlobCache;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Natslint's own. */
  readonly version: string;
  /** 2026-11-21 */
  readonly today: () => string;
  /** Installations where commenting is not permitted, and until when that is believed. */
  readonly silenced: Map<number, number>;
  /** How often in a row GitHub asked an installation for a rest without saying how long. */
  readonly rests: Map<number, number>;
  /** GitHub refused the App itself: find out whether its key still holds. */
  readonly doubt: () => void;
}

/** One job being worked on. */
export interface Working<J extends Job = Job> {
  readonly service: Service;
  readonly job: J;
  /** Throws a LeaseLost at the next call when somebody else has the job. */
  readonly github: GitHub;
}

/** Another worker has this job by now: nothing more may be written. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export function permissionsFor(job: Job, { canWriteContents }: Configuration): Permissions {
  if (job.kind === "merge") return { contents: "read", checks: "write" };
  return { contents: canWriteContents ? "write" : "read", pull_requests: "write", checks: "write" };
}

/** A connection for the job that makes no call any more once its lease is lost. */
export function connectionFor(job: Job, { app, configuration }: Service, lost: AbortSignal): GitHub {
  const github = app.repository(job.installation, job.repository.id, permissionsFor(job, configuration));
  github.hook.before("request", () => {
    if (lost.aborted) throw new LeaseLost("the lease is lost");
  });
  return github;
}

/** Who comments on a pull request. The keys come from the webhook's secrets, so that replicas agree and rotation works. */
export function identityOn({ service, job }: Working, pullRequest: number): Identity {
  const { configuration, host, login } = service;
  return {
    login: login(),
    isBot: true,
    instance: configuration.instance,
    host,
    repositoryId: job.repository.id,
    pullRequest,
    keys: configuration.secrets.map((secret) => createHmac("sha256", secret).update("natslint comment marker").digest("hex")),
  };
}

/** Is a repository one that the service is to work for? */
export function isServed({ repositories }: Configuration, { owner, name }: Repository): boolean {
  const full = `${owner}/${name}`.toLowerCase();
  return repositories.length === 0 || repositories.includes(full) || repositories.includes(owner.toLowerCase());
}
