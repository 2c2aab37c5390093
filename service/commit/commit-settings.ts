// The settings that hold for each path of a commit: those of the nearest natslint.yaml upwards, with what
// the door was asked on top.

import { posix } from "node:path";
import { validateSettings } from "../host/assets.ts";
import { hasSettings, SETTINGS_NAMES } from "../host/settings-file.ts";
import { chartProblem } from "../model/charts.ts";
import type { Catalogue, Environment, Severity } from "../rule/rule.ts";
import { readSettings } from "../settings/read-settings.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings/settings.ts";
import type { CommitFiles } from "./commit-files.ts";

/** What counts more than any file says; null: what the file says. */
export interface Over {
  /** The one settings file for everything. */
  readonly config: string | null;
  readonly environment: Environment | null;
  readonly failOn: Severity | null;
}

export interface CommitSettings {
  /** The file that holds for a path, for telling groups apart; null: none does. */
  readonly fileFor: (path: string) => string | null;
  /** What a file says; null when it does not hold, and then `problems` says why. */
  readonly of: (file: string | null) => Settings | null;
  /** Sentences, each with its place, about the files asked for so far. */
  readonly problems: () => readonly string[];
}

/**
 * `files` is the commit that is trusted: of a fork's pull request the base, so that a stranger cannot switch rules off.
 * `paths` are those that settings are asked for. `today` reads 2026-11-21.
 */
export async function commitSettings(files: CommitFiles, paths: readonly string[], over: Over, rules: Catalogue, today: string): Promise<CommitSettings> {
  const found = over.config === null ? await nearby(files, paths) : new Map([[".", over.config]]);
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const one of await files.read([...found.values()])) {
    if ("source" in one) texts.set(one.source.path, one.source.text);
    else if (one.kind === "empty") texts.set(one.path, "");
    else problems.push(`${one.path}: ${one.problem}`);
  }
  const held = new Map<string | null, Settings | null>();
  const load = (file: string | null): Settings | null => {
    const text = file === null ? "" : texts.get(file);
    if (text === undefined) return null;
    if (file === null) return withOver(DEFAULT_SETTINGS, over, today);
    const made = readSettings({ path: file, text }, rules, validateSettings(), baseOf(file), chartProblem);
    if ("settings" in made) return withOver(made.settings, over, today);
    problems.push(...made.problems);
    return null;
  };
  return {
    fileFor: (path) => {
      if (over.config !== null) return over.config;
      for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
        const file = found.get(folder);
        if (file !== undefined) return file;
        if (folder === ".") return null;
      }
    },
    of: (file) => {
      let settings = held.get(file);
      if (settings === undefined) held.set(file, (settings = load(file)));
      return settings;
    },
    problems: () => problems,
  };
}

/** The settings file of each folder that has one, among those above the given paths. */
async function nearby(files: CommitFiles, paths: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const manifests: string[] = [];
  for (const path of paths)
    for (let folder = posix.dirname(path); !seen.has(folder); folder = posix.dirname(folder)) {
      seen.add(folder);
      const [own, manifest] = [SETTINGS_NAMES, ["package.json"]].map((names) =>
        names.map((name) => posix.join(folder, name)).find((one) => files.kindOf(one) === "file"),
      );
      if (own !== undefined) found.set(folder, own);
      else if (manifest !== undefined) manifests.push(manifest);
    }
  for (const one of await files.read(manifests))
    if ("source" in one && hasSettings(one.source.text)) found.set(posix.dirname(one.source.path), one.source.path);
  return found;
}

function withOver(settings: Settings, { environment, failOn }: Over, today: string): Settings {
  return { ...settings, today, environment: environment ?? settings.environment, failOn: failOn ?? settings.failOn };
}

/** Paths of a commit start at the repository's root. */
function baseOf(file: string): Settings["base"] {
  const folder = posix.dirname(file);
  return { strip: folder === "." ? "" : `${folder}/`, prepend: "" };
}
