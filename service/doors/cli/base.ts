// What the files held before a change: read from a commit of the checkout by git itself, so that nothing is checked out.

import { existsSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { mayBeLinted } from "../../host/file-names.ts";
import { decode } from "../../host/files.ts";
import { openRepository, type Repository, type TreeEntry } from "../../host/git.ts";
import { UsageError } from "../../host/usage-error.ts";
import type { Source } from "../../source/source.ts";
import { wanted } from "../../wanted.ts";

export interface Base {
  /** The same files as they were, those that are gone, and what reading them reveals. */
  readonly sources: (head: readonly Source[]) => Promise<readonly Source[]>;
}

/** `asked` are the paths that the command line names. Throws a UsageError where there is no such commit. */
export async function openBase(ref: string, asked: readonly string[], cwd: string): Promise<Base> {
  const root = rootOf(cwd);
  const repository = root === null ? null : await openRepository(root, { server: "", repository: "", token: "" });
  if (root === null || repository === null) throw new UsageError(`--base ${ref}: the working directory is in no git repository`);
  const commit = await repository.commit(ref);
  if (commit === null) throw new UsageError(`--base ${ref}: git knows no such commit here; fetch it first, as with: git fetch origin ${ref}`);
  const tree = await repository.tree(commit);
  const toCwd = (path: string): string => relative(cwd, join(root, path)).split("\\").join("/");
  const files = new Map(tree.filter((one) => one.kind === "file").map((one) => [toCwd(one.path), one] as const));
  const below = asked.map((path) => posix.normalize(path).replace(/\/$/, ""));
  const gone = [...files.keys()].filter((path) => below.some((top) => isBelow(path, top)) && mayBeLinted(path) && !existsSync(resolve(cwd, path)));
  return {
    sources: async (head) => {
      const found = await read(repository, files, [...head.map(({ path }) => path), ...gone]);
      for (let more = wanted(found); more.length > 0; ) {
        const added = await read(repository, files, more);
        found.push(...added);
        more = added.length === 0 ? [] : wanted(found);
      }
      return found;
    },
  };
}

async function read(repository: Repository, files: ReadonlyMap<string, TreeEntry>, paths: readonly string[]): Promise<Source[]> {
  const entries = [...new Set(paths)].flatMap((path) => {
    const entry = files.get(path);
    return entry === undefined ? [] : [{ path, id: entry.id }];
  });
  const bytes = await repository.blobs(entries.map(({ id }) => id));
  return entries.flatMap(({ path, id }) => {
    const text = decode(path, bytes.get(id) ?? new Uint8Array());
    return "source" in text ? [text.source] : [];
  });
}

function isBelow(path: string, top: string): boolean {
  return top === "." || path === top || path.startsWith(`${top}/`);
}

/** The folder that holds `.git`, at or above a folder. */
function rootOf(folder: string): string | null {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (existsSync(join(here, ".git"))) return here;
    if (dirname(here) === here) return null;
  }
}
