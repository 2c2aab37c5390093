// What the Action carries with it. The catalogue is made by the build and not committed, so it is part of the bundle;
// the policies and the facts about charts lie beside the bundle in the repository that the Action runs from.

import bundled from "../../../dist/rules.json" with { type: "json" };
import { chartFacts, modelSchema, policyWasm } from "../../host/assets.ts";
import type { Engine } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { type Catalogue, catalogue, type Rule } from "../../rule/rule.ts";

export function rules(): Catalogue {
  return catalogue(bundled as unknown as readonly Rule[]);
}

/** For the thread that lints; compiling the policies takes a while. */
export async function engine(): Promise<Engine> {
  return { policies: await loadEngine(policyWasm()), rules: rules(), schema: modelSchema(), charts: chartFacts };
}
