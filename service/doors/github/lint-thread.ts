// The program of the thread that lints, with what the package carries.

import { parentPort } from "node:worker_threads";
import { chartFacts, modelSchema, policyWasm, rules } from "../../host/assets.ts";
import type { Engine } from "../../lint.ts";
import { serveLinting } from "../../lint-thread/serve.ts";
import { loadEngine } from "../../policy/engine.ts";
import { catalogue } from "../../rule/rule.ts";

if (parentPort !== null) void serveLinting(parentPort, engine());

async function engine(): Promise<Engine> {
  return { policies: await loadEngine(policyWasm()), rules: catalogue(rules()), schema: modelSchema(), charts: chartFacts };
}
