// What stands on a pull request: review threads and the conversation, all pages, in as few calls as there are pages.
// Only GraphQL says whether a thread is resolved or a comment hidden.

import type { Author, Comment, Existing, Thread } from "../../report/pull-request/existing.ts";
import type { GitHub, Repository } from "./connection.ts";

const COMMENT = "databaseId id body isMinimized author { __typename login } reactions { totalCount }";
const PAGE_INFO = "pageInfo { hasNextPage endCursor }";
const THREAD = `id path subjectType line startLine diffSide isOutdated isResolved resolvedBy { login } comments(first: 50) { ${PAGE_INFO} nodes { ${COMMENT} } }`;

const PAGES = `query ($owner: String!, $name: String!, $number: Int!, $threads: Boolean!, $threadsAfter: String, $comments: Boolean!, $commentsAfter: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 50, after: $threadsAfter) @include(if: $threads) { ${PAGE_INFO} nodes { ${THREAD} } }
      comments(first: 100, after: $commentsAfter) @include(if: $comments) { ${PAGE_INFO} nodes { ${COMMENT} } }
    }
  }
}`;

const MORE = `query ($thread: ID!, $after: String) {
  node(id: $thread) { ... on PullRequestReviewThread { comments(first: 100, after: $after) { ${PAGE_INFO} nodes { ${COMMENT} } } } }
}`;

/** Everything that people and programs wrote; the oldest first. Throws when a part cannot be read: half of it would mislead. */
export async function existingComments(github: GitHub, { owner, name }: Repository, number: number): Promise<Existing> {
  const threads: Thread[] = [];
  const comments: Comment[] = [];
  let wanted: { readonly threads: boolean; readonly comments: boolean; readonly threadsAfter?: string; readonly commentsAfter?: string } = {
    threads: true,
    comments: true,
  };
  while (wanted.threads || wanted.comments) {
    const answer: PagesAnswer = await github.graphql<PagesAnswer>(PAGES, { owner, name, number, ...wanted, request: READ });
    const pull = answer.repository?.pullRequest;
    if (pull === null || pull === undefined) throw Object.assign(new Error("the pull request is gone"), { status: 404, response: {} });
    for (const node of present(pull.reviewThreads)) threads.push(thread(node, await remaining(github, node)));
    comments.push(...present(pull.comments).map(comment));
    wanted = { ...next("threads", pull.reviewThreads), ...next("comments", pull.comments) };
  }
  return { threads, comments };
}

/** The comments of a thread beyond the first page. */
async function remaining(github: GitHub, { id, comments }: GivenThread): Promise<readonly GivenComment[]> {
  const found = [...present(comments)];
  let { pageInfo } = comments;
  while (pageInfo.hasNextPage) {
    const answer = await github.graphql<{ readonly node: { readonly comments?: Connection<GivenComment> } | null }>(MORE, {
      thread: id,
      after: pageInfo.endCursor,
      request: READ,
    });
    const more = answer.node?.comments;
    if (more === undefined) break; // the thread was deleted meanwhile
    found.push(...present(more));
    ({ pageInfo } = more);
  }
  return found;
}

/** A query has no effect, so it may be repeated like any reading; octokit takes each POST for a write. */
const READ = { retries: 3 };

interface Connection<Node> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (Node | null)[] | null;
}

interface PagesAnswer {
  readonly repository: {
    readonly pullRequest: { readonly reviewThreads?: Connection<GivenThread>; readonly comments?: Connection<GivenComment> } | null;
  } | null;
}

interface GivenThread {
  readonly id: string;
  readonly path: string;
  readonly subjectType: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly diffSide: string;
  readonly isOutdated: boolean;
  readonly isResolved: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly comments: Connection<GivenComment>;
}

interface GivenComment {
  readonly databaseId: number | null;
  readonly id: string;
  readonly body: string;
  readonly isMinimized: boolean;
  readonly author: { readonly __typename: string; readonly login: string } | null;
  readonly reactions: { readonly totalCount: number };
}

function present<Node>(connection: Connection<Node> | undefined): readonly Node[] {
  return (connection?.nodes ?? []).filter((node) => node !== null);
}

function next<Name extends string>(name: Name, connection: Connection<unknown> | undefined): Record<Name, boolean> {
  const { hasNextPage = false, endCursor = null } = connection?.pageInfo ?? {};
  return { [name]: hasNextPage && endCursor !== null, [`${name}After`]: endCursor } as unknown as Record<Name, boolean>;
}

function thread(given: GivenThread, comments: readonly GivenComment[]): Thread {
  return {
    id: given.id,
    path: given.path,
    subject: given.subjectType === "FILE" ? "file" : "line",
    line: given.line,
    startLine: given.startLine,
    side: given.diffSide === "LEFT" ? "LEFT" : "RIGHT",
    isOutdated: given.isOutdated,
    resolvedBy: given.isResolved ? author(given.resolvedBy) : null,
    comments: comments.filter(({ databaseId }) => databaseId !== null).map(comment),
  };
}

function comment(given: GivenComment): Comment {
  return {
    id: given.databaseId ?? 0,
    nodeId: given.id,
    author: given.author === null ? null : author(given.author),
    body: given.body,
    isMinimized: given.isMinimized,
    reactions: given.reactions.totalCount,
  };
}

/** GraphQL calls who resolved a thread a user, even if it was a program; only the name tells. Nobody is a deleted account. */
function author(given: { readonly __typename?: string; readonly login: string } | null): Author {
  const { login, __typename } = given ?? { login: "ghost" };
  return { login, isBot: __typename === "Bot" || login.endsWith("[bot]") };
}
