// Which events make which jobs. What GitHub adds one day is ignored, and so is what does not concern the App.

import { type FixJob, isCount, isSha, isText, type Job, type JobRepository, type PullJob } from "./job.ts";

export interface EventContext {
  /** The host of the API that the App belongs to. */
  readonly host: string;
  readonly appId: number;
  /** Is the repository one that this service works for? */
  readonly isServed: (repository: JobRepository) => boolean;
}

/** The jobs of an event, or why there are none. */
export type Sorted = { readonly jobs: readonly Job[] } | { readonly ignored: string } | { readonly refused: string };

type Payload = Readonly<Record<string, unknown>>;

/** Sorts a signed event. `payload` is whatever JSON object came: nothing in it is taken for granted. */
export function sortEvent(event: string, payload: Payload, context: EventContext): Sorted {
  const { action } = payload;
  if (!Object.hasOwn(HANDLED, event) || typeof action !== "string" || !HANDLED[event]?.includes(action)) return { ignored: "nothing is done for this event" };
  const installation = object(payload["installation"])?.["id"];
  if (!isCount(installation)) return { refused: "the event names no installation: it is not a GitHub App's webhook" };
  const repository = repositoryOf(payload);
  if (repository === null) return { ignored: "the event names no repository" };
  if (!context.isServed(repository)) return { ignored: "the repository is not served" };
  const common = { version: 1, host: context.host, installation, repository, reason: `${event}.${action}` } as const;
  const pull = (number: unknown, again: boolean): PullJob[] => (isCount(number) ? [{ ...common, kind: "pull", number, again }] : []);
  if (event === "pull_request") {
    const rebased = object(payload["changes"])?.["base"] !== undefined;
    if (action === "edited" && !rebased) return { ignored: "only its text was edited" };
    return some(pull(object(payload["pull_request"])?.["number"] ?? payload["number"], action === "edited"));
  }
  if (event === "merge_group") {
    const group = object(payload["merge_group"]);
    const [head, base] = [group?.["head_sha"], group?.["base_sha"]];
    // A group that is gone takes the place of its own job, should that still wait.
    return some(isSha(head) && isSha(base) ? [{ ...common, kind: "merge", head, base, order: action === "destroyed" ? "drop" : "check" }] : []);
  }
  const check = object(payload[event]);
  if (object(check?.["app"])?.["id"] !== context.appId) return { ignored: "the check is another App's" };
  const head = check?.["head_sha"];
  if (!isSha(head)) return { ignored: "the event names no commit" };
  if (action === "requested_action") return some(fixOf(payload, common, check?.["external_id"], head));
  const base = mergeBaseOf(check?.["external_id"]);
  if (base !== null) return some([{ ...common, kind: "merge", head, base, order: "again" }]);
  const own = numberOf(check?.["external_id"]);
  // GitHub names no pull requests for a fork's commits, so who asks is found by what the check was started with.
  return some(own === null ? [{ ...common, kind: "recheck", head }] : pull(own, true));
}

/** What a check run is started with, so that it can be found again, and so that it says what to do should it be asked for anew. */
export function externalIdOf(job: Job): string {
  if (job.kind === "merge") return `mg:${job.base}`;
  return job.kind === "recheck" ? `sha:${job.head}` : `pr:${job.number}`;
}

/** The commit that a merge queue's check run was started to compare with, or null. */
export function mergeBaseOf(externalId: unknown): string | null {
  const base = /^mg:([0-9a-f]+)$/.exec(String(externalId))?.[1];
  return isSha(base) ? base : null;
}

/** The pull request that a check run was started for, or null. */
function numberOf(externalId: unknown): number | null {
  const number = Number(/^pr:(\d{1,9})$/.exec(String(externalId))?.[1]);
  return isCount(number) ? number : null;
}

/** Is anything ever done for an event of that name? */
export function isHandled(event: string): boolean {
  return Object.hasOwn(HANDLED, event);
}

const HANDLED: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened", "ready_for_review", "converted_to_draft", "edited", "closed"],
  merge_group: ["checks_requested", "destroyed"],
  check_run: ["rerequested", "requested_action"],
  check_suite: ["rerequested"],
};

function fixOf(payload: Payload, common: Omit<FixJob, "kind" | "number" | "head" | "identifier" | "sender">, externalId: unknown, head: string): FixJob[] {
  const identifier = object(payload["requested_action"])?.["identifier"];
  const sender = object(payload["sender"])?.["login"];
  const number = numberOf(externalId);
  return number !== null && isText(identifier) && isText(sender) ? [{ ...common, kind: "fix", number, head, identifier, sender }] : [];
}

function some(jobs: readonly Job[]): Sorted {
  return jobs.length === 0 ? { ignored: "the event lacks what a job needs" } : { jobs };
}

function repositoryOf(payload: Payload): JobRepository | null {
  const repository = object(payload["repository"]);
  const [id, name, owner] = [repository?.["id"], repository?.["name"], object(repository?.["owner"])?.["login"]];
  return isCount(id) && isText(name) && isText(owner) ? { id, name, owner } : null;
}

function object(value: unknown): Payload | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Payload) : undefined;
}
