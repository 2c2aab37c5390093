// A step as GitHub runs it: a repository with an origin, the checkout that actions/checkout would make of it, an event's
// file, and the bundled Action as a process with nothing but the documented environment.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../service/doors/action/run.ts";
import { bundleAction } from "../../tools/build-action.ts";
import { root } from "../../tools/opa.ts";

export type Files = Readonly<Record<string, string | null>>;

/** A repository on the forge's side: commits are made on branches, and anybody may fetch any of them. */
export interface Origin {
  readonly folder: string;
  readonly bare: string;
  /** Commits files (null deletes one) on a branch, which starts at another commit when it is new. Gives the commit's id. */
  readonly commit: (branch: string, files: Files, from?: string) => string;
  /** The merge commit that GitHub makes for a pull request, at refs/pull/<number>/merge. */
  readonly merge: (number: number, base: string, head: string) => string;
  readonly git: (...args: string[]) => string;
}

export interface Step {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly workspace: string;
}

const scratch: string[] = [];

/** Takes away all that tests made. */
export function sweep(): void {
  for (const folder of scratch.splice(0)) rmSync(folder, { recursive: true, force: true });
  program = undefined;
}

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "natslint-action-"));
  scratch.push(folder);
  return folder;
}

/** Bundles the Action into a folder that has what git has of this repository and nothing else: no libraries. Gives the bundle's path. */
export async function bundled(): Promise<string> {
  const folder = scratchFolder();
  for (const path of ["dist/policy.wasm", "charts", "package.json"]) cpSync(join(root, path), join(folder, path), { recursive: true });
  const file = join(folder, "dist", "action.cjs");
  writeFileSync(file, await bundleAction());
  return file;
}

export function origin(): Origin {
  const folder = scratchFolder();
  const bare = join(folder, "origin.git");
  const work = join(folder, "work");
  runGit(folder, "init", "--quiet", "--bare", "--initial-branch=main", bare);
  runGit(bare, "config", "uploadpack.allowAnySHA1InWant", "true");
  runGit(folder, "clone", "--quiet", bare, work);
  const git = (...args: string[]): string => runGit(work, ...args);
  const known = (branch: string): boolean => git("for-each-ref", `refs/heads/${branch}`) !== "";
  return {
    folder,
    bare,
    git,
    commit: (branch, files, from) => {
      if (known(branch)) git("checkout", "--quiet", branch);
      else if (from === undefined) git("checkout", "--quiet", "--orphan", branch);
      else git("checkout", "--quiet", "-b", branch, from);
      for (const [path, text] of Object.entries(files)) {
        if (text === null) rmSync(join(work, path));
        else {
          mkdirSync(dirname(join(work, path)), { recursive: true });
          writeFileSync(join(work, path), text);
        }
      }
      git("add", "--all", "--force");
      git("commit", "--quiet", "--allow-empty", "-m", "change");
      git("push", "--quiet", "--force", "origin", branch);
      return git("rev-parse", "HEAD");
    },
    merge: (number, base, head) => {
      git("checkout", "--quiet", "--detach", base);
      git("merge", "--quiet", "--no-ff", "-m", `Merge ${head} into ${base}`, head);
      git("push", "--quiet", "--force", "origin", `HEAD:refs/pull/${number}/merge`, `${head}:refs/pull/${number}/head`);
      return git("rev-parse", "HEAD");
    },
  };
}

/** What actions/checkout leaves: one commit, detached, without its history unless `depth` is 0. */
export function checkout(from: Origin, commit: string, depth = 1): string {
  const workspace = join(scratchFolder(), "workspace");
  mkdirSync(workspace);
  runGit(workspace, "init", "--quiet");
  runGit(workspace, "remote", "add", "origin", `file://${from.bare}`);
  const history = depth === 0 ? ["+refs/heads/*:refs/remotes/origin/*", "+refs/pull/*:refs/remotes/pull/*"] : [`--depth=${depth}`];
  runGit(
    workspace,
    "fetch",
    "--quiet",
    "--no-tags",
    ...history.filter((one) => one.startsWith("--")),
    "origin",
    ...history.filter((one) => !one.startsWith("--")),
    commit,
  );
  runGit(workspace, "checkout", "--quiet", "--detach", commit);
  return workspace;
}

export interface StepOptions {
  readonly event?: string;
  readonly payload?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program to run it with; this Node unless said otherwise. */
  readonly node?: string;
  /** Run in this process: quicker, and not the bundle. */
  readonly here?: boolean;
}

/** Runs the bundle in a workspace. The environment is what a runner documents, and nothing of this process's. */
export async function step(
  bundle: string,
  workspace: string,
  { event = "push", payload = {}, inputs = {}, env = {}, node = process.execPath, here = false }: StepOptions,
): Promise<Step> {
  const folder = scratchFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const given: Record<string, string | undefined> = {
    PATH: process.env["PATH"],
    HOME: folder,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: "mona",
    GITHUB_API_URL: "http://127.0.0.1:9",
    GITHUB_SERVER_URL: "http://127.0.0.1:9",
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: file("event.json", typeof payload === "string" ? payload : JSON.stringify(payload)),
    GITHUB_OUTPUT: file("output", ""),
    GITHUB_REPOSITORY: "octo/nats",
    GITHUB_REPOSITORY_ID: "7",
    GITHUB_SHA: runGit(workspace, "rev-parse", "HEAD"),
    GITHUB_STEP_SUMMARY: file("summary.md", ""),
    GITHUB_WORKSPACE: workspace,
    NATSLINT_TODAY: "2026-01-01",
    RUNNER_TEMP: folder,
    ...env,
  };
  for (const [name, value] of Object.entries(inputs)) given[`INPUT_${name.toUpperCase()}`] = value;
  const ran = here ? await inProcess(bundle, given) : await inNode(node, bundle, workspace, given);
  const read = (name: string): string => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
  return { ...ran, summary: read("summary.md"), outputs: outputsOf(read("output")), workspace };
}

type Ran = Pick<Step, "code" | "stdout" | "stderr">;

let program: Promise<string> | undefined;

/** The thread that lints is the bundle's in any case: Node cannot run the sources. */
async function inProcess(bundle: string, env: Readonly<Record<string, string | undefined>>): Promise<Ran> {
  const lintThread = bundle === "" ? await (program ??= bundled()) : bundle;
  const out: string[] = [];
  const code = await run({ env, stdout: { write: (text) => out.push(text) }, lintThread });
  return { code, stdout: out.join(""), stderr: "" };
}

function inNode(node: string, bundle: string, cwd: string, env: Readonly<Record<string, string | undefined>>): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(node, [bundle], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", fail);
    child.on("close", (code) => done({ code: code ?? -1, stdout, stderr }));
  });
}

/** A pull request's event, as far as it is read. */
export function pullRequest(number: number, base: string, head: string, more: { readonly fork?: boolean; readonly draft?: boolean } = {}): object {
  const repository = { id: 7, name: "nats", full_name: "octo/nats", owner: { login: "octo" } };
  const headRepository = more.fork === true ? { ...repository, id: 8, full_name: "mona/nats", owner: { login: "mona" } } : repository;
  return {
    action: "synchronize",
    number,
    pull_request: {
      number,
      draft: more.draft === true,
      head: { sha: head, ref: "change", repo: headRepository },
      base: { sha: base, ref: "main", repo: repository },
    },
    repository,
  };
}

/** The annotations of a step: `error values.yaml:5 cluster-min-replicas`. */
export function annotated({ stdout }: Step): string[] {
  return [...stdout.matchAll(/^::(error|warning|notice) title=natslint%3A ([\w-]+),(?:file=([^,]*),)?line=(\d+)/gm)].map(
    ([, level, rule, file, line]) => `${level} ${file}:${line} ${rule}`,
  );
}

function outputsOf(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = "", , value = ""] of text.matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n\2\n/gm)) outputs[name] = value;
  return outputs;
}

/** git with a name of its own and nothing of this machine's settings. */
export function runGit(folder: string, ...args: string[]): string {
  const identity = {
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.org",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
  };
  return execFileSync("git", args, { cwd: folder, env: { ...process.env, ...identity }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
