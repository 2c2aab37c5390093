// The calls of the REST API that only read.

import type { World } from "./world.ts";
import { Refusal } from "./refusal.ts";
import type { Json } from "./rest-schema.ts";
import { appJson, checkRunJson, commentJson, installationJson, pullJson, repositoryJson, reviewCommentJson, reviewJson } from "./shapes.ts";
import type { FakePull, FakeRepository } from "./state.ts";

/** One call, with what stands for the parameters of its path. */
export interface Request {
  readonly at: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly repository: FakeRepository;
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** For lists: all items; the page is cut out of them. */
  readonly list?: { readonly items: readonly Json[]; readonly wrap?: (page: readonly Json[]) => Json };
}

export type Handler = (request: Request, world: World) => Answer;

const R = "/repos/{owner}/{repo}";

export const READS: Readonly<Record<string, Handler>> = {
  "GET /app": (_request, { app }) => ok(appJson(app.id, app.slug)),
  "GET /app/installations": (_request, { app, access }) =>
    list([...access.installations.values()].map((one) => installationJson(one, appJson(app.id, app.slug)))),
  "GET /app/installations/{installation_id}": ({ at }, { app, access }) => {
    const found = access.installations.get(Number(at["installation_id"]));
    if (found === undefined) throw missing();
    return ok(installationJson(found, appJson(app.id, app.slug)));
  },
  "GET /app/hook/deliveries": (_request, { deliveries }) => list(deliveries.map(({ json }) => json)),
  "GET /rate_limit": () => ok({ resources: { core: limit(), search: limit() }, rate: limit() }),
  [`GET ${R}`]: ({ repository }) => ok(repositoryJson(repository)),
  [`GET ${R}/installation`]: ({ repository }, { app, access }) => {
    const found = [...access.installations.values()].find((one) => one.repositories.includes(`${repository.owner}/${repository.name}`));
    if (found === undefined) throw missing();
    return ok(installationJson(found, appJson(app.id, app.slug)));
  },
  [`GET ${R}/branches/{branch}`]: ({ repository, at }) => {
    const sha = repository.branches.get(at["branch"] ?? "");
    if (sha === undefined) throw new Refusal(404, "Branch not found");
    return ok({ name: at["branch"] ?? "", commit: { sha }, protected: false });
  },
  [`GET ${R}/collaborators/{username}/permission`]: ({ repository, at }) => {
    const permission = repository.collaborators[at["username"] ?? ""] ?? (repository.isPrivate ? "none" : "read");
    return ok({ permission, role_name: permission, user: null });
  },
  [`GET ${R}/compare/{basehead}`]: ({ repository, at }, { state }) => {
    const [base = "", head = ""] = (at["basehead"] ?? "").split("...").map((ref) => repository.branches.get(ref.replace(/^.*:/, "")) ?? ref);
    const meet = state.objects.mergeBase(base, head);
    if (state.objects.commit(base) === undefined || state.objects.commit(head) === undefined) throw missing();
    if (meet === null) throw new Refusal(404, "No common ancestor between these commits.");
    return ok({ merge_base_commit: { sha: meet }, base_commit: { sha: base }, status: "ahead", ahead_by: 1, behind_by: 0, total_commits: 1, commits: [] });
  },
  [`GET ${R}/contents/{path}`]: ({ repository, at, query }, { state }) => {
    const ref = query.get("ref") ?? repository.defaultBranch;
    const entry = state.objects.files(repository.branches.get(ref) ?? ref)?.get(at["path"] ?? "");
    const bytes = entry === undefined ? undefined : state.objects.blob(entry.sha);
    if (entry === undefined || bytes === undefined) throw missing();
    return ok({
      type: "file",
      encoding: "base64",
      size: bytes.length,
      name: entry.path.split("/").at(-1) ?? "",
      path: entry.path,
      sha: entry.sha,
      content: base64(bytes),
    });
  },
  [`GET ${R}/git/blobs/{file_sha}`]: ({ at }, { state }) => {
    const sha = at["file_sha"] ?? "";
    const bytes = state.objects.blob(sha);
    if (bytes === undefined) throw missing();
    return ok({ sha, node_id: `B_${sha}`, size: bytes.length, encoding: "base64", content: base64(bytes), url: "https://github.example/blob" });
  },
  [`GET ${R}/git/commits/{commit_sha}`]: ({ at }, { state }) => {
    const found = state.objects.commit(at["commit_sha"] ?? "");
    if (found === undefined) throw missing();
    return ok({ sha: found.sha, message: found.message, tree: { sha: found.tree }, parents: found.parents.map((sha) => ({ sha })) });
  },
  [`GET ${R}/git/trees/{tree_sha}`]: tree,
  [`GET ${R}/commits/{ref}/check-runs`]: ({ repository, at, query }, { app }) => {
    const ref = at["ref"] ?? "";
    const head = repository.branches.get(ref) ?? ref;
    const runs = repository.checkRuns
      .filter((run) => run.head === head && (query.get("check_name") ?? run.name) === run.name && (query.get("app_id") ?? String(run.app)) === String(run.app))
      .reverse();
    const items = runs.map((run) => checkRunJson(run, appJson(app.id, app.slug)));
    return { ...list(items), list: { items, wrap: (page) => ({ total_count: items.length, check_runs: page }) } };
  },
  [`GET ${R}/commits/{commit_sha}/pulls`]: ({ repository, at }) =>
    list([...repository.pulls.values()].filter((pull) => pull.heads.includes(at["commit_sha"] ?? "")).map(pullJson)),
  [`GET ${R}/check-runs/{check_run_id}`]: ({ repository, at }, { app }) => ok(checkRunJson(checkRunAt(repository, at), appJson(app.id, app.slug))),
  [`GET ${R}/check-runs/{check_run_id}/annotations`]: ({ repository, at }) => list(checkRunAt(repository, at).annotations as unknown as readonly Json[]),
  [`GET ${R}/pulls`]: ({ repository, query }) => {
    const state = query.get("state") ?? "open";
    return list(
      [...repository.pulls.values()]
        .filter((pull) => state === "all" || pull.state === state)
        .reverse()
        .map(pullJson),
    );
  },
  [`GET ${R}/pulls/{pull_number}`]: ({ repository, at }) => ok(pullJson(pullAt(repository, at["pull_number"]))),
  [`GET ${R}/pulls/{pull_number}/files`]: ({ repository, at }) => {
    const files = pullAt(repository, at["pull_number"]).files().slice(0, 3000);
    return list(
      files.map(({ path, previousPath, status, sha, additions, deletions, patch }) => ({
        sha,
        filename: path,
        status,
        additions,
        deletions,
        changes: additions + deletions,
        ...(patch === null ? {} : { patch }),
        ...(previousPath === null ? {} : { previous_filename: previousPath }),
      })),
    );
  },
  [`GET ${R}/pulls/{pull_number}/reviews`]: ({ repository, at }) => list(pullAt(repository, at["pull_number"]).reviews.map(reviewJson)),
  [`GET ${R}/pulls/{pull_number}/comments`]: ({ repository, at }) => {
    const pull = pullAt(repository, at["pull_number"]);
    return list(pull.threads.flatMap((thread) => thread.comments).map((comment) => reviewCommentJson(comment, pull)));
  },
  [`GET ${R}/issues/{issue_number}/comments`]: ({ repository, at }) => list(pullAt(repository, at["issue_number"]).comments.map(commentJson)),
};

/** The list of an installation's repositories; the only reading that has no repository in its path. */
export function installedRepositories(repositories: readonly FakeRepository[]): Answer {
  const items = repositories.map(repositoryJson);
  return { ...list(items), list: { items, wrap: (page) => ({ total_count: items.length, repositories: page }) } };
}

export function pullAt(repository: FakeRepository, number: string | undefined): FakePull {
  const found = repository.pulls.get(Number(number));
  if (found === undefined) throw missing();
  return found;
}

export function checkRunAt(repository: FakeRepository, at: Readonly<Record<string, string>>): FakeRepository["checkRuns"][number] {
  const found = repository.checkRuns.find((run) => run.id === Number(at["check_run_id"]));
  if (found === undefined) throw missing();
  return found;
}

export function missing(): Refusal {
  return new Refusal(404, "Not Found");
}

export function ok(body: Json, status = 200): Answer {
  return { status, body };
}

function list(items: readonly Json[]): Answer {
  return { status: 200, body: null, list: { items } };
}

function tree({ at, query }: Request, { state, limits }: World): Answer {
  const sha = at["tree_sha"] ?? "";
  const isDeep = query.has("recursive");
  const entries = isDeep ? state.objects.files(sha) : state.objects.folder(sha);
  if (entries === undefined) throw missing();
  const all = [...entries.values()].map(({ path, mode, sha: name }) => {
    const type = mode === "160000" ? "commit" : mode === "40000" ? "tree" : "blob";
    const size = state.objects.blob(name)?.length;
    return { path, mode: mode.padStart(6, "0"), type, sha: name, ...(size === undefined ? {} : { size }) };
  });
  return ok({ sha, url: "https://github.example/tree", tree: all.slice(0, limits.treeEntries), truncated: all.length > limits.treeEntries });
}

/** With line breaks, as GitHub has them. */
function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/.{60}/g, "$&\n");
}

function limit(): Json {
  return { limit: 5000, used: 0, remaining: 5000, reset: 0 };
}
