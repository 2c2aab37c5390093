// The files of a commit as linting asks for them: names at once, texts when they are needed. Runs in the lint thread;
// whoever has the connection to GitHub reads for it.

import { posix } from "node:path";
import { decode, type ReadFile } from "../../host/files.ts";

/** A file of a commit's tree, as the lint thread is told of it. */
export interface ListedFile {
  readonly path: string;
  /** The blob's name: equal names are equal texts. */
  readonly blob: string;
  readonly size: number;
  readonly kind: "file" | "link" | "submodule";
}

/** The bytes of blobs; a blob that is not there is not in the answer. */
export type ReadBlobs = (blobs: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

export interface Commit {
  readonly has: (path: string) => boolean;
  /** Files that natslint may understand, by their names. */
  readonly candidates: readonly string[];
  /** Reads files in the order of the paths; a path that the commit does not have gives nothing. */
  readonly read: (paths: readonly string[]) => Promise<readonly ReadFile[]>;
}

// As in host/files.ts: the names that walking a directory finds.
const NAMES = /\.(ya?ml|json|conf|config|cfg)$|\.(ya?ml|conf)\.(tpl|tmpl|gotmpl)$/i;
const NEVER = /(^|\/)(node_modules|\.terraform|\.venv)\//;
const NEVER_FILES = /(^|\/)(package(-lock)?\.json|tsconfig[^/]*\.json|composer\.(json|lock)|yarn\.lock)$/;
/** Nothing that people write for NATS comes near; GitHub's answer takes four times as much while it is read. */
const LARGEST = 8 * 1024 * 1024;

/** Does natslint read files of that name? */
export function mayBeLinted(path: string): boolean {
  return NAMES.test(path) && !NEVER.test(path) && !NEVER_FILES.test(path);
}

export function commit(files: readonly ListedFile[], readBlobs: ReadBlobs): Commit {
  const listed = new Map(files.map((file) => [file.path, file] as const));
  return {
    has: (path) => listed.has(path),
    candidates: files.map(({ path }) => path).filter(mayBeLinted),
    read: async (paths) => {
      const wanted = [...new Set(paths.map((path) => posix.normalize(path)))].flatMap((path) => listed.get(path) ?? []);
      const bytes = await readBlobs(wanted.filter(isReadable).map(({ blob }) => blob));
      return wanted.map((file) => placed(file, bytes.get(file.blob)));
    },
  };
}

function isReadable({ kind, size }: ListedFile): boolean {
  return kind === "file" && size <= LARGEST;
}

function placed({ path, kind, size }: ListedFile, bytes: Uint8Array | undefined): ReadFile {
  if (kind !== "file") return { path, kind: "binary", problem: kind === "link" ? "it is a symbolic link" : "it is a submodule" };
  if (size > LARGEST) return { path, kind: "too large", problem: `it has ${Math.round(size / 1024 / 1024)} MiB; natslint reads up to 8 MiB here` };
  if (bytes === undefined) return { path, kind: "unreadable", problem: "GitHub does not have what it holds" };
  const found = decode(path, bytes);
  if ("source" in found && found.source.text.startsWith("version https://git-lfs.github.com/spec/"))
    return { path, kind: "binary", problem: "it is a pointer of Git LFS; what it stands for is not in the commit" };
  return found;
}
