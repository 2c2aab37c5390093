// The settings that hold for each path of a commit: those of the nearest natslint.yaml upwards, with the inputs on top.

import { posix } from "node:path";
import { validateSettings } from "../../host/assets.ts";
import { readChartOption } from "../../model/charts.ts";
import type { Catalogue } from "../../rule/rule.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../settings/settings.ts";
import type { CommitFiles } from "./commit-files.ts";
import type { Inputs } from "./inputs.ts";
import { UsageError } from "./usage-error.ts";

export interface CommitSettings {
  /** The file that holds for a path, for telling groups apart; null: none does. */
  readonly fileFor: (path: string) => string | null;
  /** What a file says; null when it does not hold, and then `problems` says why. */
  readonly of: (file: string | null) => Settings | null;
  /** Sentences, each with its place, about the files asked for so far. */
  readonly problems: () => readonly string[];
}

/** `files` is the commit that is trusted: of a fork's pull request the base, so that a stranger cannot switch rules off. */
export async function commitSettings(files: CommitFiles, inputs: Inputs, rules: Catalogue, today: string, folders: Iterable<string>): Promise<CommitSettings> {
  if (inputs.config !== null && files.kindOf(inputs.config) !== "file")
    throw new UsageError(`the input config names ${inputs.config}, which the commit that the settings come from does not have`);
  const found = inputs.config === null ? await nearby(files, folders) : new Map([[".", inputs.config]]);
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
    if (file === null) return over(DEFAULT_SETTINGS, inputs, today);
    const made = readSettings({ path: file, text }, rules, validateSettings(), baseOf(file), chartProblem);
    if ("settings" in made) return over(made.settings, inputs, today);
    problems.push(...made.problems);
    return null;
  };
  return {
    fileFor: (path) => {
      if (inputs.config !== null) return inputs.config;
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

/** The settings file of each folder that has one, among those above the given folders. */
async function nearby(files: CommitFiles, folders: Iterable<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const manifests: string[] = [];
  for (const start of folders)
    for (let folder = start; !seen.has(folder); folder = posix.dirname(folder)) {
      seen.add(folder);
      const own = ["natslint.yaml", ".natslint.yaml"].map((name) => posix.join(folder, name)).find((path) => files.kindOf(path) === "file");
      if (own !== undefined) found.set(folder, own);
      else if (files.has(posix.join(folder, "package.json"))) manifests.push(posix.join(folder, "package.json"));
    }
  for (const one of await files.read(manifests))
    if ("source" in one && hasSettings(one.source.text)) found.set(posix.dirname(one.source.path), one.source.path);
  return found;
}

function hasSettings(manifest: string): boolean {
  try {
    return manifest.includes('"natslint"') && typeof (JSON.parse(manifest) as { readonly natslint?: unknown } | null)?.natslint === "object";
  } catch {
    return false;
  }
}

function over(settings: Settings, { environment, failOn }: Inputs, today: string): Settings {
  return { ...settings, today, environment: environment ?? settings.environment, failOn: failOn === null || failOn === "never" ? settings.failOn : failOn };
}

/** Paths of a commit start at the repository's root. */
function baseOf(file: string): Settings["base"] {
  const folder = posix.dirname(file);
  return { strip: folder === "." ? "" : `${folder}/`, prepend: "" };
}

function chartProblem(chart: string): string | null {
  const read = readChartOption(chart);
  if ("error" in read) return read.error;
  return read.version === null || /\d/.test(read.version) ? null : `"${chart}": "${read.version}" is no version; write one such as 2.14.2`;
}
