// Both commits linted, and the findings chosen that this run answers for.

import type { Repository } from "../../host/git.ts";
import type { Engine } from "../../lint.ts";
import { findingsInScope, type Scope } from "../../report/pull-request/scope.ts";
import { merged, type Report } from "../../report/report.ts";
import { commitFiles, type ReadBlobs } from "./commit-files.ts";
import { askedPaths, type Group, type Groups, groupsOf, isSame, lintGroups } from "./commit-groups.ts";
import { type CommitSettings, commitSettings } from "./commit-settings.ts";
import { changedFiles, type Comparison } from "./comparison.ts";
import { provenFixes } from "../../proven-fixes.ts";
import type { Occasion } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import { UsageError } from "./usage-error.ts";

export interface Judgement {
  /** Everything that is found at the head. */
  readonly all: Report;
  /** What counts: the same, or what the change brings or touches of it. */
  readonly counted: Report;
  readonly scope: Scope;
  /** What could not be checked though it had to be, in sentences: the run fails with 2. */
  readonly problems: readonly string[];
  /** What natslint failed at; the run fails with 3. */
  readonly failures: readonly unknown[];
  /** The fingerprints of the findings that count and whose fix may be offered. Costs a linting each. */
  readonly proven: () => ReadonlySet<string>;
  /** What else people need to know, in sentences. */
  readonly notes: readonly string[];
}

interface Asking {
  readonly repository: Repository;
  readonly occasion: Occasion;
  readonly comparison: Comparison;
  readonly inputs: Inputs;
  readonly engine: Engine;
  /** 2026-11-21 */
  readonly today: string;
}

export async function judge({ repository, occasion, comparison, inputs, engine, today }: Asking): Promise<Judgement> {
  const blobs: ReadBlobs = new Map();
  const notes = [...comparison.notes];
  const head = await commitFiles(repository, comparison.head, blobs);
  const asked = askedPaths(head, inputs.paths);
  if (asked.missing.length > 0)
    throw new UsageError(`the input paths names ${asked.missing.join(", ")}, which the commit does not have; paths start at the repository's root`);
  const isStrange = occasion.pullRequest?.fork === true || occasion.event === "pull_request_target";
  if (isStrange && comparison.target === null) throw new UsageError("settings for a fork's pull request come from its base, which is not known");
  const trusted = isStrange && comparison.target !== null ? await commitFiles(repository, comparison.target, blobs) : head;
  const settings = await commitSettings(trusted, inputs, engine.rules, today, foldersOf(asked.found));
  const groups = await groupsOf(head, settings, asked);
  const { reports, report, failures } = lintGroups(groups.groups, engine);
  const all = inputs.failOn === "never" ? { ...report, failing: [] } : report;

  const scope = inputs.scope ?? (occasion.pullRequest !== null || occasion.event === "merge_group" ? "changed" : "all");
  const unread = groups.unread.filter(
    (one) => scope === "all" || one.named || comparison.base === null || comparison.changes.some((change) => change.path === one.path),
  );
  const provenOf = (counted: Report) => (): ReadonlySet<string> => proven(groups, reports, counted, engine);
  const found = { all, notes, failures, problems: [...settings.problems(), ...unread.map((one) => `${one.path}: ${one.why}`)] };
  if (scope === "all" || comparison.base === null) {
    if (scope === "changed") notes.push("There is nothing to compare with, so everything that was found counts.");
    return { ...found, scope: "all", counted: all, proven: provenOf(all) };
  }
  const spoken = new Set(all.findings.flatMap((one) => [one.path, ...one.related.map(({ path }) => path)]));
  const files = await changedFiles(repository, comparison.changes, spoken);
  const base = await reportBefore({ repository, comparison, inputs, engine, settings, blobs }, groups, reports, notes);
  const chosen = new Set(findingsInScope(all, base, files, scope));
  const counted = { ...all, findings: all.findings.filter((one) => chosen.has(one)), failing: all.failing.filter((one) => chosen.has(one)) };
  return { ...found, scope, counted, proven: provenOf(counted) };
}

interface Before extends Pick<Asking, "repository" | "comparison" | "inputs" | "engine"> {
  readonly settings: CommitSettings;
  readonly blobs: ReadBlobs;
}

/**
 * What was found before the change: by the same settings, so that a rule which a change switches on does not accuse it of
 * what was there. What was suppressed then and is not any more is new.
 */
async function reportBefore(
  { repository, comparison, blobs, settings, inputs, engine }: Before,
  head: Groups,
  reports: ReadonlyMap<string | null, Report>,
  notes: string[],
): Promise<Report> {
  const files = await commitFiles(repository, comparison.base ?? comparison.head, blobs);
  const { groups } = await groupsOf(files, settings, askedPaths(files, inputs.paths));
  const known: Report[] = [];
  const others = new Map<string | null, Group>();
  for (const [file, group] of groups) {
    const report = isSame(group, head.groups.get(file)) ? reports.get(file) : undefined;
    if (report === undefined) others.set(file, group);
    else known.push(report);
  }
  const { report, failures } = lintGroups(others, engine);
  if (failures.length > 0) notes.push("Part of what was there before could not be linted, so that more counts than the change brings.");
  const all = merged([...known, report]);
  return { ...all, findings: all.findings.filter((one) => one.suppressed === null) };
}

function proven({ groups }: Groups, reports: ReadonlyMap<string | null, Report>, counted: Report, engine: Engine): Set<string> {
  const wanted = new Set(counted.findings.map(({ fingerprint }) => fingerprint));
  const found = new Set<string>();
  for (const [file, { sources, settings }] of groups) {
    const report = reports.get(file);
    if (report === undefined) continue;
    for (const one of provenFixes(report, sources, settings, engine, (fingerprint) => wanted.has(fingerprint))) found.add(one);
  }
  return found;
}

function* foldersOf(paths: readonly string[]): Generator<string> {
  for (const path of paths) yield path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}
