// The two commits that are compared, brought into a checkout that is often shallow, and what differs between them.

import type { Change, Repository } from "../../host/git.ts";
import type { ChangedFile } from "../../report/pull-request/changed-file.ts";
import type { Occasion } from "./event.ts";
import { UsageError } from "../../host/usage-error.ts";

export interface Comparison {
  readonly head: string;
  /** What the head is compared with; null when there is nothing before it. */
  readonly base: string | null;
  /** The branch that the change goes to, as it is: whose settings are trusted when a stranger proposes the change. */
  readonly target: string | null;
  readonly changes: readonly Change[];
  /** What the comparison cannot tell, in sentences. */
  readonly notes: readonly string[];
}

/** Where two commits parted, asked of somebody who knows the whole history; null when nobody can tell. */
export type AskForkPoint = (target: string, head: string) => Promise<string | null>;

/** So much history is fetched once to find where both parted, when nobody else can tell. */
const HISTORY = 200;

/**
 * Commits that a shallow checkout lacks are fetched. `name` is the input base. Throws a UsageError when a pull request's
 * commits cannot be had.
 */
export async function compare(repository: Repository, occasion: Occasion, name: string | null, ask: AskForkPoint): Promise<Comparison> {
  const head = await present(repository, occasion.head, "the commit to check");
  const notes: string[] = [];
  const target = name === null ? await before(repository, occasion, notes) : await named(repository, name);
  if (target === null) return { head, base: null, target: null, changes: [], notes };
  const parted = name !== null || occasion.from === "fork point" ? await forkPoint(repository, target, head, ask) : target;
  const base = parted ?? target;
  if (parted === null)
    notes.push(
      "The checkout's history does not reach to where the branches parted, so the newest commit of the target branch was compared; `fetch-depth: 0` for actions/checkout helps.",
    );
  return { head, base, target, changes: base === head ? [] : await repository.changes(base, head), notes };
}

/** The changed files as GitHub lists them. Only the files named get their diff: that takes a process each. */
export async function changedFiles(repository: Repository, changes: readonly Change[], spoken: ReadonlySet<string>): Promise<readonly ChangedFile[]> {
  const files: ChangedFile[] = [];
  for (const { path, before: previousPath, status, oldId, newId } of changes) {
    const patch = oldId === null || newId === null || oldId === newId || !spoken.has(path) ? null : await repository.patch(oldId, newId);
    files.push(status === "renamed" ? { path, previousPath, status, patch } : { path, status, patch });
  }
  return files;
}

async function before(repository: Repository, { base, pullRequest }: Occasion, notes: string[]): Promise<string | null> {
  if (base === null) return null;
  if (pullRequest !== null) return await present(repository, base, "the commit that the pull request goes to");
  const problem = (await repository.commit(base)) === null ? await repository.fetch([base], 1) : null;
  const found = await repository.commit(base);
  if (found === null) notes.push(`The commit before, ${base.slice(0, 12)}, cannot be had (${problem ?? "it was not sent"}), so nothing was compared.`);
  return found;
}

async function present(repository: Repository, commit: string, what: string): Promise<string> {
  const there = await repository.commit(commit);
  if (there !== null) return there;
  const problem = await repository.fetch([commit], 1);
  const found = await repository.commit(commit);
  if (found !== null) return found;
  throw new UsageError(
    `${what}, ${commit.slice(0, 12)}, is not in the checkout and cannot be fetched (${problem ?? "it was not sent"}); use fetch-depth: 0 with actions/checkout, or give the input token`,
  );
}

/** A branch, a tag or a commit, as the checkout or the remote knows it. */
async function named(repository: Repository, name: string): Promise<string> {
  for (const one of [`refs/remotes/origin/${name}`, `refs/tags/${name}`, `refs/heads/${name}`, name]) {
    const found = await repository.commit(one);
    if (found !== null) return found;
  }
  const problem = await repository.fetch([name], 1);
  const found = problem === null ? await repository.commit("FETCH_HEAD") : null;
  if (found === null)
    throw new UsageError(`the input base names ${name}, which is neither in the checkout nor can be fetched (${problem ?? "it was not sent"})`);
  return found;
}

async function forkPoint(repository: Repository, target: string, head: string, ask: AskForkPoint): Promise<string | null> {
  const found = await repository.mergeBase(target, head);
  if (found !== null || !(await repository.isShallow())) return found;
  const told = await ask(target, head);
  if (told !== null) {
    if ((await repository.commit(told)) === null) await repository.fetch([told], 1);
    if ((await repository.commit(told)) !== null) return told;
  }
  await repository.fetch([target, head], HISTORY);
  return await repository.mergeBase(target, head);
}
