// A pull request as GitHub knows it now: what an event says of it may be long past.

import type { GitHub, Repository } from "./connection.ts";
import { allPages, PAGE } from "./pages.ts";

export interface PullRequest {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  /** Nobody but collaborators may comment. */
  readonly locked: boolean;
  readonly head: Side;
  readonly base: Side;
  /** The head lies in another repository, or in one that is gone: what it says about natslint does not count. */
  readonly isFork: boolean;
}

/** One side of a pull request. */
export interface Side {
  readonly sha: string;
  readonly ref: string;
  /** Null where the repository is gone. */
  readonly repository: (Repository & { readonly id: number; readonly archived: boolean }) | null;
}

export async function readPullRequest(github: GitHub, { owner, name }: Repository, number: number): Promise<PullRequest> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { owner, repo: name, pull_number: number });
  return pullRequest(data);
}

/** The open pull requests, newest first. */
export async function openPullRequests(github: GitHub, { owner, name }: Repository): Promise<readonly PullRequest[]> {
  const { items } = await allPages(async (page) => {
    const { data, headers } = await github.request("GET /repos/{owner}/{repo}/pulls", { owner, repo: name, state: "open", per_page: PAGE, page });
    return { items: data, headers };
  }, 30);
  return items.map(pullRequest);
}

/** The commit where head left base, or null when they have nothing in common. */
export async function mergeBase(github: GitHub, { owner, name }: Repository, base: string, head: string): Promise<string | null> {
  try {
    const { data } = await github.request("GET /repos/{owner}/{repo}/compare/{basehead}", { owner, repo: name, basehead: `${base}...${head}`, per_page: 1 });
    return data.merge_base_commit?.sha ?? null;
  } catch (thrown) {
    // The one case of 404 in which nothing is missing
    if (thrown instanceof Error && /no common ancestor/i.test(thrown.message)) return null;
    throw thrown;
  }
}

interface GivenSide {
  readonly sha: string;
  readonly ref: string;
  readonly repo: { readonly id: number | bigint; readonly name: string; readonly owner: { readonly login: string } | null; readonly archived?: boolean } | null;
}

function pullRequest(data: {
  readonly number: number;
  readonly state: string;
  readonly draft?: boolean | undefined;
  readonly locked?: boolean;
  readonly head: GivenSide;
  readonly base: GivenSide;
}): PullRequest {
  const head = side(data.head);
  const base = side(data.base);
  return {
    number: data.number,
    state: data.state === "open" ? "open" : "closed",
    draft: data.draft === true,
    locked: data.locked === true,
    head,
    base,
    isFork: head.repository === null || head.repository.id !== base.repository?.id,
  };
}

function side({ sha, ref, repo }: GivenSide): Side {
  if (repo === null || repo === undefined) return { sha, ref, repository: null };
  return { sha, ref, repository: { id: Number(repo.id), owner: repo.owner?.login ?? "", name: repo.name, archived: repo.archived === true } };
}
