// Every source read once: which hold Kubernetes objects, which a chart's values, which a server's configuration,
// and which have nothing to do with NATS. Documents that cannot matter are never parsed.

import { posix } from "node:path";
import { isServerConf } from "../document/conf/is-server-conf.ts";
import type { Node } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import { readYaml } from "../document/yaml/read-yaml.ts";
import type { FileLook } from "../source/file-look.ts";
import type { Source } from "../source/source.ts";
import { type KubernetesObject, readObjects } from "./kubernetes/objects.ts";
import { isSetSource } from "./layers/set-flags.ts";
import { concernsNats, DUPLICATE } from "./duplicate-keys.ts";
import { looksRelevant } from "./looks-relevant.ts";
import { foreignLanguage, isCompose, isDashboard } from "./out-of-reach.ts";
import { isHelmfile } from "./wrappers/helmfile.ts";
import { FILES } from "./wrappers/kustomize/build.ts";

export interface FileObject {
  readonly path: string;
  readonly object: KubernetesObject;
}

export interface ReadSources {
  readonly objects: FileObject[];
  /** YAML files whose first document is a map and no object: perhaps values. */
  readonly values: Map<string, Node>;
  readonly charts: Map<string, Node>;
  readonly confs: Source[];
  readonly violations: TextViolation[];
  /** Keys that stand twice where nothing is said of NATS: of interest if a chart of NATS reads the file. */
  readonly doubtful: TextViolation[];
  /** States as far as reading tells; what becomes of values files is decided later. */
  readonly looks: Map<string, FileLook>;
  /** Objects that NATS workloads may be joined with, from documents that name NATS nowhere, for these folders. */
  readonly companions: (folders: ReadonlySet<string>) => FileObject[];
}

/** Kinds that belong to a server though their text may not name it. */
const COMPANIONS =
  /^["']?kind["']?\s*:\s*["']?(Service|PersistentVolumeClaim|PodDisruptionBudget|ConfigMap|Secret|NetworkPolicy|Ingress|StorageClass|HorizontalPodAutoscaler|VerticalPodAutoscaler|ScaledObject|Certificate|(?:Cluster)?Issuer|Prometheus(?:Agent)?|List)["']?\s*$/m;

export function readSources(sources: readonly Source[], named: ReadonlySet<string>, alone?: string): ReadSources {
  let byFolder: ReadonlyMap<string, readonly Source[]> | undefined;
  const read: ReadSources = {
    objects: [],
    values: new Map(),
    charts: new Map(),
    confs: [],
    violations: [],
    doubtful: [],
    looks: new Map(),
    companions: (folders) => companionsOf((byFolder ??= inFolders(sources)), folders),
  };
  for (const source of sources) {
    if (isSetSource(source.path)) continue;
    const look = (state: FileLook["state"], why: string | null): void => void read.looks.set(source.path, { path: source.path, state, why });
    if (alone !== undefined) {
      if (source.path === alone) read.confs.push(source);
      look(source.path === alone ? "linted" : "irrelevant", source.path === alone ? null : "it is a part of another file");
    } else if (/\.(conf|config|cfg)(\.\w+)?$/i.test(source.path)) confFile(source, read, look, named.has(source.path));
    else if (foreignLanguage(source.path) !== null) {
      if (named.has(source.path) || looksRelevant(source.text, source.path)) look("not-understood", foreignLanguage(source.path));
      else look("irrelevant", "nothing in it has to do with NATS");
    } else if (posix.basename(source.path) === "Chart.yaml") chartFile(source, read, look);
    else yamlFile(source, read, look, named.has(source.path));
  }
  const folders = foldersOfValues(read);
  for (const source of pointers(sources, read, folders)) {
    const { documents } = readYaml(source, { relevant: (text) => WRAPPERS.test(text) });
    const objects = documents.flatMap((document) => readObjects(document.root));
    for (const object of objects) read.objects.push({ path: source.path, object });
    // What a template installs is seen only when it is filled in.
    if (objects.length > 0 && namesFolder(source.text, folders)) read.looks.set(source.path, { path: source.path, state: "linted", why: null });
  }
  return read;
}

/** Kinds that install what lies in a folder of the repository. */
const WRAPPERS = /^["']?kind["']?\s*:\s*["']?(Application|ApplicationSet|HelmRelease)["']?\s*$/m;

/** Kinds that may hold the values of a release that stands in the same file, and need not name NATS. */
const HOLDERS = /^["']?kind["']?\s*:\s*["']?(ConfigMap|Secret)["']?\s*$/m;

/** Folders in which values lie, by every end of their paths. */
function foldersOfValues(read: ReadSources): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of read.values.keys())
    for (let folder = posix.dirname(path); folder !== "."; folder = folder.includes("/") ? folder.slice(folder.indexOf("/") + 1) : ".") folders.add(folder);
  return folders;
}

/** Wrappers that do not name NATS, but a folder in which values of it lie, or that are filled in from the repository. */
function pointers(sources: readonly Source[], read: ReadSources, folders: ReadonlySet<string>): Source[] {
  if (read.values.size === 0) return [];
  return sources.filter(
    ({ path, text }) => read.looks.get(path)?.state === "irrelevant" && WRAPPERS.test(text) && (namesFolder(text, folders) || isFilledIn(text)),
  );
}

function namesFolder(text: string, folders: ReadonlySet<string>): boolean {
  return [...text.matchAll(/^[ \t-]*(?:path|chart)\s*:\s*["']?(?:\.?\/)?([\w./-]+?)\/?["']?\s*$/gm)].some(([, folder = ""]) => folders.has(folder));
}

function isFilledIn(text: string): boolean {
  return /^["']?kind["']?\s*:\s*["']?ApplicationSet\b/m.test(text) && /^[ \t-]*(?:path|chart|valueFiles)\s*:.*\{\{/m.test(text);
}

type Look = (state: FileLook["state"], why: string | null) => void;

function confFile(source: Source, read: ReadSources, look: Look, named: boolean): void {
  const answer = isServerConf(source.path, source.text);
  if (answer === "template") look("not-understood", "it is a template; natslint needs what comes out of it");
  else if (answer === "yes" || (named && answer === "maybe")) {
    read.confs.push(source);
    look("linted", null);
  } else look("irrelevant", "it is no configuration of nats-server");
}

function chartFile(source: Source, read: ReadSources, look: Look): void {
  const root = readYaml(source).documents[0]?.root ?? null;
  if (root !== null) read.charts.set(source.path, root);
  look("irrelevant", "it only says which chart the values are for");
}

function yamlFile(source: Source, read: ReadSources, look: Look, named: boolean): void {
  if (!named && !looksRelevant(source.text, source.path)) {
    look("irrelevant", "nothing in it has to do with NATS");
    return;
  }
  if (/(^|\/)(templates|files)\//.test(source.path) && source.text.includes("{{")) {
    look("not-understood", "it is a chart's template; natslint reads the values, or what helm renders");
    return;
  }
  // A helmfile is one thing whose documents follow one another: its first need not name NATS. Nor need values that a person names.
  const hasValuesBeside = source.text.includes("valuesFrom");
  const relevant = (text: string, index: number): boolean => (named && index === 0) || looksRelevant(text) || (hasValuesBeside && HOLDERS.test(text));
  const { documents, violations } = readYaml(source, isHelmfile(source.path) ? {} : { relevant });
  const parsed = documents.filter((one) => one.state !== "skipped");
  const broken = parsed.find((one) => one.state === "broken");
  const isOurs = looksRelevant(source.text, source.path);
  for (const one of violations) {
    if (isOurs && concernsNats(one, source, parsed)) read.violations.push(one);
    else if (one.rule === DUPLICATE) read.doubtful.push(one);
  }
  let objects = 0;
  for (const document of parsed) {
    for (const object of readObjects(document.root)) {
      read.objects.push({ path: source.path, object });
      objects++;
    }
  }
  const [first] = documents;
  if (objects > 0) look("linted", null);
  else if (first?.state === "read" && first.root?.kind === "map" && isCompose(first.root))
    look("not-understood", "it is a compose file; natslint looks at what runs on Kubernetes");
  else if (first?.state === "read" && first.root?.kind === "map" && isDashboard(first.root)) look("irrelevant", "it is a dashboard");
  else if (first?.state === "read" && first.root?.kind === "map") {
    read.values.set(source.path, first.root);
    look("not-understood", whyUnknown(source.path));
  } else if (broken !== undefined) look(violations.length > 0 ? "linted" : "not-understood", broken.why ?? null);
  else look("irrelevant", parsed.every((one) => one.root === null) ? "it holds no document" : "nothing in it has to do with NATS");
}

/** Until something is made of it: why a map that is no object says nothing. */
function whyUnknown(path: string): string {
  if (FILES.includes(posix.basename(path))) return "it leads to no NATS server that natslint can see";
  if (isHelmfile(path)) return "it has no release of which natslint knows that it is a NATS server";
  return "it is neither a Kubernetes object nor the values of a chart that natslint knows";
}

function companionsOf(byFolder: ReadonlyMap<string, readonly Source[]>, folders: ReadonlySet<string>): FileObject[] {
  return [...folders]
    .flatMap((folder) => byFolder.get(folder) ?? [])
    .filter(({ path, text }) => COMPANIONS.test(text) && !/(^|\/)templates\//.test(path))
    .flatMap((source) =>
      readYaml(source, { relevant: (text) => COMPANIONS.test(text) && !looksRelevant(text) }).documents.flatMap((document) =>
        document.state === "read" ? readObjects(document.root).map((object) => ({ path: source.path, object })) : [],
      ),
    );
}

function inFolders(sources: readonly Source[]): ReadonlyMap<string, readonly Source[]> {
  const found = new Map<string, Source[]>();
  for (const source of sources) {
    const folder = posix.dirname(source.path);
    const there = found.get(folder);
    if (there === undefined) found.set(folder, [source]);
    else there.push(source);
  }
  return found;
}
