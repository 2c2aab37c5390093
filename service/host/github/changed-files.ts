// The files that a pull request changes, with their diffs as GitHub shows them: comments may sit only there.

import type { GitHub, Repository } from "./connection.ts";
import { allPages, PAGE } from "./pages.ts";

export interface ChangedFile {
  readonly path: string;
  /** Where a renamed or copied file came from. */
  readonly previousPath: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed" | "unchanged";
  /** Of the file at the head, or of what was removed; null for what has none. */
  readonly blob: string | null;
  /** Hunks as `git diff` writes them; null where GitHub shows none: binary, too large, only renamed. */
  readonly patch: string | null;
}

/** GitHub lists no more files than this. */
const MOST = 3000;

/** Not `complete`: there are more files than GitHub lists. */
export async function changedFiles(
  github: GitHub,
  { owner, name }: Repository,
  number: number,
): Promise<{ readonly files: readonly ChangedFile[]; readonly complete: boolean }> {
  const { items, complete } = await allPages(async (page) => {
    const { data, headers } = await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
      owner,
      repo: name,
      pull_number: number,
      per_page: PAGE,
      page,
    });
    return { items: data, headers };
  }, MOST / PAGE);
  const files = items.map((file) => ({
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status,
    blob: file.sha ?? null,
    patch: file.patch ?? null,
  }));
  return { files, complete: complete && files.length < MOST };
}
