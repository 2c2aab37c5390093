// What a policy may call: the built-ins that the wasm SDK answers without a trap. Derived, never committed.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./opa.ts";

/**
 * Built-ins the SDK declares and a policy may not call. `sprintf` throws where Go prints a placeholder; `yaml.*` and
 * `json.is_valid` are answered in JavaScript (the bundle goes without them); `rand.intn` and `time.diff` nobody answers.
 */
const refused = /^(sprintf|yaml\..*|json\.is_valid|rand\.intn|time\.diff)$/;

interface Capabilities {
  readonly builtins: readonly { readonly name: string }[];
  readonly [other: string]: unknown;
}

/** The capabilities as OPA reads them. OPA refuses the SDK's own file, which predates `features`. */
export function capabilities(): string {
  const file = join(root, "node_modules", "@open-policy-agent", "opa-wasm", "capabilities.json");
  const own = JSON.parse(readFileSync(file, "utf8")) as Capabilities;
  const builtins = own.builtins.filter(({ name }) => !refused.test(name));
  return `${JSON.stringify({ ...own, builtins, features: ["rego_v1"] })}\n`;
}

/** Writes the capabilities to `.cache/capabilities.json` and returns that path, relative to the root. */
export function writeCapabilities(): string {
  const path = ".cache/capabilities.json";
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(join(root, path), capabilities());
  return path;
}

/** A SHA-256 in hexadecimal. */
export function digest(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
