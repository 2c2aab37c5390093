// What is put on the queue: names and numbers, nothing of a file, a title or a branch. A job says where to look, never
// what is there: it may be old when it is read, and a newer one of its key takes its place.

import { token } from "../../host/queue/queue.ts";

/** The repository that a job is about, as the event named it: it may have another name by now. */
export interface JobRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

interface AnyJob {
  readonly version: 1;
  /** The API's host: two GitHubs may share one queue. */
  readonly host: string;
  readonly installation: number;
  readonly repository: JobRepository;
  /** The event and its action, or "sweep". */
  readonly reason: string;
}

/** Lint a pull request at the head that it has by then. `again`: also when that head was checked already. */
export interface PullJob extends AnyJob {
  readonly kind: "pull";
  readonly number: number;
  readonly again: boolean;
}

/** Lint a commit of a merge queue; `again`: also when it was checked already; `drop`: its group is gone, end what is open. */
export interface MergeJob extends AnyJob {
  readonly kind: "merge";
  readonly head: string;
  readonly base: string;
  readonly order: "check" | "again" | "drop";
}

/** Look which pull requests the checks of a commit belong to, and lint those again. */
export interface RecheckJob extends AnyJob {
  readonly kind: "recheck";
  readonly head: string;
}

/** Somebody pressed a button under a check. */
export interface FixJob extends AnyJob {
  readonly kind: "fix";
  readonly number: number;
  /** The commit that the button stands on. */
  readonly head: string;
  readonly identifier: string;
  readonly sender: string;
}

export type Job = PullJob | MergeJob | RecheckJob | FixJob;

/** The key of a job on the queue: of one key only the latest waits. */
export function keyOf(job: Job): string {
  const parts = [job.host, job.installation, job.repository.id];
  if (job.kind === "pull") parts.push(job.number);
  else if (job.kind === "merge") parts.push(`mg-${job.head}`);
  else if (job.kind === "recheck") parts.push(`sha-${job.head}`);
  else parts.push(job.number, "fix", job.identifier);
  return parts.map(token).join(".");
}

/** The lease of a job: two jobs of one lease never run at once. */
export function leaseOf(job: Job): string {
  const about = job.kind === "pull" || job.kind === "fix" ? `pr-${job.number}` : job.head;
  return [job.host, job.repository.id, about].map(token).join(".");
}

/** The name by which an installation is left alone for a while. */
export function holdOf(job: Pick<Job, "host" | "installation">): string {
  return `${token(job.host)}.${job.installation}`;
}

export function writeJob(job: Job): string {
  return JSON.stringify(job);
}

/** Reads a job; null when it is none, or one of another version of natslint. */
export function readJob(text: string): Job | null {
  let job: Readonly<Record<string, unknown>>;
  try {
    job = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
  if (typeof job !== "object" || job === null || job["version"] !== 1) return null;
  const repository = job["repository"] as Readonly<Record<string, unknown>> | null | undefined;
  const common = isText(job["host"]) && isCount(job["installation"]) && isText(job["reason"]) && typeof repository === "object" && repository !== null;
  if (!common || !isCount(repository["id"]) || !isText(repository["owner"]) || !isText(repository["name"])) return null;
  const holds: Readonly<Record<string, () => boolean>> = {
    pull: () => isCount(job["number"]) && typeof job["again"] === "boolean",
    merge: () => isSha(job["head"]) && isSha(job["base"]) && ["check", "again", "drop"].includes(String(job["order"])),
    recheck: () => isSha(job["head"]),
    fix: () => isCount(job["number"]) && isSha(job["head"]) && isText(job["identifier"]) && isText(job["sender"]),
  };
  const kind = job["kind"];
  return typeof kind === "string" && Object.hasOwn(holds, kind) && holds[kind]?.() === true ? (job as unknown as Job) : null;
}

/** A number that GitHub gives things. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

/** A commit's name, of SHA-1 or SHA-256. */
export function isSha(value: unknown): value is string {
  return typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}

/** A name of GitHub's: short, and without blanks. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]{1,200}$/.test(value);
}
