// What is to be linted: paths from the command line become sources, with a look for each that could not be read.

import { resolve } from "node:path";
import { dirname } from "node:path/posix";
import { decode, pathKind, readFile, shownPath, walk } from "../../host/files.ts";
import { findSettings } from "../../host/settings-file.ts";
import type { FileLook } from "../../source/file-look.ts";
import type { Settings } from "../../settings/settings.ts";
import type { Source } from "../../source/source.ts";
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

export type LoadSettings = (file: string | null) => Settings | { readonly problems: readonly string[] };

/** Reads all that the paths and the layers name. */
export async function readInputs(
  paths: readonly string[],
  layers: readonly string[],
  world: World,
  stdinName: string | undefined,
  config: string | undefined,
  load: LoadSettings,
  seen: (count: number) => void,
): Promise<Inputs> {
  const { cwd } = world;
  const groups = new Map<string | null, Group | null>();
  const problems: string[] = [];
  const fileOf = new Map<string, string | null>();
  const groupFor = (path: string): Group | null => {
    const folder = dirname(path);
    let file = fileOf.get(folder);
    if (file === undefined) {
      file = config ?? findSettings(resolve(cwd, folder));
      fileOf.set(folder, file);
    }
    let group = groups.get(file);
    if (group === undefined) {
      const settings = load(file);
      group = "problems" in settings ? null : { settings, sources: [], looks: [], named: [] };
      if ("problems" in settings) problems.push(...settings.problems);
      groups.set(file, group);
    }
    return group;
  };
  const add = (path: string, named: boolean): void => {
    const group = groupFor(path);
    if (group === null || group.sources.some((one) => named && one.path === path)) return;
    if (named) group.named.push(path);
    const read = readFile(path, cwd);
    if ("source" in read) group.sources.push(read.source);
    else {
      const quiet = read.kind === "empty" || read.kind === "binary";
      group.looks.push({ path, state: quiet ? "irrelevant" : "unreadable", why: read.problem });
      if (!quiet) problems.push(`${path}: ${read.problem}`);
    }
    seen(group.sources.length);
  };
  for (const given of [...layers, ...paths]) {
    if (given === "-") {
      const name = stdinName ?? "stdin.yaml";
      const group = groupFor(name);
      group?.named.push(name);
      const read = decode(name, await bytesOf(world.stdin));
      if ("source" in read) group?.sources.push(read.source);
      else group?.looks.push({ path: name, state: read.kind === "unreadable" ? "unreadable" : "irrelevant", why: read.problem });
      if ("kind" in read && read.kind === "unreadable") problems.push(`${name}: ${read.problem}`);
      continue;
    }
    const kind = pathKind(given, cwd);
    if (kind === null) problems.push(`${given} does not exist, or is neither a file nor a folder; check the path`);
    else if (kind === "file") add(shownPath(given, cwd), true);
    else {
      const group = groupFor(`${shownPath(given, cwd)}/x`);
      const { files, problems: unread } = walk(given, cwd, group?.settings.ignore ?? []);
      for (const path of files) add(path, false);
      problems.push(...unread);
    }
  }
  return { groups: [...groups.values()].filter((group) => group !== null), problems };
}

async function bytesOf(stream: World["stdin"]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(typeof part === "string" ? new TextEncoder().encode(part) : part);
  return Buffer.concat(parts);
}

