// Asks OPA about the policies: their format, their types against the model's schema, the tests of their library.
import { writeCapabilities } from "./capabilities.ts";
import { installOpa, runOpa } from "./opa.ts";
import { writeInputSchema } from "./policy-schema.ts";

const opa = installOpa();
const known = ["--capabilities", writeCapabilities()];
const checks: readonly (readonly [string, readonly string[]])[] = [
  ["not formatted: run opa fmt -w policies", ["fmt", "--fail", "--list", "policies"]],
  ["not well typed", ["check", "--strict", "-s", writeInputSchema(), ...known, "policies"]],
  ["tests that fail", ["test", ...known, "policies/lib"]],
];

for (const [what, args] of checks) {
  const { ok, stdout, stderr } = runOpa(opa, args);
  if (ok) continue;
  process.stderr.write(`policies, ${what}\n${stdout}${stderr}`);
  process.exitCode = 1;
}
