// What a change is guilty of: its head and its base linted by the same settings, and the findings chosen that it brings
// or touches. Whoever has the commits reads for it.

import { posix } from "node:path";
import type { Engine } from "../lint.ts";
import type { ChangedFile } from "../report/pull-request/changed-file.ts";
import { findingsInScope, type Scope } from "../report/pull-request/scope.ts";
import type { Failure } from "../host/failure.ts";
import { merged, type Report } from "../report/report.ts";
import { type CommitFiles, commitFiles, type Keeper, type Known, type ListedFile, type ReadBlobs } from "./commit-files.ts";
import { type Asked, askedPaths, type Group, type Groups, groupsOf, isSame, type Linted, lintGroups, type Unread } from "./commit-groups.ts";
import { type CommitSettings, commitSettings, type Over } from "./commit-settings.ts";
import { certainFixes } from "./certain-fixes.ts";

/** What is asked, as data that another thread can be handed. */
export interface Question {
  readonly head: readonly ListedFile[];
  /** Where the change went out from; null when that is not known. */
  readonly base: readonly ListedFile[] | null;
  /** Whose settings hold: null for the head's, or of a stranger's change those of the branch it goes to. */
  readonly trusted: readonly ListedFile[] | null;
  /** Everything at or below some paths; or near the paths of the changed files, where the repository is too large for all. */
  readonly asked: { readonly kind: "at" | "near"; readonly paths: readonly string[] };
  readonly over: Over;
  /** What counts: `changed` is what the change brings or touches. */
  readonly scope: Scope;
  /** Is anybody going to be offered fixes? Each costs a linting. */
  readonly fixes: boolean;
  /** 2026-11-21 */
  readonly today: string;
  readonly keeper: Keeper;
  /** Blobs that are too hard to lint, and why. */
  readonly hard?: ReadonlyMap<string, string>;
}

/** What is read meanwhile. */
export interface Reads {
  readonly blobs: ReadBlobs;
  /** The changed files, with the diffs of those named at least, where they have any. */
  readonly changed: (paths: ReadonlySet<string>) => Promise<readonly ChangedFile[]>;
}

export interface Judgement {
  /** Everything that is found at the head. */
  readonly all: Report;
  /** What counts: the same, or what the change brings or touches of it. */
  readonly counted: Report;
  readonly scope: Scope;
  /** The fingerprints of the findings that count and whose fix may be offered. */
  readonly proven: ReadonlySet<string>;
  /** What does not hold in the settings, in sentences with their places. */
  readonly problems: readonly string[];
  readonly unread: readonly Unread[];
  /** What natslint failed at. */
  readonly failures: readonly Failure[];
  /** What else people need to know, in sentences. */
  readonly notes: readonly string[];
}

/** The files of the commits that a question is about; what one reads the others know. */
export interface Commits {
  readonly head: CommitFiles;
  readonly base: CommitFiles | null;
  readonly trusted: CommitFiles;
}

export function commitsOf({ head, base, trusted, keeper, hard = new Map() }: Question, readBlobs: ReadBlobs): Commits {
  const known: Known = new Map([...hard].map(([blob, problem]) => [blob, { path: "", kind: "too hard", problem }]));
  const of = (files: readonly ListedFile[]): CommitFiles => commitFiles(files, keeper, readBlobs, known);
  const own = of(head);
  return { head: own, base: base === null ? null : of(base), trusted: trusted === null ? own : of(trusted) };
}

/** Reads what both sides hold, by the settings of the one that is trusted. */
export async function readSides(
  { head, base, trusted }: Commits,
  { asked, over, today }: Question,
  engine: Engine,
): Promise<{ readonly after: Groups; readonly before: Groups | null; readonly settings: CommitSettings }> {
  const wanted = wantedOf(head, asked);
  const settings = await commitSettings(trusted, wanted.found, over, engine.rules, today);
  const after = await groupsOf(head, settings, wanted);
  return { after, before: base === null ? null : await groupsOf(base, settings, wantedOf(base, asked)), settings };
}

export async function judge(question: Question, reads: Reads, engine: Engine): Promise<Judgement> {
  const { after, before, settings } = await readSides(commitsOf(question, reads.blobs), question, engine);
  const linted = lintGroups(after.groups, before?.groups ?? null, engine);
  const { report: all, failures } = linted;
  const notes: string[] = [];
  const found = { all, failures, problems: settings.problems(), unread: after.unread, notes };
  const scope = before === null ? "all" : question.scope;
  if (scope !== question.scope) notes.push("There is nothing to compare with, so everything that was found counts.");
  const counted = before === null || scope === "all" ? all : await inScope(all, reportBefore(before, after, linted, engine, notes), reads);
  return { ...found, scope, counted, proven: question.fixes ? certainFixes(after, before, linted.reports, counted, engine) : new Set() };
}

/** A repository with more files that may be linted is not read whole where only what lies near a change is asked for. */
const WHOLE = 300;

function wantedOf(files: CommitFiles, { kind, paths }: Question["asked"]): Asked {
  if (kind === "at") return askedPaths(files, paths);
  if (files.candidates.length <= WHOLE) return askedPaths(files, ["."]);
  const changed = new Set(paths);
  const folders = new Set(paths.map((path) => posix.dirname(path)));
  const beside = files.candidates.filter((path) => folders.has(posix.dirname(path)) && !changed.has(path));
  const found = [...files.candidates.filter((path) => changed.has(path)), ...beside.slice(0, WHOLE)].sort();
  return { found, named: new Set(), missing: [] };
}

async function inScope(all: Report, before: Report, reads: Reads): Promise<Report> {
  const spoken = new Set(all.findings.flatMap((one) => [one.path, ...one.related.map(({ path }) => path)]));
  const chosen = new Set(findingsInScope(all, before, await reads.changed(spoken), "changed"));
  return { ...all, findings: all.findings.filter((one) => chosen.has(one)), failing: all.failing.filter((one) => chosen.has(one)) };
}

/**
 * What was found before the change: by the same settings, so that a rule which a change switches on does not accuse it of
 * what was there. What was suppressed then and is not any more is new.
 */
function reportBefore(before: Groups, after: Groups, { reports }: Linted, engine: Engine, notes: string[]): Report {
  const known: Report[] = [];
  const others = new Map<string | null, Group>();
  for (const [file, group] of before.groups) {
    const report = isSame(group, after.groups.get(file)) ? reports.get(file) : undefined;
    if (report === undefined) others.set(file, group);
    else known.push(report);
  }
  const { report, failures } = lintGroups(others, null, engine);
  if (failures.length > 0) notes.push("Part of what was there before could not be linted, so that more counts than the change brings.");
  const all = merged([...known, report]);
  return { ...all, findings: all.findings.filter((one) => one.suppressed === null) };
}
