// What comes in that is no good review, and what the table of the specification answers: lines 26 to 39 of the fault list.
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SERVICE } from "./api-server-like.ts";
import { BAD_RULE, bad, configMap, good, helmRelease, type Loose, review, statefulSet } from "./reviews.ts";
import { type Served, serve } from "./serve.ts";

let served: Served;
beforeAll(async () => {
  // Its own process: what makes large bodies here would hold up its connections there.
  served = await serve({ process: true });
});
afterAll(async () => {
  await served?.stop();
});

const BOM = "\ufeff";

describe("26 a body that is no review is refused with 400 and a sentence", () => {
  const whole = JSON.stringify(review(good()));
  test.each([
    ["empty body", ""],
    ["not JSON", "hello password=hunter2"],
    ["JSON array", "[]"],
    ["number", "1"],
    ["null", "null"],
    ["wrong kind", JSON.stringify({ ...review(good()), kind: "ConversionReview" })],
    ["v1beta1", JSON.stringify({ ...review(good()), apiVersion: "admission.k8s.io/v1beta1" })],
    ["two documents", whole + whole],
    ["BOM", BOM + whole],
    ["trailing garbage", `${whole}x`],
    ["half a body", whole.slice(0, whole.length / 2)],
    ["no UTF-8", Buffer.concat([Buffer.from(whole.slice(0, 20)), Buffer.from([0xff, 0xfe]), Buffer.from(whole.slice(20))])],
  ])("26 %s", async (_name, body) => {
    const { status, headers, text } = await served.post(body);
    expect(status).toBe(400);
    expect(headers["content-type"]).toMatch(/^text\/plain/);
    expect(headers).not.toHaveProperty("retry-after");
    expect(text).toMatch(/^the /);
    expect(text).not.toContain("hunter2");
  });

  test("26 duplicate keys: the last one counts, as for every reader of JSON", async () => {
    const sent = review(bad());
    const body = JSON.stringify(sent).replace('"dryRun"', '"operation":"CREATE","dryRun"');
    const { status, text } = await served.post(body);
    expect([status, JSON.parse(text).response.allowed]).toEqual([200, false]);
  });
});

describe("27 a review in which something is missing", () => {
  test.each([
    ["missing uid", review(good(), null, { uid: undefined })],
    ["empty uid", review(good(), null, { uid: "" })],
    ["object null on CREATE", review(good(), null, { object: null })],
    ["both null on UPDATE", review(good(), good(), { object: null, oldObject: null })],
    ["no old object on UPDATE", review(good(), null, { operation: "UPDATE" })],
    ["unknown operation", review(good(), null, { operation: "DREAM" })],
    ["an object that is a text", review(good(), null, { object: "hello" })],
    ["no kind", review(good(), null, { kind: undefined })],
    ["no request", { ...review(good()), request: undefined }],
  ])("27 %s is refused", async (_name, sent) => {
    expect((await served.post(JSON.stringify(sent))).status).toBe(400);
  });

  test.each([
    ["DELETE with the old object only", review(null, bad())],
    ["DELETE with neither", review(null, bad(), { oldObject: null, kind: { kind: "StatefulSet" } })],
    ["CONNECT", review({ kind: "PodExecOptions", apiVersion: "v1" }, null, { operation: "CONNECT", subResource: "exec" })],
    ["a status", review(bad(), bad(), { subResource: "status" })],
  ])("27 %s is allowed: no rule is about it", async (_name, sent) => {
    expect(await served.ask(sent)).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
  });
});

test("28 a Scale says a number; without its workload it is let through with a warning that it was not judged", async () => {
  const scale = (replicas: number): Loose => ({
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { name: "nats", namespace: "production" },
    spec: { replicas },
  });
  for (const replicas of [2, 0]) {
    const sent = review(scale(replicas), scale(3), { subResource: "scale", resource: { group: "apps", version: "v1", resource: "statefulsets" } });
    const response = await served.ask(sent);
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { result: "unresolved" } });
    expect(response.warnings[0]).toMatch(/^\[unresolved\] scale\/nats : statefulset\/nats \(the scale\) is not known/);
  }
});

describe("29 size and pace", () => {
  test("29 a 5 MB object that has nothing to do with NATS is allowed, one that has is not judged and says so", async () => {
    const large = (name: string): Loose => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, namespace: "a" },
      data: { text: "abcdefghij ".repeat(500_000) },
    });
    expect(await served.ask(review(large("shop")))).toMatchObject({ allowed: true, warnings: ["[natslint] the object is too large or too deep to be judged"] });
  });

  test.each([
    ["8 MB and a byte", 8 * 1024 * 1024 + 1],
    ["24 MB", 24 * 1024 * 1024],
  ])("29 %s is answered by the uid at its beginning", async (_name, size) => {
    const sent = review(good());
    const text = JSON.stringify(sent);
    const body = `${text.slice(0, -1)}${" ".repeat(size - text.length)}}`;
    const response = JSON.parse((await served.post(body)).text).response;
    expect(response).toMatchObject({ uid: sent.request.uid, allowed: true, auditAnnotations: { result: "error" } });
    expect(response.warnings).toEqual(["[natslint] the review is too large to be judged"]);
  });

  test("29 without a uid it is 413", async () => {
    expect((await served.post(" ".repeat(9 * 1024 * 1024))).status).toBe(413);
  });

  test("29 a body in chunks without a length is read", async () => {
    const sent = review(bad());
    const { status, text } = await served.post(JSON.stringify(sent), { headers: { "Transfer-Encoding": "chunked" } });
    expect([status, JSON.parse(text).response.allowed]).toEqual([200, false]);
  });

  test("29 a length that lies, a client that leaves in the middle: nobody else notices", async () => {
    for (const head of ["Content-Length: 10\r\n", "Content-Length: 100000\r\n"])
      await new Promise<void>((resolve) => {
        const socket = connect({ port: served.port, host: "127.0.0.1", ca: served.authority.certificate, servername: SERVICE }, () => {
          socket.write(`POST /v1/admit HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${head}\r\n${JSON.stringify(review(good()))}`);
          setTimeout(() => socket.destroy(), 100);
        });
        socket.on("close", () => resolve()).on("error", () => undefined);
      });
    expect(await served.ask(review(good()))).toMatchObject({ allowed: true });
  });
});

test("29 a body of one byte a second is given up after half a minute, and nobody waits for it meanwhile", { timeout: 60_000 }, async () => {
  const began = performance.now();
  let said = "";
  const socket = connect({ port: served.port, host: "127.0.0.1", ca: served.authority.certificate, servername: SERVICE }).on("error", () => undefined);
  socket.setEncoding("utf8").on("data", (text: string) => (said += text));
  socket.write("POST /v1/admit HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
  const drip = setInterval(() => socket.write(" "), 1_000);
  const closed = new Promise((resolve) => socket.on("close", resolve));
  expect(await served.ask(review(bad()))).toMatchObject({ allowed: false });
  expect(performance.now() - began).toBeLessThan(10_000);
  await closed;
  clearInterval(drip);
  expect(said).toMatch(/^(HTTP\/1\.1 408 |$)/);
  expect(performance.now() - began).toBeGreaterThan(25_000);
  expect(performance.now() - began).toBeLessThan(45_000);
});

describe("30 headers, methods and addresses", () => {
  const body = JSON.stringify(review(good()));
  test.each([
    ["gzip", 415, { headers: { "Content-Encoding": "gzip" } }],
    ["wrong content type", 415, { headers: { "Content-Type": "text/plain" } }],
    ["charset suffix", 200, { headers: { "Content-Type": "application/json; charset=utf-8" } }],
    ["GET", 405, { method: "GET" }],
    ["unknown path", 404, { path: "/v1/mutate" }],
    ["path in capitals", 404, { path: "/V1/ADMIT" }],
  ])("30 %s is %i", async (_name, status, how) => {
    expect((await served.post(body, how as never)).status).toBe(status);
  });
});

describe("31 deep nesting", () => {
  test.each([10_000, 100_000])("31 %i levels are not judged, and no stack overflows", async (depth) => {
    const sent = review({ ...good(), deep: 1 });
    const body = JSON.stringify(sent).replace('"deep":1', `"deep":${"[".repeat(depth)}${"]".repeat(depth)}`);
    const { status, text } = await served.post(body);
    expect(status).toBe(200);
    expect(JSON.parse(text).response).toMatchObject({ allowed: true, auditAnnotations: { result: "error" } });
    expect(await served.ask(review(bad()))).toMatchObject({ allowed: false });
  });
});

test("32 a list of digits of 1 MB ends within the time, and the next review is judged", { timeout: 60_000 }, async () => {
  const sent = review(good({ spec: { digits: Array(500_000).fill(1) } }));
  const { status } = await served.post(JSON.stringify(sent));
  expect([200, 500]).toContain(status);
  expect(await served.ask(review(bad()))).toMatchObject({ allowed: false });
});

describe("33 texts that are hard to tell", () => {
  test("33 half a surrogate pair, NUL and control characters are judged like everything else", async () => {
    const name = "a\ud800b\u0000c\u0007\u009fd\u2028e";
    for (const more of [{ metadata: { annotations: { note: name } } }, { pod: { nodeName: `${name}\nsecond line\n` } }]) {
      const body = JSON.stringify(review(bad(more)));
      const response = JSON.parse((await served.post(body)).text).response;
      expect(response.allowed).toBe(false);
      expect(response.status.details.causes).toMatchObject([{ reason: BAD_RULE, field: "spec.replicas" }]);
    }
  });

  test("33 a finding with 10 KB of text and line ends in it is cut and stands in one line", async () => {
    const response = await served.ask(review(helmRelease({ [`x\t\n\u0007${"long ".repeat(100)}`]: 1, config: { [`y\n${"z".repeat(800)}`]: 1 } })));
    const warnings = response.warnings.filter((warning: string) => warning.startsWith("[values-unknown-key]"));
    expect(warnings).toHaveLength(2);
    for (const warning of warnings) expect(warning).toMatch(/^\S+ helmrelease\/nats spec\.values/);
  });
});

test("34 keys that would change all objects are keys like others", async () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const sent = review(bad({ metadata: { labels: { app: "nats", [key]: "1" } } }));
    const body = JSON.stringify(sent).replace('"metadata":{', `"metadata":{"${key}":{"polluted":true},`);
    expect(JSON.parse((await served.post(body)).text).response.allowed).toBe(false);
    const about = JSON.stringify(review(good())).replace('"request":{', `"request":{"uid":"u","${key}":{"kind":"x"},`);
    expect((await served.post(about)).status).toBe(200);
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("35 an object without a name, to be made from generateName, is judged", async () => {
  const { name: _, ...metadata } = { ...bad().metadata, generateName: "nats-" };
  expect(await served.ask(review({ ...bad(), metadata }, null, { name: "" }))).toMatchObject({ allowed: false });
});

test.each(["1s", "30s", "0s", "abc", "-1s", "99999999s", ""])("36 timeout=%s is answered in time", async (timeout) => {
  const began = performance.now();
  const response = await served.ask(review(bad()), { path: `/v1/admit?timeout=${timeout}` });
  expect(response.allowed).toBe(false);
  expect(performance.now() - began).toBeLessThan(2_500);
});

test("37 500 findings are one message, 50 causes, few warnings", async () => {
  const users = Array.from({ length: 500 }, (_, index) => ({ user: `u${index}`, password: `<< 1e5x${index} >>` }));
  const unknown = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`nonsense${index}`, 1]));
  const response = await served.ask(
    review(helmRelease({ ...unknown, config: { cluster: { enabled: true, replicas: 3 }, merge: { authorization: { users } } } })),
  );
  expect(response.allowed).toBe(false);
  expect(response.status.message).toMatch(/^5\d\d problems: \[password-leading-digit\] spec\.values\.config\.merge.*; and \d+ more$/);
  expect(response.status.message.length).toBeLessThanOrEqual(4096);
  expect(response.status.details.causes).toHaveLength(50);
  expect(response.warnings).toHaveLength(13);
  expect(response.warnings.at(-1)).toMatch(/^… and \d+ more$/);
});

test("38 a dry run is answered the same, and leaves nothing but a count", async () => {
  const response = await served.ask(review(bad(), null, { dryRun: true }));
  expect(response.allowed).toBe(false);
  expect(await served.metric(/^natslint_admission_requests_total\{.*result="deny".*dry_run="true"\}/)).toBeGreaterThan(0);
});

test("39 no secret of an object is in an answer, the log or the metrics", async () => {
  const canary = "hunter2canary";
  const answers = [];
  for (const users of [[{ user: "a", password: `<< 1e5${canary} >>` }], [{ user: "a", password: canary, token: canary }]]) {
    const values = {
      config: { cluster: { enabled: true, replicas: 2 }, merge: { trace: true, authorization: { users, token: canary } } },
    };
    answers.push((await served.post(JSON.stringify(review(helmRelease(values))))).text);
  }
  answers.push((await served.post(JSON.stringify(review(configMap(`authorization { token: "${canary}\n`))))).text);
  const args = ["--user", "a", "--pass", canary, "-T", "--routes", `nats://a:${canary}@nats-0.nats:6222`];
  answers.push((await served.post(JSON.stringify(review(statefulSet(2, { pod: { containers: [{ name: "nats", image: "nats:2.10.18", args }] } }))))).text);
  answers.push((await served.post(`{"password":"${canary}"`)).text);
  expect(answers.join("")).toMatch(/problem/);
  expect(answers.join("") + served.text() + (await served.health("/metrics")).text).not.toContain(canary);
});
