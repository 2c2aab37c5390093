// What the Action carries with it. The catalogue is made by the build and not committed, so it is part of the bundle;
// the policies and the facts about charts lie beside the bundle in the repository that the Action runs from.

import rules from "../../../dist/rules.json" with { type: "json" };
import { chartFacts, modelSchema, policyWasm } from "../../host/assets.ts";
import type { Engine } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { catalogue, type Rule } from "../../rule/rule.ts";

/** Compiling the policies runs beside everything else: call this early, await it late. */
export async function knowledge(): Promise<Engine> {
  const policies = await loadEngine(policyWasm());
  return { policies, rules: catalogue(rules as unknown as readonly Rule[]), schema: modelSchema(), charts: chartFacts };
}
