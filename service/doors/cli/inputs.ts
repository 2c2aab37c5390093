// What is to be linted: paths from the command line become sources, with a look for each that could not be read.

import { resolve } from "node:path";
import { dirname } from "node:path/posix";
import ignore, { type Ignore } from "ignore";
import { decode, leadsOut, pathKind, type ReadFile, readFile, shownPath, walk } from "../../host/files.ts";
import { isSettingsName, settingsFinder } from "../../host/settings-file.ts";
import { setSources } from "../../model/layers/set-flags.ts";
import { looksRelevant } from "../../model/looks-relevant.ts";
import type { FileLook } from "../../source/file-look.ts";
import { type Settings, settingsPath } from "../../settings/settings.ts";
import type { Source } from "../../source/source.ts";
import { wanted } from "../../wanted.ts";
import { layerPaths } from "./flags.ts";
import type { World } from "./run.ts";

/** Files that one settings file holds for. */
export interface Group {
  readonly settings: Settings;
  readonly sources: Source[];
  readonly looks: FileLook[];
  /** Paths that were given one by one, not found in a folder. */
  readonly named: string[];
}

export interface Inputs {
  readonly groups: readonly Group[];
  /** Sentences about paths that cannot be used; each makes the exit code 2. */
  readonly problems: readonly string[];
}

export interface Asked {
  readonly paths: readonly string[];
  /** The values files of one release, the last wins. They all go by the settings of the last. */
  readonly layers: readonly string[];
  readonly stdinName: string;
  /** The one settings file for everything; undefined when the nearest one holds. */
  readonly config: string | undefined;
}

export type LoadSettings = (file: string | null) => Settings | { readonly problems: readonly string[] };

/** Settings of a file, and what they say about paths; null when they do not hold. */
type Held = (Group & { readonly rules: Ignore }) | null;

/** Reads all that the paths and the layers name. */
export async function readInputs(asked: Asked, world: World, load: LoadSettings, seen: (count: number) => void): Promise<Inputs> {
  const { cwd } = world;
  const { paths, layers, stdinName, config } = asked;
  const find = settingsFinder();
  const groups = new Map<string | null, Held>();
  const problems: string[] = [];
  const taken = new Set<string>();

  const folders = new Map<string, string | null>();
  const settingsFor = (folder: string): string | null => {
    let file = folders.get(folder);
    if (file === undefined) {
      file = find(resolve(cwd, folder));
      folders.set(folder, file);
    }
    return file;
  };

  const groupFor = (path: string): Held => {
    const file = config ?? settingsFor(dirname(path));
    let group = groups.get(file);
    if (group === undefined) {
      const settings = load(file);
      if ("problems" in settings) problems.push(...settings.problems);
      group = "problems" in settings ? null : { settings, sources: [], looks: [], named: [], rules: ignore().add([...settings.ignore]) };
      groups.set(file, group);
    }
    return group;
  };
  const isIgnored = (path: string, folder: boolean): boolean => {
    const group = groupFor(path);
    if (group === null || group.settings.ignore.length === 0) return false;
    const below = settingsPath(group.settings, path);
    return ignore.isPathValid(below) && group.rules.ignores(folder ? `${below}/` : below);
  };
  const add = (path: string, group: Held, named: boolean, read: () => ReadFile): void => {
    if (group === null || taken.has(path)) return;
    taken.add(path);
    if (named) group.named.push(path);
    const passedOver = isSettingsName(path)
      ? "it holds natslint's own settings"
      : named && isIgnored(path, false)
        ? "the settings say that it is not looked at"
        : null;
    if (passedOver !== null) {
      group.looks.push({ path, state: "irrelevant", why: passedOver });
      return;
    }
    const found = read();
    if ("source" in found) group.sources.push(found.source);
    else {
      const { state, problem } = judged(found, named);
      group.looks.push({ path, state, why: found.problem });
      if (problem) problems.push(`${path}: ${found.problem}`);
    }
    seen(taken.size);
  };

  const last = layers.at(-1);
  const layered = new Set(layers);
  const stdin = [...paths, ...layers].includes("-") ? await bytesOf(world.stdin) : new Uint8Array();
  for (const given of [...layers, ...paths]) {
    const path = given === "-" ? stdinName : shownPath(given, cwd);
    const group = (): Held => groupFor(layered.has(given) && last !== undefined ? (layerPaths([last], stdinName, cwd)[0] ?? path) : path);
    const kind = given === "-" ? "file" : pathKind(given, cwd);
    if (given === "") problems.push("an empty path was given; check the variable that it came from");
    else if (kind === null) problems.push(`${given} does not exist, or is neither a file nor a folder; check the path${commandMeant(given)}`);
    else if (given === "-") add(path, group(), true, () => decode(path, stdin));
    else if (kind === "file") add(path, group(), true, () => readFile(path, cwd));
    else {
      const { files, outward, problems: unread } = walk(given, cwd, isIgnored);
      for (const file of files) add(file, groupFor(file), false, () => readFile(file, cwd));
      for (const link of outward) groupFor(link)?.looks.push(lookAtLink(link));
      problems.push(...unread);
    }
  }
  return { groups: [...groups.values()].filter((group) => group !== null), problems };
}

/** The sources of a group and what belongs to them: the layers of releases, and files that only reading reveals. */
export function withWanted(group: Group, cwd: string): Source[] {
  const sources = [...group.sources, ...setSources(group.settings)];
  const tried = new Set<string>();
  for (let more = [...layersOf(group), ...wanted(sources)]; more.length > 0; more = wanted(sources).filter((path) => !tried.has(path))) {
    for (const path of more) {
      if (tried.has(path)) continue;
      tried.add(path);
      if (leadsOut(path, cwd)) {
        if (!group.looks.some((look) => look.path === path)) group.looks.push(lookAtLink(path));
        continue;
      }
      const read = readFile(path, cwd);
      if ("source" in read) sources.push(read.source);
    }
  }
  return sources;
}

function lookAtLink(path: string): FileLook {
  return { path, state: "not-understood", why: "it is a link out of the repository, which natslint does not follow" };
}

/** Values files of the releases that one of the sources belongs to, as far as they were not asked for. */
function layersOf({ settings, sources }: Group): string[] {
  const there = new Set(sources.map((source) => source.path));
  return settings.releases
    .filter((release) => release.values.some((path) => there.has(path)))
    .flatMap((release) => release.values.filter((path) => !there.has(path)));
}

/** What a file that gave no text makes of the run. One found in a folder stops it only if it may be about NATS. */
function judged(read: Exclude<ReadFile, { source: Source }>, named: boolean): { readonly state: FileLook["state"]; readonly problem: boolean } {
  if (read.kind === "empty" || read.kind === "binary") return { state: "irrelevant", problem: false };
  if (named || read.kind === "unreadable") return { state: "unreadable", problem: true };
  const relevant = read.kind === "encoding" && looksRelevant(read.roughly, read.path);
  return { state: relevant ? "unreadable" : "irrelevant", problem: relevant };
}

function commandMeant(given: string): string {
  const command = ["rules", "explain", "model", "conf"].find((one) => one === `${given}s` || one.startsWith(given) || given.startsWith(one));
  return command === undefined || given.length < 3 ? "" : `, or did you mean the command "${command}"?`;
}

/** All that a stream gives. */
export async function bytesOf(stream: World["stdin"]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(typeof part === "string" ? new TextEncoder().encode(part) : part);
  return Buffer.concat(parts);
}
