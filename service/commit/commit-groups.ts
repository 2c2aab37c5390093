// What of a commit is linted: its files by the settings that hold for them, and with them what only reading reveals.

import { posix } from "node:path";
import ignore from "ignore";
import type { ReadFile } from "../host/files.ts";
import { isSettingsName } from "../host/settings-file.ts";
import { type Beside, type Engine, lint } from "../lint.ts";
import { looksRelevant } from "../model/looks-relevant.ts";
import { type Failure, failureOf } from "../host/failure.ts";
import { merged, type Report } from "../report/report.ts";
import { type Settings, settingsPath } from "../settings/settings.ts";
import type { FileLook } from "../source/file-look.ts";
import type { Source } from "../source/source.ts";
import { wanted } from "../wanted.ts";
import type { CommitFiles } from "./commit-files.ts";
import type { CommitSettings } from "./commit-settings.ts";

export interface Group {
  readonly settings: Settings;
  /** What was asked for, and after it what belongs to it. */
  readonly sources: readonly Source[];
  readonly asked: ReadonlySet<string>;
  readonly looks: readonly FileLook[];
}

/** A file that may be about NATS and cannot be read. */
export interface Unread {
  readonly path: string;
  readonly why: string;
  readonly named: boolean;
  /** It took too long to lint, or too much memory. */
  readonly isHard: boolean;
}

export interface Groups {
  /** By settings file, null for none. */
  readonly groups: ReadonlyMap<string | null, Group>;
  readonly unread: readonly Unread[];
}

export interface Asked {
  readonly found: readonly string[];
  /** Paths of files that were given one by one. */
  readonly named: ReadonlySet<string>;
  readonly missing: readonly string[];
}

/** The files that paths name or hold. `missing` are the paths that the commit does not have. */
export function askedPaths(files: CommitFiles, paths: readonly string[]): Asked {
  const named = new Set(paths.filter((path) => files.kindOf(path) === "file"));
  const folders = paths.filter((path) => files.kindOf(path) === "directory");
  const inFolders = files.candidates.filter((path) => folders.some((folder) => folder === "." || path.startsWith(`${folder}/`)));
  return { found: [...new Set([...inFolders, ...named])].sort(), named, missing: paths.filter((path) => files.kindOf(path) === null) };
}

/** Reads what was asked for. Settings that do not hold leave out what they hold for; `settings.problems` says so. */
export async function groupsOf(files: CommitFiles, settings: CommitSettings, { found, named }: Asked): Promise<Groups> {
  const members = new Map<string | null, string[]>();
  for (const path of found) {
    const file = settings.fileFor(path);
    const list = members.get(file) ?? [];
    list.push(path);
    members.set(file, list);
  }
  const groups = new Map<string | null, Group>();
  const unread: Unread[] = [];
  for (const [file, paths] of members) {
    const held = settings.of(file);
    if (held !== null) groups.set(file, await groupOf(files, held, paths, named, unread));
  }
  return { groups, unread };
}

async function groupOf(files: CommitFiles, held: Settings, paths: readonly string[], named: ReadonlySet<string>, unread: Unread[]): Promise<Group> {
  const settings = { ...held, named: paths.filter((path) => named.has(path)) };
  const rules = ignore().add([...settings.ignore]);
  const looks: FileLook[] = [];
  const kept = paths.filter((path) => {
    const below = settingsPath(settings, path);
    const ignored = settings.ignore.length > 0 && ignore.isPathValid(below) && rules.ignores(below);
    if (isSettingsName(path)) looks.push({ path, state: "irrelevant", why: "it holds natslint's own settings" });
    else if (ignored && named.has(path)) looks.push({ path, state: "irrelevant", why: "the settings say that it is not looked at" });
    return !ignored && !isSettingsName(path);
  });
  const sources: Source[] = [];
  for (const one of await files.read(kept)) {
    if ("source" in one) sources.push(one.source);
    else {
      const relevant = isRelevant(one, named.has(one.path));
      looks.push({ path: one.path, state: relevant ? "unreadable" : "irrelevant", why: one.problem });
      // Bytes that are no text are listed, and fail nobody: a link or a picture may well be called nats.yaml.
      if (relevant && one.kind !== "binary") unread.push({ path: one.path, why: one.problem, named: named.has(one.path), isHard: one.kind === "too hard" });
    }
  }
  const asked = new Set(sources.map((source) => source.path));
  return { settings, sources: await withWanted(files, settings, sources), asked, looks };
}

/**
 * Does it matter that a file gave no text? What was found in a folder matters only if it may be about NATS; what took too
 * long to lint surely is.
 */
function isRelevant(read: Exclude<ReadFile, { source: Source }>, named: boolean): boolean {
  if (read.kind === "empty") return false;
  if (named || read.kind === "too hard") return true;
  return looksRelevant(read.kind === "encoding" ? read.roughly : "", read.path);
}

async function withWanted(files: CommitFiles, settings: Settings, own: readonly Source[]): Promise<Source[]> {
  const sources = [...own];
  const tried = new Set(own.map((source) => source.path));
  const layers = settings.releases.filter((release) => release.values.some((path) => tried.has(path))).flatMap((release) => release.values);
  for (let more = [...layers, ...wanted(sources)]; ; more = wanted(sources)) {
    const fresh = [...new Set(more.map((path) => posix.normalize(path)))].filter((path) => !tried.has(path));
    if (fresh.length === 0) return sources;
    for (const path of fresh) tried.add(path);
    for (const one of await files.read(fresh)) if ("source" in one) sources.push(one.source);
  }
}

/** Lints one group. Files that were only read along are not among those looked at. */
function lintGroup(group: Group, beside: Beside, engine: Engine): Report {
  const report = lint(group.sources, group.settings, engine, beside);
  return { ...report, files: [...report.files.filter((file) => group.asked.has(file.path)), ...group.looks] };
}

export interface Linted {
  readonly reports: ReadonlyMap<string | null, Report>;
  readonly report: Report;
  readonly failures: readonly Failure[];
}

/** Lints every group; the failure of one is no other's. `base` are the groups before the change, where they are known. */
export function lintGroups(groups: Groups["groups"], base: Groups["groups"] | null, engine: Engine): Linted {
  const reports = new Map<string | null, Report>();
  const failures: Failure[] = [];
  for (const [file, group] of groups) {
    try {
      reports.set(file, lintGroup(group, besideOf(file, base), engine));
    } catch (thrown) {
      failures.push(failureOf(thrown));
    }
  }
  return { reports, report: merged([...reports.values()]), failures };
}

/** What a group is compared with. A group that was not there had no files. */
export function besideOf(file: string | null, base: Groups["groups"] | null): Beside {
  return base === null ? {} : { base: base.get(file)?.sources ?? [] };
}

/** Are two groups the same texts? Then they have the same report. */
export function isSame(one: Group, other: Group | undefined): boolean {
  if (other === undefined || one.sources.length !== other.sources.length) return false;
  return one.sources.every((source, index) => source.path === other.sources[index]?.path && source.text === other.sources[index]?.text);
}
