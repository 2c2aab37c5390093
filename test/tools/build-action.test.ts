// The Action's bundle: the same bytes from the same sources, nothing of this machine in it, and it is what action.yml names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readInputs } from "../../service/doors/action/inputs.ts";
import { bundleAction } from "../../tools/build-action.ts";
import { root } from "../../tools/opa.ts";

test("the bundle is the same at each build, holds the licences, and names no folder of this machine", async () => {
  const [one, other] = [await bundleAction(), await bundleAction()];
  expect(one === other).toBe(true);
  expect(one.includes(root)).toBe(false);
  expect(one.slice(one.lastIndexOf("\n/*\n"))).toMatch(/\noctokit \d/);
});

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
};

test("action.yml runs the bundle on Node 24, and its inputs are those that are read", () => {
  expect(action.runs).toEqual({ using: "node24", main: "dist/action.cjs" });
  const asked: string[] = [];
  readInputs(new Proxy({}, { get: (_target, name) => void asked.push(String(name)) }));
  expect([...new Set(asked)].sort()).toEqual(
    Object.keys(action.inputs)
      .map((name) => `INPUT_${name.toUpperCase()}`)
      .sort(),
  );
});

test("the guide names every input and output", () => {
  const guide = readFileSync(join(root, "docs", "action.md"), "utf8");
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)]) expect(guide).toContain(`\`${name}\``);
});
