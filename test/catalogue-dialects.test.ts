// What a page claims of dialects its examples show: in each the rule fires once and is silent once.
import { expect, test } from "vitest";
import { unshown } from "../tools/catalogue.ts";
import { shownDialects } from "../tools/example-dialects.ts";
import { exampleFiles } from "../tools/example-files.ts";
import { root } from "../tools/opa.ts";
import { readPages } from "../tools/rule-page.ts";
import { testEngine } from "./engine.ts";

const engine = await testEngine();
const files = exampleFiles(root, readPages(root).pages);

test("an example counts for the dialect that natslint reads in it, and a claim without one is told", () => {
  const rule = engine.rules.get("cluster-min-replicas");
  if (rule === undefined) throw new Error("cluster-min-replicas is no rule");
  const own = files.filter((file) => file.rule === rule.id);
  const unclaimed = { ...rule, dialects: ["nats-1x", "nack"] as const };
  expect(unshown(unclaimed, shownDialects(own, engine).get(rule.id))).toEqual([
    "cluster-min-replicas has no example of nack in which it fires",
    "cluster-min-replicas has no example of nack in which it is silent",
  ]);
  expect(unshown(unclaimed, undefined)).toHaveLength(4);
});

test.each([...engine.rules.values()])("$id fires and is silent in each of its dialects", (rule) => {
  const shown = shownDialects(
    files.filter((file) => file.rule === rule.id),
    engine,
  );
  expect(unshown(rule, shown.get(rule.id))).toEqual([]);
});
