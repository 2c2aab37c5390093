// What a change is guilty of: its head and its base linted by the same settings, and the findings chosen that it brings
// or touches. Runs in the lint thread, because texts from anywhere are parsed here.

import { posix } from "node:path";
import ignore from "ignore";
import { isSettingsName } from "../../host/settings-file.ts";
import type { Finding } from "../../finding/finding.ts";
import { type Engine, lint } from "../../lint.ts";
import { looksRelevant } from "../../model/looks-relevant.ts";
import { provenFixes } from "../../proven-fixes.ts";
import type { ChangedFile } from "../../report/pull-request/changed-file.ts";
import { findingsInScope } from "../../report/pull-request/scope.ts";
import { merged, type Report } from "../../report/report.ts";
import { type Settings, settingsPath } from "../../settings/settings.ts";
import type { FileLook } from "../../source/file-look.ts";
import type { Source } from "../../source/source.ts";
import { wanted } from "../../wanted.ts";
import type { Commit } from "./commit.ts";
import { type CommitSettings, commitSettings } from "./commit-settings.ts";

export interface Change {
  readonly head: Commit;
  /** Where the change went out from; null when that is not known. */
  readonly base: Commit | null;
  /** Whose settings hold: the head's, or of a stranger's change those of the branch it goes to. */
  readonly trusted: Commit;
  /** The changed files with their diffs, where there are any: they tell which lines are touched. */
  readonly files: readonly ChangedFile[];
  /** The paths of all changed files. */
  readonly near: readonly string[];
  /** 2026-11-21 */
  readonly today: string;
}

export interface Judgement {
  readonly report: Report;
  /** The findings of the report that count. */
  readonly findings: readonly Finding[];
  /** Fingerprints of findings whose fix holds. */
  readonly proven: ReadonlySet<string>;
  /** What does not hold in the settings, in sentences with their places. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** Groups of files that natslint failed at. */
  readonly failures: number;
}

/** A repository with more files that may be linted is not read whole: only what lies beside the change. */
const WHOLE = 300;

export async function judge({ head, base, trusted, files, near, today }: Change, engine: Engine): Promise<Judgement> {
  const asked = nearby(head, near);
  const settings = await commitSettings(trusted, asked, engine.rules, today);
  const after = await lintCommit(head, asked, settings, engine);
  const before = base === null ? null : await lintCommit(base, nearby(base, near), settings, engine);
  const notes = base === null ? ["There is nothing to compare with, so everything that was found counts."] : [];
  if (before !== null && before.failures > 0) notes.push("Part of what was there before could not be linted, so that more counts than the change brings.");
  const known = before === null ? null : { ...before.report, findings: before.report.findings.filter(({ suppressed }) => suppressed === null) };
  const findings = findingsInScope(after.report, known, files, base === null ? "all" : "changed");
  const counted = new Set(findings);
  return {
    report: { ...after.report, failing: after.report.failing.filter((one) => counted.has(one)) },
    findings,
    proven: proven(after.groups, new Set(findings.map(({ fingerprint }) => fingerprint)), engine),
    problems: settings.problems,
    notes,
    failures: after.failures,
  };
}

/** All that may be linted, or in a large repository what was changed and what lies in the same folders. */
function nearby(commit: Commit, near: readonly string[]): readonly string[] {
  if (commit.candidates.length <= WHOLE) return commit.candidates;
  const changed = new Set(near);
  const folders = new Set(near.map((path) => posix.dirname(path)));
  const beside = commit.candidates.filter((path) => folders.has(posix.dirname(path)) && !changed.has(path));
  return [...commit.candidates.filter((path) => changed.has(path)), ...beside.slice(0, WHOLE)].sort();
}

interface Group {
  readonly settings: Settings;
  readonly sources: readonly Source[];
  readonly report: Report;
}

async function lintCommit(
  commit: Commit,
  asked: readonly string[],
  settings: CommitSettings,
  engine: Engine,
): Promise<{ readonly report: Report; readonly groups: readonly Group[]; readonly failures: number }> {
  const groups: Group[] = [];
  let failures = 0;
  for (const file of new Set(asked.map(settings.fileFor))) {
    const held = settings.of(file);
    if (held === null) continue;
    const { sources, looks } = await readGroup(
      commit,
      asked.filter((path) => settings.fileFor(path) === file),
      held,
    );
    const own = new Set(sources.map(({ path }) => path));
    const all = await withWanted(commit, sources, held);
    try {
      const report = lint(all, held, engine);
      groups.push({ settings: held, sources: all, report: { ...report, files: [...report.files.filter(({ path }) => own.has(path)), ...looks] } });
    } catch {
      failures++;
    }
  }
  return { report: merged(groups.map(({ report }) => report)), groups, failures };
}

async function readGroup(
  commit: Commit,
  paths: readonly string[],
  settings: Settings,
): Promise<{ readonly sources: readonly Source[]; readonly looks: readonly FileLook[] }> {
  const rules = ignore().add([...settings.ignore]);
  const kept = paths.filter((path) => {
    const below = settingsPath(settings, path);
    return !isSettingsName(path) && !(settings.ignore.length > 0 && ignore.isPathValid(below) && rules.ignores(below));
  });
  const sources: Source[] = [];
  const looks: FileLook[] = [];
  for (const read of await commit.read(kept)) {
    if ("source" in read) sources.push(read.source);
    else {
      const relevant = read.kind === "encoding" ? looksRelevant(read.roughly, read.path) : read.kind !== "empty" && looksRelevant("", read.path);
      looks.push({ path: read.path, state: relevant ? "unreadable" : "irrelevant", why: read.problem });
    }
  }
  return { sources, looks };
}

/** The sources and what belongs to them: layers of releases, and files that only reading reveals. */
async function withWanted(commit: Commit, own: readonly Source[], settings: Settings): Promise<readonly Source[]> {
  const sources = [...own];
  const tried = new Set(own.map(({ path }) => path));
  const layers = settings.releases.filter(({ values }) => values.some((path) => tried.has(path))).flatMap(({ values }) => values);
  for (let more = [...layers, ...wanted(sources)]; ; more = wanted(sources)) {
    const fresh = [...new Set(more.map((path) => posix.normalize(path)))].filter((path) => !tried.has(path));
    if (fresh.length === 0) return sources;
    for (const path of fresh) tried.add(path);
    for (const read of await commit.read(fresh)) if ("source" in read) sources.push(read.source);
  }
}

/** So many files are linted anew for each fix that is tried; of more, only those around it. */
const AROUND = 6;

/** In so many files fixes are tried; each try lints once more. */
const TRIED = 20;

function proven(groups: readonly Group[], counted: ReadonlySet<string>, engine: Engine): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { report, sources, settings } of groups) {
    const matters = (fingerprint: string): boolean => counted.has(fingerprint);
    const paths = new Set(
      report.findings.filter(({ fix, suppressed, fingerprint }) => fix !== undefined && suppressed === null && matters(fingerprint)).map(({ path }) => path),
    );
    if (sources.length <= AROUND) {
      if (paths.size > 0) for (const one of provenFixes(report, sources, settings, engine, matters)) found.add(one);
      continue;
    }
    for (const path of [...paths].slice(0, TRIED)) {
      const some = sources.filter((source) => isAround(source.path, path));
      const own = lint(some, settings, engine);
      for (const one of provenFixes(own, some, settings, engine, matters, 5)) found.add(one);
    }
  }
  return found;
}

/** Does a file lie in the folder of another, or in one above it? */
function isAround(path: string, of: string): boolean {
  const folder = posix.dirname(path);
  return folder === "." || posix.dirname(of) === folder || of.startsWith(`${folder}/`);
}
