// The check run of a commit: made as soon as work begins, and concluded whatever happens.

import { faultOf } from "./fault.ts";
import type { GitHub, Repository } from "./connection.ts";
import { allPages, PAGE } from "./pages.ts";

export interface CheckRun {
  readonly id: number;
  readonly head: string;
  readonly isCompleted: boolean;
  readonly conclusion: string | null;
  /** What `startCheckRun` was given, or null. */
  readonly externalId: string | null;
  readonly annotations: number;
}

export type Conclusion = "success" | "neutral" | "failure" | "cancelled";

export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
}

/** Lines are 1-based; columns count only where both lines are the same. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
}

/** A button under the finished check. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export async function startCheckRun(
  github: GitHub,
  { owner, name: repo }: Repository,
  given: { readonly name: string; readonly head: string; readonly externalId: string; readonly output?: CheckOutput },
): Promise<CheckRun> {
  const { data } = await github.request("POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: given.name,
    head_sha: given.head,
    external_id: given.externalId,
    status: "in_progress",
    ...(given.output === undefined ? {} : { output: given.output }),
  });
  return checkRun(data);
}

/** Our check runs of a commit with this name, newest first; `app` is our id: others may use the same name. */
export async function checkRunsOf(github: GitHub, { owner, name: repo }: Repository, ref: string, name: string, app: number): Promise<readonly CheckRun[]> {
  const { items } = await allPages(async (page) => {
    const { data, headers } = await github.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      owner,
      repo,
      ref,
      check_name: name,
      filter: "all",
      app_id: app,
      per_page: PAGE,
      page,
    });
    return { items: data.check_runs, headers };
  }, 10);
  return items.map(checkRun).sort((a, b) => b.id - a.id);
}

/** Says what goes on while the check is still in progress. */
export async function describeCheckRun(github: GitHub, repository: Repository, id: number, output: CheckOutput): Promise<void> {
  await patch(github, repository, id, { output }, 3);
}

/**
 * Adds the annotations, batch by batch (at most 50 each), and concludes with the last. What GitHub refuses of the
 * annotations is left out: the conclusion comes in any case. Gives the number of annotations that were not taken.
 */
export async function concludeCheckRun(
  github: GitHub,
  repository: Repository,
  id: number,
  given: {
    readonly conclusion: Conclusion;
    readonly output: CheckOutput;
    readonly annotations?: readonly (readonly Annotation[])[];
    readonly actions?: readonly CheckAction[];
  },
): Promise<number> {
  const { output, conclusion, annotations = [], actions = [] } = given;
  const end = { status: "completed", conclusion, ...(actions.length === 0 ? {} : { actions }) };
  let taken = 0;
  let refused = 0;
  for (const [index, batch] of annotations.entries()) {
    const last = index === annotations.length - 1;
    try {
      await patch(github, repository, id, { ...(last ? end : {}), output: { ...output, annotations: batch } }, 0);
      taken += batch.length;
      if (last) return refused;
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (fault === null || !(fault.ambiguous || fault.kind === "validation")) throw thrown;
      // Annotations are appended, so what may have arrived is counted before anything is sent again.
      const now = fault.ambiguous ? await readCheckRun(github, repository, id) : null;
      if (now !== null && now.annotations >= taken + batch.length) taken += batch.length;
      else refused += batch.length;
    }
  }
  await patch(github, repository, id, { ...end, output }, 3);
  return refused;
}

export async function readCheckRun(github: GitHub, { owner, name: repo }: Repository, id: number): Promise<CheckRun> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", { owner, repo, check_run_id: id });
  return checkRun(data);
}

async function patch(github: GitHub, { owner, name: repo }: Repository, id: number, fields: object, retries: number): Promise<void> {
  await github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { owner, repo, check_run_id: id, ...fields, request: { retries } });
}

function checkRun(data: {
  readonly id: number | bigint;
  readonly head_sha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly external_id: string | null;
  readonly output?: { readonly annotations_count?: number };
}): CheckRun {
  return {
    id: Number(data.id),
    head: data.head_sha,
    isCompleted: data.status === "completed",
    conclusion: data.conclusion,
    externalId: data.external_id ?? null,
    annotations: data.output?.annotations_count ?? 0,
  };
}
