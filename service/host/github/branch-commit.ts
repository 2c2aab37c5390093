// A commit on a branch, made by GitHub in one step that fails when the branch has moved: for fixes applied by a button.

import type { GitHub, Repository } from "./connection.ts";

const COMMIT = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;

/** Gives the new commit. `expectedHead` is the commit that the files were read at. Needs `contents: write`. */
export async function commitOnBranch(
  github: GitHub,
  { owner, name }: Repository,
  given: { readonly branch: string; readonly expectedHead: string; readonly headline: string; readonly files: ReadonlyMap<string, Uint8Array> },
): Promise<string> {
  const additions = [...given.files].map(([path, bytes]) => ({ path, contents: Buffer.from(bytes).toString("base64") }));
  const answer = await github.graphql<{ readonly createCommitOnBranch: { readonly commit: { readonly oid: string } | null } | null }>(COMMIT, {
    input: {
      branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: given.branch },
      expectedHeadOid: given.expectedHead,
      message: { headline: given.headline },
      fileChanges: { additions },
    },
  });
  const made = answer.createCommitOnBranch?.commit?.oid;
  if (made === undefined) throw new Error("GitHub made no commit and did not say why");
  return made;
}

/** What a person may do in the repository: GitHub's word, "none" for strangers. */
export async function permissionOf(github: GitHub, { owner, name: repo }: Repository, username: string): Promise<string> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { owner, repo, username });
  return data.permission;
}
