// A pull request as far as comments go: what a write does to it, in the way GitHub does it. Ids grow, nothing is random.
import { type Author, type Comment, type Existing, SUMMARY, type Thread } from "../../../service/report/pull-request/existing.ts";
import type { Identity } from "../../../service/report/pull-request/marker.ts";
import type { Plan, Write } from "../../../service/report/pull-request/plan.ts";

export const IDENTITY: Identity = {
  login: "natslint[bot]",
  isBot: true,
  instance: "main",
  host: "github.com",
  repositoryId: 7,
  pullRequest: 12,
  keys: ["key for tests"],
};

/** As GraphQL names it. */
export const US: Author = { login: "natslint", isBot: true };
export const ANNA: Author = { login: "anna", isBot: false };

export const EMPTY: Existing = { threads: [], comments: [] };

export function applied(existing: Existing, { writes }: Pick<Plan, "writes">): Existing {
  return writes.reduce(afterWrite, existing);
}

function afterWrite(existing: Existing, write: Write): Existing {
  const { threads, comments } = existing;
  const id = nextId(existing);
  switch (write.kind) {
    case "create review":
      return { comments, threads: [...threads, ...write.comments.map((one, index) => threadOf(id + index, one.path, one.line, one.startLine, one.body))] };
    case "create file comment":
      return { comments, threads: [...threads, threadOf(id, write.path, null, null, write.body)] };
    case "edit review comment":
      return {
        comments,
        threads: threads.map((thread) => ({ ...thread, comments: thread.comments.map((one) => (one.id === write.id ? { ...one, body: write.body } : one)) })),
      };
    case "delete review comment":
      return {
        comments,
        threads: threads
          .map((thread) => ({ ...thread, comments: thread.comments.filter((one) => one.id !== write.id) }))
          .filter((thread) => thread.comments.length > 0),
      };
    case "minimize comment":
      return {
        comments,
        threads: threads.map((thread) => ({
          ...thread,
          comments: thread.comments.map((one) => (one.nodeId === write.nodeId ? { ...one, isMinimized: true } : one)),
        })),
      };
    case "resolve thread":
      return { comments, threads: threads.map((thread) => (thread.id === write.threadId ? { ...thread, resolvedBy: US } : thread)) };
    case "create summary":
      return { threads, comments: [...comments, commentOf(id, write.body)] };
    case "edit summary":
      return { threads, comments: comments.map((one) => (one.id === write.id ? { ...one, body: write.body } : one)) };
    case "delete summary":
      return { threads, comments: comments.filter((one) => one.id !== write.id) };
  }
}

export function commentOf(id: number, body: string, over: Partial<Comment> = {}): Comment {
  return { id, nodeId: `node-${id}`, author: US, body, isMinimized: false, reactions: 0, ...over };
}

export function threadOf(id: number, path: string, line: number | null, startLine: number | null, body: string, over: Partial<Thread> = {}): Thread {
  return {
    id: `thread-${id}`,
    path,
    subject: line === null ? "file" : "line",
    line,
    startLine,
    side: "RIGHT",
    isOutdated: false,
    resolvedBy: null,
    comments: [commentOf(id, body)],
    ...over,
  };
}

function nextId({ threads, comments }: Existing): number {
  return 1 + Math.max(1_000, ...[...comments, ...threads.flatMap((thread) => thread.comments)].map(({ id }) => id));
}

/** What people see: everything but ids, in one order. */
export function seen({ threads, comments }: Existing): readonly string[] {
  const shown = ({ author, body, isMinimized, reactions }: Comment): unknown => [author?.login, body, isMinimized, reactions];
  return [
    ...threads.map(({ path, subject, line, startLine, isOutdated, resolvedBy, comments: own }) =>
      JSON.stringify([path, subject, line, startLine, isOutdated, resolvedBy?.login, own.map(shown)]),
    ),
    ...comments.map((one) => JSON.stringify([SUMMARY, shown(one)])),
  ].sort();
}
