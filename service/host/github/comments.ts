// Writing on a pull request, one call each. What creates something is never repeated here: it might stand there twice.

import type { GitHub, Repository } from "./connection.ts";

/** A comment in a review. `startLine` is null for one line. Lines are of the head, 1-based. */
export interface InlineComment {
  readonly path: string;
  readonly line: number;
  readonly startLine: number | null;
  readonly body: string;
}

/** One review with all comments: one notification. All of them are taken or none. */
export async function postReview(
  github: GitHub,
  { owner, name: repo }: Repository,
  pull: number,
  { head, body, comments }: { readonly head: string; readonly body: string; readonly comments: readonly InlineComment[] },
): Promise<void> {
  await github.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
    owner,
    repo,
    pull_number: pull,
    commit_id: head,
    event: "COMMENT",
    body,
    comments: comments.map(({ path, line, startLine, body: text }) => ({
      path,
      body: text,
      line,
      side: "RIGHT",
      ...(startLine === null ? {} : { start_line: startLine, start_side: "RIGHT" }),
    })),
  });
}

/** A comment on a file as a whole, which a review cannot hold. */
export async function postFileComment(
  github: GitHub,
  { owner, name: repo }: Repository,
  pull: number,
  { head, path, body }: { readonly head: string; readonly path: string; readonly body: string },
): Promise<void> {
  await github.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/comments", {
    owner,
    repo,
    pull_number: pull,
    commit_id: head,
    path,
    subject_type: "file",
    body,
  });
}

export async function editReviewComment(github: GitHub, { owner, name: repo }: Repository, id: number, body: string): Promise<void> {
  await github.request("PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}", { owner, repo, comment_id: id, body, request: AGAIN });
}

export async function deleteReviewComment(github: GitHub, { owner, name: repo }: Repository, id: number): Promise<void> {
  await github.request("DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}", { owner, repo, comment_id: id, request: AGAIN });
}

/** A comment in the conversation. */
export async function postComment(github: GitHub, { owner, name: repo }: Repository, pull: number, body: string): Promise<void> {
  await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { owner, repo, issue_number: pull, body });
}

export async function editComment(github: GitHub, { owner, name: repo }: Repository, id: number, body: string): Promise<void> {
  await github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: id, body, request: AGAIN });
}

export async function deleteComment(github: GitHub, { owner, name: repo }: Repository, id: number): Promise<void> {
  await github.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: id, request: AGAIN });
}

/** Hides a comment as settled. `nodeId` is GraphQL's. */
export async function minimizeComment(github: GitHub, nodeId: string): Promise<void> {
  await github.graphql(`mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { minimizedComment { isMinimized } } }`, {
    id: nodeId,
    request: AGAIN,
  });
}

/** Needs `contents: write`. */
export async function resolveThread(github: GitHub, threadId: string): Promise<void> {
  await github.graphql(`mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`, {
    id: threadId,
    request: AGAIN,
  });
}

/** These come to the same when done twice. */
const AGAIN = { retries: 3 };
