// Real files: manifests, values files and the like, where they are at hand.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Node } from "../../../service/document/node.ts";
import { embeddedText } from "../../../service/document/yaml/embedded.ts";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";

const CORPUS = "../shared/corpus";

test.skipIf(!existsSync(CORPUS))(
  `files of ${CORPUS} (skipped where it is not there)`,
  () => {
    const files = readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter((one) => /\.ya?ml$/.test(one));
    const texts = files.map((one) => ({ path: one, text: readFileSync(join(CORPUS, one), "utf8") }));
    const before = performance.now();
    const read = texts.map((one) => readYaml(one));
    const took = performance.now() - before;
    const size = texts.reduce((sum, one) => sum + one.text.length, 0);
    console.log(`${files.length} files, ${size} characters, ${took.toFixed(0)} ms`);
    for (const [index, { documents, violations }] of read.entries()) {
      const { path, text } = texts[index] ?? { path: "", text: "" };
      expect(violations, path).toEqual([]);
      for (const { root } of documents) check(root, text, path);
    }
  },
  120_000,
);

test("a big text of many documents, one of them relevant, costs next to nothing", () => {
  const one = `---\nkind: ConfigMap\ndata:\n${'  key: "a value as long as others"\n'.repeat(100)}`;
  const text = `${one.repeat(450)}---\nkind: StatefulSet\nmetadata: {name: nats}\n`;
  readYaml({ path: "a.yaml", text: "a: 1\n" });
  const before = performance.now();
  const { documents } = readYaml({ path: "a.yaml", text }, { relevant: (document) => document.includes("nats") });
  const took = performance.now() - before;
  console.log(`${text.length} characters, ${documents.length} documents, ${took.toFixed(1)} ms`);
  expect(documents.filter((document) => document.state === "read")).toHaveLength(1);
  expect(took).toBeLessThan(100);
});

function check(node: Node | null, text: string, path: string): void {
  if (node === null) return;
  const { span, key } = node.origin;
  for (const { start, end } of key === undefined ? [span] : [span, key]) expect(start >= 0 && start <= end && end <= text.length, path).toBe(true);
  if (node.kind === "scalar" && typeof node.value === "string") expect(embeddedText(node, text)?.text, path).toBe(node.value);
  if (node.kind === "list") for (const item of node.items) check(item, text, path);
  if (node.kind === "map") for (const value of node.entries.values()) check(value, text, path);
}
