// The fake GitHub's state in the words of the REST API. What the description demands beside it is filled in later.

import type { FakeInstallation } from "./access.ts";
import type { FakeComment, FakeReview, FakeReviewComment } from "./conversation.ts";
import type { Json } from "./rest-schema.ts";
import type { FakeCheckRun, FakePull, FakeRepository, User } from "./state.ts";

type Fields = { readonly [key: string]: Json };

export function userJson({ login, id, type }: User): Fields {
  return { login, id, type, node_id: `U_${id}`, site_admin: false };
}

export function ownerJson(login: string): Fields {
  return { login, id: 1, type: "Organization", node_id: "O_1", site_admin: false };
}

export function repositoryJson({ id, owner, name, isPrivate, isArchived, defaultBranch }: FakeRepository): Fields {
  return {
    id,
    name,
    node_id: `R_${id}`,
    full_name: `${owner}/${name}`,
    owner: ownerJson(owner),
    private: isPrivate,
    archived: isArchived,
    default_branch: defaultBranch,
    visibility: isPrivate ? "private" : "public",
  };
}

export function pullJson(pull: FakePull): Fields {
  const { head, base, repository } = pull;
  return {
    id: pull.id,
    number: pull.number,
    node_id: `PR_${pull.id}`,
    state: pull.state,
    title: pull.title,
    locked: pull.isLocked,
    draft: pull.isDraft,
    merged: pull.isMerged,
    user: userJson(pull.author),
    created_at: "2026-06-01T00:00:00Z",
    updated_at: "2026-06-01T00:00:00Z",
    changed_files: pull.files().length,
    commits: pull.heads.length,
    comments: pull.comments.length,
    head: sideJson(head.ref, head.sha, head.repository),
    base: sideJson(base, pull.baseSha(), repository),
  };
}

function sideJson(ref: string, sha: string, repository: FakeRepository | null): Fields {
  const owner = repository?.owner ?? "unknown";
  return { label: `${owner}:${ref}`, ref, sha, repo: repository === null ? null : repositoryJson(repository), user: ownerJson(owner) };
}

export function commentJson(comment: FakeComment): Fields {
  return {
    id: comment.id,
    node_id: comment.nodeId,
    body: comment.body,
    user: userJson(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: "NONE",
    performed_via_github_app: null,
  };
}

export function reviewCommentJson(comment: FakeReviewComment, pull: FakePull): Fields {
  const { thread } = comment;
  const { performed_via_github_app: _none, ...common } = commentJson(comment);
  return {
    ...common,
    pull_request_review_id: comment.review,
    diff_hunk: comment.diffHunk,
    path: thread.path,
    // GitHub moves this on with each push; only the original one stays.
    commit_id: pull.head.sha,
    original_commit_id: thread.originalCommit,
    line: thread.subject === "FILE" ? null : thread.line,
    start_line: thread.startLine,
    original_line: thread.originalLine,
    original_start_line: thread.originalStartLine,
    side: thread.side,
    start_side: thread.startLine === null ? null : thread.side,
    subject_type: thread.subject === "FILE" ? "file" : "line",
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
  } as Fields;
}

export function reviewJson(review: FakeReview): Fields {
  const states: Readonly<Record<string, string>> = { COMMENT: "COMMENTED", APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED" };
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userJson(review.author),
    body: review.body,
    state: states[review.event] ?? "PENDING",
    commit_id: review.commit,
    submitted_at: review.submittedAt,
    author_association: "NONE",
  };
}

export function checkRunJson(run: FakeCheckRun, app: Fields): Fields {
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    name: run.name,
    head_sha: run.head,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion,
    started_at: "2026-06-01T00:00:00Z",
    completed_at: run.status === "completed" ? "2026-06-01T00:00:00Z" : null,
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: "https://github.example/annotations" },
    check_suite: { id: 1 },
    app: run.app === null ? null : app,
    pull_requests: [],
  };
}

export function appJson(id: number, slug: string): Fields {
  return {
    id,
    slug,
    node_id: "A_1",
    name: slug,
    client_id: `Iv1.${id}`,
    owner: ownerJson("natslint-owner"),
    description: null,
    external_url: "https://github.example/",
    html_url: "https://github.example/",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    permissions: { metadata: "read" },
    events: ["pull_request"],
  };
}

export function installationJson(installation: FakeInstallation, app: Fields): Fields {
  return {
    id: installation.id,
    account: ownerJson(installation.account),
    app_id: app["id"] ?? 0,
    app_slug: app["slug"] ?? "",
    target_id: 1,
    target_type: "Organization",
    repository_selection: "selected",
    permissions: { metadata: "read", ...installation.permissions },
    events: ["pull_request"],
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    single_file_name: null,
    suspended_at: installation.isSuspended ? "2026-06-01T00:00:00Z" : null,
    suspended_by: null,
  };
}
