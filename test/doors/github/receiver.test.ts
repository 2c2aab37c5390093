// The webhook's route: which events make which jobs, and what is answered.
import request from "supertest";
import { describe, expect, test } from "vitest";
import { readJob } from "../../../service/doors/github/job.ts";
import { WEBHOOK_PATH } from "../../../service/doors/github/receiver.ts";
import { isSigned } from "../../../service/doors/github/signature.ts";
import { memoryQueue } from "../../../service/host/queue/memory.ts";
import { QueueUnavailable } from "../../../service/host/queue/queue.ts";
import { BASE, HEAD, headersFor, pullRequestEvent, SECRET } from "./events.ts";
import { post, receiver, send } from "./receiving.ts";

test("GitHub's own test vector", () => {
  const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  expect(isSigned(Buffer.from("Hello, World!"), signature, [SECRET])).toBe(true);
  expect(isSigned(Buffer.from("Hello, World?"), signature, [SECRET])).toBe(false);
});

describe("a signed event", () => {
  test("becomes a job of names and numbers, and is answered with 202", async () => {
    const { app, letters, told } = receiver();
    const answer = await send(app, pullRequestEvent("opened"), { delivery: "guid-1" });
    expect([answer.status, answer.body]).toEqual([202, { queued: 1 }]);
    expect(letters).toEqual([
      {
        key: "api_github_com.42.1001.7",
        id: "guid-1:api_github_com.42.1001.7",
        body: JSON.stringify({
          version: 1,
          host: "api.github.com",
          installation: 42,
          repository: { id: 1001, name: "shop", owner: "acme" },
          reason: "pull_request.opened",
          kind: "pull",
          number: 7,
          again: false,
        }),
      },
    ]);
    expect(letters[0]?.body).not.toMatch(/canary|title/);
    expect(told).toMatchObject([{ status: 202, result: "queued", delivery: "guid-1", event: "pull_request" }]);
    expect(readJob(letters[0]?.body ?? "")).toMatchObject({ kind: "pull", number: 7 });
  });

  test.each(["opened", "synchronize", "reopened", "ready_for_review", "converted_to_draft", "closed"])("pull_request.%s makes a job", async (action) => {
    const { app, letters } = receiver();
    expect((await send(app, pullRequestEvent(action))).status).toBe(202);
    expect(letters).toHaveLength(1);
  });

  test("an edited pull request makes one only when its base changed", async () => {
    const { app, letters } = receiver();
    const text = await send(app, pullRequestEvent("edited", { changes: { title: { from: "x" } } }));
    expect([text.status, text.body]).toEqual([202, { ignored: "only its text was edited" }]);
    await send(app, pullRequestEvent("edited", { changes: { base: { ref: { from: "main" } } } }));
    expect(letters).toHaveLength(1);
  });

  test("a merge group's commit has a job of its own; when the group is gone, another takes its place", async () => {
    const { app, letters } = receiver();
    const event = { ...pullRequestEvent("checks_requested"), merge_group: { head_sha: HEAD, base_sha: BASE, head_ref: "gh-readonly-queue/canary" } };
    await send(app, event, { event: "merge_group" });
    await send(app, { ...event, action: "destroyed" }, { event: "merge_group" });
    const key = `api_github_com.42.1001.mg-${HEAD}`;
    expect(letters.map((one) => [one.key, (JSON.parse(one.body) as { readonly order: string }).order])).toEqual([
      [key, "check"],
      [key, "drop"],
    ]);
  });

  test("checks: again, a button, and those of other Apps", async () => {
    const { app, letters } = receiver();
    const check = (id: number, external: string | null): object => ({ head_sha: HEAD, external_id: external, app: { id } });
    await send(app, { ...pullRequestEvent("rerequested"), check_run: check(5, "pr:7") }, { event: "check_run" });
    await send(app, { ...pullRequestEvent("rerequested"), check_run: check(6, "pr:7") }, { event: "check_run" });
    await send(app, { ...pullRequestEvent("rerequested"), check_suite: check(5, null) }, { event: "check_suite" });
    await send(app, { ...pullRequestEvent("requested_action"), check_run: check(5, "pr:7"), requested_action: { identifier: "fix" } }, { event: "check_run" });
    expect(letters.map(({ body }) => readJob(body))).toMatchObject([
      { kind: "pull", number: 7, again: true },
      { kind: "recheck", head: HEAD },
      { kind: "fix", number: 7, head: HEAD, identifier: "fix", sender: "ada" },
    ]);
  });

  test.each([
    ["an unknown event", pullRequestEvent("opened"), "telepathy"],
    ["an unknown action", pullRequestEvent("dreamt_of"), "pull_request"],
    ["an event named like a property of all objects", pullRequestEvent("opened"), "constructor"],
    ["no action", pullRequestEvent("opened", { action: undefined }), "pull_request"],
    ["no repository", pullRequestEvent("opened", { repository: undefined }), "pull_request"],
    ["a repository of a stranger", pullRequestEvent("opened", { repository: { id: 1, name: "a", owner: { login: "stranger" } } }), "pull_request"],
    ["a number beyond all numbers", pullRequestEvent("opened", { pull_request: { number: 1e300 } }), "pull_request"],
    ["a number that is text", pullRequestEvent("opened", { pull_request: { number: "7" } }), "pull_request"],
    ["a merge group without commits", { ...pullRequestEvent("checks_requested"), merge_group: { head_sha: "HEAD" } }, "merge_group"],
  ])("%s is ignored", async (_, body, event) => {
    const { app, letters } = receiver();
    const answer = await send(app, body, { event });
    expect(answer.status).toBe(202);
    expect(answer.body).toHaveProperty("ignored");
    expect(letters).toEqual([]);
  });

  test("keys that would change all objects change nothing", async () => {
    const { app, letters } = receiver();
    const body = JSON.stringify(pullRequestEvent("opened")).replace("{", '{"__proto__":{"polluted":true},');
    await post(app, body, headersFor(body)).expect(202);
    expect(letters).toHaveLength(1);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("ping is answered with 200", async () => {
    const { app, told } = receiver();
    await send(app, { zen: "Keep it logically awesome.", hook_id: 1 }, { event: "ping" }).expect(200, { ok: true });
    expect(told).toMatchObject([{ result: "ping" }]);
  });

  test("without an installation it is not a GitHub App's", async () => {
    const answer = await send(receiver().app, pullRequestEvent("opened", { installation: undefined }));
    expect([answer.status, answer.body.error]).toEqual([400, "the event names no installation: it is not a GitHub App's webhook"]);
  });

  test("the same delivery a hundred times at once is one job", async () => {
    const queue = memoryQueue();
    const { app } = receiver({ put: queue.put });
    const server = app.listen(0);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => {
        const body = JSON.stringify(pullRequestEvent("opened"));
        return request(server)
          .post(WEBHOOK_PATH)
          .set(headersFor(body, { delivery: "same" }))
          .send(body);
      }),
    );
    server.close();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(answers.filter(({ body }) => body.queued === 1)).toHaveLength(1);
    expect((await queue.depth()).waiting).toBe(1);
  });

  test("the queue away, full or slow: 503, and when to come again", async () => {
    const { app, told } = receiver({
      put: async () => {
        throw new QueueUnavailable("the queue is full");
      },
    });
    const answer = await send(app, pullRequestEvent("opened"));
    expect([answer.status, answer.get("Retry-After"), answer.body]).toEqual([503, "60", { error: "the queue does not take jobs now" }]);
    expect(told).toMatchObject([{ status: 503, result: "unavailable" }]);
  });
});

test("other methods and addresses", async () => {
  const { app } = receiver();
  for (const method of ["get", "put", "delete"] as const) {
    const answer = await request(app)[method](WEBHOOK_PATH);
    expect([answer.status, answer.get("Allow")]).toEqual([405, "POST"]);
  }
  const body = JSON.stringify(pullRequestEvent("opened"));
  await request(app).post(`${WEBHOOK_PATH}/`).set(headersFor(body)).send(body).expect(202);
  await request(app).post(`/prefix${WEBHOOK_PATH}`).set(headersFor(body)).send(body).expect(404);
  await request(app)
    .post(WEBHOOK_PATH)
    .set({ ...headersFor(body), "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil" })
    .send(body)
    .expect(202);
});
