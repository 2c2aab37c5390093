import { expect, test } from "vitest";
import { loadEngine } from "../../service/policy/engine.ts";
import { compilePolicies } from "../../tools/build-policy.ts";
import { opaPath } from "../../tools/opa.ts";
import { exampleInputs } from "./example-inputs.ts";

const opa = opaPath();

// OPA 1.22.2 has been seen to drop rules' helper functions when it optimises: rules then fire never or always.
test.skipIf(opa === null)("optimised policies say what plain ones say", { timeout: 600_000 }, async () => {
  const [plain, optimised] = await Promise.all([loadEngine(compilePolicies(opa ?? "", 0)), loadEngine(compilePolicies(opa ?? "", 1))]);
  for (const [name, input] of exampleInputs(3)) expect(optimised.evaluate(input), name).toEqual(plain.evaluate(input));
});
