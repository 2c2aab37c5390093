// What commits of a checkout hold, asked of git itself. Nothing is checked out, nothing of a repository is run, and what
// git says in a failure is passed on without addresses, because they may hold credentials.

import { spawn } from "node:child_process";

/** One entry of a commit's tree. Paths are posix, from the repository's root. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: "file" | "link" | "submodule";
  /** The object's id: of a file its blob. */
  readonly id: string;
  /** In bytes; 0 for submodules. */
  readonly size: number;
}

/** How one path differs between two commits. */
export interface Change {
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly path: string;
  /** Where a renamed file stood. */
  readonly before: string;
  /** The blobs; null where there is none. */
  readonly oldId: string | null;
  readonly newId: string | null;
}

/** Who may fetch: what a token is sent for, and how. */
export interface FetchAccess {
  /** The forge's address, https://github.com. */
  readonly server: string;
  /** owner/name, where the checkout has no remote. */
  readonly repository: string;
  readonly token: string;
}

export interface Repository {
  /** The id of the commit that a name stands for; null when it is not there. */
  readonly commit: (name: string) => Promise<string | null>;
  /** Gets commits that a shallow checkout lacks; null when they are there afterwards, else one sentence. */
  readonly fetch: (commits: readonly string[], depth: number) => Promise<string | null>;
  readonly isShallow: () => Promise<boolean>;
  /** The commit that both grew from; null when the checkout's history does not reach it. */
  readonly mergeBase: (one: string, other: string) => Promise<string | null>;
  /** The commits that a commit grew from, in their order, as far as they are known. */
  readonly parents: (commit: string) => Promise<readonly string[]>;
  readonly tree: (commit: string) => Promise<readonly TreeEntry[]>;
  /** The bytes of blobs, by id. */
  readonly blobs: (ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
  readonly changes: (base: string, head: string) => Promise<readonly Change[]>;
  /** The hunks of the diff between two blobs; null when they are binary, or the same. */
  readonly patch: (oldId: string, newId: string) => Promise<string | null>;
}

/** Opens the checkout that a folder is the root of; null when it is none. Throws when git is not installed. */
export async function openRepository(folder: string, access: FetchAccess): Promise<Repository | null> {
  const run = (args: readonly string[], more: Partial<Run> = {}): Promise<Ran> => git({ folder, args, input: "", config: [], ...more });
  const inside = await run(["rev-parse", "--show-cdup"]);
  if (inside.code !== 0 || text(inside).trim() !== "") return null;
  const must = async (args: readonly string[], input = ""): Promise<Ran> => {
    const ran = await run(args, { input });
    if (ran.code !== 0) throw new Error(`git ${args[0]} failed: ${problemOf(ran)}`);
    return ran;
  };
  const commit = async (name: string): Promise<string | null> => {
    const ran = await run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
    const id = text(ran).trim();
    return ran.code === 0 && OBJECT.test(id) ? id : null;
  };
  const isShallow = async (): Promise<boolean> => text(await must(["rev-parse", "--is-shallow-repository"])).trim() === "true";
  return {
    commit,
    isShallow,
    fetch: async (commits, depth) => {
      const remote = (await run(["config", "--get", "remote.origin.url"])).code === 0 ? "origin" : `${access.server}/${access.repository}`;
      // Only a checkout that is shallow already may be asked for so many commits: a whole one would be cut.
      const short = (await isShallow()) ? [`--depth=${depth}`] : [];
      const header = await run(["config", "--get-urlmatch", "http.extraheader", `${access.server}/`]);
      const config = access.token === "" || (header.code === 0 && text(header).trim() !== "") ? [] : [authorization(access)];
      const ran = await run(["fetch", ...FETCH, ...short, remote, ...commits], { config });
      return ran.code === 0 ? null : problemOf(ran);
    },
    mergeBase: async (one, other) => {
      const ran = await run(["merge-base", one, other]);
      return ran.code === 0 ? text(ran).trim() : null;
    },
    parents: async (id) =>
      text(await must(["rev-parse", `${id}^@`]))
        .split("\n")
        .filter((line) => OBJECT.test(line)),
    tree: async (id) => nulls(await must(["ls-tree", "-r", "-l", "-z", "--full-tree", id])).flatMap(treeEntry),
    blobs: async (ids) => blobsOf(ids, (await must(["cat-file", "--batch"], `${[...new Set(ids)].join("\n")}\n`)).stdout),
    changes: async (base, head) => changesOf(nulls(await must(["diff-tree", "-r", "-z", "-M", "--no-commit-id", "--full-index", base, head]))),
    patch: async (oldId, newId) => hunks(text(await must(["diff", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=3", oldId, newId]))),
  };
}

interface Run {
  readonly folder: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly config: readonly (readonly [string, string])[];
}

interface Ran {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const OBJECT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const FETCH: readonly string[] = ["--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--quiet"];

/** A container's user is often not the checkout's owner, so that git must be told that the folder is meant. */
async function git({ folder, args, input, config }: Run): Promise<Ran> {
  const all = [["safe.directory", folder], ["core.fsmonitor", "false"], ["core.hooksPath", "/dev/null"], ["core.quotePath", "false"], ...config] as const;
  const env: Record<string, string | undefined> = {
    ...process.env,
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
    LC_ALL: "C",
    GIT_CONFIG_COUNT: String(all.length),
  };
  // In the environment and not among the arguments, where every process of the machine could read a token.
  for (const [index, [key, value]] of all.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return await new Promise((resolve, reject) => {
    const child = spawn("git", ["--no-pager", ...args], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.stdin.on("error", () => undefined);
    child.on("error", (cause) => reject(new Error(`git cannot be started (${(cause as { code?: string }).code ?? "unknown error"})`, { cause })));
    child.on("close", (code) => resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString("utf8") }));
    child.stdin.end(input);
  });
}

function authorization({ server, token }: FetchAccess): readonly [string, string] {
  return [`http.${server}/.extraheader`, `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`];
}

function text(ran: Ran): string {
  return ran.stdout.toString("utf8");
}

function nulls(ran: Ran): string[] {
  return text(ran).split("\0").slice(0, -1);
}

/** The last thing that git said, without the addresses in it. */
function problemOf({ stderr, code }: Ran): string {
  const line =
    stderr
      .trim()
      .split("\n")
      .findLast((one) => /^(fatal|error):/.test(one)) ?? `it ended with ${code}`;
  return line
    .replace(/^(fatal|error): /, "")
    .replace(/'?\b[a-z+]+:\/\/[^\s']*'?/gi, "the remote")
    .slice(0, 200);
}

/** `100644 blob <id>     123\tpath` */
function treeEntry(line: string): TreeEntry[] {
  const [, mode, id = "", size = "0", path = ""] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]*)$/.exec(line) ?? [];
  if (path === "") return [];
  return [{ path, id, kind: mode === "160000" ? "submodule" : mode === "120000" ? "link" : "file", size: size === "-" ? 0 : Number(size) }];
}

/** The output of cat-file: `<id> blob <size>\n`, the bytes, a line end; `<id> missing` for what is not there. */
function blobsOf(ids: readonly string[], bytes: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  let at = 0;
  for (const _ of new Set(ids)) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const [id = "", kind, size = "0"] = bytes.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (kind !== "blob") continue;
    found.set(id, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** `:100644 100644 <id> <id> R086`, the path, and for a renamed file a second path, each a field of its own. */
function changesOf(fields: readonly string[]): Change[] {
  const found: Change[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const [, , oldId = "", newId = "", letter = ""] = (fields[index] ?? "").split(" ");
    const before = fields[index + 1] ?? "";
    const isMoved = /^[RC]/.test(letter);
    const path = isMoved ? (fields[index + 2] ?? "") : before;
    index += isMoved ? 3 : 2;
    const status = letter.startsWith("R")
      ? "renamed"
      : letter.startsWith("A") || letter.startsWith("C")
        ? "added"
        : letter.startsWith("D")
          ? "removed"
          : "modified";
    found.push({ status, path, before, oldId: presentId(oldId), newId: presentId(newId) });
  }
  return found;
}

function presentId(id: string): string | null {
  return /^0*$/.test(id) ? null : id;
}

/** What stands behind the names of the files. */
function hunks(diff: string): string | null {
  const start = diff.search(/^@@ /m);
  return start < 0 ? null : diff.slice(start).replace(/\n$/, "");
}
