// A commit of a repository on GitHub, judged: trees and blobs are read here, the lint thread does the rest.

import type { Keeper } from "../../commit/commit-files.ts";
import type { Judgement } from "../../commit/judge.ts";
import { mayBeLinted } from "../../host/file-names.ts";
import { readBlobs, readTree } from "../../host/github/contents.ts";
import type { Repository } from "../../host/github/connection.ts";
import type { ChangedFile } from "../../report/pull-request/changed-file.ts";
import { type Desired, desiredOf } from "../../report/pull-request/desired.ts";
import type { Report } from "../../report/report.ts";
import type { Working } from "./service.ts";

export interface Question {
  readonly repository: Repository;
  readonly head: string;
  /** Where the change went out from; null when that is not known. */
  readonly base: string | null;
  /** The commit whose settings hold; null: the head's. */
  readonly trusted: string | null;
  /** The changed files; null: they are found by comparing the trees, and have no diffs. */
  readonly changes: readonly ChangedFile[] | null;
  /** Is the list of changes whole? If not, the trees tell the others. */
  readonly isComplete: boolean;
  /** Are fixes to be offered? */
  readonly fixes: boolean;
}

export interface Judged {
  readonly desired: Desired;
  /** Sentences about what natslint could not do; the check tells the first. */
  readonly faults: readonly string[];
  readonly judgement: Judgement;
}

/** Throws a LintFailure when linting was cut off, and what GitHub refused. */
export async function judgeCommit(working: Working, question: Question): Promise<Judged> {
  const { service } = working;
  const files = question.changes ?? [];
  const notes: string[] = [];
  if (!question.isComplete) notes.push(MANY);
  const judgement =
    // A list that is cut off says nothing of what is beyond it.
    question.isComplete && question.changes?.some(({ path, previousPath }) => mayBeLinted(path) || mayBeLinted(previousPath ?? path)) === false
      ? NOTHING
      : await judged(working, question, files, notes);
  const faults = [
    ...judgement.problems.slice(0, 5).map((problem) => `the settings do not hold: ${problem}`),
    ...judgement.unread
      .filter(({ isHard }) => isHard)
      .slice(0, 5)
      .map(({ path, why }) => `${path}: ${why}`),
    ...(judgement.failures.length > 0 ? ["part of the files could not be judged"] : []),
  ];
  const isComplete = question.isComplete && faults.length === 0 && !notes.includes(CUT);
  const desired = desiredOf({
    headSha: question.head,
    report: judgement.all,
    findings: judgement.counted.findings,
    files,
    proven: judgement.proven,
    isComplete,
    notes: [...notes, ...judgement.notes],
    version: service.version,
  });
  return { desired, faults, judgement };
}

const MANY =
  "This change has more files than GitHub lists; the others were found by comparing the commits, without their lines, and comments on settled findings are left as they are.";
const CUT = "The repository has more files than GitHub lists; what lies beyond was not looked at.";

async function judged(
  { service, github }: Working,
  { repository, head, base, trusted, changes, isComplete, fixes }: Question,
  files: readonly ChangedFile[],
  notes: string[],
): Promise<Judgement> {
  const after = await readTree(github, repository, head);
  const before = base === null ? null : await readTree(github, repository, base);
  const rules = trusted === null ? null : trusted === base ? before : await readTree(github, repository, trusted);
  if (!after.complete || before?.complete === false) notes.push(CUT);
  const known = new Map(before?.files.map(({ path, blob }) => [path, blob] as const));
  const differing = (): string[] => after.files.filter(({ path, blob }) => known.get(path) !== blob).map(({ path }) => path);
  const listed = files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]);
  const near = changes !== null && isComplete ? listed : [...listed, ...differing()];
  const question = {
    head: after.files,
    base: before?.files ?? null,
    trusted: rules?.files ?? null,
    asked: { kind: "near", paths: near },
    over: { config: null, environment: null, failOn: null },
    scope: "changed",
    fixes,
    today: service.today(),
    keeper: GITHUB,
  } as const;
  const sizes = new Map([after, before, rules].flatMap((tree) => tree?.files ?? []).map(({ blob, size }) => [blob, size] as const));
  return service.linter.judge(question, {
    blobs: (names) => readBlobs(github, repository, names, { cache: service.blobs, sizes }),
    changed: () => Promise.resolve(files),
  });
}

/** Nothing that people write for NATS comes near; GitHub's answer takes four times as much while it is read. */
const GITHUB: Keeper = { name: "GitHub", largest: 8 };

const EMPTY: Report = { findings: [], files: [], failing: [], frames: new Map() };
const NOTHING: Judgement = { all: EMPTY, counted: EMPTY, scope: "changed", proven: new Set(), problems: [], unread: [], failures: [], notes: [] };
