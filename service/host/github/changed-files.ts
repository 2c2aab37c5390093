// The files that a pull request changes, with their diffs as GitHub shows them: comments may sit only there.

import type { ChangedFile } from "../../report/pull-request/changed-file.ts";
import type { GitHub, Repository } from "./connection.ts";
import { allPages, PAGE } from "./pages.ts";

/** A changed file, and the name of its blob at the head (or of what was removed); null for what has none. */
export interface ListedFile extends ChangedFile {
  readonly blob: string | null;
}

/** GitHub lists no more files than this. */
const MOST = 3000;

/** Not `complete`: there are more files than GitHub lists. */
export async function changedFiles(
  github: GitHub,
  { owner, name }: Repository,
  number: number,
): Promise<{ readonly files: readonly ListedFile[]; readonly complete: boolean }> {
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
    ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
    status: file.status,
    blob: file.sha ?? null,
    patch: file.patch ?? null,
  }));
  return { files, complete: complete && files.length < MOST };
}
