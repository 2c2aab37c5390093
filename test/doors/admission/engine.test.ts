// What the threads do when evaluating goes wrong: lines 40 to 50 of the fault list. Where policies have to misbehave, the
// thread's program is one that does it to order; everything around it is the service's own.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadEngine } from "../../../service/policy/engine.ts";
import { selfTest } from "../../../service/doors/admission/self-test.ts";
import { root } from "../../../tools/opa.ts";
import { testEngine } from "../../engine.ts";
import { caller } from "./api-server-like.ts";
import { BAD_RULE, bad, good, type Loose, review } from "./reviews.ts";
import { type How, type Served, serve, threadProgram, until } from "./serve.ts";

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function webhook(how: How = {}): Promise<Served> {
  const served = await serve(how);
  open.push(served.stop);
  return served;
}

/** The service's own thread, which does what an object's annotation `misbehave` says before it judges. */
let program = "";
beforeAll(async () => {
  const real = await threadProgram();
  program = join(root, "build", "misbehaving-thread.js");
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(
    program,
    `const { parentPort } = require("node:worker_threads");
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (event, listener) => on(event, event !== "message" ? listener : (message) => {
       const text = message.kind === "judge" ? Buffer.from(message.bytes).toString() : "";
       const how = /"misbehave":"(\\w+)"/.exec(text)?.[1];
       if (how === "spin") for (;;) {}
       if (how === "exit") process.exit(7);
       if (how === "memory") { const kept = []; for (;;) kept.push(new Array(1e6).fill(Math.random())); }
       if (how === "throw") throw new Error("hunter2");
       if (how === "nonsense") return parentPort.postMessage({ kind: "pong" });
       listener(message);
     });
     require(${JSON.stringify(real)});`,
  );
});

const misbehaving = (how: string, namespace = "production"): Loose => {
  const object = bad({ metadata: { annotations: { misbehave: how } } });
  return review({ ...object, metadata: { ...object.metadata, namespace } });
};

test("40 an evaluation that throws is no clean one, a thousand of them change no verdict", async () => {
  const { evaluate } = await loadEngine(readFileSync(join(root, "dist/policy.wasm")));
  // A number too deep for the policies' reader, and lists for which there is no memory, are thrown out by the engine.
  const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  for (let count = 0; count < 1_000; count++) expect(() => evaluate({ model: deep, options: {} })).toThrow();
  expect(evaluate({ model: { servers: [] }, options: {} })).toEqual([]);
});

describe("a thread that is lost is answered with 500 and replaced", () => {
  test.each([
    ["42 an endless loop", "spin", "timeout"],
    ["47 a thread that exits in the middle", "exit", "died"],
    ["43 memory without end", "memory", "memory"],
    ["41 what nobody catches", "throw", "died"],
  ])("%s", { timeout: 60_000 }, async (_name, how, kind) => {
    const { post, ask, metric, text } = await webhook({ thread: program, env: { NATSLINT_SMALL_MILLISECONDS: how === "spin" ? "700" : "8000" } });
    const began = performance.now();
    const { status, headers, text: said } = await post(JSON.stringify(misbehaving(how)));
    expect([status, headers["retry-after"]]).toEqual([500, undefined]);
    expect(said).toBe(`natslint failed to judge the object (${kind})`);
    if (how === "spin") expect(performance.now() - began).toBeLessThan(5_000);
    // The neighbour after it has the spare thread.
    expect(await ask(review(bad()))).toMatchObject({ allowed: false });
    expect(await metric(/^natslint_wasm_recycles_total\{reason=/)).toBe(1);
    expect(text()).not.toContain("hunter2");
  });
});

test("42 a neighbour in the line of a thread that spins is judged by the next one", { timeout: 60_000 }, async () => {
  const { post, ask } = await webhook({ thread: program, env: { NATSLINT_SMALL_MILLISECONDS: "700" } });
  const [first, second] = await Promise.all([post(JSON.stringify(misbehaving("spin"))), ask(review(bad()))]);
  expect([first.status, second.allowed]).toEqual([500, false]);
});

test("44 an answer that is none is an error, never a clean verdict", async () => {
  const { post } = await webhook({ thread: program });
  expect((await post(JSON.stringify(misbehaving("nonsense")))).status).toBe(500);
});

test("44 the settings may say what becomes of it: allowed with a warning, or denied", async () => {
  for (const [onError, allowed] of [
    ["allow", true],
    ["deny", false],
  ] as const) {
    const { ask } = await webhook({ thread: program, settings: `admission: {onError: ${onError}}\n` });
    expect(await ask(misbehaving("nonsense"))).toMatchObject({ allowed, auditAnnotations: { result: "error" } });
  }
});

test("45 policies that say nothing are found at the start, and so are policies that say too much", async () => {
  const engine = await testEngine();
  expect(selfTest(engine)).toBeNull();
  expect(selfTest({ ...engine, policies: { evaluate: () => [] } })).toBe("the policies do not deny an object that is known to be bad");
  const always = { rule: BAD_RULE, at: ["servers", 0, "workload", "replicas"], facts: { replicas: 3, least: 3 } } as const;
  expect(selfTest({ ...engine, policies: { evaluate: () => [always] } })).toBe("the policies deny an object that is known to be good");
  const broken = (): never => {
    throw new Error("not implemented: built-in function 7: time.now_ns");
  };
  expect(selfTest({ ...engine, policies: { evaluate: broken } })).toBe("the policies cannot be evaluated");
});

test("46 policies that cannot be loaded: never ready, and every review is told to come again", { timeout: 60_000 }, async () => {
  const broken = join(root, "build", "broken-thread.js");
  writeFileSync(broken, `throw new Error("no policies");`);
  const { health, post, log } = await webhook({ thread: broken, ready: false });
  expect(await health("/readyz")).toMatchObject({ status: 503 });
  expect((await health("/livez")).status).toBe(200);
  expect((await post(JSON.stringify(review(good())))).status).toBe(429);
  expect(log().some(({ msg }) => msg === "a thread was lost")).toBe(true);
});

test("48 all threads dead at once: they are replaced, and reviews are judged again", { timeout: 60_000 }, async () => {
  const { post, ask } = await webhook({ thread: program });
  await Promise.all(Array.from({ length: 4 }, () => post(JSON.stringify(misbehaving("exit")))));
  const response = await until(
    async () => {
      const { status, text } = await post(JSON.stringify(review(bad())));
      return status === 200 ? JSON.parse(text).response : undefined;
    },
    () => "no thread came back",
  );
  expect(response.allowed).toBe(false);
  expect(await ask(review(good()))).toMatchObject({ allowed: true });
});

test("50 the same input gives the same answer, before and after threads were replaced", { timeout: 60_000 }, async () => {
  const { post } = await webhook({ thread: program });
  const sent = JSON.stringify(review(bad({ pod: { affinity: null } })));
  const answers = new Set<string>();
  for (let count = 0; count < 20; count++) {
    if (count % 5 === 4) await post(JSON.stringify(misbehaving("exit")));
    answers.add((await post(sent)).text);
  }
  expect(answers.size).toBe(1);
});

test("53 more than can be judged: 429 with Retry-After, and a small namespace gets its turn in a storm", { timeout: 60_000 }, async () => {
  const { post, port, authority, log } = await webhook({ thread: program, env: { NATSLINT_SMALL_MILLISECONDS: "600" } });
  const storm = caller(port, authority.certificate, 200);
  open.push(async () => storm.close());
  // Secrets are not judged, so that only the waiting counts.
  const secret = (namespace: string): string => JSON.stringify(review({ apiVersion: "v1", kind: "Secret", metadata: { name: "a", namespace } }));
  await Promise.all(Array.from({ length: 130 }, () => storm.post(secret("storm"))));
  const blocked = post(JSON.stringify(misbehaving("spin", "storm")));
  await pause(100);
  const answers = Array.from({ length: 120 }, () => storm.post(secret("storm")));
  await pause(200);
  const quiet = post(secret("quiet"));
  const results = await Promise.all(answers);
  expect((await blocked).status).toBe(500);
  expect((await quiet).status).toBe(200);
  for (const { status, headers } of results) expect([`${status} ${headers["retry-after"]}`]).toEqual([expect.stringMatching(/^(200 undefined|429 1)$/)]);
  expect(results.filter(({ status }) => status === 429).length).toBeGreaterThan(40);
  expect(log().filter(({ msg }) => msg === "a request failed")).toEqual([]);
});
