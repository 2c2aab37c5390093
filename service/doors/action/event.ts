// What the workflow runs for, read from the event's payload: which commits are compared, and whose pull request it is.
// The payload is foreign text: every field is checked before it is used, and a field that is not there means "not known".

import { UsageError } from "../../host/usage-error.ts";

export interface PullRequest {
  readonly number: number;
  readonly draft: boolean;
  /** Does it come from another repository, or from one that is gone? */
  readonly fork: boolean;
  /** Does an app of GitHub's own, as Dependabot, run this with a token that only reads? */
  readonly readOnly: boolean;
}

export interface Occasion {
  readonly event: string;
  /** The commit to judge. */
  readonly head: string;
  /** What it is compared with, and how git fetches that: a commit's id or a name; null when there is nothing before it. */
  readonly base: string | null;
  /** Whose names are in `base`: a change counts from where both parted, or from the very commit. */
  readonly from: "fork point" | "commit";
  readonly pullRequest: PullRequest | null;
}

type Payload = Readonly<Record<string, unknown>>;

/** `payload` is null where GitHub gave no file. Throws a UsageError when it does not say what to look at. */
export function occasionOf(event: string, payload: Payload | null, sha: string, actor: string): Occasion {
  const workflow = commitId(sha);
  switch (event) {
    case "pull_request":
    case "pull_request_target":
      return ofPullRequest(event, payload, actor);
    case "merge_group": {
      const group = part(payload, "merge_group");
      const head = commitId(group?.["head_sha"]) ?? workflow ?? missing(event, "merge_group.head_sha");
      return { event, head, base: commitId(group?.["base_sha"]), from: "commit", pullRequest: null };
    }
    case "push": {
      const head = commitId(payload?.["after"]) ?? workflow ?? missing(event, "after");
      return { event, head, base: commitId(payload?.["before"]), from: "commit", pullRequest: null };
    }
    default:
      return { event, head: workflow ?? missing(event, "GITHUB_SHA"), base: null, from: "commit", pullRequest: null };
  }
}

function ofPullRequest(event: string, payload: Payload | null, actor: string): Occasion {
  const pull = part(payload, "pull_request");
  const head = part(pull, "head");
  const base = part(pull, "base");
  const number = pull?.["number"] ?? payload?.["number"];
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return missing(event, "pull_request.number");
  const there = part(head, "repo")?.["id"];
  const here = part(base, "repo")?.["id"] ?? part(payload, "repository")?.["id"];
  const fork = there === undefined || there !== here;
  return {
    event,
    head: commitId(head?.["sha"]) ?? missing(event, "pull_request.head.sha"),
    base: commitId(base?.["sha"]) ?? missing(event, "pull_request.base.sha"),
    from: "fork point",
    pullRequest: { number, draft: pull?.["draft"] === true, fork, readOnly: event === "pull_request" && (fork || actor === "dependabot[bot]") },
  };
}

/** A commit's id; null for what is none, and for the zeros that stand for "no commit". */
function commitId(value: unknown): string | null {
  return typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) && !/^0+$/.test(value) ? value : null;
}

function part(payload: Payload | null | undefined, name: string): Payload | null {
  const value = payload?.[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Payload) : null;
}

function missing(event: string, field: string): never {
  throw new UsageError(`the event ${event || "(GITHUB_EVENT_NAME is not set)"} does not say ${field}; does GITHUB_EVENT_PATH name the event's file?`);
}
