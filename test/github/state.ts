// What the fake GitHub knows: repositories, pull requests and what stands on them, and what people do to them without
// natslint. Numbers and dates only count up, so the same story gives the same state.

import { type Diffs, diffs } from "./diff.ts";
import { type Files, gitObjects, type GitObjects } from "./git-objects.ts";
import { type Conversation, conversation } from "./conversation.ts";

export interface User {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Bot";
}

export interface SeedRepository {
  /** "acme/platform" */
  readonly name: string;
  /** The files of each branch, the default branch ("main") first; every branch starts from it. */
  readonly branches: Readonly<Record<string, Files>>;
  readonly isPrivate?: boolean;
  /** A copy of another repository, which has to stand before it. */
  readonly forkOf?: string;
  /** What people may do, by login: "read", "write", "admin". The owner may everything. */
  readonly collaborators?: Readonly<Record<string, string>>;
}

export interface FakeRepository {
  readonly id: number;
  readonly owner: string;
  name: string;
  readonly isPrivate: boolean;
  isArchived: boolean;
  readonly defaultBranch: string;
  /** Commits by branch. */
  readonly branches: Map<string, string>;
  readonly pulls: Map<number, FakePull>;
  readonly checkRuns: FakeCheckRun[];
  readonly collaborators: Readonly<Record<string, string>>;
  /** A push: the files changed (null takes one away) on top of the branch. Gives the commit. */
  push(branch: string, files: Files, message?: string): string;
  /** Sets a branch to any commit, or makes one that has nothing to do with what was there. */
  forcePush(branch: string, to: string | Files): string;
  open(pull: {
    readonly head: string;
    readonly base?: string;
    readonly title?: string;
    readonly author?: string;
    readonly isDraft?: boolean;
    readonly from?: FakeRepository;
  }): FakePull;
  /** Writes a real bare repository with the same commits, for checkouts. */
  write(folder: string): void;
}

export interface FakePull extends Conversation {
  readonly id: number;
  readonly number: number;
  readonly repository: FakeRepository;
  readonly author: User;
  title: string;
  state: "open" | "closed";
  isMerged: boolean;
  isDraft: boolean;
  isLocked: boolean;
  readonly head: { repository: FakeRepository | null; readonly ref: string; sha: string };
  base: string;
  /** All heads it ever had, the oldest first. */
  readonly heads: string[];
  baseSha(): string;
  mergeBase(): string;
  files(head?: string): ReturnType<Diffs["between"]>;
  close(): void;
  /** Merges as a merge commit; the pull request is closed then. */
  merge(): string;
  retarget(base: string): void;
}

export interface FakeCheckRun {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  readonly app: number | null;
  status: string;
  conclusion: string | null;
  readonly externalId: string;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: Readonly<Record<string, unknown>>[];
  actions: readonly unknown[];
}

export interface State {
  readonly objects: GitObjects;
  readonly diffs: Diffs;
  readonly repositories: readonly FakeRepository[];
  /** Repositories by the full names that they had before. */
  readonly formerNames: Map<string, FakeRepository>;
  rename(repository: FakeRepository, name: string): void;
  /** By its full name; throws when there is none. */
  repository(name: string): FakeRepository;
  add(seed: SeedRepository): FakeRepository;
  user(login: string): User;
  next(): number;
  now(): string;
}

export function fakeState(seeds: readonly SeedRepository[]): State {
  const objects = gitObjects();
  const compared = diffs(objects);
  const repositories: FakeRepository[] = [];
  const users = new Map<string, User>();
  let counter = 1000;
  const state: State = {
    objects,
    diffs: compared,
    repositories,
    formerNames: new Map(),
    rename(repository, name) {
      state.formerNames.set(`${repository.owner}/${repository.name}`, repository);
      repository.name = name;
    },
    repository(name) {
      const found = repositories.find((one) => `${one.owner}/${one.name}` === name);
      if (found === undefined) throw new Error(`the fake has no repository ${name}`);
      return found;
    },
    add,
    user(login) {
      const found = users.get(login) ?? { login, id: next(), type: login.endsWith("[bot]") ? "Bot" : "User" };
      users.set(login, found);
      return found;
    },
    next,
    now: () => new Date(Date.UTC(2026, 5, 1) + counter * 1000).toISOString().replace(".000", ""),
  };
  for (const seed of seeds) add(seed);
  return state;

  function next(): number {
    return ++counter;
  }

  function add(seed: SeedRepository): FakeRepository {
    const [owner = "", name = ""] = seed.name.split("/");
    const branches = new Map(seed.forkOf === undefined ? [] : state.repository(seed.forkOf).branches);
    const [defaultBranch = "main"] = [...branches.keys(), ...Object.keys(seed.branches)];
    const repository: FakeRepository = {
      id: next(),
      owner,
      name,
      isPrivate: seed.isPrivate ?? false,
      isArchived: false,
      defaultBranch,
      branches,
      pulls: new Map(),
      checkRuns: [],
      collaborators: { [owner]: "admin", ...seed.collaborators },
      push(branch, files, message = `change ${branch}`) {
        const parent = branches.get(branch) ?? branches.get(defaultBranch);
        return moved(repository, branch, objects.makeCommit(parent === undefined ? [] : [parent], files, message));
      },
      forcePush: (branch, to) => moved(repository, branch, typeof to === "string" ? to : objects.makeCommit([], to, `rewrite ${branch}`, true)),
      open: (given) => openPull(state, repository, given),
      write(folder) {
        const pulls = [...repository.pulls.values()].map((pull) => [`refs/pull/${pull.number}/head`, pull.head.sha] as const);
        objects.write(folder, new Map([...branches, ...pulls]), defaultBranch);
      },
    };
    repositories.push(repository);
    for (const [branch, files] of Object.entries(seed.branches)) repository.push(branch, files);
    return repository;
  }

  /** Every open pull request whose head is this branch gets a new head. */
  function moved(repository: FakeRepository, branch: string, sha: string): string {
    repository.branches.set(branch, sha);
    for (const pull of repositories.flatMap((one) => [...one.pulls.values()])) {
      if (pull.state !== "open" || pull.head.repository !== repository || pull.head.ref !== branch) continue;
      pull.head.sha = sha;
      pull.heads.push(sha);
      pull.reanchor();
    }
    return sha;
  }
}

function openPull(state: State, repository: FakeRepository, given: Parameters<FakeRepository["open"]>[0]): FakePull {
  const from = given.from ?? repository;
  const sha = from.branches.get(given.head);
  if (sha === undefined) throw new Error(`the fake has no branch ${given.head}`);
  const number = Math.max(0, ...repository.pulls.keys()) + 1;
  const head = { repository: from as FakeRepository | null, ref: given.head, sha };
  const pull: FakePull = {
    id: state.next(),
    number,
    repository,
    author: state.user(given.author ?? "dora"),
    title: given.title ?? `Change ${given.head}`,
    state: "open",
    isMerged: false,
    isDraft: given.isDraft ?? false,
    isLocked: false,
    head,
    base: given.base ?? repository.defaultBranch,
    heads: [sha],
    baseSha: () => repository.branches.get(pull.base) ?? "",
    mergeBase: () => state.objects.mergeBase(pull.baseSha(), head.sha) ?? pull.baseSha(),
    files: (at = head.sha) => state.diffs.between(state.objects.mergeBase(pull.baseSha(), at) ?? pull.baseSha(), at),
    close() {
      pull.state = "closed";
    },
    merge() {
      const files = Object.fromEntries(pull.files().map((file) => [file.path, file]));
      const changes: Files = Object.fromEntries(
        Object.values(files).flatMap(({ path, previousPath, status, sha: blob }) => [
          ...(previousPath === null ? [] : [[previousPath, null] as const]),
          [path, status === "removed" ? null : (state.objects.blob(blob) ?? "")] as const,
        ]),
      );
      const merged = state.objects.makeCommit([pull.baseSha(), head.sha], changes, `Merge pull request #${number}`);
      repository.branches.set(pull.base, merged);
      pull.state = "closed";
      pull.isMerged = true;
      return merged;
    },
    retarget(base) {
      pull.base = base;
      pull.reanchor();
    },
    ...conversation(state, () => pull),
  };
  repository.pulls.set(number, pull);
  return pull;
}
