import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { writeCapabilities } from "../../tools/capabilities.ts";
import { opaPath, root, runOpa } from "../../tools/opa.ts";
import { readPages, toRule } from "../../tools/rule-page.ts";
import type { PolicyInput } from "../../service/policy/engine.ts";
import { exampleModels } from "../example-models.ts";
import { plainInputs } from "./example-inputs.ts";

const opa = opaPath();
const folder = ".cache/coverage";

interface Coverage {
  readonly files: Readonly<
    Record<string, { readonly not_covered?: readonly { readonly start: { readonly row: number }; readonly end: { readonly row: number } }[] }>
  >;
}

// One test over all inputs: a process for each would take minutes, and so would all policies for each example.
const everything = `package natslint.coverage_test

import data.examples
import data.natslint.main
import data.natslint.rules

test_every_example_has_its_answers if {
	answers := [answer |
		some one in examples.asked
		some rule in one.rules
		answer := rules[rule].violations with input as one.input
	]
	count(answers) == sum([count(one.rules) | some one in examples.asked])
}

test_every_input_has_an_answer if {
	answers := [answer | some one in examples.others; answer := main.answer with input as one]
	count(answers) == count(examples.others)
}
`;

test.skipIf(opa === null)("examples reach every line of every policy", { timeout: 600_000 }, () => {
  const rules = new Set(readPages(root).pages.flatMap((page) => (toRule(page).judge === "policy" ? [page.id] : [])));
  const own = missed(exampleModels().map(({ file, input }) => ({ rules: [file.rule].filter((rule) => rules.has(rule)), input })));
  // What a rule's own examples leave out is asked of those of all others: where a rule gives way, for example.
  const left = [...new Set(own.map((line) => basename(line.split(":")[0] ?? "", ".rego")))].filter((rule) => rules.has(rule));
  const all = new Set(own.length === 0 ? [] : missed(exampleModels().map(({ input }) => ({ rules: left, input }))));
  expect(
    own.filter((line) => all.has(line)),
    "lines that no example reaches: add one to the page, or to test/cases",
  ).toEqual([]);
});

interface Asked {
  readonly rules: readonly string[];
  readonly input: PolicyInput;
}

/** Lines of policies, a file and a number each, that these do not reach. */
function missed(asked: readonly Asked[]): string[] {
  mkdirSync(join(root, folder), { recursive: true });
  const others = plainInputs().map(([, input]) => ({ nonce: 0, ...input }));
  writeFileSync(join(root, folder, "examples.json"), JSON.stringify({ examples: { asked, others } }));
  writeFileSync(join(root, folder, "coverage_test.rego"), everything);
  const flags = ["--coverage", "--timeout", "580s", "--format", "json", "--capabilities", writeCapabilities()];
  const { stdout, stderr } = runOpa(opa ?? "", ["test", ...flags, "policies", folder]);
  expect(stdout, stderr).toMatch(/^\s*\{/);
  const { files } = JSON.parse(stdout) as Coverage;
  const lines = Object.entries(files)
    .filter(([path]) => path.startsWith("policies/") && !path.endsWith("_test.rego"))
    .flatMap(([path, { not_covered = [] }]) =>
      not_covered.flatMap(({ start, end }) => Array.from({ length: end.row - start.row + 1 }, (_, index) => `${path}:${start.row + index}`)),
    );
  return [...new Set(lines)];
}
