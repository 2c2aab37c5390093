// The calls of the REST API that change something. Each says in one line what it did.

import type { Anchor, FakeComment, FakeReviewComment } from "./conversation.ts";
import { Refusal } from "./refusal.ts";
import { type Answer, checkRunAt, type Handler, missing, ok, pullAt, type Request } from "./rest-reads.ts";
import type { Json } from "./rest-schema.ts";
import { appJson, checkRunJson, commentJson, repositoryJson, reviewCommentJson, reviewJson } from "./shapes.ts";
import type { FakePull, FakeRepository, User } from "./state.ts";
import type { World } from "./world.ts";

const R = "/repos/{owner}/{repo}";

/** `user`: who the token belongs to. */
export type Writer = (request: Request, world: World, user: User) => Answer;

export const WRITES: Readonly<Record<string, Writer>> = {
  [`POST ${R}/check-runs`]: ({ repository, body }, world, user) => {
    const head = String(body["head_sha"]);
    if (world.state.objects.commit(head) === undefined) throw new Refusal(422, `No commit found for SHA: ${head}`);
    const run: FakeRepository["checkRuns"][number] = {
      id: world.state.next(),
      name: String(body["name"]),
      head,
      app: user.login === `${world.app.slug}[bot]` ? world.app.id : null,
      status: "queued",
      conclusion: null,
      externalId: String(body["external_id"] ?? ""),
      output: { title: null, summary: null, text: null },
      annotations: [],
      actions: [],
    };
    repository.checkRuns.push(run);
    changeCheckRun(run, body);
    world.log(`${at(repository, head)}: check run ${run.name} ${said(run, body)}`);
    return ok(checkRunJson(run, appJson(world.app.id, world.app.slug)), 201);
  },
  [`PATCH ${R}/check-runs/{check_run_id}`]: ({ repository, at: place, body }, world, user) => {
    const run = checkRunAt(repository, place);
    if (run.app !== (user.login === `${world.app.slug}[bot]` ? world.app.id : null))
      throw new Refusal(403, "Invalid app_id `0` - check run can only be modified by the GitHub App that created it.");
    changeCheckRun(run, body);
    world.log(`${at(repository, run.head)}: check run ${run.name} ${said(run, body)}`);
    return ok(checkRunJson(run, appJson(world.app.id, world.app.slug)));
  },
  [`POST ${R}/pulls/{pull_number}/reviews`]: review,
  [`POST ${R}/pulls/{pull_number}/comments`]: ({ repository, at: place, body }, world, user) => {
    const pull = open(pullAt(repository, place["pull_number"]));
    const commit = commitOf(pull, body);
    const anchor = anchorOf(body);
    const problem = pull.anchorProblem(anchor, commit);
    if (problem !== null)
      throw new Refusal(422, "Validation Failed", [
        {
          resource: "PullRequestReviewComment",
          code: "custom",
          field: `pull_request_review_thread.${problem.split(" ")[0]}`,
          message: `pull_request_review_thread.${problem}`,
        },
      ]);
    const comment = pull.addThread(user, pull.addReview(user, commit, "COMMENT", ""), anchor, commit, text(body));
    pull.reanchor();
    world.log(`${on(pull)}: comment on ${shown(anchor)}`);
    return ok(reviewCommentJson(comment, pull), 201);
  },
  [`PATCH ${R}/pulls/comments/{comment_id}`]: ({ repository, at: place, body }, world, user) => {
    const { pull, comment } = own(reviewComment(repository, place), user);
    pull.edit(comment, text(body));
    world.log(`${on(pull)}: edit comment on ${whereOf(comment)}`);
    return ok(reviewCommentJson(comment, pull));
  },
  [`DELETE ${R}/pulls/comments/{comment_id}`]: ({ repository, at: place }, world, user) => {
    const { pull, comment } = own(reviewComment(repository, place), user);
    world.log(`${on(pull)}: delete comment on ${whereOf(comment)}`);
    pull.remove(comment);
    return ok(null, 204);
  },
  [`POST ${R}/issues/{issue_number}/comments`]: ({ repository, at: place, body }, world, user) => {
    const pull = open(pullAt(repository, place["issue_number"]));
    if (pull.comments.length >= world.limits.comments) throw new Refusal(403, "Commenting is disabled on issues with more than 2500 comments");
    const comment = pull.addComment(user, text(body));
    world.log(`${on(pull)}: comment`);
    return ok(commentJson(comment), 201);
  },
  [`PATCH ${R}/issues/comments/{comment_id}`]: ({ repository, at: place, body }, world, user) => {
    const { pull, comment } = own(issueComment(repository, place), user);
    pull.edit(comment, text(body));
    world.log(`${on(pull)}: edit comment`);
    return ok(commentJson(comment));
  },
  [`DELETE ${R}/issues/comments/{comment_id}`]: ({ repository, at: place }, world, user) => {
    const { pull, comment } = own(issueComment(repository, place), user);
    pull.remove(comment);
    world.log(`${on(pull)}: delete comment`);
    return ok(null, 204);
  },
};

/** Single comments, read by their number. */
export const COMMENT_READS: Readonly<Record<string, Handler>> = {
  [`GET ${R}/pulls/comments/{comment_id}`]: ({ repository, at: place }) => {
    const { pull, comment } = reviewComment(repository, place);
    return ok(reviewCommentJson(comment, pull));
  },
  [`GET ${R}/issues/comments/{comment_id}`]: ({ repository, at: place }) => ok(commentJson(issueComment(repository, place).comment)),
};

/** What the App itself may call, by its JWT. */
export const APP_WRITES: Readonly<Record<string, Handler>> = {
  "POST /app/installations/{installation_id}/access_tokens": ({ at: place, body }, world) => {
    const { value, token } = world.access.mint(Number(place["installation_id"]), body as Parameters<World["access"]["mint"]>[1]);
    const repositories = world.state.repositories.filter((one) => token.repositories?.includes(one.id)).map(repositoryJson);
    const expires = new Date(token.expires).toISOString();
    return ok({ token: value, expires_at: expires, permissions: token.permissions as Json, ...(token.repositories === null ? {} : { repositories }) }, 201);
  },
  "POST /app/hook/deliveries/{delivery_id}/attempts": ({ at: place }, world) => {
    const found = world.deliveries.find(({ json }) => (json as { readonly id: number }).id === Number(place["delivery_id"]));
    if (found === undefined) throw missing();
    found.again();
    return ok({}, 202);
  },
};

function review({ repository, at: place, body }: Request, world: World, user: User): Answer {
  const pull = open(pullAt(repository, place["pull_number"]));
  const commit = commitOf(pull, body);
  const event = String(body["event"] ?? "PENDING");
  if (event !== "APPROVE" && event !== "PENDING" && String(body["body"] ?? "") === "") throw new Refusal(422, "Unprocessable Entity", ["Body can't be blank"]);
  if (body["body"] !== undefined) text(body);
  const comments = (body["comments"] ?? []) as readonly Readonly<Record<string, unknown>>[];
  // All or nothing, and the error does not say which one is to blame.
  const anchors = comments.map((comment) => ({ anchor: anchorOf(comment), said: text(comment) }));
  const problem = anchors.map(({ anchor }) => pull.anchorProblem(anchor, commit)).find((one) => one !== null);
  if (problem !== undefined) throw new Refusal(422, "Unprocessable Entity", [`Pull request review thread ${problem}`]);
  const made = pull.addReview(user, commit, event, String(body["body"] ?? ""));
  for (const { anchor, said: one } of anchors) pull.addThread(user, made, anchor, commit, one);
  pull.reanchor();
  world.log(`${on(pull)}: review at ${commit.slice(0, 7)}, ${event}: ${anchors.map(({ anchor }) => shown(anchor)).join(", ")}`);
  return ok(reviewJson(made));
}

function changeCheckRun(run: FakeRepository["checkRuns"][number], body: Readonly<Record<string, unknown>>): void {
  const output = body["output"] as Readonly<Record<string, unknown>> | undefined;
  if (typeof body["conclusion"] === "string") Object.assign(run, { conclusion: body["conclusion"], status: "completed" });
  else if (typeof body["status"] === "string") run.status = body["status"];
  if (Array.isArray(body["actions"])) run.actions = body["actions"] as unknown[];
  if (output === undefined) return;
  run.output = {
    title: String(output["title"] ?? ""),
    summary: String(output["summary"] ?? ""),
    text: typeof output["text"] === "string" ? output["text"] : null,
  };
  run.annotations.push(...((output["annotations"] ?? []) as Readonly<Record<string, unknown>>[]));
}

function said(run: FakeRepository["checkRuns"][number], body: Readonly<Record<string, unknown>>): string {
  const added = (body["output"] as { readonly annotations?: readonly unknown[] } | undefined)?.annotations?.length ?? 0;
  const title = run.output.title === null ? "" : ` "${run.output.title}"`;
  return `${run.conclusion ?? run.status}${title}${added === 0 ? "" : `, ${added} annotation${added === 1 ? "" : "s"}`}`;
}

/** Nothing new can be said where the conversation is locked. */
function open(pull: FakePull): FakePull {
  if (pull.isLocked) throw new Refusal(403, "Unable to create comment because issue is locked.");
  return pull;
}

function commitOf(pull: FakePull, body: Readonly<Record<string, unknown>>): string {
  const commit = body["commit_id"];
  if (commit === undefined) return pull.head.sha;
  if (!pull.heads.includes(String(commit)))
    throw new Refusal(422, "Validation Failed", [
      { resource: "PullRequestReview", code: "custom", field: "commit_id", message: "commit_id is not part of the pull request" },
    ]);
  return String(commit);
}

function anchorOf(body: Readonly<Record<string, unknown>>): Anchor {
  const side = body["side"] ?? "RIGHT";
  if (side !== "RIGHT" && side !== "LEFT") throw new Refusal(422, "Invalid request.", ["side is not included in the list"]);
  const number = (key: string): number | null => (typeof body[key] === "number" ? body[key] : null);
  return {
    path: String(body["path"]),
    subject: body["subject_type"] === "file" ? "FILE" : "LINE",
    side,
    line: number("line"),
    startLine: number("start_line"),
  };
}

function text(body: Readonly<Record<string, unknown>>): string {
  const given = String(body["body"] ?? "");
  if (given.trim() === "") throw new Refusal(422, "Validation Failed", ["Body can't be blank"]);
  if (given.length > 65_536) throw new Refusal(422, "Validation Failed", ["Body is too long (maximum is 65536 characters)"]);
  return given;
}

function reviewComment(repository: FakeRepository, { comment_id: id }: Readonly<Record<string, string>>): { pull: FakePull; comment: FakeReviewComment } {
  for (const pull of repository.pulls.values())
    for (const thread of pull.threads) for (const comment of thread.comments) if (comment.id === Number(id)) return { pull, comment };
  throw missing();
}

function issueComment(repository: FakeRepository, { comment_id: id }: Readonly<Record<string, string>>): { pull: FakePull; comment: FakeComment } {
  for (const pull of repository.pulls.values()) for (const comment of pull.comments) if (comment.id === Number(id)) return { pull, comment };
  throw missing();
}

function own<C extends { readonly comment: FakeComment }>(found: C, user: User): C {
  if (found.comment.author.login !== user.login) throw new Refusal(403, "Resource not accessible by integration");
  return found;
}

/** `acme/platform#1` */
export function on(pull: FakePull): string {
  return `${pull.repository.owner}/${pull.repository.name}#${pull.number}`;
}

function at(repository: FakeRepository, commit: string): string {
  return `${repository.owner}/${repository.name}@${commit.slice(0, 7)}`;
}

/** `values.yaml:3`, `values.yaml:3-5`, `values.yaml`; the line that it was written for. */
export function whereOf(comment: FakeReviewComment): string {
  const { thread } = comment;
  return shown({ path: thread.path, subject: thread.subject, side: thread.side, line: thread.originalLine, startLine: thread.originalStartLine });
}

function shown({ path, subject, line, startLine }: Anchor): string {
  return subject === "FILE" ? path : `${path}:${startLine === null ? "" : `${startLine}-`}${line ?? "?"}`;
}
