// Of what was before a change only a part is made. It is the same part that the whole would have.
import { expect, test } from "vitest";
import { conform } from "../../service/model/conform.ts";
import { readReleases } from "../../service/model/releases.ts";
import { schemaBefore } from "../../service/model/schema.ts";
import { exampleFiles } from "../../tools/example-files.ts";
import { root } from "../../tools/opa.ts";
import { readPages } from "../../tools/rule-page.ts";
import { testKnowledge } from "../engine.ts";

const knowledge = testKnowledge();
const before = schemaBefore(knowledge.schema);
const examples = exampleFiles(root, readPages(root).pages).flatMap((file) => file.examples.map((example) => ({ file, example })));

// All that have a base, and of the others as many as take little time.
const chosen = examples.filter(({ example }, index) => "base" in example || index % 20 === 0);

test("examples: what is made of what was is a part of the whole", () => {
  let compared = 0;
  for (const { file, example } of chosen) {
    const made = (schema: typeof before): unknown[] =>
      readReleases(example.sources, example.settings, { ...knowledge, schema }).releases.map(({ tree }) => conform(tree, before).json);
    const [part, whole] = [made(before), made(knowledge.schema)];
    expect(part, `${file.path}:${example.line}`).toEqual(whole);
    compared += part.length;
  }
  expect(compared).toBeGreaterThan(150);
});

test("it is less than the whole, and has what change rules ask", () => {
  const server = before.$defs["server"]?.properties ?? {};
  expect(Object.keys(server)).toContain("workload");
  expect(Object.keys(server)).not.toContain("services");
  expect(Object.keys(server["container"]?.properties ?? {})).toEqual(["resources"]);
});
