// Checks that no list of open pull requests leads to: those of merge groups, of webhooks that were lost, of workers that died.
import { expect, test } from "vitest";
import { sortEvent } from "../../../service/doors/github/events.ts";
import { type Job, keyOf, type MergeJob, readJob, writeJob } from "../../../service/doors/github/job.ts";
import { sweeper } from "../../../service/doors/github/sweeper.ts";
import { startCheckRun } from "../../../service/host/github/check-run.ts";
import { made, said } from "./closing-harness.ts";
import type { Harness } from "./harness.ts";
import { release } from "./platform.ts";

/** A merge group with one fault, and its job. */
async function group(): Promise<{ readonly one: Harness; readonly job: MergeJob }> {
  const one = await made();
  const base = one.repository.branches.get("main") ?? "";
  const head = one.repository.push("gh-readonly-queue/main/pr-1", release("a", "replicas"));
  const { number: _, again: __, ...common } = one.job();
  return { one, job: { ...common, kind: "merge", head, base, order: "check" } };
}

/** The jobs of an event, as the receiver sorts it. */
function sorted({ service }: Harness, event: string, payload: object): readonly Job[] {
  const context = { host: service.host, appId: service.configuration.appId, isServed: () => true };
  const found = sortEvent(event, payload as Readonly<Record<string, unknown>>, context);
  return "jobs" in found ? found.jobs : [];
}

test("a group is checked once; asked for again, by its check or by its suite, it is checked anew", async () => {
  const { one, job } = await group();
  await one.deliver(job);
  await one.deliver(job);
  expect(said(one)).toEqual(["completed failure 1 finding to fix"]);
  const [run] = one.repository.checkRuns;
  const [again] = sorted(one, "check_run", one.fake.payloads.checkRun(one.repository, run!, "rerequested"));
  expect(again).toMatchObject({ kind: "merge", head: job.head, base: job.base, order: "again" });
  await one.deliver(again);
  expect(said(one)).toHaveLength(2);
  const [recheck] = sorted(one, "check_suite", one.fake.payloads.checkSuite(one.repository, job.head));
  await one.deliver(recheck);
  const found: Job[] = [];
  const work = one.service.queue.work(1, async ({ body }) => {
    found.push(readJob(body)!);
    return { kind: "done" };
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await work.stop();
  expect(found).toMatchObject([{ kind: "merge", head: job.head, base: job.base, order: "again" }]);
});

test("a group that is gone: what waits is replaced, what is open is ended, what is finished stays", async () => {
  const { one, job } = await group();
  const drop: MergeJob = { ...job, order: "drop" };
  expect(keyOf(drop)).toBe(keyOf(job));
  expect(readJob(writeJob(drop))).toEqual(drop);
  const github = one.service.app.repository(job.installation, job.repository.id, { checks: "write" });
  await startCheckRun(github, { owner: "acme", name: "platform" }, { name: "natslint", head: job.head, externalId: `mg:${job.base}` });
  await one.deliver(drop);
  expect(said(one)).toEqual(["completed cancelled superseded"]);
  await one.deliver(job);
  await one.deliver(drop);
  expect(said(one)).toEqual(["completed cancelled superseded", "completed failure 1 finding to fix"]);
});

test("the first sweep of a process ends what a killed worker left open on an earlier commit", async () => {
  const one = await made();
  const github = one.service.app.repository(one.job().installation, one.repository.id, { checks: "write" });
  await startCheckRun(github, { owner: "acme", name: "platform" }, { name: "natslint", head: one.pull.head.sha, externalId: `pr:${one.pull.number}` });
  one.repository.push("topic", { "README.md": "more" });
  const sweep = sweeper(one.service);
  await sweep.sweep();
  expect(said(one)).toEqual(["completed cancelled superseded"]);
});

test("webhooks that nobody took are asked for again, a few times; those that nothing is done for are not", async () => {
  const one = await made();
  const nowhere = "http://127.0.0.1:9/";
  const payload = one.fake.payloads.mergeGroup(one.repository, "checks_requested", one.pull.head.sha, one.repository.branches.get("main") ?? "");
  await one.fake.deliver(nowhere, "merge_group", payload, { delivery: "lost" });
  await one.fake.deliver(nowhere, "installation", one.fake.payloads.installation("acme", "created"), { delivery: "of no use" });
  const asked = (): number => one.fake.traffic.filter(({ call }) => call.name.endsWith("/attempts")).length;
  for (let look = 0; look < 6; look++) {
    await one.service.queue.note("swept", null);
    await sweeper(one.service).sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Four attempts with the first.
  expect(asked()).toBe(3);
  expect(one.text()).toContain("webhooks that nobody took were asked for again");
});

test("a log of webhooks that cannot be read keeps nothing else from being swept", async () => {
  const one = await made();
  one.fake.fail("GET /app/hook/deliveries*", { kind: "status", status: 404 }, { times: 9 });
  expect(await sweeper(one.service).sweep()).toBe(1);
});
