import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Engine, loadEngine } from "../../service/policy/engine.ts";
import { compilePolicies } from "../../tools/build-policy.ts";
import { opaPath, root } from "../../tools/opa.ts";
import { exampleInputs, input, server } from "./example-inputs.ts";

const wasm = readFileSync(join(root, "dist", "policy.wasm"));
const opa = opaPath();
const two = input([server({ replicas: 2 })]);
const found = [
  {
    rule: "cluster-min-replicas",
    at: ["servers", 0, "workload", "replicas"],
    facts: { least: 3, replicas: 2 },
    fix: { set: 3 },
  },
];

describe("the engine", () => {
  test("answers with violations of the model", async () => {
    const engine = await loadEngine(wasm);
    expect(engine.evaluate(two)).toEqual(found);
    expect(engine.evaluate(input([server({ replicas: 3 })]))).toEqual([]);
  });

  test.each([
    ["one server, which is another rule's concern", { replicas: 1 }],
    ["a number that is not known", { replicas: undefined }],
    ["a number that is not set", { replicas: null }],
    ["servers that are no cluster", { replicas: 2, cluster: null }],
    ["servers that others have joined", { replicas: 2, peers: true }],
    ["servers that others may have joined", { replicas: 2, peers: undefined }],
  ])("is silent on %s", async (_, parts) => {
    expect((await loadEngine(wasm)).evaluate(input([server(parts)]))).toEqual([]);
  });

  test("says of STAN only that it has ended", async () => {
    const said = (await loadEngine(wasm)).evaluate(input([server({ replicas: 2, kind: "stan" })]));
    expect(said.map(({ rule }) => rule)).toEqual(["stan-end-of-life"]);
  });

  test("takes a promise of the bytes, or a compiled module", async () => {
    const loaded = [await loadEngine(Promise.resolve(wasm)), await loadEngine(await WebAssembly.compile(wasm))];
    for (const engine of loaded) expect(engine.evaluate(two)).toEqual(found);
  });

  test("says that bytes are no policies", async () => {
    await expect(loadEngine(new Uint8Array([1, 2, 3]))).rejects.toThrow(/^The compiled policies cannot be loaded: /);
  });

  test("answers each input with the same bytes, whatever it saw before", { timeout: 300_000 }, async () => {
    const inputs = exampleInputs(2);
    const engine = await loadEngine(wasm);
    const once = inputs.map(([, one]) => JSON.stringify(engine.evaluate(one)));
    const again = inputs.toReversed().map(([, one]) => JSON.stringify(engine.evaluate(one)));
    expect(again.toReversed()).toEqual(once);
  });

  test("orders violations by place, with numbers as numbers", async () => {
    const engine = await loadEngine(wasm);
    const said = engine.evaluate(input(Array.from({ length: 12 }, () => server({ replicas: 2 }))));
    expect(said.map(({ at }) => at[1])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test("reads half a surrogate pair and a NUL as text", async () => {
    const engine = await loadEngine(wasm);
    const labels = {
      half: "\ud800",
      escaped: "\\ud800",
      both: "\\\ud800",
      pair: "\ud83d\ude00",
      nul: "a\0b",
      "\udfff": "key",
    };
    expect(engine.evaluate(input([server({ replicas: 2, labels })]))).toEqual(found);
  });
});

describe("memory", () => {
  const large = (bytes: number): Record<string, string> => ({ text: "x".repeat(bytes) });

  test("grows with the input and is given back", async () => {
    const engine = await loadEngine(wasm);
    const labels = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`label-${index}`, `value of ${index}`]));
    expect(engine.evaluate(input([server({ replicas: 2, labels }), server({ replicas: 2 })]))).toHaveLength(2);
    expect(engine.evaluate(input([server({ replicas: 2, labels: large(5_000_000) })]))).toEqual(found);
    expect(engine.evaluate(two)).toEqual(found);
  });

  test("has a limit, and what goes beyond it leaves the engine whole", async () => {
    const engine = await loadEngine(wasm, { memory: 4 });
    for (let round = 0; round < 3; round += 1) {
      expect(() => engine.evaluate(input([server({ replicas: 2, labels: large(5_000_000) })]))).toThrow(/^The policies cannot be evaluated: /);
      expect(engine.evaluate(two)).toEqual(found);
    }
  });

  test("many failures do not wear the engine out", async () => {
    const engine = await loadEngine(wasm, { memory: 1 });
    const tooMuch = input([server({ replicas: 2, labels: large(2_000_000) })]);
    for (let round = 0; round < 100; round += 1) expect(() => engine.evaluate(tooMuch)).toThrow();
    expect(engine.evaluate(two)).toEqual(found);
  });
});

describe("failures", () => {
  test("are Errors with a cause that hold nothing of the input", async () => {
    const engine = await loadEngine(wasm, { memory: 4 });
    const secret = "tops3cret".repeat(600_000);
    const error = thrownBy(() => engine.evaluate(input([server({ replicas: 2, labels: { secret } })])));
    expect(error).toBeInstanceOf(Error);
    expect(error.cause).toBeDefined();
    expect(`${error.stack} ${String(error.cause)}`).not.toContain("tops3cret");
  });

  test("come also from an input that is no JSON", async () => {
    const engine = await loadEngine(wasm);
    expect(() => engine.evaluate({ model: 1n, options: {} })).toThrow(/^The policies cannot be evaluated: /);
    expect(engine.evaluate(two)).toEqual(found);
  });

  test("come also from nesting beyond any document", async () => {
    const engine = await loadEngine(wasm);
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(() => engine.evaluate({ model: deep, options: {} })).toThrow(/^The policies cannot be evaluated: /);
    expect(engine.evaluate(two)).toEqual(found);
  });
});

describe.skipIf(opa === null)("policies that go wrong", () => {
  const answering = (answer: string): Promise<Engine> => engineOf({ "main.rego": `package natslint.main\n\n${answer}\n` });
  const saying = (violation: string): Promise<Engine> =>
    answering(`answer := {"nonce": input.nonce, "violations": {object.union(${violation}, {"rule": "bad-thing"})}}`);

  test("an answer to another question is refused", async () => {
    const engine = await answering(`answer := {"nonce": 1, "violations": set()} if input.model`);
    expect(engine.evaluate(two)).toEqual([]);
    expect(() => engine.evaluate(two)).toThrow("The policies did not answer what they were asked");
  });

  test("no answer is not an answer of nothing", async () => {
    const engine = await answering(`answer := {"nonce": input.nonce, "violations": set()} if input.model == 7`);
    expect(() => engine.evaluate(two)).toThrow("The policies did not answer what they were asked");
    expect(engine.evaluate({ model: 7, options: {} })).toEqual([]);
  });

  test("a conflict in one evaluation is an Error, and the next one is sound", async () => {
    const engine = await answering(`answer := {"nonce": input.nonce, "violations": set(), "value": value}\n\nvalue := x if some x in input.model`);
    const error = thrownBy(() => engine.evaluate({ model: ["tops3cret", "other"], options: {} }));
    expect(error.message).toMatch(/^The policies cannot be evaluated: .*conflict|must not produce multiple/);
    expect(String(error.stack)).not.toContain("tops3cret");
    expect(engine.evaluate({ model: ["one"], options: {} })).toEqual([]);
  });

  test("nothing of the input is printed", async () => {
    const printed = [vi.spyOn(console, "log"), vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
    const engine = await answering(`answer := {"nonce": input.nonce, "violations": set()} if { print(input) }`);
    engine.evaluate(two);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test.each([
    ["at", `{"at": "servers", "facts": {}}`],
    ["at", `{"facts": {}}`],
    ["facts", `{"at": []}`],
    ["replicas", `{"at": [], "facts": {"replicas": null}}`],
    ["relates", `{"at": [], "facts": {}, "relates": []}`],
    ["fix", `{"at": [], "facts": {}, "fix": {}}`],
  ])('a wrong "%s" is refused by its name, without its value', async (field, violation) => {
    const engine = await saying(violation);
    expect(() => engine.evaluate(two)).toThrow(`The policy bad-thing said a violation whose "${field}" is none or not of its kind`);
  });

  async function engineOf(files: Readonly<Record<string, string>>): Promise<Engine> {
    mkdirSync(join(root, ".cache"), { recursive: true });
    const folder = mkdtempSync(join(root, ".cache", "policies-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return loadEngine(compilePolicies(opa ?? "", 1, folder.slice(root.length + 1)));
  }
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error("Nothing was thrown");
}
