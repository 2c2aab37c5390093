// Random pull requests for properties: findings that come and go, and threads that natslint, people and other programs
// left behind in every condition that GitHub knows.
import fc from "fast-check";
import type { Desired, DesiredFinding } from "../../../service/report/pull-request/desired.ts";
import type { Author, Comment, Existing, Thread } from "../../../service/report/pull-request/existing.ts";
import { fileComment, fixedComment, inlineComment } from "../../../service/report/pull-request/inline-comment.ts";
import { SUMMARY } from "../../../service/report/pull-request/existing.ts";
import { withMarker } from "../../../service/report/pull-request/marker.ts";
import { type Limits, USUAL_LIMITS } from "../../../service/report/pull-request/plan.ts";
import { summaryComment } from "../../../service/report/pull-request/summary.ts";
import { desired, finding, HEAD, rule, wanted } from "./samples.ts";
import { ANNA, commentOf, IDENTITY, threadOf, US } from "./simulation.ts";

export interface Case {
  readonly desired: Desired;
  readonly existing: Existing;
  readonly limits: Limits;
  /** The comments that natslint wrote and nobody changed. */
  readonly unchanged: ReadonlySet<number>;
}

const PATHS = ["a.yaml", "b.yaml", "c.yaml"] as const;
const index = fc.nat({ max: 7 });
const path = fc.constantFrom(...PATHS);
const line = fc.integer({ min: 1, max: 3 });
const OTHER_BOT: Author = { login: "natslint-enterprise[bot]", isBot: true };
const IMPOSTOR: Author = { login: "natslint", isBot: false };

const wantedFinding: fc.Arbitrary<DesiredFinding> = fc
  .record({
    index,
    path,
    line,
    severity: fc.constantFrom("error", "warning", "info"),
    place: fc.constantFrom("inline", "inline", "file", "summary"),
    previousPath: fc.option(path, { freq: 4 }),
    words: fc.constantFrom("few", "many"),
  })
  .map(({ index: number, path: at, line: row, severity, place, previousPath, words }) =>
    wanted(
      finding({ path: at, line: row, severity, fingerprint: `f${number}`, rule: rule(`rule-${number % 2}`), message: `finding f${number} has ${words} words` }),
      place === "inline" ? { kind: place, line: row, startLine: null } : { kind: place },
      { previousPath: previousPath === at ? null : previousPath },
    ),
  );

/** How a thread of natslint's may have been left. */
const condition = fc.record({
  by: fc.constantFrom("us", "us", "us", "us", "impostor", "other bot", "anna", "ghost"),
  marker: fc.constantFrom(
    "ours",
    "ours",
    "ours",
    "ours",
    "ours",
    "fixed",
    "old fixed",
    "other instance",
    "other pull request",
    "other version",
    "above",
    "none",
  ),
  isEdited: chance(8),
  reply: fc.constantFrom(null, null, null, "anna", "us", "other bot"),
  reactions: fc.constantFrom(0, 0, 0, 1),
  isMinimized: chance(8),
  resolvedBy: fc.constantFrom(null, null, null, ANNA, US),
  isOutdated: chance(4),
  line: fc.option(line, { freq: 3 }),
});

function chance(freq: number): fc.Arbitrary<boolean> {
  return fc.nat({ max: freq - 1 }).map((number) => number === 0);
}

function signed(text: string, fingerprint: string, ruleId: string, marker: string, isEdited: boolean): string {
  const identity = { ...IDENTITY, ...(marker === "other instance" && { instance: "canary" }), ...(marker === "other pull request" && { pullRequest: 13 }) };
  const head = marker === "old fixed" ? "f".repeat(40) : HEAD;
  const whole = withMarker(text, { fingerprint, rule: ruleId, head, isFixed: marker.endsWith("fixed") }, identity);
  const body = marker === "other version" ? whole.replace("v=1", "v=9") : marker === "above" ? `${whole}\nand more` : marker === "none" ? text : whole;
  return isEdited ? `Edited: ${body}` : body;
}

const thread = fc
  .tuple(wantedFinding, condition, fc.integer({ min: 1, max: 900 }))
  .map(([about, how, number]): { readonly thread: Thread; readonly isOurs: boolean } => {
    const id = number * 3;
    const { path: at, fingerprint, rule: said } = about.finding;
    const isFixed = how.marker.endsWith("fixed");
    const text = isFixed ? fixedComment(said.id, HEAD, "fixed") : about.place.kind === "inline" ? inlineComment(about) : fileComment(about);
    const author = { us: US, impostor: IMPOSTOR, "other bot": OTHER_BOT, anna: ANNA, ghost: null }[how.by];
    const first = commentOf(id, signed(text, fingerprint, said.id, how.marker, how.isEdited), {
      author,
      reactions: how.reactions,
      isMinimized: how.isMinimized,
    });
    const reply = how.reply === null ? [] : [commentOf(id + 1, "and so?", { author: { anna: ANNA, us: US, "other bot": OTHER_BOT }[how.reply] })];
    const isFile = about.place.kind === "file";
    const row = isFile ? null : how.isOutdated ? null : (how.line ?? about.finding.start.line);
    return {
      thread: threadOf(id, at, row, null, "", {
        subject: isFile ? "file" : "line",
        isOutdated: how.isOutdated,
        resolvedBy: how.resolvedBy,
        comments: [first, ...reply],
      }),
      isOurs: author === US && ["ours", "fixed", "old fixed"].includes(how.marker) && !how.isEdited,
    };
  });

const conversation = fc
  .record({
    by: fc.constantFrom("us", "us", "us", "impostor", "anna"),
    isEdited: chance(6),
    isMinimized: chance(6),
    reactions: fc.constantFrom(0, 0, 0, 1),
    id: fc.integer({ min: 1, max: 900 }),
    says: fc.array(wantedFinding, { maxLength: 2 }),
    hasMarker: fc.boolean(),
  })
  .map(({ by, isEdited, isMinimized, reactions, id, says, hasMarker }): { readonly comment: Comment; readonly isOurs: boolean } => {
    const author = { us: US, impostor: IMPOSTOR, anna: ANNA }[by];
    const text = summaryComment(desired(says), says, 0);
    const body = signed(text, SUMMARY, "", hasMarker ? "ours" : "none", isEdited);
    return { comment: commentOf(id * 3 + 2, body, { author, isMinimized, reactions }), isOurs: author === US && hasMarker && !isEdited };
  });

export const someCase: fc.Arbitrary<Case> = fc
  .record({
    findings: fc.uniqueArray(wantedFinding, { maxLength: 8, selector: ({ fingerprint }) => fingerprint }),
    threads: fc.uniqueArray(thread, { maxLength: 8, selector: (one) => one.thread.id }),
    comments: fc.uniqueArray(conversation, { maxLength: 3, selector: (one) => one.comment.id }),
    unseen: fc.subarray([...PATHS]),
    isComplete: fc.nat({ max: 4 }).map((number) => number > 0),
    limits: fc.record({
      inline: fc.integer({ min: 0, max: 5 }),
      files: fc.integer({ min: 0, max: 3 }),
      canResolve: fc.boolean(),
      canMinimize: fc.boolean(),
      refused: fc.subarray(["f0", "f1"]).map((some) => new Set(some)),
    }),
  })
  .map(({ findings, threads, comments, unseen, isComplete, limits }) => ({
    desired: desired(findings, { unseen: new Set(unseen), isComplete }),
    existing: { threads: threads.map((one) => one.thread), comments: comments.map((one) => one.comment) },
    limits: { ...USUAL_LIMITS, writes: 1_000, identity: IDENTITY, ...limits },
    unchanged: new Set([
      ...threads.filter(({ isOurs }) => isOurs).flatMap((one) => one.thread.comments.slice(0, 1).map(({ id }) => id)),
      ...comments.filter(({ isOurs }) => isOurs).map(({ comment }) => comment.id),
    ]),
  }));
