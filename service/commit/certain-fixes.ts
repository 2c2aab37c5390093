// The fixes that a change may be offered: proven ones of findings that count, tried as far as there is time for it.

import { posix } from "node:path";
import { type Beside, type Engine, lint } from "../lint.ts";
import { provenFixes } from "../proven-fixes.ts";
import type { Report } from "../report/report.ts";
import type { Source } from "../source/source.ts";
import { besideOf, type Group, type Groups } from "./commit-groups.ts";

/** So many files are linted anew for each fix that is tried; of more, only those around it. */
const AROUND = 6;

/** In so many files fixes are tried; each try lints once more. */
const TRIED = 20;

/** Fingerprints. */
export function certainFixes(
  after: Groups,
  before: Groups | null,
  reports: ReadonlyMap<string | null, Report>,
  counted: Report,
  engine: Engine,
): ReadonlySet<string> {
  const found = new Set<string>();
  const wanted = new Set(counted.findings.filter(({ fix, suppressed }) => fix !== undefined && suppressed === null).map(({ fingerprint }) => fingerprint));
  for (const [file, group] of after.groups) {
    const report = reports.get(file);
    if (report === undefined || !report.findings.some(({ fingerprint }) => wanted.has(fingerprint))) continue;
    for (const one of ofGroup(group, besideOf(file, before?.groups ?? null), report, wanted, engine)) found.add(one);
  }
  return found;
}

function* ofGroup({ sources, settings }: Group, beside: Beside, report: Report, wanted: ReadonlySet<string>, engine: Engine): Generator<string> {
  const matters = (fingerprint: string): boolean => wanted.has(fingerprint);
  if (sources.length <= AROUND) {
    yield* provenFixes(report, sources, settings, engine, { matters, beside });
    return;
  }
  const paths = new Set(report.findings.filter(({ fingerprint }) => wanted.has(fingerprint)).map(({ path }) => path));
  for (const path of [...paths].slice(0, TRIED)) {
    const around = (all: readonly Source[]): Source[] => all.filter((source) => isAround(source.path, path));
    const some = around(sources);
    const narrow = beside.base === undefined ? {} : { base: around(beside.base) };
    yield* provenFixes(lint(some, settings, engine, narrow), some, settings, engine, { matters, most: 5, beside: narrow });
  }
}

/** Does a file lie in the folder of another, or in one above it? */
function isAround(path: string, of: string): boolean {
  const folder = posix.dirname(path);
  return folder === "." || posix.dirname(of) === folder || of.startsWith(`${folder}/`);
}
