import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../tools/opa.ts";
import { rulesOf, validatorsOf } from "../../tools/build-catalogue.ts";

test("the catalogue is sorted by id and carries no bodies", () => {
  const rules = rulesOf(root);
  expect(rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).sort());
  expect(JSON.stringify(rules)).not.toContain("```");
});

test("schemas become functions of a module that needs nothing else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "natslint-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const name = { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 2 } } };
  const code = await validatorsOf({ first: name, second: { enum: [{ a: 1 }, 2] } });
  // No packages are to be found from there.
  writeFileSync(join(folder, "validators.mjs"), code);
  const { first, second } = (await import(pathToFileURL(join(folder, "validators.mjs")).href)) as Record<
    string,
    ((data: unknown) => boolean) & { errors?: unknown }
  >;
  expect([first?.({ name: "ab" }), first?.({ name: "a" }), second?.({ a: 1 }), second?.(3)]).toEqual([true, false, true, false]);
});
