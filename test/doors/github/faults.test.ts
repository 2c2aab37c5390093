// What the worker does when GitHub, the queue or a file is not as it should be: row by row, and after a death at any call.
import { describe, expect, test } from "vitest";
import { readJob } from "../../../service/doors/github/job.ts";
import { handleDelivery } from "../../../service/doors/github/worker.ts";
import type { How } from "../../github/faults.ts";
import { made, said } from "./closing-harness.ts";
import type { Harness } from "./harness.ts";
import { release } from "./platform.ts";

const comments = ({ pull }: Harness): number => pull.threads.length;
const status = (code: number, message: string, headers: Record<string, string> = {}): How => ({ kind: "status", status: code, message, headers });

describe("GitHub refuses", { timeout: 30_000 }, () => {
  test.each([
    [
      "the hourly limit is used up",
      status(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 100) }),
    ],
    ["a secondary limit with a time", status(429, "You have exceeded a secondary rate limit", { "retry-after": "90" })],
    ["a secondary limit by its text", status(403, "You have exceeded a secondary rate limit")],
  ])("%s: the job is put off, the whole installation rests, the check says that it waits", async (_, how) => {
    const one = await made();
    one.fake.fail("POST *reviews", how);
    const outcome = await one.deliver();
    expect(outcome.kind).toBe("put off");
    expect((outcome as { after: number }).after).toBeGreaterThan(55_000);
    expect(said(one)).toEqual(["in_progress null waiting"]);
    const before = one.fake.traffic.length;
    expect((await one.deliver(one.job({ number: 99 }))).kind).toBe("put off");
    expect(one.fake.traffic.length).toBe(before);
    await one.service.queue.note(`hold.${one.service.host.replace(/[^A-Za-z0-9_-]/g, "_")}.${one.job().installation}`, null);
    expect((await one.deliver()).kind).toBe("done");
    expect(said(one)).toEqual(["completed failure 2 findings to fix, 1 more to look at"]);
    expect(comments(one)).toBe(3);
  });

  test("a secondary limit again and again: the rest doubles", async () => {
    const one = await made();
    one.fake.fail("GET */pulls/1", status(403, "You have exceeded a secondary rate limit"), { times: 3 });
    const rests: number[] = [];
    for (let time = 0; time < 3; time++) {
      const outcome = await one.deliver();
      rests.push(Math.round((outcome as { after: number }).after / 60_000));
      await one.service.queue.note(`hold.${one.service.host.replace(/[^A-Za-z0-9_-]/g, "_")}.${one.job().installation}`, null);
    }
    expect(rests).toEqual([1, 2, 4]);
  });

  test.each([
    ["the installation is suspended", "POST /app/installations/*", status(403, "This installation has been suspended")],
    ["the App was uninstalled, or the repository taken away", "POST /app/installations/*", status(404, "Not Found")],
    ["the pull request is gone", "GET */pulls/1", status(404, "Not Found")],
    ["the repository is archived", "POST *check-runs", status(403, "Repository was archived so is read-only.")],
    [
      "an IP allow list",
      "GET */pulls/1",
      status(403, "Although you appear to have the correct authorization credentials, the organization has an IP allow list enabled"),
    ],
    ["SAML", "GET */pulls/1", status(403, "Resource protected by organization SAML enforcement")],
    ["checks may not be written", "POST *check-runs", status(403, "Resource not accessible by integration")],
  ])("%s: the job ends", async (_, call, how) => {
    const one = await made();
    one.fake.fail(call, how, { times: 9 });
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(comments(one)).toBe(0);
    expect(said(one).filter((line) => line.startsWith("in_progress"))).toEqual([]);
  });

  test("the App's key was revoked: the job comes again, and the service doubts its key", async () => {
    const one = await made();
    one.fake.fail("POST /app/installations/*", status(401, "A JSON web token could not be decoded"), { times: 9 });
    expect(await one.deliver()).toEqual({ kind: "failed" });
    expect(one.doubts()).toBe(1);
  });

  test("comments are not permitted: the check alone tells it, and for an hour nobody asks again", async () => {
    const one = await made({}, { permissions: { metadata: "read", contents: "read", pull_requests: "read", checks: "write" } });
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(said(one)).toEqual(["completed failure 2 findings to fix, 1 more to look at"]);
    expect(one.repository.checkRuns[0]?.output.summary).toContain("natslint may not comment here");
    const before = one.fake.traffic.length;
    await one.deliver(one.job({ again: true }));
    expect(one.fake.traffic.slice(before).filter(({ call }) => /reviews|issues|graphql/.test(call.name))).toEqual([]);
  });

  test("the conversation is locked: the check alone tells it", async () => {
    const one = await made();
    one.pull.isLocked = true;
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(comments(one)).toBe(0);
    expect(one.repository.checkRuns[0]?.output.summary).toContain("The conversation is locked");
  });
});

describe("the pull request changes meanwhile", { timeout: 30_000 }, () => {
  test.each([
    ["while it is linted", "GET */compare/*"],
    ["while comments are written", "POST *check-runs"],
  ])("a push %s: no comment, and the old check is cancelled", async (_, call) => {
    const one = await made();
    const old = one.pull.head.sha;
    one.fake.fail(call, { kind: "meanwhile", happens: () => void one.repository.push("topic", release("a", "debug")) });
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(comments(one)).toBe(0);
    expect(one.repository.checkRuns.map(({ head, conclusion }) => [head === old, conclusion])).toEqual([[true, "cancelled"]]);
    await one.deliver();
    expect(comments(one)).toBe(1);
  });

  test("it is closed: the check is cancelled", async () => {
    const one = await made();
    one.fake.fail("GET */compare/*", { kind: "meanwhile", happens: () => one.pull.close() });
    await one.deliver();
    expect(said(one)).toEqual(["completed cancelled superseded"]);
    expect(comments(one)).toBe(0);
  });

  test("a worker died and its job was replaced: the check that it left open is ended", async () => {
    const one = await made();
    one.fake.fail("GET */compare/*", status(500, "x"), { times: 9 });
    expect(await one.deliver()).toEqual({ kind: "failed" });
    expect(said(one)).toEqual(["in_progress null null"]);
    one.repository.push("topic", release("a", "trace"));
    one.fake.fail("GET */compare/*", { kind: "delay", milliseconds: 0 }, { times: 0 });
    while ((await one.deliver()).kind === "failed");
    expect(said(one)).toEqual(["completed cancelled superseded", "completed failure 1 finding to fix"]);
  });

  test("the repository was renamed and is archived", async () => {
    const one = await made();
    const rename = (name: string): void => {
      one.fake.state.rename(one.repository, name);
      for (const { repositories } of one.fake.installations.values()) (repositories as string[]).splice(0, 1, `acme/${name}`);
    };
    one.fake.fail("GET */pulls/1", { kind: "meanwhile", happens: () => rename("stage") });
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(comments(one)).toBe(3);
    one.repository.isArchived = true;
    const before = one.fake.writes().length;
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(one.fake.writes()).toHaveLength(before);
  });
});

describe("a fault at any call", { timeout: 120_000 }, () => {
  test("the job comes again until it is done, and all is as if nothing had been", async () => {
    const calm = await made();
    await calm.deliver();
    const calls = calm.fake.traffic.length;
    const want = (one: Harness): unknown => ({
      checks: said(one).filter((line) => !line.includes("cancelled")),
      comments: comments(one),
      conversation: one.pull.comments.length,
    });
    for (let at = 0; at < calls; at++) {
      const one = await made();
      const how: How = at % 2 === 0 ? { kind: "reset", when: "after" } : { kind: "status", status: 502 };
      one.fake.fail(() => true, how, { skip: at, times: 4 });
      const outcomes: string[] = [];
      for (let attempt = 1; attempt <= 5; attempt++) {
        const { kind } = await one.deliver(one.job(), attempt);
        outcomes.push(kind);
        if (kind === "done") break;
      }
      expect(outcomes.at(-1), `call ${at}: ${outcomes.join()} ${one.text()}`).toBe("done");
      expect(want(one), `call ${at}`).toEqual(want(calm));
      const before = one.fake.writes().length;
      await one.deliver();
      expect(one.fake.writes().length, `call ${at}: a run too many writes nothing`).toBe(before);
    }
  });
});

describe("jobs that cannot be done", { timeout: 30_000 }, () => {
  test.each(["", "null", "[]", '"x"', '{"version":2}', '{"version":1,"kind":"constructor"}'])("%j is a dead letter", async (body) => {
    const one = await made();
    expect(readJob(body)).toBeNull();
    expect(await handleDelivery(one.service, { key: "x", body, attempt: 1 })).toEqual({
      kind: "dead",
      why: "it is no job, or one of another version of natslint",
    });
  });

  test("a job of another GitHub is a dead letter", async () => {
    expect((await (await made()).deliver({ ...(await made()).job(), host: "ghe.example" })).kind).toBe("dead");
  });

  test("a job that failed too often ends its check, and is a dead letter", async () => {
    const one = await made();
    one.fake.fail("GET */compare/*", status(500, "x"), { times: 4 });
    await one.deliver();
    expect(await one.deliver(one.job(), 7)).toEqual({ kind: "dead", why: "it failed 6 times" });
    expect(said(one)).toEqual(["completed failure natslint failed"]);
    expect(one.repository.checkRuns[0]?.output.summary).toContain("internal error");
  });

  test("somebody else works on it: put off", async () => {
    const one = await made();
    const lease = await one.service.queue.lease(`${one.service.host.replace(/[^A-Za-z0-9_-]/g, "_")}.${one.repository.id}.pr-1`);
    expect(await one.deliver()).toEqual({ kind: "put off", after: 2_000 });
    await lease?.release();
    expect((await one.deliver()).kind).toBe("done");
  });

  test("the lease is lost: nothing more is written", async () => {
    const one = await made();
    const lost = new AbortController();
    const service = { ...one.service, queue: { ...one.service.queue, lease: async () => ({ lost: lost.signal, release: async () => undefined }) } };
    one.fake.fail("GET */compare/*", { kind: "meanwhile", happens: () => lost.abort() });
    const outcome = await handleDelivery(service, { key: "x", body: JSON.stringify(one.job()), attempt: 1 });
    expect(outcome).toEqual({ kind: "put off", after: 2_000 });
    expect(one.fake.writes()).toHaveLength(1);
  });
});
