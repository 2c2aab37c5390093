import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { comparePaths, compareViolations, readViolation } from "../../service/policy/violation.ts";

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../schemas/violation.schema.json"), "utf8"));
const holds = new Ajv({ allowUnionTypes: true }).compile(schema);
const least = { rule: "bad-thing", at: ["servers", 0], facts: {} };

test.each([
  ["the least", least],
  ["everything", { ...least, case: "jetstream", on: "key", related: [{ at: ["streams", 1], case: "stream" }], fix: { set: null } }],
  ["the model itself", { ...least, at: [] }],
  ["facts of every kind", { ...least, facts: { text: "a", number: 1.5, boolean: false, list: ["a", 1], none: [] } }],
  ["a fix elsewhere", { ...least, fix: { at: ["servers", 0, "config"], remove: true } }],
])("a violation may be: %s", (_, said) => {
  expect(readViolation(said)).toEqual(said);
  expect(holds(said)).toBe(true);
});

test.each([
  ["nothing", null],
  ["text", "bad"],
  ["without a rule", { at: [], facts: {} }],
  ["without a place", { rule: "bad-thing", facts: {} }],
  ["without facts", { rule: "bad-thing", at: [] }],
  ["at a fraction", { ...least, at: ["servers", 0.5] }],
  ["at a negative index", { ...least, at: ["servers", -1] }],
  ["with an empty case", { ...least, case: "" }],
  ["on something else", { ...least, on: "line" }],
  ["with a fact that is null", { ...least, facts: { replicas: null } }],
  ["with a fact that is an object", { ...least, facts: { replicas: {} } }],
  ["with a list of lists as a fact", { ...least, facts: { replicas: [[1]] } }],
  ["with a field nobody knows", { ...least, message: "no" }],
  ["with related places that are none", { ...least, related: [{ case: "a" }] }],
  ["with a related place that says more", { ...least, related: [{ at: [], message: "no" }] }],
  ["with a fix that does nothing", { ...least, fix: {} }],
  ["with a fix that does two things", { ...least, fix: { set: 1, remove: true } }],
  ["with a fix that removes not", { ...least, fix: { remove: false } }],
])("a violation may not be: %s", (_, said) => {
  expect(() => readViolation(said)).toThrow();
  expect(holds(said)).toBe(false);
});

describe("the canonical form", () => {
  test("has its keys, facts and related places in one order", () => {
    const said = {
      facts: { b: 1, a: 2 },
      related: [{ at: ["b"] }, { case: "x", at: ["a", 10] }, { at: ["a", 9] }],
      at: [],
      rule: "bad-thing",
    };
    expect(JSON.stringify(readViolation(said))).toBe(
      `{"rule":"bad-thing","at":[],"facts":{"a":2,"b":1},"related":[{"at":["a",9]},{"at":["a",10],"case":"x"},{"at":["b"]}]}`,
    );
  });

  test("orders paths as the model stands", () => {
    const paths = [[], ["a"], ["a", 2], ["a", 10], ["a", "b"], ["b"]];
    expect(paths.toReversed().toSorted(comparePaths)).toEqual(paths);
  });

  test("orders violations by rule, then place, then the rest", () => {
    const all = [
      { rule: "a", at: ["x"], facts: {} },
      { rule: "b", at: ["a"], facts: { n: 1 } },
      { rule: "b", at: ["a"], facts: { n: 2 } },
      { rule: "b", at: ["b"], facts: {} },
    ];
    expect(all.toReversed().toSorted(compareViolations)).toEqual(all);
  });
});
