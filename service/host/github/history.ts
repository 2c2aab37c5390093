// The commits before a commit.

import type { GitHub, Repository } from "./connection.ts";

/** The first parents of a commit, the nearest first: as many as asked for, or until `end` or the beginning. */
export async function commitsBefore(github: GitHub, { owner, name: repo }: Repository, commit: string, end: string, most: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let at = commit; found.length < most; ) {
    const { data } = await github.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { owner, repo, commit_sha: at });
    const parent = data.parents[0]?.sha;
    if (parent === undefined || parent === end) break;
    found.push(parent);
    at = parent;
  }
  return found;
}
