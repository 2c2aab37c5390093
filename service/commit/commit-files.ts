// The files of one commit, as the command line would read them from disk: by the same names, with the same sentences for
// what cannot be read. A link is not followed and a submodule not entered: what they lead to may lie outside.

import { posix } from "node:path";
import { mayBeLinted } from "../host/file-names.ts";
import { decode, type ReadFile } from "../host/files.ts";

/** One entry of a commit's tree. Paths are posix, from the repository's root. */
export interface ListedFile {
  readonly path: string;
  /** The blob's name: equal names are equal texts. */
  readonly blob: string;
  /** In bytes; 0 for submodules. */
  readonly size: number;
  readonly kind: "file" | "link" | "submodule";
}

/** Whoever has the bytes: a checkout's git, GitHub. */
export interface Keeper {
  /** As a sentence names it. */
  readonly name: string;
  /** Files of more MiB are not read. */
  readonly largest: number;
}

/** The bytes of blobs; a blob that is not there is not in the answer. */
export type ReadBlobs = (blobs: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

export interface CommitFiles {
  /** Files that natslint may understand, by their names, in one order. */
  readonly candidates: readonly string[];
  readonly kindOf: (path: string) => "file" | "directory" | null;
  /** Reads files in the order of the paths; a path that the commit does not have gives nothing. */
  readonly read: (paths: readonly string[]) => Promise<readonly ReadFile[]>;
}

/** What was read, by blob: two commits share most of their files. */
export type Known = Map<string, ReadFile>;

const LFS = "version https://git-lfs.github.com/spec/";
const MIB = 1024 * 1024;

/** Without a way to read, only the names are known. `known` is filled with what is read. */
export function commitFiles(listed: readonly ListedFile[], keeper: Keeper, readBlobs: ReadBlobs, known: Known): CommitFiles {
  const entries = new Map(listed.map((file) => [file.path, file] as const));
  const folders = new Set<string>(["."]);
  for (const path of entries.keys()) for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  return {
    candidates: [...entries.keys()].filter(mayBeLinted).sort(),
    kindOf: (path) => (entries.has(path) ? "file" : folders.has(path) ? "directory" : null),
    read: async (paths) => {
      const wanted = [...new Set(paths.map((path) => posix.normalize(path)))].flatMap((path) => entries.get(path) ?? []);
      const unread = wanted.filter((file) => file.kind === "file" && file.size <= keeper.largest * MIB && !known.has(file.blob));
      if (unread.length > 0) for (const [blob, bytes] of await readBlobs(unread.map(({ blob }) => blob))) known.set(blob, textOf(bytes));
      return wanted.map((file) => placed(file, known, keeper));
    },
  };
}

function textOf(bytes: Uint8Array): ReadFile {
  const found = decode("", bytes);
  if ("source" in found && found.source.text.startsWith(LFS))
    return { path: "", kind: "binary", problem: "it is a pointer of Git LFS; what it stands for is not in the commit" };
  return found;
}

function placed({ path, kind, size, blob }: ListedFile, known: Known, keeper: Keeper): ReadFile {
  if (kind !== "file") return { path, kind: "binary", problem: kind === "link" ? "it is a symbolic link" : "it is a submodule" };
  if (size > keeper.largest * MIB)
    return { path, kind: "too large", problem: `it has ${Math.round(size / MIB)} MiB; natslint reads up to ${keeper.largest} MiB here` };
  const found = known.get(blob);
  if (found === undefined) return { path, kind: "unreadable", problem: `${keeper.name} does not have what it holds` };
  return "source" in found ? { source: { ...found.source, path } } : { ...found, path };
}
