// A check run is concluded whatever happens to its annotations.

import { afterEach, expect, test } from "vitest";
import { type Annotation, checkRunsOf, concludeCheckRun, describeCheckRun, readCheckRun, startCheckRun } from "../../../service/host/github/check-run.ts";
import { faultOf } from "../../../service/host/github/fault.ts";
import type { How } from "../../github/faults.ts";
import { type Played, played } from "./world.ts";

let now: Played;
afterEach(() => now.fake.close());

const begin = async (): Promise<number> =>
  (await startCheckRun(now.github, now.repository, { name: "natslint", head: now.pull.head.sha, externalId: "pr:1" })).id;
const end = (id: number, batches: readonly (readonly Annotation[])[], actions: readonly { label: string; description: string; identifier: string }[] = []) =>
  concludeCheckRun(now.github, now.repository, id, {
    conclusion: "failure",
    output: { title: "2 errors", summary: "What was found", text: "- more" },
    annotations: batches,
    actions,
  });
const annotations = (count: number): readonly Annotation[] =>
  Array.from({ length: count }, (_, index) => ({
    path: "values.yaml",
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: "failure",
    message: `finding ${index}`,
    title: "some-rule",
  }));
const batches = (...counts: readonly number[]) => counts.map(annotations);
const run = () => now.platform.checkRuns[0]!;
const short = (): string => now.pull.head.sha.slice(0, 7);

test.each([
  [[], 0, 2],
  [[1], 1, 2],
  [[50], 50, 2],
  [[50, 1], 51, 3],
  [Array.from({ length: 10 }, () => 50), 500, 11],
] as const)("batches %j: %i annotations with %i calls", async (counts, total, calls) => {
  now = await played();
  const id = await begin();
  expect(await end(id, batches(...counts))).toBe(0);
  expect(run()).toMatchObject({
    status: "completed",
    conclusion: "failure",
    annotations: { length: total },
    output: { title: "2 errors", summary: "What was found", text: "- more" },
  });
  expect(now.fake.writes()).toHaveLength(calls);
  expect(await readCheckRun(now.github, now.repository, id)).toEqual({
    id,
    head: now.pull.head.sha,
    isCompleted: true,
    conclusion: "failure",
    externalId: "pr:1",
    annotations: total,
  });
});

test("what people see of it", async () => {
  now = await played();
  const id = await begin();
  await describeCheckRun(now.github, now.repository, id, { title: "waiting", summary: "GitHub asked for a pause" });
  await end(id, batches(50, 2), [{ label: "Apply", description: "Applies it", identifier: "apply" }]);
  expect(now.fake.writes()).toEqual([
    `acme/platform@${short()}: check run natslint in_progress`,
    `acme/platform@${short()}: check run natslint in_progress "waiting"`,
    `acme/platform@${short()}: check run natslint in_progress "2 errors", 50 annotations`,
    `acme/platform@${short()}: check run natslint failure "2 errors", 2 annotations`,
  ]);
  expect(run().actions).toHaveLength(1);
});

test.each<[string, How]>([
  ["500", { kind: "status", status: 500 }],
  ["a broken connection before", { kind: "reset", when: "before" }],
  ["a broken connection after", { kind: "reset", when: "after" }],
  ["half an answer", { kind: "truncated" }],
])("%s at any of the batches: it ends, and no annotation stands there twice", async (_name, how) => {
  for (const skip of [0, 1, 2]) {
    now = await played();
    const id = await begin();
    now.fake.fail("PATCH *check-runs*", how, { skip });
    const refused = await end(id, batches(50, 50, 7));
    expect(run()).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(run().annotations.length + refused).toBe(107);
    if (skip < 2) await now.fake.close();
  }
});

test("annotations that GitHub refuses are left out, and counted", async () => {
  now = await played();
  const id = await begin();
  now.fake.fail("PATCH *check-runs*", { kind: "status", status: 422, message: "Invalid request" });
  expect(await end(id, batches(50, 3))).toBe(50);
  expect(run()).toMatchObject({ conclusion: "failure", annotations: { length: 3 } });
});

test("no permission is said, not hidden", async () => {
  now = await played({ permissions: { contents: "read", pull_requests: "write", checks: "read" } });
  expect(faultOf(await begin().catch((thrown: unknown) => thrown))?.kind).toBe("permission");
});

test("only our own runs of that name are found, the newest first", async () => {
  now = await played();
  const { fake, platform, pull, github, repository } = now;
  const first = await begin();
  const second = await begin();
  platform.checkRuns.push({ ...run(), id: fake.state.next(), app: 99 }, { ...run(), id: fake.state.next(), name: "other" });
  const found = await checkRunsOf(github, repository, pull.head.sha, "natslint", fake.app.id);
  expect(found.map(({ id }) => id)).toEqual([second, first]);
});

test("51 annotations in one call, a fourth button or a long label never pass the fake", async () => {
  now = await played();
  const id = await begin();
  const button = { label: "x", description: "x", identifier: "x" };
  for (const work of [
    () => end(id, batches(51)),
    () => end(id, [], [button, button, button, button]),
    () => end(id, [], [{ ...button, label: "x".repeat(21) }]),
  ]) {
    await work().catch(() => undefined);
    expect(now.fake.problems.splice(0).length).toBeGreaterThan(0);
  }
});
