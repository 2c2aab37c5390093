// Every row of the table of the reconciler, one by one, in words.
import { describe, expect, test } from "vitest";
import type { DesiredFinding } from "../../../service/report/pull-request/desired.ts";
import { type Comment, type Existing, SUMMARY, type Thread } from "../../../service/report/pull-request/existing.ts";
import { inlineComment } from "../../../service/report/pull-request/inline-comment.ts";
import { withMarker } from "../../../service/report/pull-request/marker.ts";
import { type Limits, plan, USUAL_LIMITS, type Write } from "../../../service/report/pull-request/plan.ts";
import { summaryComment } from "../../../service/report/pull-request/summary.ts";
import { desired, finding, HEAD, wanted } from "./samples.ts";
import { ANNA, applied, commentOf, EMPTY, IDENTITY, threadOf, US } from "./simulation.ts";

const limits: Limits = { ...USUAL_LIMITS, identity: IDENTITY };
const inline = wanted(finding());
const onFile = wanted(finding(), { kind: "file" });
const elsewhere = wanted(finding(), { kind: "summary" });

/** A thread as natslint leaves it. */
function standing(one: DesiredFinding, over: Partial<Thread> = {}, first: Partial<Comment> = {}, id = 1): Thread {
  const body = withMarker(inlineComment(one), { fingerprint: one.fingerprint, rule: one.finding.rule.id, head: HEAD, isFixed: false }, IDENTITY);
  const thread = threadOf(id, one.finding.path, one.finding.start.line, null, body, over);
  return { ...thread, comments: [{ ...commentOf(id, body), ...first }, ...thread.comments.slice(1)] };
}

function replied(thread: Thread): Thread {
  return { ...thread, comments: [...thread.comments, commentOf(500, "is that so?", { author: ANNA })] };
}

/** What is written about threads; the summary has its own tests. */
function writes(
  findings: readonly DesiredFinding[],
  threads: readonly Thread[],
  over: Partial<Limits> = {},
  how: Parameters<typeof desired>[1] = {},
): string[] {
  return plan(desired(findings, how), { threads, comments: [] }, { ...limits, ...over })
    .writes.filter(({ kind }) => !kind.endsWith("summary"))
    .map(brief);
}

function brief(write: Write): string {
  if (write.kind === "create review") return `review ${write.comments.map(({ path, line }) => `${path}:${line}`).join(" ")}`;
  if (write.kind === "create file comment") return `file ${write.path}`;
  if (write.kind === "resolve thread") return `resolve ${write.threadId}`;
  if (write.kind === "minimize comment") return `hide ${write.nodeId}`;
  return `${write.kind.split(" ")[0]} ${"id" in write ? write.id : ""}`.trim();
}

describe("a finding on a line of the diff", () => {
  test("without a comment gets one", () => expect(writes([inline], [])).toEqual(["review values.yaml:4"]));
  test("with the same comment is left", () => expect(writes([inline], [standing(inline)])).toEqual([]));
  test("that reads otherwise now has its comment edited", () => {
    const now = wanted(finding({ message: "1 replica cannot keep a quorum" }));
    expect(writes([now], [standing(inline)])).toEqual(["edit 1"]);
  });
  test.each([
    ["outdated", { isOutdated: true, line: null }],
    ["on another line", { line: 9 }],
    ["on another file", { path: "other.yaml" }],
    ["on the deleted side", { side: "LEFT" }],
    ["over several lines", { startLine: 2 }],
    ["on the file as a whole", { subject: "file", line: null }],
  ] as const)("whose comment is %s gets a new one before the old one goes", (_, over) =>
    expect(writes([inline], [standing(inline, over)])).toEqual(["review values.yaml:4", "delete 1"]),
  );
  test("whose comment moved and has an answer keeps it, and it says where the line is now", () => {
    const made = plan(desired([inline]), { threads: [replied(standing(inline, { line: 9 }))], comments: [] }, limits);
    expect(made.writes[0]).toMatchObject({ kind: "edit review comment", id: 1, body: expect.stringContaining("This is now about `values.yaml:4`.") });
    expect(made.told.get(inline.finding)).toBe("inline");
  });
  test("whose comment moved and has a reaction keeps it too", () =>
    expect(writes([inline], [standing(inline, { line: 9 }, { reactions: 1 })])).toEqual(["edit 1"]));
  test("that natslint took for fixed and that is back gets a new comment", () => {
    const body = withMarker("fixed", { fingerprint: "f0", rule: "some-rule", head: "f".repeat(40), isFixed: true }, IDENTITY);
    expect(writes([inline], [replied(threadOf(1, "values.yaml", 4, null, body))])).toEqual(["review values.yaml:4"]);
    expect(writes([inline], [replied(standing(inline, { resolvedBy: US }))])).toEqual(["review values.yaml:4"]);
  });
});

describe("what people did stays", () => {
  test.each([
    ["resolved", standing(inline, { resolvedBy: ANNA })],
    ["hid", standing(inline, {}, { isMinimized: true })],
  ])("a comment that somebody %s is left, and no other is made", (_, thread) => {
    const made = plan(desired([inline]), { threads: [thread], comments: [] }, limits);
    expect(made.told.get(inline.finding)).toBe("acknowledged");
    expect(made.writes.map(({ kind }) => kind)).toEqual(["create summary"]);
    expect(writes([], [thread])).toEqual([]);
  });
  test("a comment that somebody changed is neither edited nor deleted", () => {
    const [own] = standing(inline).comments;
    const changed = standing(inline, { line: 9 }, { body: `Nonsense. ${own?.body ?? ""}` });
    expect(writes([inline], [changed])).toEqual([]);
    expect(writes([], [changed], { canResolve: true, canMinimize: true })).toEqual([]);
  });
  test("a comment of a deleted account is nobody's", () => expect(writes([], [standing(inline, {}, { author: null })])).toEqual([]));
});

describe("a finding that is gone", () => {
  test("takes its comment with it", () => expect(writes([], [standing(inline)])).toEqual(["delete 1"]));
  test("leaves a comment that has an answer, edited", () => {
    const made = plan(desired([]), { threads: [replied(standing(inline))], comments: [] }, limits);
    expect(made.writes).toMatchObject([
      { kind: "edit review comment", id: 1, body: expect.stringMatching(/^`some-rule`: fixed in 0123456789ab\.\n\n<!-- natslint .* t=fixed /) },
    ]);
  });
  test.each([
    ["suppressed", "suppressed in 0123456789ab."],
    ["not its own", "as of 0123456789ab not brought by this pull request."],
  ] as const)("may be %s, and the answered comment says so", (why, said) => {
    const made = plan(desired([], { others: new Map([["f0", why]]) }), { threads: [replied(standing(inline))], comments: [] }, limits);
    expect(made.writes).toMatchObject([{ body: expect.stringContaining(`\`some-rule\`: ${said}`) }]);
  });
  test("has the thread hidden and resolved where that is allowed", () =>
    expect(writes([], [replied(standing(inline))], { canResolve: true, canMinimize: true })).toEqual(["edit 1", "hide node-1", "resolve thread-1"]));
  test("is not fought over: what people opened again at a later head stays open", () => {
    const body = withMarker("fixed", { fingerprint: "f0", rule: "some-rule", head: "f".repeat(40), isFixed: true }, IDENTITY);
    expect(writes([], [replied(threadOf(1, "values.yaml", 4, null, body))], { canResolve: true, canMinimize: true })).toEqual([]);
  });
  test("may only be out of sight: the comment stays when its file was not checked", () =>
    expect(writes([], [standing(inline)], {}, { unseen: new Set(["values.yaml"]) })).toEqual([]));
  test("may only be out of sight: all stay when the list of files is not complete", () =>
    expect(writes([], [standing(inline)], {}, { isComplete: false })).toEqual([]));
});

describe("a finding on no line of the diff", () => {
  test("in a changed file is told on the file", () => expect(writes([onFile], [])).toEqual(["file values.yaml"]));
  test("in another file is told in the summary", () => {
    const made = plan(desired([elsewhere]), EMPTY, limits);
    expect(made.writes).toMatchObject([{ kind: "create summary", body: expect.stringContaining("On no line of this pull request: 1") }]);
  });
  test.each([onFile, elsewhere])("keeps the thread that it has, and is listed as well", (one) => {
    const made = plan(desired([one]), { threads: [standing(inline, { isOutdated: true, line: null })], comments: [] }, limits);
    expect(made.writes.map(({ kind }) => kind)).toEqual(["create summary"]);
    expect(made.told.get(one.finding)).toBe("summary");
  });
});

describe("several comments about one finding", () => {
  test("are one: the oldest stays", () => expect(writes([inline], [standing(inline, {}, {}, 7), standing(inline, {}, {}, 3)])).toEqual(["delete 7"]));
  test("are one: that with an answer stays", () =>
    expect(writes([inline], [standing(inline, {}, {}, 3), replied(standing(inline, {}, {}, 7))])).toEqual(["delete 3"]));
  test("are two when both have answers", () =>
    expect(writes([inline], [replied(standing(inline, {}, {}, 3)), replied(standing(inline, {}, {}, 7))])).toEqual([]));
});

describe("what is not natslint's", () => {
  const body = standing(inline).comments[0]?.body ?? "";
  test.each([
    ["a person's copy", { body, author: ANNA }],
    ["a person of the same name", { body, author: { login: "natslint", isBot: false } }],
    ["another program's", { body, author: { login: "natslint-two[bot]", isBot: true } }],
    ["a marker in the middle", { body: `${body}\n\nas it said` }],
    ["another instance's", { body: body.replace("i=main", "i=canary") }],
    ["another version's", { body: body.replace("v=1", "v=2") }],
    ["a changed fingerprint", { body: body.replace("fp=f0", "fp=f9") }],
    ["an unsigned one", { body: body.replace(/ m=\w+/, "") }],
    [
      "one for another pull request",
      { body: withMarker("x", { fingerprint: "f0", rule: "some-rule", head: HEAD, isFixed: false }, { ...IDENTITY, pullRequest: 13 }) },
    ],
    [
      "one signed by another key",
      { body: withMarker("x", { fingerprint: "f0", rule: "some-rule", head: HEAD, isFixed: false }, { ...IDENTITY, keys: ["other"] }) },
    ],
  ])("is never touched: %s", (_, first) => expect(writes([], [standing(inline, {}, first)])).toEqual([]));

  test("an older key is taken while it is configured", () =>
    expect(writes([], [standing(inline)], { identity: { ...IDENTITY, keys: ["new key", ...IDENTITY.keys] } })).toEqual(["delete 1"]));
  test("of two markers the last line counts", () => {
    const two = withMarker(`quoted:\n${body}`, { fingerprint: "f1", rule: "some-rule", head: HEAD, isFixed: false }, IDENTITY);
    expect(writes([inline], [standing(inline, {}, { body: two })])).toEqual(["review values.yaml:4", "delete 1"]);
  });
  test("without keys, as in an Action, author and marker decide", () => {
    const identity = { ...IDENTITY, keys: [], login: "github-actions[bot]" };
    const own = withMarker("x", { fingerprint: "f0", rule: "some-rule", head: HEAD, isFixed: false }, identity);
    expect(own).not.toContain(" m=");
    const by = (login: string): Thread => standing(inline, {}, { body: own, author: { login, isBot: true } });
    expect(writes([], [by("github-actions")], { identity })).toEqual(["delete 1"]);
    expect(writes([], [by("dependabot")], { identity })).toEqual([]);
  });
});

describe("many findings", () => {
  const many = Array.from({ length: 60 }, (_, index) => wanted(finding({ fingerprint: `f${index}`, line: index + 1, message: `number ${index}.` })));
  test("are told inline as far as the cap goes, the gravest first, and the rest in the summary", () => {
    const first = plan(desired(many), EMPTY, limits);
    expect(first.writes.map(({ kind }) => kind)).toEqual(["create review", "create summary"]);
    expect(first.writes[0]).toMatchObject({ comments: { length: 25 } });
    const state = applied(EMPTY, first);
    expect(plan(desired(many), state, limits).writes).toEqual([]);
    const fewer = plan(desired(many.slice(10)), state, limits);
    expect(fewer.writes[0]).toMatchObject({ kind: "create review", comments: { length: 10 } });
  });
  test("of which GitHub refused some are told in the summary", () => {
    const made = plan(desired([inline]), EMPTY, { ...limits, refused: new Set(["f0"]) });
    expect(made.writes.map(({ kind }) => kind)).toEqual(["create summary"]);
    expect(made.told.get(inline.finding)).toBe("summary");
  });
});

describe("a renamed file", () => {
  const renamed = wanted(finding({ path: "new.yaml", fingerprint: "f9" }), undefined, { previousPath: "values.yaml" });
  test("takes its comments along", () => expect(writes([renamed], [standing(inline)])).toEqual(["review new.yaml:4", "delete 1"]));
  test("does not ask again what people resolved", () => expect(writes([renamed], [standing(inline, { resolvedBy: ANNA })])).toEqual([]));
});

describe("the summary", () => {
  const text = summaryComment(desired([elsewhere]), [elsewhere], 0);
  const own = (id: number, over: Partial<Comment> = {}, of = text): Comment =>
    commentOf(id, withMarker(of, { fingerprint: SUMMARY, rule: "", head: "f".repeat(40), isFixed: false }, IDENTITY), over);
  const kinds = (findings: readonly DesiredFinding[], comments: readonly Comment[]): string[] =>
    plan(desired(findings), { threads: [], comments } satisfies Existing, limits).writes.map(brief);

  test("is not written when there is nothing to say", () => expect(kinds([], [])).toEqual([]));
  test("is written once", () => expect(kinds([elsewhere], [])).toEqual(["create"]));
  test("is left for a new head that changes nothing", () => expect(kinds([elsewhere], [own(1)])).toEqual([]));
  test("says that all is clear in the end", () =>
    expect(plan(desired([]), { threads: [], comments: [own(1)] }, limits).writes).toMatchObject([
      { kind: "edit summary", body: expect.stringContaining("all clear") },
    ]));
  test("that stands twice loses the younger", () => expect(kinds([elsewhere], [own(5), own(2)])).toEqual(["delete 5"]));
  test("that somebody hid is left, and no other is made", () =>
    expect(kinds([inline, elsewhere], [own(1, { isMinimized: true })])).toEqual(["review values.yaml:4"]));
  test("that somebody changed is left, and no other is made", () => expect(kinds([elsewhere], [own(1, { body: `Hm. ${own(1).body}` })])).toEqual([]));
  test("that somebody deleted is written anew", () => expect(kinds([elsewhere], [commentOf(1, "hello", { author: ANNA })])).toEqual(["create"]));
  test("of somebody else's making is nobody's business", () => expect(kinds([elsewhere], [own(1, { author: ANNA })])).toEqual(["create"]));
});
