// What natslint would like a pull request to say: each finding with the place where a comment may stand on it.
// Nothing here knows what stands there already.

import type { Finding } from "../../finding/finding.ts";
import type { FileLook } from "../../source/file-look.ts";
import type { Report } from "../report.ts";
import { type ChangedFile, type Hunk, hunksOf, linesInOneHunk } from "./changed-file.ts";
import { hasSecret } from "./sanitise.ts";
import { suggestionOf } from "./suggestion.ts";

export interface Desired {
  /** The commit that was linted. */
  readonly headSha: string;
  /** The gravest first. */
  readonly findings: readonly DesiredFinding[];
  /** The findings among them that fail the run. */
  readonly failing: number;
  readonly suppressed: number;
  /** Files that hold something for natslint and were read. */
  readonly linted: number;
  /** Files of the pull request that were not checked, or not wholly. */
  readonly unchecked: readonly FileLook[];
  /** All paths where this run may have missed findings: a comment there is not taken for settled. */
  readonly unseen: ReadonlySet<string>;
  /** The findings that this pull request does not answer for, by fingerprint. */
  readonly others: ReadonlyMap<string, "suppressed" | "not its own">;
  /** Is every file known that the pull request changes? If not, no comment is taken for settled. */
  readonly isComplete: boolean;
  /** What else people need to know, in sentences. */
  readonly notes: readonly string[];
  /** Natslint's own. */
  readonly version: string;
}

export interface DesiredFinding {
  readonly finding: Finding;
  /** The finding's own, with a number behind it should several have the same. */
  readonly fingerprint: string;
  readonly place: CommentPlace;
  /** The path of the file before the pull request renamed it. */
  readonly previousPath: string | null;
  /** The lines that the comment offers in place of its own. */
  readonly suggestion: string | null;
}

/** Where a comment on a finding may stand. `startLine` is null for one line. */
export type CommentPlace =
  | { readonly kind: "inline"; readonly line: number; readonly startLine: number | null }
  | { readonly kind: "file" }
  | { readonly kind: "summary" };

export interface Judged {
  readonly headSha: string;
  readonly report: Report;
  /** Which of the report's findings count here: `findingsInScope`. */
  readonly findings: readonly Finding[];
  readonly files: readonly ChangedFile[];
  /** The fingerprints of the findings whose fix holds: `provenFixes`. */
  readonly proven: ReadonlySet<string>;
  /** Was the list of changed files read to its end, and each of them that matters? */
  readonly isComplete: boolean;
  readonly notes: readonly string[];
  readonly version: string;
}

export function desiredOf({ headSha, report, findings, files, proven, isComplete, notes, version }: Judged): Desired {
  const counted = findings.filter((finding) => finding.suppressed === null);
  const failing = new Set(report.failing);
  const changed = new Map(files.map((file) => [file.path, { file, hunks: hunksOf(file.patch) }] as const));
  const offered = new Set<string>();
  const own = new Set(counted);
  const others = report.findings.filter((finding) => !own.has(finding));
  const unchecked = uncheckedOf(report);
  return {
    headSha,
    findings: numbered(counted)
      .map(({ finding, fingerprint }): DesiredFinding => {
        const { file, hunks } = changed.get(finding.path) ?? { hunks: [] };
        const place = placeOf(finding, file, hunks);
        const line = `${finding.path}:${finding.start.line}`;
        // Of two suggestions for one line only one can be applied.
        const suggestion =
          place.kind !== "inline" || offered.has(line) || !proven.has(finding.fingerprint) ? null : suggestionOf(finding, hunks, report.frames);
        if (suggestion !== null) offered.add(line);
        return { finding, fingerprint, place, previousPath: file?.previousPath ?? null, suggestion };
      })
      .sort(compareDesired),
    failing: counted.filter((finding) => failing.has(finding)).length,
    suppressed: findings.length - counted.length,
    linted: report.files.filter(({ state }) => state === "linted").length,
    unchecked: unchecked.filter(({ path }) => changed.has(path)),
    unseen: new Set(unchecked.map(({ path }) => path)),
    others: new Map(others.map(({ fingerprint, suppressed }) => [fingerprint, suppressed === null ? "not its own" : "suppressed"] as const)),
    isComplete,
    notes,
    version,
  };
}

/** Findings with a fingerprint of their own each: should any be equal, they are numbered in the order of the report. */
export function numbered(findings: readonly Finding[]): readonly { readonly finding: Finding; readonly fingerprint: string }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    return { finding, fingerprint: count === 1 ? finding.fingerprint : `${finding.fingerprint}-${count}` };
  });
}

function placeOf(finding: Finding, file: ChangedFile | undefined, hunks: readonly Hunk[]): CommentPlace {
  // A path that holds a secret is sent nowhere.
  if (file === undefined || file.status === "removed" || file.patch === null || hasSecret(file.path)) return { kind: "summary" };
  const { start, end } = finding;
  // The end is exclusive: at the first column of a line, that line is not meant.
  const last = end.line > start.line && end.column === 1 ? end.line - 1 : end.line;
  if (linesInOneHunk(hunks, start.line, last) !== null) return { kind: "inline", line: last, startLine: last > start.line ? start.line : null };
  if (linesInOneHunk(hunks, start.line, start.line) !== null) return { kind: "inline", line: start.line, startLine: null };
  return { kind: "file" };
}

/** Rules that say of a file that the rest of it could not be read. */
const BROKEN: ReadonlySet<string> = new Set(["yaml-invalid", "conf-parse-error"]);

/** The files that may hold findings which this run could not see. */
function uncheckedOf(report: Report): FileLook[] {
  const broken = new Set(report.findings.filter(({ rule }) => BROKEN.has(rule.id)).map(({ path }) => path));
  return report.files.flatMap((file) => {
    if (broken.has(file.path)) return [{ ...file, why: file.why ?? "it has a mistake that hides what is behind it" }];
    return file.state === "unreadable" || file.state === "not-understood" ? [file] : [];
  });
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

function compareDesired(a: DesiredFinding, b: DesiredFinding): number {
  return (
    RANK[a.finding.severity] - RANK[b.finding.severity] ||
    compareText(a.finding.path, b.finding.path) ||
    a.finding.start.line - b.finding.start.line ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
