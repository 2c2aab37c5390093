// Runs the steps of a Dockerfile without a container engine: each stage in a folder of its own, COPY and RUN as they
// stand there, .dockerignore honoured. What it does not know it refuses, so that a step is never taken for done.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, posix, relative, sep } from "node:path";
import { type Copy, DockerfileParser, type From, type Instruction, type JSONInstruction, type Property } from "dockerfile-ast";

export interface Stage {
  /** Stands for `/` of the stage's image; holds only what the steps put there. */
  readonly folder: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
  readonly labels: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** In exec form; empty where there is none. */
  readonly healthcheck: readonly string[];
}

type Open = { -readonly [K in keyof Stage]: Stage[K] };

/** Runs all stages of `context/Dockerfile` below `scratch`; gives the last. Throws on what fails, and on what it does not know. */
export function runDockerfile(context: string, scratch: string): Stage {
  const ignored = readIgnored(context);
  const stages = new Map<string, Open>();
  let now: Open | null = null;
  for (const instruction of DockerfileParser.parse(readFileSync(join(context, "Dockerfile"), "utf8")).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") {
      const from = instruction as From;
      const folder = join(scratch, `stage-${stages.size}`);
      mkdirSync(folder, { recursive: true });
      now = { folder, image: from.getImage() ?? "", env: {}, user: "0", workdir: "/", labels: [], entrypoint: [], cmd: [], healthcheck: [] };
      stages.set(from.getBuildStage() ?? String(stages.size), now);
      continue;
    }
    if (now === null) throw new Error(`${keyword} stands before the first FROM`);
    step(instruction, now, { context, ignored, stages });
  }
  if (now === null) throw new Error("the Dockerfile has no stage");
  return now;
}

interface Around {
  readonly context: string;
  readonly ignored: (path: string) => boolean;
  readonly stages: ReadonlyMap<string, Stage>;
}

function step(instruction: Instruction, stage: Open, around: Around): void {
  const keyword = instruction.getKeyword();
  const text = instruction.getArgumentsContent() ?? "";
  if (keyword === "WORKDIR") {
    stage.workdir = posix.resolve(stage.workdir, text);
    mkdirSync(join(stage.folder, stage.workdir), { recursive: true });
  } else if (keyword === "ENV") stage.env = { ...stage.env, ...properties(instruction) };
  else if (keyword === "LABEL") stage.labels = [...stage.labels, ...Object.keys(properties(instruction))];
  else if (keyword === "USER") stage.user = text;
  else if (keyword === "COPY") copy(instruction as Copy, stage, around);
  else if (keyword === "RUN") run(text, stage);
  else if (keyword === "ENTRYPOINT") stage.entrypoint = execForm(instruction);
  else if (keyword === "CMD") stage.cmd = execForm(instruction);
  else if (keyword === "HEALTHCHECK") stage.healthcheck = JSON.parse(text.slice(text.indexOf("["))) as string[];
  else if (keyword !== "EXPOSE") throw new Error(`${keyword} is not known here`);
}

/** A stage's root is a folder here, so that a command which names a path from the root would reach this machine's files. */
function run(command: string, { folder, workdir, env }: Stage): void {
  if (/(^|[\s"'=:;(])\//.test(command)) throw new Error(`RUN ${command}: it names a path from the root, which cannot be run without a container`);
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  // The registry's cache is the only thing of this machine that a step sees.
  const cache = spawnSync("npm", ["config", "get", "cache"], { encoding: "utf8", shell: process.platform === "win32" }).stdout.trim();
  const { PATH = "" } = process.env;
  const ran = spawnSync("sh", ["-c", command], {
    cwd: join(folder, workdir),
    env: { PATH, HOME: home, npm_config_cache: cache, npm_config_prefer_offline: "true", npm_config_userconfig: join(home, "none"), ...env },
    encoding: "utf8",
  });
  if (ran.status !== 0) throw new Error(`RUN ${command}: it ended with ${ran.status}: ${ran.stderr.slice(-2_000)}`);
}

function copy(instruction: Copy, stage: Stage, { context, ignored, stages }: Around): void {
  const flags = new Map(instruction.getFlags().map((flag) => [flag.getName(), flag.getValue() ?? ""]));
  for (const name of flags.keys()) if (name !== "from") throw new Error(`COPY --${name} is not known here`);
  const from = flags.get("from");
  const other = from === undefined ? undefined : stages.get(from);
  if (from !== undefined && other === undefined) throw new Error(`COPY --from=${from}: there is no such stage`);
  const paths = instruction.getArguments().map((one) => one.getValue());
  const last = paths.pop() ?? ".";
  const target = join(stage.folder, posix.resolve(stage.workdir, last));
  const intoFolder = paths.length > 1 || last.endsWith("/") || last === "." || last === "./";
  for (const path of paths) {
    const source = join(other?.folder ?? context, path);
    if (!existsSync(source)) throw new Error(`COPY ${path}: it is not there`);
    const isKept = (one: string): boolean => {
      const below = relative(context, one).split(sep).join("/");
      return other !== undefined || below === "" || !ignored(below);
    };
    if (!isKept(source)) throw new Error(`COPY ${path}: .dockerignore keeps it from the builder`);
    const isFolder = statSync(source).isDirectory();
    mkdirSync(isFolder || intoFolder ? target : join(target, ".."), { recursive: true });
    // Of a folder Docker copies what is in it.
    cpSync(source, isFolder || !intoFolder ? target : join(target, basename(path)), { recursive: true, filter: isKept });
  }
}

/** Docker's rule: of the patterns that match a path or a folder above it, the last decides. */
function readIgnored(context: string): (path: string) => boolean {
  const file = join(context, ".dockerignore");
  const lines = (existsSync(file) ? readFileSync(file, "utf8") : "").split("\n").map((line) => line.trim());
  const patterns = lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ isKept: line.startsWith("!"), shape: shapeOf(line.replace(/^!?\/?/, "").replace(/\/$/, "")) }));
  return (path) => {
    const parts = path.split("/");
    const chain = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    return patterns.findLast(({ shape }) => chain.some((one) => shape.test(one)))?.isKept === false;
  };
}

function shapeOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*|\?)/).map((part) => {
    if (part.startsWith("**")) return ".*";
    return part === "*" ? "[^/]*" : part === "?" ? "[^/]" : part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

function properties(instruction: Instruction): Record<string, string> {
  const given = (instruction as Instruction & { getProperties(): Property[] }).getProperties();
  return Object.fromEntries(given.map((one) => [one.getName(), one.getValue() ?? ""]));
}

function execForm(instruction: Instruction): string[] {
  const strings = (instruction as JSONInstruction).getJSONStrings().map((one) => one.getJSONValue());
  if (strings.length === 0) throw new Error(`${instruction.getKeyword()} has to be in exec form: there is no shell`);
  return strings;
}

/** All files below a folder, posix and sorted. */
export function filesBelow(folder: string, prefix = ""): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]))
    .sort();
}
