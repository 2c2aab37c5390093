// A commit of a repository on GitHub, judged: trees and blobs are read here, the lint thread does the rest.

import { readBlobs, readTree } from "../../host/github/contents.ts";
import type { Repository } from "../../host/github/connection.ts";
import { faultOf } from "../../host/github/fault.ts";
import type { ChangedFile } from "../../report/pull-request/changed-file.ts";
import { type Desired, desiredOf } from "../../report/pull-request/desired.ts";
import { mayBeLinted } from "./commit.ts";
import type { Judgement } from "./judge.ts";
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
  /** Is the list of changes whole? */
  readonly isComplete: boolean;
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
  if (!question.isComplete) notes.push("This change has more files than GitHub lists; comments on settled findings are left as they are.");
  const judgement =
    question.changes?.some(({ path, previousPath }) => mayBeLinted(path) || mayBeLinted(previousPath ?? path)) === false
      ? NOTHING
      : await judged(working, question, files, notes);
  const faults = [
    ...judgement.problems.slice(0, 5).map((problem) => `the settings do not hold: ${problem}`),
    ...(judgement.failures > 0 ? ["part of the files could not be judged"] : []),
  ];
  const { report, findings, proven } = judgement;
  const isComplete = question.isComplete && faults.length === 0 && !notes.includes(CUT);
  const desired = desiredOf({
    headSha: question.head,
    report,
    findings,
    files,
    proven,
    isComplete,
    notes: [...notes, ...judgement.notes],
    version: service.version,
  });
  return { desired, faults, judgement };
}

const CUT = "The repository has more files than GitHub lists; what lies beyond was not looked at.";

async function judged(
  { service, github }: Working,
  { repository, head, base, trusted, changes }: Question,
  files: readonly ChangedFile[],
  notes: string[],
): Promise<Judgement> {
  const after = await readTree(github, repository, head);
  const before = base === null ? null : await readTree(github, repository, base);
  const rules = trusted === null ? null : trusted === base ? before : await readTree(github, repository, trusted);
  if (!after.complete || before?.complete === false) notes.push(CUT);
  const known = new Map(before?.files.map(({ path, blob }) => [path, blob] as const));
  const near =
    changes === null
      ? after.files.filter(({ path, blob }) => known.get(path) !== blob).map(({ path }) => path)
      : files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]);
  const request = { head: after.files, base: before?.files ?? null, trusted: rules?.files ?? null, files, near, today: service.today() };
  return service.linter.judge(request, async (blobs) => {
    try {
      return await readBlobs(github, repository, blobs, { cache: service.blobs });
    } catch (thrown) {
      if (faultOf(thrown)?.kind !== "missing") throw thrown;
      return await oneByOne(blobs);
    }
  });

  /** A blob that GitHub does not give is told of its file; it keeps no other from being read. */
  async function oneByOne(blobs: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const read = new Map<string, Uint8Array>();
    for (const blob of blobs) {
      try {
        for (const [name, bytes] of await readBlobs(github, repository, [blob], { cache: service.blobs })) read.set(name, bytes);
      } catch (thrown) {
        if (faultOf(thrown)?.kind !== "missing") throw thrown;
      }
    }
    return read;
  }
}

const NOTHING: Judgement = {
  report: { findings: [], files: [], failing: [], frames: new Map() },
  findings: [],
  proven: new Set(),
  problems: [],
  notes: [],
  failures: 0,
};
