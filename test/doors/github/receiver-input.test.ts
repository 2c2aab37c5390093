// The webhook's route, with every body and header that may come.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync } from "node:zlib";
import type request from "supertest";
import { describe, expect, test } from "vitest";
import { WEBHOOK_PATH } from "../../../service/doors/github/receiver.ts";
import { headersFor, pullRequestEvent, SECRET } from "./events.ts";
import { post, receiver, send } from "./receiving.ts";

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
    // Whoever is still sending when the connection is closed may lose the answer to the reset.
    const head = await once(socket, "data").then(
      ([bytes]) => String(bytes),
      ({ code }: { readonly code?: string }) => `cut off by ${code}`,
    );
    clearInterval(timer);
    expect(head).toMatch(/^HTTP\/1.1 413 |^cut off by (ECONNRESET|EPIPE)$/);
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
