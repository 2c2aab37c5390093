// Makes the facts of a chart, a file of `charts/`, from a clone of its repository: versions, defaults, and keys that only its
// templates show. `node tools/run.mjs tools/chart-facts.ts CHART CLONE`; nats, stan and the charts of the stable line came in ready.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { compareParts, readVersion } from "../service/model/versions.ts";
import { PLACES } from "./chart-sources.ts";
import { root } from "./opa.ts";
import { type ReadTemplate, readKeys } from "./template-keys.ts";

/** Where charts of theirs are made from: the repository as people find it, and the branch with the index of what was published. */
const REPOSITORIES: Readonly<Record<string, readonly [source: string, index?: string]>> = {
  nack: ["nats-io/k8s", "gh-pages:helm/charts/index.yaml"],
  "nats-operator": ["nats-io/k8s", "gh-pages:helm/charts/index.yaml"],
  "nats-streaming-operator": ["nats-io/nats-streaming-operator"],
};

type Values = Readonly<Record<string, unknown>>;

interface Release {
  readonly version: string;
  readonly appVersion?: string;
  readonly date: string;
  readonly commit: string;
  readonly tag?: string;
  readonly published?: boolean;
}

function git(clone: string, ...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync("git", ["-C", clone, ...args], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : null;
}

/** The versions of a chart, the oldest first: each as its tag has it, or the last commit that was of that version. */
function releasesOf(chart: string, place: string, clone: string): readonly Release[] {
  const index = REPOSITORIES[chart]?.[1];
  const listed = index === undefined ? null : git(clone, "show", index);
  const entries = listed === null ? undefined : (parse(listed) as { entries: Record<string, { version: string }[]> }).entries[chart];
  const published = entries === undefined ? undefined : new Set(entries.map(({ version }) => version));
  const found = new Map<string, Release>();
  const add = (ref: string, tag?: string): void => {
    const text = git(clone, "show", `${ref}:${place}/Chart.yaml`);
    if (text === null) return;
    const { version, appVersion } = parse(text) as { version: string; appVersion?: string };
    if (tag !== undefined && tag !== `${chart}-${version}` && tag !== `v${version}`) return;
    const [commit = "", date = ""] = git(clone, "log", "-1", "--format=%h %cs", "--abbrev=10", ref)?.trim().split(" ") ?? [];
    const extra = {
      ...(appVersion !== undefined && { appVersion: String(appVersion) }),
      ...(published !== undefined && { published: published.has(version) }),
    };
    found.set(version, { version, date, commit, ...(tag !== undefined && { tag }), ...extra });
  };
  for (const ref of git(clone, "log", "--reverse", "--format=%h", "--", place)?.trim().split("\n") ?? []) add(ref);
  for (const tag of git(clone, "tag")?.trim().split("\n") ?? []) add(tag, tag);
  return [...found.values()].sort((one, other) => compareParts(partsOf(one), partsOf(other)));
}

function partsOf({ version }: Release): readonly number[] {
  return readVersion(version)?.parts ?? [0];
}

/** Each leaf by its dotted key; what is empty is a leaf. */
function flat(values: unknown, path: readonly string[] = []): readonly (readonly [string, unknown])[] {
  const isGroup = typeof values === "object" && values !== null && !Array.isArray(values) && Object.keys(values).length > 0;
  if (!isGroup) return path.length === 0 ? [] : [[path.join("."), values ?? null]];
  return Object.entries(values).flatMap(([key, value]) => flat(value, [...path, key.replaceAll(".", "\\.")]));
}

function templatesOf(ref: string, place: string, clone: string): readonly ReadTemplate[] {
  const names = git(clone, "ls-tree", "-r", "--name-only", ref, `${place}/templates`, `${place}/config`)?.trim().split("\n") ?? [];
  return names.map((name) => ({ name, text: git(clone, "show", `${ref}:${name}`) ?? "" }));
}

/** What a version has that the one before had not. */
function since(before: Values, now: Values): { readonly added?: Values; readonly changed?: Values; readonly removed?: readonly string[] } {
  const some = (test: (key: string) => boolean): Values => Object.fromEntries(Object.entries(now).filter(([key]) => test(key)));
  const added = some((key) => !(key in before));
  const changed = some((key) => key in before && JSON.stringify(before[key]) !== JSON.stringify(now[key]));
  const removed = Object.keys(before).filter((key) => !(key in now));
  return {
    ...(Object.keys(added).length > 0 && { added }),
    ...(Object.keys(changed).length > 0 && { changed }),
    ...(removed.length > 0 && { removed }),
  };
}

function factsOf(chart: string, clone: string): string {
  const place = PLACES[chart];
  const [source] = REPOSITORIES[chart] ?? [];
  if (place === undefined || source === undefined) throw new Error(`${chart}: known are ${Object.keys(REPOSITORIES).join(", ")}`);
  let before: { readonly defaults: Values; readonly read: readonly string[] } | undefined;
  const lines = releasesOf(chart, place, clone).map((release) => {
    const { version, appVersion, date, commit, tag, published } = release;
    const ref = tag ?? commit;
    const defaults = Object.fromEntries(flat(parse(git(clone, "show", `${ref}:${place}/values.yaml`) ?? "", { version: "1.1" })));
    const read = readKeys(templatesOf(ref, place, clone)).filter((key) => !Object.keys(defaults).some((one) => one === key || one.startsWith(`${key}.`)));
    const head = { version, appVersion, date, commit, tag, published };
    const added = read.filter((key) => before?.read.includes(key) === false);
    const removed = before?.read.filter((key) => !read.includes(key)) ?? [];
    const changes = { ...(added.length > 0 && { added }), ...(removed.length > 0 && { removed }) };
    const body =
      before === undefined
        ? { defaults, ...(read.length > 0 && { readWithoutDefault: read }) }
        : { since: since(before.defaults, defaults), ...(Object.keys(changes).length > 0 && { readWithoutDefaultSince: changes }) };
    before = { defaults, read };
    return JSON.stringify({ ...head, ...body });
  });
  return `{\n"chart": ${JSON.stringify(chart)},\n"source": ${JSON.stringify(`${source}, ${place}`)},\n"versions": [\n${lines.join(",\n")}\n]\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [chart, clone] = process.argv.slice(2);
  if (chart === undefined || clone === undefined) throw new Error("Which chart, and where is the clone? node tools/run.mjs tools/chart-facts.ts nack ../k8s");
  writeFileSync(join(root, "charts", `${chart}.json`), factsOf(chart, clone));
}
