import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compilePolicies, type PolicyLock, policyDigests } from "../../tools/build-policy.ts";
import { capabilities, digest } from "../../tools/capabilities.ts";
import { opaPath, opaVersion, root } from "../../tools/opa.ts";

const cure = "dist/policy.wasm is stale: run npm run build:policy";
const wasm = readFileSync(join(root, "dist", "policy.wasm"));
const lock = JSON.parse(readFileSync(join(root, "dist", "policy.lock.json"), "utf8")) as PolicyLock;
const opa = opaPath();

test("the compiled policies are made from the policies as they are", () => {
  expect(lock.policies, cure).toEqual(policyDigests());
});

test("the compiled policies are the locked ones", () => {
  expect({ wasm: lock.wasm, capabilities: lock.capabilities, opa: lock.opa }, cure).toEqual({
    wasm: digest(wasm),
    capabilities: digest(capabilities()),
    opa: opaVersion,
  });
});

test.skipIf(opa === null)("compiling again gives the same bytes", { timeout: 60_000 }, () => {
  expect(digest(compilePolicies(opa ?? "")), cure).toBe(lock.wasm);
});
