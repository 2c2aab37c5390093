// All that natslint knows, loaded once for tests from the sources themselves: pages, policies, schema, chart facts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../service/lint.ts";
import type { ChartFacts } from "../service/model/chart-facts.ts";
import type { RootSchema } from "../service/model/schema.ts";
import { loadEngine } from "../service/policy/engine.ts";
import { catalogue } from "../service/rule/rule.ts";
import { root } from "../tools/opa.ts";
import { readPages, toRule } from "../tools/rule-page.ts";

/** What needs no policies, read again at each call. Pages that cannot be read are left out; the catalogue's test names them. */
export function testKnowledge(): Omit<Engine, "policies"> {
  const charts = new Map<string, ChartFacts>();
  return {
    rules: catalogue(readPages(root).pages.map(toRule)),
    schema: json("schemas/model.schema.json") as RootSchema,
    charts: (name) => {
      const facts = charts.get(name) ?? (json(`charts/${name}.json`) as ChartFacts);
      charts.set(name, facts);
      return facts;
    },
  };
}

/**
 * The engine with dist/policy.wasm, which `npm run build:policy` makes. Policies without a page are not heard: that one is
 * missing is the catalogue's test to say, once, and not every example's.
 */
export function testEngine(): Promise<Engine> {
  loaded ??= loadEngine(readFileSync(join(root, "dist", "policy.wasm"))).then(({ evaluate }) => {
    const knowledge = testKnowledge();
    return { ...knowledge, policies: { evaluate: (input) => evaluate(input).filter(({ rule }) => knowledge.rules.has(rule)) } };
  });
  return loaded;
}

let loaded: Promise<Engine> | undefined;

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}
