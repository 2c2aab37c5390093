// The service with policies that are wrong: compiled from Rego as its own are, or broken as files are. Lines 44 to 46 of
// the fault list. The thread is the service's own; only the bytes that it reads for its policies are others.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadEngine } from "../../../service/policy/engine.ts";
import { compilePolicies } from "../../../tools/build-policy.ts";
import { opaPath, root } from "../../../tools/opa.ts";
import { BAD_RULE, bad, good, review } from "./reviews.ts";
import { type Served, serve, threadProgram, until } from "./serve.ts";

const opa = opaPath();
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The service, never waited for: such policies are never ready. */
async function withPolicies(wasm: Uint8Array): Promise<Served> {
  const folder = mkdtempSync(join(root, "build", "wrong-"));
  open.push(async () => rmSync(folder, { recursive: true, force: true }));
  const [program, file] = [join(folder, "thread.js"), join(folder, "wrong.wasm")];
  writeFileSync(file, wasm);
  writeFileSync(
    program,
    `const fs = require("node:fs");
     const read = fs.readFileSync;
     fs.readFileSync = (path, ...more) => read(String(path).endsWith("policy.wasm") ? ${JSON.stringify(file)} : path, ...more);
     require(${JSON.stringify(await threadProgram())});`,
  );
  const served = await serve({ thread: program, ready: false });
  open.push(served.stop);
  return served;
}

const unready = async ({ health, text }: Served, why: RegExp): Promise<void> => {
  await until(
    async () => {
      const { status, text: said } = await health("/readyz");
      return status === 503 && why.test(said) ? true : undefined;
    },
    () => text(),
  );
};

function rego(answer: string, compile: (folder: string) => Uint8Array): Uint8Array {
  mkdirSync(join(root, "build"), { recursive: true });
  const folder = mkdtempSync(join(root, "build", "rego-"));
  try {
    writeFileSync(join(folder, "main.rego"), `package natslint.main\n\n${answer}\n`);
    return compile(folder.slice(root.length + 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const compiled = (answer: string): Uint8Array => rego(answer, (folder) => compilePolicies(opa ?? "", 1, folder));

/** A violation of a rule that there is, as it has to look. */
const violation = `{"rule": "${BAD_RULE}", "at": ["servers", 0, "workload", "replicas"], "facts": {"replicas": 2, "least": 3}}`;

describe.skipIf(opa === null)("44 what the policies answer is no answer: never an object that nobody judged", () => {
  test.each([
    ["nothing at all", `answer := {"nonce": input.nonce, "violations": set()} if input.model == 7`],
    ["a set of nothing", `answer := set() if input.model`],
    ["an answer to another question", `answer := {"nonce": 0, "violations": set()} if input.model`],
    ["no list of violations", `answer := {"nonce": input.nonce, "violations": "none"}`],
    ["a violation without a place", `answer := {"nonce": input.nonce, "violations": {{"rule": "${BAD_RULE}", "facts": {}}}}`],
    ["a rule that this version does not know", `answer := {"nonce": input.nonce, "violations": {object.union(${violation}, {"rule": "rule-of-tomorrow"})}}`],
  ])("44 %s", { timeout: 60_000 }, async (_name, answer) => {
    const served = await withPolicies(compiled(answer));
    await unready(served, /the policies cannot be evaluated/);
    for (const object of [good(), bad()]) {
      const { status, text, headers } = await served.post(JSON.stringify(review(object)));
      expect([status, text, headers["retry-after"]]).toEqual([500, "natslint failed to judge the object (exception)", undefined]);
    }
  });

  test("44 policies that find nothing, and such that find it everywhere, are not taken for ready", { timeout: 60_000 }, async () => {
    await unready(await withPolicies(compiled(`answer := {"nonce": input.nonce, "violations": set()}`)), /do not deny an object that is known to be bad/);
    await unready(await withPolicies(compiled(`answer := {"nonce": input.nonce, "violations": {${violation}}}`)), /deny an object that is known to be good/);
  });
});

/** With every built-in that OPA has, which natslint's own build refuses. */
const unlimited = (answer: string): Uint8Array =>
  rego(answer, (folder) => {
    const bundle = join(root, folder, "bundle.tar.gz");
    expect(spawnSync(opa ?? "", ["build", "-t", "wasm", "-e", "natslint/main/answer", "-o", bundle, folder], { cwd: root }).status).toBe(0);
    return spawnSync("tar", ["-xzOf", bundle, "/policy.wasm"]).stdout;
  });

test.skipIf(opa === null)("45 policies that need what nobody here computes are refused when they are loaded", { timeout: 60_000 }, async () => {
  const wasm = unlimited(`answer := {"nonce": input.nonce, "violations": set()} if {\n  input.model == 7\n  time.now_ns() > 5\n}`);
  await expect(loadEngine(wasm)).rejects.toThrow("The compiled policies cannot be loaded: they call time.now_ns, which nobody here computes");
  const served = await withPolicies(wasm);
  expect((await served.post(JSON.stringify(review(good())))).status).toBe(429);
  await unready(served, /not loaded yet|could not be tested/);
});

describe("46 a file of policies that is none", () => {
  const whole = readFileSync(join(root, "dist/policy.wasm"));
  test.each([
    ["cut off", whole.subarray(0, whole.length / 2)],
    ["empty", new Uint8Array()],
    ["with one byte turned", Uint8Array.from(whole, (byte, index) => (index === 6 ? byte ^ 0xff : byte))],
    ["of another kind, without OPA's interface", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)],
  ])("46 %s: never ready, alive, and every review is told to come again", { timeout: 60_000 }, async (_name, wasm) => {
    const served = await withPolicies(wasm);
    expect((await served.health("/readyz")).status).toBe(503);
    expect((await served.health("/livez")).status).toBe(200);
    const { status, headers } = await served.post(JSON.stringify(review(bad())));
    expect([status, headers["retry-after"]]).toEqual([429, "1"]);
    expect(served.log().some(({ msg, why }) => msg === "a thread was lost" && why === "start")).toBe(true);
  });
});
