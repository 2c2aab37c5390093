// Policies answer whatever fits the model's schema: in time, and with violations that their pages have words for.
// `MODELS=10000` asks about more, and about others each time.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PolicyInput } from "../../service/policy/engine.ts";
import { messageOf, optionsOf } from "../../service/rule/rule.ts";
import { root } from "../../tools/opa.ts";
import { inputSchema } from "../../tools/policy-schema.ts";
import { anyChange, anyValue, type Constants, type Definitions } from "../any-model.ts";
import { testEngine } from "../engine.ts";
import { filesOfExamples, modelsOf } from "../example-models.ts";

const engine = await testEngine();
const most = process.env["MODELS"];
const tried = most === undefined ? { numRuns: 150, seed: 1 } : { numRuns: Math.ceil(Number(most) / 2) };
const schema = inputSchema({ ...engine.schema });
const definitions = schema["$defs"] as Definitions;
const parts = schema["properties"] as Definitions;
const constants = constantsOf(policyTexts());
const options = optionsOf(engine.rules, {});

/** Milliseconds for one answer. A machine that does something else may need a second try. */
const BOUND = 500;

describe("the policies answer", { timeout: 60_000 + tried.numRuns * 200 }, () => {
  const part = (name: string): fc.Arbitrary<unknown> => anyValue(parts[name] ?? {}, definitions, constants);

  test("any model that fits the schema, changed from any other", () => {
    const inputs = fc.record({ model: part("model"), base: part("base"), cluster: part("cluster") }, { requiredKeys: ["model"] });
    fc.assert(
      fc.property(inputs, (input) => answered({ ...input, options })),
      tried,
    );
  });

  test("the models of examples with values that nobody would write", () => {
    const inputs = fc
      .constantFrom(...filesOfExamples().flatMap((file) => file.examples.map((example) => ({ file, example }))))
      .map(({ file, example }) => [...modelsOf(file, [example])])
      .filter((own) => own.length > 0)
      .chain((own) => fc.constantFrom(...own))
      .chain(({ input, model }) =>
        fc.record({ model: anyChange(model.json, engine.schema, constants), was: fc.boolean() }).map((one) => ({ input, model, one })),
      );
    fc.assert(
      fc.property(inputs, ({ input, model, one }) => answered({ ...input, model: one.model, ...(one.was && { base: model.json }) })),
      tried,
    );
  });
});

test("what is tried fits the schema, as another reader of it says", () => {
  const fits = new Ajv({ strict: false, allowUnionTypes: true }).compile({ ...parts["model"], $defs: definitions });
  for (const model of fc.sample(anyValue(parts["model"] ?? {}, definitions, constants), { seed: 1, numRuns: 20 }))
    expect(fits(model), JSON.stringify(fits.errors)).toBe(true);
});

test("what is tried has much of what policies ask about", () => {
  expect(constants.texts).toEqual(expect.arrayContaining(["nats", "stan", "StatefulSet", "podAntiAffinity"]));
  const known = fc.sample(anyValue(parts["model"] ?? {}, definitions, constants), { seed: 1, numRuns: 50 });
  const found = new Set(known.flatMap((model) => engine.policies.evaluate({ model, options }).map(({ rule }) => rule)));
  expect(found.size).toBeGreaterThan(30);
});

function answered(input: PolicyInput): void {
  const violations = timed(input);
  for (const { rule, case: which, facts, at } of violations) {
    const page = engine.rules.get(rule);
    if (page === undefined) throw new Error(`${rule} has no page`);
    expect(messageOf(page, which, facts)).not.toBe("");
    expect(Object.keys(engine.schema.properties ?? {})).toContain(at[0]);
  }
}

function timed(input: PolicyInput): ReturnType<typeof engine.policies.evaluate> {
  for (let tries = 1; ; tries++) {
    const began = performance.now();
    const violations = engine.policies.evaluate(input);
    const took = performance.now() - began;
    if (took <= BOUND) return violations;
    if (tries === 3) throw new Error(`an answer took ${Math.round(took)} ms`);
  }
}

function constantsOf(texts: readonly string[]): Constants {
  const quoted = texts.flatMap((text) => [...text.matchAll(/"([^"\n]*)"/g)].map(([, one = ""]) => one));
  const numbers = texts.flatMap((text) => [...text.matchAll(/(?<![\w.])\d+\b/g)].map(([one]) => Number(one)));
  return { texts: [...new Set(quoted)], numbers: [...new Set(numbers)] };
}

function policyTexts(): string[] {
  const folder = join(root, "policies");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego"));
  return paths.sort().map((path) => readFileSync(join(folder, path), "utf8"));
}
