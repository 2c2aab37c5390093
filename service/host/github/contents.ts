// Files of a commit without a checkout: its tree, and blobs by their names, which are their digests.

import type { BlobCache } from "./blob-cache.ts";
import { blobName, blobTexts, TEXTS } from "./blob-texts.ts";
import type { GitHub, Repository } from "./connection.ts";
import { faultOf } from "./fault.ts";

export interface TreeFile {
  readonly path: string;
  readonly blob: string;
  /** Bytes; 0 for submodules. */
  readonly size: number;
  readonly kind: "file" | "link" | "submodule";
}

/** GitHub cuts a tree off at 100,000 entries; a tree that was cut is read folder by folder, with at most so many calls. */
const MOST_CALLS = 60;

/** All files of a commit, sorted by path. Not `complete`: there are more than could be listed. */
export async function readTree(
  github: GitHub,
  repository: Repository,
  commit: string,
): Promise<{ readonly files: readonly TreeFile[]; readonly complete: boolean }> {
  const files: TreeFile[] = [];
  let calls = 0;
  const complete = await visit(commit, "");
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), complete };

  async function visit(sha: string, prefix: string): Promise<boolean> {
    if (++calls > MOST_CALLS) return false;
    const whole = await tree(sha, true);
    if (!whole.truncated) {
      take(whole.tree, prefix);
      return true;
    }
    if (++calls > MOST_CALLS) return false;
    const { tree: entries, truncated } = await tree(sha, false);
    take(entries, prefix);
    let listed = !truncated;
    for (const { type, path, sha: below } of entries) if (type === "tree" && below !== undefined) listed = (await visit(below, `${prefix}${path}/`)) && listed;
    return listed;
  }

  async function tree(sha: string, recursive: boolean): Promise<{ readonly tree: readonly Entry[]; readonly truncated: boolean }> {
    const { data } = await github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
      owner: repository.owner,
      repo: repository.name,
      tree_sha: sha,
      ...(recursive ? { recursive: "1" } : {}),
    });
    return data;
  }

  function take(entries: readonly Entry[], prefix: string): void {
    for (const { path, mode, type, sha, size = 0 } of entries) {
      if (path === undefined || sha === undefined || type === "tree") continue;
      files.push({ path: prefix + path, blob: sha, size, kind: type === "commit" || mode === "160000" ? "submodule" : mode === "120000" ? "link" : "file" });
    }
  }
}

interface Entry {
  readonly path?: string;
  readonly mode?: string;
  readonly type?: string;
  readonly sha?: string;
  readonly size?: number;
}

/** The bytes of a blob. They are checked against its name: an answer that was cut off never counts as the file. */
export async function readBlob(github: GitHub, { owner, name }: Repository, blob: string, cache?: BlobCache): Promise<Uint8Array> {
  const known = cache?.get(blob);
  if (known !== undefined) return known;
  const { data } = await github.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { owner, repo: name, file_sha: blob });
  const bytes = Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
  // As a lost connection: a status without an answer.
  if (blobName(bytes, blob.length) !== blob) throw Object.assign(new Error("a blob's bytes do not fit its name"), { status: 500 });
  cache?.keep(blob, bytes);
  return bytes;
}

/** Larger ones GraphQL would cut off. */
const LONGEST_TEXT = 256 * 1024;
/** Few enough that one answer is no burden. */
const QUERY_BYTES = 1024 * 1024;

/**
 * The bytes of many blobs by name: of several texts at once where that goes, else `parallel` at a time. A blob that
 * GitHub does not have is not in the answer, and keeps no other from being read. `sizes` are those that are known.
 */
export async function readBlobs(
  github: GitHub,
  repository: Repository,
  blobs: Iterable<string>,
  { cache, parallel = 8, sizes = new Map() }: { readonly cache?: BlobCache; readonly parallel?: number; readonly sizes?: ReadonlyMap<string, number> } = {},
): Promise<ReadonlyMap<string, Uint8Array>> {
  const read = new Map<string, Uint8Array>();
  const left = new Set(blobs);
  for (const blob of left) {
    const known = cache?.get(blob);
    if (known === undefined) continue;
    read.set(blob, known);
    left.delete(blob);
  }
  for (const batch of batches(left, sizes)) {
    for (const [blob, bytes] of await blobTexts(github, repository, batch)) {
      read.set(blob, bytes);
      cache?.keep(blob, bytes);
      left.delete(blob);
    }
  }
  const wanted = [...left];
  const next = async (): Promise<void> => {
    for (let blob = wanted.pop(); blob !== undefined; blob = wanted.pop()) {
      try {
        read.set(blob, await readBlob(github, repository, blob, cache));
      } catch (thrown) {
        if (faultOf(thrown)?.kind !== "missing") throw thrown;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(parallel, wanted.length) }, next));
    return read;
  } finally {
    wanted.length = 0; // the first that fails ends the others
  }
}

/** Names for one query each. A single blob is as quick by REST, and surer. */
function batches(blobs: Iterable<string>, sizes: ReadonlyMap<string, number>): string[][] {
  const made: string[][] = [[]];
  let room = QUERY_BYTES;
  for (const blob of blobs) {
    const size = sizes.get(blob) ?? 0;
    if (size > LONGEST_TEXT) continue;
    if ((made.at(-1)?.length ?? 0) >= TEXTS || size > room) {
      made.push([]);
      room = QUERY_BYTES;
    }
    made.at(-1)?.push(blob);
    room -= size;
  }
  return made.filter((batch) => batch.length > 1);
}
