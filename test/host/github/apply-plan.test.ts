// Plans applied over real sockets: what stands on the pull request afterwards, whatever a write meets.

import { afterEach, expect, test } from "vitest";
import { type Applied, applyPlan } from "../../../service/host/github/apply-plan.ts";
import type { Identity } from "../../../service/report/pull-request/marker.ts";
import { type Limits, USUAL_LIMITS } from "../../../service/report/pull-request/plan.ts";
import type { How } from "../../github/faults.ts";
import { desired, finding, rule, wanted } from "../../report/pull-request/samples.ts";
import { type Played, played } from "./world.ts";

let now: Played;
afterEach(() => now.fake.close());

/** Findings on lines 3 and 15 in the diff, one on the file, one beside it. */
function found(lines: readonly number[] = [3, 15], { file = true, summary = true } = {}) {
  const one = (line: number, id: string) => finding({ line, fingerprint: id, rule: rule(`rule-${id}`) });
  return [
    ...lines.map((line) => wanted(one(line, `f${line}`))),
    ...(file ? [wanted(one(9, "f9"), { kind: "file" })] : []),
    ...(summary ? [wanted({ ...one(1, "f1"), path: "other.yaml" }, { kind: "summary" })] : []),
  ];
}

const identity = (): Identity => ({
  login: "natslint[bot]",
  isBot: true,
  instance: "main",
  host: "github.com",
  repositoryId: now.platform.id,
  pullRequest: 1,
  keys: ["key"],
});
const apply = (findings = found(), over: Partial<Limits> = {}): Promise<Applied> =>
  applyPlan(now.github, now.repository, 1, desired(findings, { headSha: now.pull.head.sha }), { ...USUAL_LIMITS, identity: identity(), ...over });
const writes = (): string[] => now.fake.writes().map((line) => line.replace(/[0-9a-f]{7},/, "head,"));

/** What people see, without numbers and dates. */
const seen = (): unknown => [
  now.pull.threads.map(({ path, line, comments }) => [path, line, comments.map(({ body }) => body)]).sort(),
  now.pull.comments.map(({ body }) => body),
];

const FIRST = [
  "acme/platform#1: review at head, COMMENT: values.yaml:3, values.yaml:15",
  "acme/platform#1: comment on values.yaml",
  "acme/platform#1: comment",
];

test("first run, second run, a fix, everything fixed", async () => {
  now = await played();
  expect((await apply()).state).toBe("done");
  expect(writes()).toEqual(FIRST);
  await apply();
  expect(writes()).toEqual(FIRST);
  await apply(found([3], { file: false }));
  expect(writes().slice(3)).toEqual([
    "acme/platform#1: delete comment on values.yaml:15",
    "acme/platform#1: delete comment on values.yaml",
    "acme/platform#1: edit comment",
  ]);
  await apply([]);
  expect(writes().slice(6)).toEqual(["acme/platform#1: delete comment on values.yaml:3", "acme/platform#1: edit comment"]);
  expect(now.pull.threads).toEqual([]);
});

const FAULTS: readonly [string, How][] = [
  ["500", { kind: "status", status: 500 }],
  ["a broken connection before the effect", { kind: "reset", when: "before" }],
  ["a broken connection after the effect", { kind: "reset", when: "after" }],
  ["half an answer", { kind: "truncated" }],
];

test.each(FAULTS)("%s at any one write leads to the same end, and nothing twice", async (_name, how) => {
  now = await played();
  await apply();
  const expected = seen();
  for (const skip of [0, 1, 2]) {
    await now.fake.close();
    now = await played();
    now.fake.fail((call) => call.isWrite, how, { skip });
    expect((await apply()).state).toBe("done");
    expect(seen()).toEqual(expected);
  }
});

test.each(FAULTS)("%s at every write from one on: the next run finishes, and nothing stands there twice", async (_name, how) => {
  now = await played();
  await apply();
  const expected = seen();
  for (const skip of [0, 1, 2]) {
    await now.fake.close();
    now = await played();
    const back = now.fake.fail((call) => call.isWrite, how, { skip, times: Number.POSITIVE_INFINITY });
    await apply();
    back();
    expect((await apply()).state).toBe("done");
    expect(seen()).toEqual(expected);
  }
});

test("one comment that GitHub refuses goes to the summary, the others are posted", async () => {
  now = await played();
  const { state, refused } = await apply(found([3, 9, 15]));
  expect([state, [...refused]]).toEqual(["done", ["f9"]]);
  expect(
    now.pull.threads
      .filter(({ subject }) => subject === "LINE")
      .map(({ line }) => line)
      .sort(),
  ).toEqual([15, 3]);
});

test("a review that GitHub refuses whatever is in it ends after few calls, everything in the summary", async () => {
  now = await played();
  now.fake.fail("POST *reviews", { kind: "status", status: 422, message: "Unprocessable Entity" }, { times: Number.POSITIVE_INFINITY });
  const { state } = await apply(found([3, 15]));
  expect(state).toBe("done");
  expect(now.fake.traffic.filter(({ path }) => path.endsWith("/reviews")).length).toBeLessThanOrEqual(7);
  expect(now.pull.comments[0]?.body).toContain("values.yaml");
});

test("a push, a close, in the middle: nothing is written for what is past", async () => {
  for (const happens of [() => now.platform.push("feature", { "values.yaml": "a: 1\n" }), () => now.pull.close()]) {
    now = await played();
    now.fake.fail("graphql *", { kind: "meanwhile", happens: () => void happens() });
    expect((await apply()).state).toBe("superseded");
    expect(writes()).toEqual([]);
    if (now.pull.state === "open") await now.fake.close();
  }
});

test("a locked conversation, 2,500 comments, no permission, an archived repository: stopped, and why", async () => {
  const all: [string, () => void, number][] = [
    ["locked", () => void (now.pull.isLocked = true), 0],
    ["archived", () => void (now.platform.isArchived = true), 0],
    ["crowded", () => void (now.fake.limits.comments = 0), 2],
  ];
  for (const [kind, set, written] of all) {
    now = await played();
    set();
    const { state, fault } = await apply();
    expect([state, fault?.kind, writes().length]).toEqual(["stopped", kind, written]);
    await now.fake.close();
  }
  now = await played({ permissions: { contents: "read", pull_requests: "read", checks: "write" } });
  expect((await apply()).fault?.kind).toBe("permission");
});

const NO: How = { kind: "status", status: 403, message: "Resource not accessible by integration" };

test("reviews are not permitted: the summary lists what would stand on lines and says why; the next run writes nothing", async () => {
  now = await played();
  now.fake.fail("POST *reviews", NO, { times: 9 });
  now.fake.fail("POST */pulls/*/comments", NO, { times: 9 });
  const first = await apply();
  expect([first.state, first.fault, first.denied.length]).toEqual(["done", null, 1]);
  expect(now.pull.threads).toHaveLength(0);
  expect(now.pull.comments).toHaveLength(1);
  const { body } = now.pull.comments[0]!;
  expect(body).toContain("GitHub does not permit natslint new comments on lines here");
  expect([...(first.plan?.told.values() ?? [])].every((told) => told === "summary")).toBe(true);
  const before = writes().length;
  expect((await apply()).state).toBe("done");
  expect(writes().length).toBe(before);
});

test("the summary is not permitted: lines are commented all the same", async () => {
  now = await played();
  now.fake.fail("POST */issues/*/comments", NO, { times: 9 });
  const { state, denied } = await apply();
  expect([state, denied]).toEqual(["done", [expect.stringContaining("no summary comment")]]);
  expect([now.pull.threads.length > 0, now.pull.comments.length]).toEqual([true, 0]);
});

test("changing comments is not permitted: new ones come, old ones stay", async () => {
  now = await played();
  await apply(found([3], { file: false, summary: false }));
  now.fake.fail("DELETE */pulls/comments/*", NO, { times: 9 });
  const { state, denied } = await apply(found([5], { file: false, summary: false }));
  expect([state, denied]).toEqual(["done", [expect.stringContaining("some may be out of date")]]);
  expect(now.pull.threads).toHaveLength(2);
});

test("limits stop it with the seconds to wait", async () => {
  now = await played();
  now.fake.fail("POST *reviews", { kind: "status", status: 403, message: "You have exceeded a secondary rate limit.", headers: { "retry-after": "30" } });
  expect(await apply()).toMatchObject({ state: "stopped", fault: { kind: "secondary-limit", after: 30 } });
  now.fake.limits.calls = 1;
  expect(await apply()).toMatchObject({ state: "stopped", fault: { kind: "primary-limit" } });
});

test("threads that people answered are edited, hidden where that is allowed, and resolved only with the right to it", async () => {
  now = await played();
  await apply(found([3], { file: false, summary: false }));
  now.pull.reply(now.pull.threads[0]!, "dora", "why?");
  const before = writes().length;
  expect((await apply([], { canResolve: true, canMinimize: true })).state).toBe("done");
  expect(writes().slice(before)).toEqual([
    "acme/platform#1: edit comment on values.yaml:3",
    "acme/platform#1: hide comment on values.yaml:3 as RESOLVED",
    expect.stringMatching(/edit comment$/),
  ]);
  expect(now.pull.threads).toHaveLength(1);
});

test("what others wrote is never touched, though it bears our marker", async () => {
  now = await played();
  await apply();
  const [own] = now.pull.comments;
  now.pull.say("mallory", own?.body ?? "");
  now.pull.say("other[bot]", own?.body ?? "");
  await apply([]);
  expect(now.pull.comments.map(({ author, body }) => [author.login, body === own?.body])).toEqual([
    ["natslint[bot]", true],
    ["mallory", expect.any(Boolean)],
    ["other[bot]", expect.any(Boolean)],
  ]);
  expect(now.fake.writes().filter((line) => line.endsWith("#1: edit comment"))).toHaveLength(1);
});

test("comments that were deleted meanwhile are no fault", async () => {
  now = await played();
  await apply();
  now.fake.fail("DELETE *", { kind: "meanwhile", happens: () => now.pull.threads.splice(0) });
  expect((await apply([])).state).toBe("done");
});
