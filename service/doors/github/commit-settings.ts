// The settings that hold for each path of a commit: those of the nearest natslint.yaml upwards.

import { posix } from "node:path";
import { validateSettings } from "../../host/assets.ts";
import { readChartOption } from "../../model/charts.ts";
import type { Catalogue } from "../../rule/rule.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../settings/settings.ts";
import type { Commit } from "./commit.ts";

export interface CommitSettings {
  /** The file that holds for a path; null: none does. */
  readonly fileFor: (path: string) => string | null;
  /** What a file says; null when it does not hold, and then `problems` says why. */
  readonly of: (file: string | null) => Settings | null;
  readonly problems: readonly string[];
}

/** Reads the settings above the paths. `today` reads 2026-11-21. */
export async function commitSettings(commit: Commit, paths: readonly string[], rules: Catalogue, today: string): Promise<CommitSettings> {
  const problems: string[] = [];
  const texts = new Map<string, string>();
  const folders = new Set(paths.flatMap(foldersAbove));
  const named = new Map([...folders].flatMap((folder) => settingsIn(commit, folder).map((file) => [file, folder] as const)));
  for (const read of await commit.read([...named.keys()])) {
    if ("source" in read) texts.set(read.source.path, read.source.text);
    else if (read.kind === "empty") texts.set(read.path, "");
    else problems.push(`${read.path}: ${read.problem}`);
  }
  const byFolder = new Map<string, string>();
  for (const [file, folder] of named) if (!file.endsWith("package.json") || hasSettings(texts.get(file))) byFolder.set(folder, file);
  const held = new Map<string | null, Settings | null>();
  const load = (file: string | null): Settings | null => {
    if (file === null) return { ...DEFAULT_SETTINGS, today };
    const text = texts.get(file);
    if (text === undefined) return null;
    const folder = posix.dirname(file);
    const made = readSettings({ path: file, text }, rules, validateSettings(), { strip: folder === "." ? "" : `${folder}/`, prepend: "" }, chartProblem);
    if ("settings" in made) return { ...made.settings, today };
    problems.push(...made.problems);
    return null;
  };
  return {
    fileFor: (path) =>
      foldersAbove(path)
        .map((folder) => byFolder.get(folder))
        .find((file) => file !== undefined) ?? null,
    of: (file) => {
      let settings = held.get(file);
      if (settings === undefined) held.set(file, (settings = load(file)));
      return settings;
    },
    problems,
  };
}

/** The folder of a path, the one above it ... and the root, which is ".". */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    folders.push(folder);
    if (folder === "." || folder === "/") return folders;
  }
}

/** The one file of a folder that may hold settings, or none. */
function settingsIn(commit: Commit, folder: string): string[] {
  return ["natslint.yaml", ".natslint.yaml", "package.json"]
    .map((name) => posix.join(folder, name))
    .filter(commit.has)
    .slice(0, 1);
}

function hasSettings(manifest: string | undefined): boolean {
  try {
    return manifest?.includes('"natslint"') === true && typeof (JSON.parse(manifest) as { readonly natslint?: unknown } | null)?.natslint === "object";
  } catch {
    return false;
  }
}

function chartProblem(chart: string): string | null {
  const read = readChartOption(chart);
  if ("error" in read) return read.error;
  return read.version === null || /\d/.test(read.version) ? null : `"${chart}": "${read.version}" is no version; write one such as 2.14.2`;
}
