import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeCapabilities } from "../../tools/capabilities.ts";
import { opaPath, root, runOpa } from "../../tools/opa.ts";
import { exampleInputs } from "./example-inputs.ts";

const opa = opaPath();
const folder = ".cache/coverage";

interface Coverage {
  readonly files: Readonly<
    Record<string, { readonly not_covered?: readonly { readonly start: { readonly row: number }; readonly end: { readonly row: number } }[] }>
  >;
}

// One test over all inputs: a process for each would take minutes.
const everything = `package natslint.coverage_test

import data.examples
import data.natslint.main

test_every_input_has_an_answer if {
	answers := [answer | some one in examples; answer := main.answer with input as one]
	count(answers) == count(examples)
}
`;

test.skipIf(opa === null)("examples reach every line of every policy", { timeout: 600_000 }, () => {
  mkdirSync(join(root, folder), { recursive: true });
  const examples = exampleInputs().map(([, input]) => ({ nonce: 0, ...input }));
  writeFileSync(join(root, folder, "examples.json"), JSON.stringify({ examples }));
  writeFileSync(join(root, folder, "coverage_test.rego"), everything);
  const { stdout, stderr } = runOpa(opa ?? "", [
    "test",
    "--coverage",
    "--timeout",
    "580s",
    "--format",
    "json",
    "--capabilities",
    writeCapabilities(),
    "policies",
    folder,
  ]);
  expect(stdout, stderr).toMatch(/^\s*\{/);
  const { files } = JSON.parse(stdout) as Coverage;
  const missed = Object.entries(files)
    .filter(([path]) => path.startsWith("policies/") && !path.endsWith("_test.rego"))
    .flatMap(([path, { not_covered = [] }]) => not_covered.map(({ start, end }) => `${path}:${start.row}${end.row === start.row ? "" : `-${end.row}`}`));
  expect([...new Set(missed)], "lines that no example reaches: add one to the page, or to test/cases").toEqual([]);
});
