// The webhook's route, with every body and header that may come.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync } from "node:zlib";
import express, { type Express } from "express";
import request from "supertest";
import { describe, expect, test } from "vitest";
import { isSigned } from "../../../service/doors/github/signature.ts";
import { mountReceiver, type Received, WEBHOOK_PATH } from "../../../service/doors/github/receiver.ts";
import { readJob } from "../../../service/doors/github/job.ts";
import { memoryQueue } from "../../../service/host/queue/memory.ts";
import { type Letter, QueueUnavailable } from "../../../service/host/queue/queue.ts";
import { BASE, HEAD, headersFor, pullRequestEvent, SECRET } from "./events.ts";

interface Around {
  readonly secrets?: readonly string[];
  readonly put?: (letter: Letter) => Promise<"queued" | "duplicate">;
  readonly largest?: number;
}

function receiver({ secrets = [SECRET], put, largest }: Around = {}): { readonly app: Express; readonly letters: Letter[]; readonly told: Received[] } {
  const app = express();
  const letters: Letter[] = [];
  const told: Received[] = [];
  mountReceiver(app, {
    host: "api.github.com",
    appId: 5,
    isServed: ({ owner }) => owner !== "stranger",
    secrets,
    put: put ?? (async (letter) => (letters.push(letter), "queued")),
    told: (one) => told.push(one),
    ...(largest === undefined ? {} : { largest }),
  });
  return { app, letters, told };
}

const post = (app: Express, body: string | Uint8Array, headers: Record<string, string>): request.Test =>
  // superagent would make JSON of a Buffer otherwise: the bytes are to go as they are.
  request(app)
    .post(WEBHOOK_PATH)
    .set(headers)
    .serialize((sent) => sent as unknown as string)
    .send(body as string);

const send = (app: Express, event: object, sent: Parameters<typeof headersFor>[1] = {}): request.Test => {
  const body = JSON.stringify(event);
  return post(app, body, headersFor(body, sent));
};

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

  test("a merge group's commit has a job of its own; one that is gone has none", async () => {
    const { app, letters } = receiver();
    const event = { ...pullRequestEvent("checks_requested"), merge_group: { head_sha: HEAD, base_sha: BASE, head_ref: "gh-readonly-queue/canary" } };
    await send(app, event, { event: "merge_group" });
    await send(app, { ...event, action: "destroyed" }, { event: "merge_group" });
    expect(letters.map(({ key }) => key)).toEqual([`api_github_com.42.1001.mg-${HEAD}`]);
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

describe("a body that is none", () => {
  test.each([
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"x"'],
    ["a number", "7"],
    ["no JSON", "{"],
    ["JSON with a byte order mark", "\ufeff{}"],
  ])("%s: 400", async (_, body) => {
    const { app, letters } = receiver();
    await post(app, body, headersFor(body)).expect(400, { error: "the body is no JSON object" });
    expect(letters).toEqual([]);
  });

  test("an empty object is an event of which nothing is known", async () => {
    await send(receiver().app, {}).expect(202);
  });

  test("bytes that are no UTF-8, rightly signed: 400", async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    await post(receiver().app, body, headersFor(body)).expect(400, { error: "the body is no JSON object" });
  });

  test("a body as large as may be, and one byte more", async () => {
    const { app, told } = receiver({ largest: 1000 });
    const body = JSON.stringify(pullRequestEvent("opened"));
    const fits = body + " ".repeat(1000 - Buffer.byteLength(body));
    await post(app, fits, headersFor(fits)).expect(202);
    await post(app, `${fits} `, headersFor(`${fits} `)).expect(413, { error: "the body is larger than 25 MB" });
    expect(told.at(-1)).toMatchObject({ status: 413, result: "refused" });
  });

  test("25 MB are taken", async () => {
    const body = JSON.stringify(pullRequestEvent("opened")).padEnd(25 * 1024 * 1024 - 100);
    await post(receiver().app, body, headersFor(body)).expect(202);
  });

  test("a body without end is cut off", async () => {
    const server = createServer(receiver({ largest: 100_000 }).app).listen(0);
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port);
    socket.on("error", () => undefined);
    socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const timer = setInterval(() => socket.write(`4000\r\n${"x".repeat(0x4000)}\r\n`), 1);
    const [head] = (await once(socket, "data")) as [Buffer];
    clearInterval(timer);
    expect(head.toString()).toMatch(/^HTTP\/1.1 413 /);
    await Promise.race([once(socket, "close"), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    socket.destroy();
    server.close();
  });

  test.each(["gzip", "deflate", "br"])("compressed by %s: 415", async (encoding) => {
    const body = gzipSync(JSON.stringify(pullRequestEvent("opened")));
    const answer = await post(receiver().app, body, { ...headersFor(body), "Content-Encoding": encoding });
    expect([answer.status, answer.body.error]).toEqual([415, "the body must not be compressed: the signature is over its bytes"]);
  });
});

describe("headers", () => {
  const body = JSON.stringify(pullRequestEvent("opened"));
  const other = (over: Record<string, string>): request.Test => post(receiver().app, body, { ...headersFor(body), ...over });

  test.each(["application/x-www-form-urlencoded", "text/plain", "application/jsonp", "nonsense"])("content type %s: 415, and the cure", async (type) => {
    const answer = await other({ "Content-Type": type });
    expect([answer.status, answer.body.error]).toEqual([415, "the webhook's content type has to be application/json: change it in the App's settings"]);
  });

  test("a charset beside the content type, and names in capitals, do no harm", async () => {
    await other({ "Content-Type": "application/json; charset=utf-8" }).expect(202);
    const headers = Object.fromEntries(Object.entries(headersFor(body)).map(([name, value]) => [name.toUpperCase(), value]));
    await post(receiver().app, body, headers).expect(202);
  });

  const right = createHmac("sha256", SECRET).update(body).digest("hex");
  test.each([
    ["empty", ""],
    ["SHA-1 only", `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`],
    ["too short", `sha256=${right.slice(1)}`],
    ["too long", `sha256=${right}0`],
    ["in capitals", `sha256=${right.toUpperCase()}`],
    ["no digits", `sha256=${"z".repeat(64)}`],
    ["doubled", `sha256=${right}, sha256=${right}`],
    ["of another secret", headersFor(body, { secret: "other" })["X-Hub-Signature-256"] ?? ""],
    ["of another spelling of the body", headersFor(JSON.stringify(JSON.parse(body), null, 1))["X-Hub-Signature-256"] ?? ""],
  ])("a signature that is %s: 401", async (_, signature) => {
    const { app, letters, told } = receiver();
    await post(app, body, { ...headersFor(body), "X-Hub-Signature-256": signature }).expect(401, { error: "the signature does not fit the secret" });
    expect(letters).toEqual([]);
    expect(JSON.stringify(told)).not.toContain("canary");
  });

  test("no signature: 401", async () => {
    const { "X-Hub-Signature-256": _, ...headers } = headersFor(body);
    await post(receiver().app, body, headers).expect(401);
  });

  test("while a secret is rotated, both hold", async () => {
    const { app } = receiver({ secrets: ["new", "old"] });
    await post(app, body, headersFor(body, { secret: "old" })).expect(202);
    await post(app, body, headersFor(body, { secret: "new" })).expect(202);
    await post(app, body, headersFor(body, { secret: "older" })).expect(401);
  });

  test.each(["X-GitHub-Event", "X-GitHub-Delivery"])("%s missing, or no name: 400", async (name) => {
    const { [name]: _, ...headers } = headersFor(body);
    await post(receiver().app, body, headers).expect(400);
    await post(receiver().app, body, { ...headers, [name]: "a b" }).expect(400);
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
