// The texts of one commit, as the command line would read them from disk: by the same names, with the same sentences for
// what cannot be read. A link is not followed and a submodule not entered: what they lead to may lie outside.

import { posix } from "node:path";
import { decode, type ReadFile } from "../../host/files.ts";
import type { Repository, TreeEntry } from "../../host/git.ts";

export interface CommitFiles {
  /** Files that natslint may understand, by their names, in one order. */
  readonly candidates: readonly string[];
  readonly kindOf: (path: string) => "file" | "directory" | null;
  readonly has: (path: string) => boolean;
  /** Reads files; a path that the commit does not have gives nothing. */
  readonly read: (paths: readonly string[]) => Promise<readonly ReadFile[]>;
}

/** What was read, by blob: two commits share most of their files. */
export type ReadBlobs = Map<string, ReadFile>;

// As in host/files.ts: the names that walking a directory finds.
const NAMES = /\.(ya?ml|json|conf|config|cfg)$|\.(ya?ml|conf)\.(tpl|tmpl|gotmpl)$/i;
const NEVER = /(^|\/)(node_modules|\.terraform|\.venv)\//;
const NEVER_FILES = /^(package(-lock)?\.json|tsconfig.*\.json|composer\.(json|lock)|yarn\.lock)$/;
const LARGEST = 64 * 1024 * 1024;
const LFS = "version https://git-lfs.github.com/spec/";

/** `known` is filled with what is read. */
export async function commitFiles(repository: Repository, commit: string, known: ReadBlobs): Promise<CommitFiles> {
  const entries = new Map<string, TreeEntry>();
  const folders = new Set<string>(["."]);
  for (const entry of await repository.tree(commit)) {
    entries.set(entry.path, entry);
    for (let folder = posix.dirname(entry.path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  }
  const read = async (paths: readonly string[]): Promise<readonly ReadFile[]> => {
    const wanted = paths.flatMap((path) => entries.get(path) ?? []);
    const unread = wanted.filter((entry) => entry.kind === "file" && entry.size <= LARGEST && !known.has(entry.id));
    if (unread.length > 0) for (const [id, bytes] of await repository.blobs(unread.map((entry) => entry.id))) known.set(id, textOf(bytes));
    return wanted.map((entry) => placed(entry, known));
  };
  return {
    candidates: [...entries.keys()].filter((path) => NAMES.test(path) && !NEVER.test(path) && !NEVER_FILES.test(posix.basename(path))).sort(),
    kindOf: (path) => (entries.has(path) ? "file" : folders.has(path) ? "directory" : null),
    has: (path) => entries.has(path),
    read,
  };
}

function textOf(bytes: Buffer): ReadFile {
  const found = decode("", bytes);
  if ("source" in found && found.source.text.startsWith(LFS))
    return { path: "", kind: "binary", problem: "it is a pointer of Git LFS; what it stands for is not in the commit" };
  return found;
}

function placed(entry: TreeEntry, known: ReadBlobs): ReadFile {
  const { path, kind, size, id } = entry;
  if (kind !== "file") return { path, kind: "binary", problem: kind === "link" ? "it is a symbolic link" : "it is a submodule" };
  if (size > LARGEST) return { path, kind: "too large", problem: `it has ${Math.round(size / 1024 / 1024)} MiB; natslint reads up to 64 MiB` };
  const found = known.get(id);
  if (found === undefined) return { path, kind: "unreadable", problem: "the checkout does not have what it holds" };
  return "source" in found ? { source: { ...found.source, path } } : { ...found, path };
}
