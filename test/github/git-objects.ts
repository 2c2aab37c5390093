// Git's objects in memory, under the very names that git gives them, so that a real checkout and the fake agree.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";

/** A file of a commit: its text, its bytes, or something that is no plain file. */
export type FileContent = string | Uint8Array | { readonly link: string } | { readonly executable: string } | { readonly submodule: string };

/** Files by path; null takes one away. */
export type Files = Readonly<Record<string, FileContent | null>>;

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly date: string;
}

export interface GitObjects {
  blob(sha: string): Buffer | undefined;
  commit(sha: string): Commit | undefined;
  /** The files of a commit or a tree by path; undefined for what is neither. */
  files(sha: string): ReadonlyMap<string, TreeEntry> | undefined;
  /** The entries of one folder, folders included; undefined for what is no tree. */
  folder(sha: string): readonly TreeEntry[] | undefined;
  /** A commit with the files of the first parent, changed as said; `replace` starts from nothing. */
  makeCommit(parents: readonly string[], files: Files, message: string, replace?: boolean): string;
  /** The newest commit that both have in their past, or null. */
  mergeBase(a: string, b: string): string | null;
  /** Writes a bare repository with these branches that real git can clone. */
  write(folder: string, branches: ReadonlyMap<string, string>, head: string): void;
}

export function gitObjects(): GitObjects {
  const objects = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  const commits = new Map<string, Commit>();
  const trees = new Map<string, ReadonlyMap<string, TreeEntry>>();
  const folders = new Map<string, readonly TreeEntry[]>();
  let time = Date.UTC(2026, 0, 1) / 1000;
  return {
    blob: (sha) => (objects.get(sha)?.type === "blob" ? objects.get(sha)?.bytes : undefined),
    commit: (sha) => commits.get(sha),
    files: filesOf,
    folder: (sha) => folders.get(commits.get(sha)?.tree ?? sha),
    makeCommit,
    mergeBase,
    write,
  };

  function filesOf(sha: string): ReadonlyMap<string, TreeEntry> | undefined {
    return trees.get(commits.get(sha)?.tree ?? sha);
  }

  function keep(type: string, bytes: Buffer): string {
    const sha = createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
    objects.set(sha, { type, bytes });
    return sha;
  }

  function makeCommit(parents: readonly string[], files: Files, message: string, replace = false): string {
    const entries = new Map(replace ? [] : (filesOf(parents[0] ?? "") ?? []));
    for (const [path, content] of Object.entries(files)) {
      if (content === null) entries.delete(path);
      else entries.set(path, { path, ...entry(content) });
    }
    const tree = makeTree(entries);
    time += 60;
    const who = `Somebody <somebody@example.com> ${time} +0000`;
    const text = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${who}`, `committer ${who}`, "", `${message}\n`].join("\n");
    const sha = keep("commit", Buffer.from(text));
    commits.set(sha, { sha, tree, parents, message, date: new Date(time * 1000).toISOString().replace(".000", "") });
    return sha;
  }

  function entry(content: FileContent): { readonly mode: string; readonly sha: string } {
    if (typeof content === "string" || content instanceof Uint8Array) return { mode: "100644", sha: keep("blob", Buffer.from(content as string)) };
    if ("link" in content) return { mode: "120000", sha: keep("blob", Buffer.from(content.link)) };
    if ("executable" in content) return { mode: "100755", sha: keep("blob", Buffer.from(content.executable)) };
    return { mode: "160000", sha: content.submodule };
  }

  /** Makes the trees of all folders, and keeps the flat list under the topmost. */
  function makeTree(entries: ReadonlyMap<string, TreeEntry>): string {
    const top = subtree([...entries.values()]);
    trees.set(top, new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1))));
    return top;
  }

  function subtree(entries: readonly TreeEntry[]): string {
    const here: TreeEntry[] = [];
    const below = new Map<string, TreeEntry[]>();
    for (const one of entries) {
      const slash = one.path.indexOf("/");
      if (slash < 0) here.push(one);
      else below.set(one.path.slice(0, slash), [...(below.get(one.path.slice(0, slash)) ?? []), { ...one, path: one.path.slice(slash + 1) }]);
    }
    for (const [path, inside] of below) here.push({ path, mode: "40000", sha: makeTree(new Map(inside.map((one) => [one.path, one]))) });
    // git sorts folders as if their names ended with a slash, and by bytes
    here.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const sha = keep(
      "tree",
      Buffer.concat(here.map(({ mode, path, sha: name }) => Buffer.concat([Buffer.from(`${mode} ${path}\0`), Buffer.from(name, "hex")]))),
    );
    folders.set(sha, here);
    return sha;
  }

  function mergeBase(a: string, b: string): string | null {
    const ofA = past(a);
    return [...past(b)].find((sha) => ofA.has(sha)) ?? null;
  }

  /** A commit and all before it, breadth first. */
  function past(start: string): ReadonlySet<string> {
    const seen = new Set<string>([start]);
    for (const sha of seen) for (const parent of commits.get(sha)?.parents ?? []) seen.add(parent);
    return seen;
  }

  function write(folder: string, branches: ReadonlyMap<string, string>, head: string): void {
    const put = (path: string, content: string | Uint8Array): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    };
    put("HEAD", `ref: refs/heads/${head}\n`);
    put("config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
    mkdirSync(join(folder, "refs", "heads"), { recursive: true });
    for (const [name, sha] of branches) put(name.startsWith("refs/") ? name : `refs/heads/${name}`, `${sha}\n`);
    for (const [sha, { type, bytes }] of objects)
      put(`objects/${sha.slice(0, 2)}/${sha.slice(2)}`, deflateSync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes])));
  }
}

function sortKey({ path, mode }: TreeEntry): Buffer {
  return Buffer.from(mode === "40000" ? `${path}/` : path);
}
