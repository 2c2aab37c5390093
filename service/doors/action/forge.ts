// Where the step runs, from the variables that every runner sets: which GitHub, which repository, which event.

import { readFileSync } from "node:fs";
import { UsageError } from "../../host/usage-error.ts";

export interface Forge {
  /** https://github.com, or a GitHub Enterprise Server. Without a slash at the end. */
  readonly server: string;
  /** https://api.github.com, https://HOST/api/v3 */
  readonly api: string;
  readonly owner: string;
  readonly name: string;
  /** Null where the runner does not tell. */
  readonly repositoryId: number | null;
  /** The folder of the checkout. */
  readonly workspace: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly sha: string;
  readonly actor: string;
  /** Workflow, job and step: the same at every run of this step. */
  readonly step: string;
}

type Environ = Readonly<Record<string, string | undefined>>;

/** Throws a UsageError when this is no step of a workflow. */
export function forgeOf(env: Environ): Forge {
  const get = (name: string): string => env[name] ?? "";
  const [owner = "", name = "", ...more] = get("GITHUB_REPOSITORY").split("/");
  if (!isName(owner) || !isName(name) || more.length > 0)
    throw new UsageError("GITHUB_REPOSITORY does not name a repository as owner/name; this runs as a step of a workflow");
  if (get("GITHUB_WORKSPACE") === "") throw new UsageError("GITHUB_WORKSPACE is not set; this runs as a step of a workflow");
  const id = Number(get("GITHUB_REPOSITORY_ID"));
  return {
    server: address(get("GITHUB_SERVER_URL"), "GITHUB_SERVER_URL", "https://github.com"),
    api: address(get("GITHUB_API_URL"), "GITHUB_API_URL", "https://api.github.com"),
    owner,
    name,
    repositoryId: Number.isSafeInteger(id) && id > 0 ? id : null,
    workspace: get("GITHUB_WORKSPACE"),
    event: get("GITHUB_EVENT_NAME"),
    payload: readPayload(get("GITHUB_EVENT_PATH")),
    sha: get("GITHUB_SHA"),
    actor: get("GITHUB_ACTOR"),
    step: [get("GITHUB_WORKFLOW"), get("GITHUB_JOB"), get("GITHUB_ACTION")].join("\n"),
  };
}

function isName(text: string): boolean {
  return /^[\w.-]+$/.test(text) && text !== "." && text !== "..";
}

function address(text: string, variable: string, usual: string): string {
  const url = parsed(text || usual);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError(`${variable} is no address of GitHub`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The event's payload; null when no file was named. A file that is not there or holds no object is an error of use. */
function readPayload(file: string): Readonly<Record<string, unknown>> | null {
  if (file === "") return null;
  let payload: unknown;
  try {
    payload = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new UsageError("the file that GITHUB_EVENT_PATH names cannot be read as JSON");
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) throw new UsageError("the file that GITHUB_EVENT_PATH names holds no event");
  return payload as Readonly<Record<string, unknown>>;
}
