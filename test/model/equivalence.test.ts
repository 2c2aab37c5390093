// A chart's values and what Helm renders from them are one model. The pairs were rendered by a real helm.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { differencesOf, NOT_COMPARED, pairsIn } from "../../tools/equivalence-pairs.ts";
import { root } from "../../tools/opa.ts";
import { testKnowledge } from "../engine.ts";

const folder = join(root, "..", "shared", "equivalence");
const knowledge = testKnowledge();

describe.skipIf(!existsSync(folder))("values and their rendering (skipped where the pairs are not beside the project)", () => {
  test.each(pairsIn(folder))("%s", (name) => expect(differencesOf(folder, name, knowledge)).toEqual([]));

  test("what is not compared is in the schema", () => {
    expect(Object.keys(knowledge.schema.$defs["server"]?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(NOT_COMPARED)));
  });

  test("a folder of pairs is compared by a command", () => {
    const own = mkdtempSync(join(tmpdir(), "pairs-"));
    for (const name of ["same", "other", "set"]) cpSync(join(folder, "nats-2.12.1-cluster"), join(own, name), { recursive: true });
    change(join(own, "other", "rendered.yaml"), /replicas: 3/, "replicas: 5");
    change(join(own, "set", "case.json"), /"what"/, '"set": ["container.image.tag=2.12.2"], "what"');
    change(join(own, "set", "rendered.yaml"), /image: nats:2\.12\.1-alpine/, "image: nats:2.12.2");
    const { status, stdout } = run(own);
    expect(stdout.split("\n").slice(0, 2)).toEqual(["other", "  nats.workload.replicas: 3 from the values, 5 from the rendering"]);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("2 of 3 equal");
    expect(status).toBe(1);
  });
});

test.each([
  ["no folder", [], "say which folder of pairs: npm run equivalence -- DIR"],
  ["a folder that is not there", ["nowhere"], "nowhere is no folder"],
  ["a folder without pairs", ["docs"], "docs has no pair: a folder with case.json, values.yaml and rendered.yaml"],
])("the command says how it is called with %s", (_, given, sentence) => {
  const { status, stderr } = run(...given);
  expect(stderr.trim()).toBe(sentence);
  expect(status).toBe(2);
});

function run(...given: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ["tools/run.mjs", "tools/equivalence.ts", ...given], { cwd: root, encoding: "utf8" });
}

function change(path: string, what: RegExp, to: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(what);
  writeFileSync(path, text.replace(what, to));
}
