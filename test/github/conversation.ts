// What stands on a pull request of the fake GitHub, where it stands after pushes, and what people do with it.

import type { FakePull, State, User } from "./state.ts";

export interface FakeComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: User;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  minimizedBy: User | null;
  minimizedReason: string | null;
  readonly reactions: { readonly author: User; readonly content: string }[];
}

export interface FakeReviewComment extends FakeComment {
  readonly thread: FakeThread;
  readonly review: number;
  readonly diffHunk: string;
  readonly inReplyTo: number | null;
}

export interface FakeThread {
  readonly nodeId: string;
  readonly path: string;
  readonly subject: "LINE" | "FILE";
  readonly side: "LEFT" | "RIGHT";
  readonly originalCommit: string;
  readonly originalLine: number | null;
  readonly originalStartLine: number | null;
  /** Null once outdated. */
  line: number | null;
  startLine: number | null;
  resolvedBy: User | null;
  readonly comments: FakeReviewComment[];
}

export interface FakeReview {
  readonly id: number;
  readonly author: User;
  readonly commit: string;
  readonly body: string;
  readonly event: string;
  readonly submittedAt: string;
}

/** Where a new thread is to stand. */
export interface Anchor {
  readonly path: string;
  readonly subject: "LINE" | "FILE";
  readonly side: "LEFT" | "RIGHT";
  readonly line: number | null;
  readonly startLine: number | null;
}

export interface Conversation {
  readonly threads: FakeThread[];
  readonly comments: FakeComment[];
  readonly reviews: FakeReview[];
  /** What GitHub says against an anchor, or null. */
  anchorProblem(anchor: Anchor, commit: string): string | null;
  addReview(author: User, commit: string, event: string, body: string): FakeReview;
  addThread(author: User, review: FakeReview, anchor: Anchor, commit: string, body: string): FakeReviewComment;
  addComment(author: User, body: string): FakeComment;
  /** What people do. */
  reply(thread: FakeThread, login: string, body: string): FakeReviewComment;
  say(login: string, body: string): FakeComment;
  react(comment: FakeComment, login: string, content?: string): void;
  edit(comment: FakeComment, body: string): void;
  resolve(thread: FakeThread, login: string): void;
  unresolve(thread: FakeThread): void;
  minimize(comment: FakeComment, login: string, reason?: string): void;
  remove(comment: FakeComment): void;
  /** After a push or a change of base: lines move with their text, or are gone. */
  reanchor(): void;
}

export function conversation(state: State, of: () => FakePull): Conversation {
  const threads: FakeThread[] = [];
  const comments: FakeComment[] = [];
  const reviews: FakeReview[] = [];
  return {
    threads,
    comments,
    reviews,
    anchorProblem,
    addReview(author, commit, event, body) {
      const review = { id: state.next(), author, commit, body, event, submittedAt: state.now() };
      reviews.push(review);
      return review;
    },
    addThread(author, review, anchor, commit, body) {
      const thread: FakeThread = {
        nodeId: `PRRT_${state.next()}`,
        path: anchor.path,
        subject: anchor.subject,
        side: anchor.side,
        originalCommit: commit,
        originalLine: anchor.line,
        originalStartLine: anchor.startLine,
        line: anchor.line,
        startLine: anchor.startLine,
        resolvedBy: null,
        comments: [],
      };
      threads.push(thread);
      const hunk = of()
        .files(commit)
        .find(({ path }) => path === anchor.path)
        ?.hunks.find((one) => one[anchor.side === "LEFT" ? "left" : "right"].has(anchor.line ?? 0));
      return added(thread, author, review.id, hunk?.text ?? "", body);
    },
    addComment: write,
    reply: (thread, login, body) => added(thread, state.user(login), state.next(), thread.comments[0]?.diffHunk ?? "", body),
    say: (login, body) => write(state.user(login), body),
    react(comment, login, content = "+1") {
      comment.reactions.push({ author: state.user(login), content });
    },
    edit(comment, body) {
      comment.body = body;
      state.next();
      comment.updatedAt = state.now();
    },
    resolve(thread, login) {
      thread.resolvedBy = state.user(login);
    },
    unresolve(thread) {
      thread.resolvedBy = null;
    },
    minimize(comment, login, reason = "OUTDATED") {
      comment.minimizedBy = state.user(login);
      comment.minimizedReason = reason;
    },
    remove,
    reanchor,
  };

  function write(author: User, body: string): FakeComment {
    const comment = bare("IC", author, body);
    comments.push(comment);
    return comment;
  }

  function added(thread: FakeThread, author: User, review: number, diffHunk: string, body: string): FakeReviewComment {
    const comment = { ...bare("PRRC", author, body), thread, review, diffHunk, inReplyTo: thread.comments[0]?.id ?? null };
    thread.comments.push(comment);
    return comment;
  }

  function bare(kind: string, author: User, body: string): FakeComment {
    const id = state.next();
    const now = state.now();
    return { id, nodeId: `${kind}_${id}`, author, body, createdAt: now, updatedAt: now, minimizedBy: null, minimizedReason: null, reactions: [] };
  }

  /** A thread goes with its last comment; replies stay when the first one goes. */
  function remove(comment: FakeComment): void {
    const at = comments.indexOf(comment);
    if (at >= 0) comments.splice(at, 1);
    for (const thread of [...threads]) {
      const place = thread.comments.findIndex((one) => one === comment);
      if (place >= 0) thread.comments.splice(place, 1);
      if (thread.comments.length === 0) threads.splice(threads.indexOf(thread), 1);
    }
  }

  function anchorProblem({ path, subject, side, line, startLine }: Anchor, commit: string): string | null {
    const file = of()
      .files(commit)
      .find((one) => one.path === path);
    if (file === undefined) return "path could not be resolved";
    if (subject === "FILE") return null;
    const lines = (hunk: { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> }): ReadonlySet<number> =>
      side === "LEFT" ? hunk.left : hunk.right;
    const hunk = line === null ? undefined : file.hunks.find((one) => lines(one).has(line));
    if (line === null || hunk === undefined) return "line must be part of the diff";
    if (startLine === null) return null;
    if (startLine >= line) return "start_line must precede the end line";
    return lines(hunk).has(startLine) ? null : "start_line must be part of the same hunk as the line";
  }

  function reanchor(): void {
    const pull = of();
    const head = pull.head.sha;
    for (const thread of threads) {
      if (thread.subject === "FILE") continue;
      const moved = [thread.originalLine, thread.originalStartLine].map((line) => (line === null ? null : at(thread, line, head)));
      thread.line = moved[0] ?? null;
      thread.startLine = thread.originalStartLine === null ? null : (moved[1] ?? null);
      const stays = thread.line !== null && (thread.originalStartLine === null || thread.startLine !== null);
      const anchor = { path: thread.path, subject: thread.subject, side: thread.side, line: thread.line, startLine: thread.startLine };
      if (!stays || anchorProblem(anchor, head) !== null) Object.assign(thread, { line: null, startLine: null });
    }
  }

  function at(thread: FakeThread, line: number, head: string): number | null {
    if (thread.side === "LEFT") return line;
    return state.diffs.movedLine(thread.path, line, thread.originalCommit, head);
  }
}
