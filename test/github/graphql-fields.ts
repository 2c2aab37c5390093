// What the fake GitHub's GraphQL answers from: its state, under the names of the schema.

import type { Token } from "./access.ts";
import type { FakeComment, FakeReviewComment, FakeThread } from "./conversation.ts";
import { GraphqlError, type Resolved } from "./graphql.ts";
import { Refusal } from "./refusal.ts";
import { on, whereOf } from "./rest-writes.ts";
import type { FakePull, FakeRepository, User } from "./state.ts";
import type { World } from "./world.ts";

type Input = Readonly<Record<string, unknown>>;

/** The root fields for the owner of a token. */
export function graphqlRoots(world: World, token: Token): Resolved {
  const { state } = world;
  const pulls = (): FakePull[] => state.repositories.flatMap((repository) => [...repository.pulls.values()]);
  return {
    repository({ owner, name }: Input) {
      const found = state.repositories.find((one) => one.owner === owner && one.name === name);
      if (found === undefined || !sees(found))
        throw new GraphqlError("NOT_FOUND", `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`);
      return repositoryFields(world, found, token);
    },
    node({ id }: Input) {
      const thread = pulls()
        .flatMap((pull) => pull.threads)
        .find((one) => one.nodeId === id);
      if (thread === undefined) throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${String(id)}'`);
      return threadFields(thread, token);
    },
    viewer: { __typename: "Bot", login: token.user.login },
    resolveReviewThread: ({ input }: { readonly input: Input }) => setResolved(input, token.user),
    unresolveReviewThread: ({ input }: { readonly input: Input }) => setResolved(input, null),
    minimizeComment({ input }: { readonly input: Input }) {
      for (const pull of pulls()) {
        const all: FakeComment[] = [...pull.comments, ...pull.threads.flatMap((thread) => thread.comments)];
        const comment = all.find((one) => one.nodeId === input["subjectId"]);
        if (comment === undefined) continue;
        allow(pull.repository, [["pull_requests", "write"]]);
        pull.minimize(comment, token.user.login, String(input["classifier"]));
        world.log(`${on(pull)}: hide comment${"thread" in comment ? ` on ${whereOf(comment as FakeReviewComment)}` : ""} as ${String(input["classifier"])}`);
        return { minimizedComment: { __typename: "IssueComment", isMinimized: true, minimizedReason: comment.minimizedReason } };
      }
      throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${String(input["subjectId"])}'`);
    },
    createCommitOnBranch: ({ input }: { readonly input: Input }) => commit(input),
  };

  function setResolved({ threadId }: Input, by: User | null): unknown {
    for (const pull of pulls()) {
      const thread = pull.threads.find((one) => one.nodeId === threadId);
      if (thread === undefined) continue;
      // Found by many, written nowhere: the permission for pull requests is not enough.
      allow(pull.repository, [["contents", "write"]]);
      thread.resolvedBy = by;
      const [first] = thread.comments;
      world.log(`${on(pull)}: ${by === null ? "un" : ""}resolve thread on ${first === undefined ? thread.path : whereOf(first)}`);
      return { thread: threadFields(thread, token) };
    }
    throw new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${String(threadId)}'`);
  }

  function commit({ branch, expectedHeadOid, message, fileChanges }: Input): unknown {
    const { repositoryNameWithOwner, branchName } = branch as { readonly repositoryNameWithOwner: string; readonly branchName: string };
    const repository = state.repository(repositoryNameWithOwner);
    allow(repository, [["contents", "write"]]);
    const head = repository.branches.get(branchName);
    if (head !== expectedHeadOid)
      throw new GraphqlError("STALE_DATA", `Expected branch to point to "${String(expectedHeadOid)}" but it did not. Pull and try again.`);
    const { additions = [] } = (fileChanges ?? {}) as { readonly additions?: readonly { readonly path: string; readonly contents: string }[] };
    const files = Object.fromEntries(additions.map(({ path, contents }) => [path, Buffer.from(contents, "base64")]));
    const oid = repository.push(branchName, files, (message as { readonly headline: string }).headline);
    world.log(`${repositoryNameWithOwner}@${oid.slice(0, 7)}: commit on ${branchName}: ${Object.keys(files).join(", ")}`);
    return { commit: { __typename: "Commit", oid } };
  }

  function sees(repository: FakeRepository): boolean {
    return !repository.isPrivate || token.repositories === null || token.repositories.includes(repository.id);
  }

  function allow(repository: FakeRepository, needs: Parameters<World["access"]["allow"]>[2]): void {
    try {
      world.access.allow({ kind: "token", token }, repository, needs);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      throw new GraphqlError(thrown.status === 404 ? "NOT_FOUND" : "FORBIDDEN", thrown.message);
    }
  }
}

function repositoryFields(world: World, repository: FakeRepository, token: Token): Resolved {
  return {
    __typename: "Repository",
    name: repository.name,
    isArchived: repository.isArchived,
    object: ({ oid }: Input) => blobFields(world, String(oid)),
    pullRequest({ number }: Input) {
      const pull = repository.pulls.get(Number(number));
      if (pull === undefined) throw new GraphqlError("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${String(number)}.`);
      return {
        __typename: "PullRequest",
        number: pull.number,
        headRefOid: pull.head.sha,
        state: pull.isMerged ? "MERGED" : pull.state.toUpperCase(),
        reviewThreads: (args: Input) =>
          connection(
            pull.threads.map((thread) => threadFields(thread, token)),
            args,
          ),
        comments: (args: Input) =>
          connection(
            pull.comments.map((comment) => commentFields(comment, token, "IssueComment")),
            args,
          ),
      };
    },
  };
}

/** GitHub cuts long texts off, and gives none of what has a zero byte; what is no UTF-8 comes with other characters in it. */
function blobFields({ state, limits }: World, oid: string): Resolved | null {
  const bytes = state.objects.blob(oid);
  if (bytes === undefined) return null;
  const isBinary = bytes.includes(0);
  const isTruncated = bytes.length > limits.text;
  return {
    __typename: "Blob",
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : bytes.subarray(0, limits.text).toString("utf8"),
  };
}

function threadFields(thread: FakeThread, token: Token): Resolved {
  return {
    __typename: "PullRequestReviewThread",
    id: thread.nodeId,
    path: thread.path,
    subjectType: thread.subject,
    line: thread.line,
    startLine: thread.startLine,
    originalLine: thread.originalLine,
    diffSide: thread.side,
    isOutdated: thread.subject === "LINE" && thread.line === null,
    isResolved: thread.resolvedBy !== null,
    resolvedBy: thread.resolvedBy === null ? null : { __typename: "User", login: thread.resolvedBy.login },
    comments: (args: Input) =>
      connection(
        thread.comments.map((comment) => commentFields(comment, token, "PullRequestReviewComment")),
        args,
      ),
  };
}

function commentFields(comment: FakeComment, token: Token, type: string): Resolved {
  return {
    __typename: type,
    id: comment.nodeId,
    databaseId: comment.id,
    body: comment.body,
    createdAt: comment.createdAt,
    isMinimized: comment.minimizedBy !== null,
    minimizedReason: comment.minimizedReason?.toLowerCase() ?? null,
    viewerDidAuthor: comment.author.login === token.user.login,
    // GraphQL leaves the "[bot]" away that REST writes.
    author: { __typename: comment.author.type, login: comment.author.login.replace(/\[bot\]$/, "") },
    reactions: () => ({ totalCount: comment.reactions.length }),
  };
}

function connection(items: readonly Resolved[], { first, after }: Input): Resolved {
  if (typeof first === "number" && (first < 1 || first > 100))
    throw new GraphqlError("EXCESSIVE_PAGINATION", `Requesting ${first} records on the connection exceeds the \`first\` limit of 100 records.`);
  const start = typeof after === "string" ? Number(Buffer.from(after, "base64").toString()) : 0;
  const end = start + (typeof first === "number" ? first : items.length);
  return {
    totalCount: items.length,
    nodes: items.slice(start, end),
    pageInfo: { hasNextPage: end < items.length, endCursor: items.length === 0 ? null : Buffer.from(String(end)).toString("base64") },
  };
}
