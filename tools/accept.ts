// Rewrites the report fences of pages and cases with what lint says now: all, or those of one rule. A person reads the diff.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, lint } from "../service/lint.ts";
import { plainLine } from "../service/report/text.ts";
import { testEngine } from "../test/engine.ts";
import { type PolicyLock, policyDigests } from "./build-policy.ts";
import { type ExampleFile, exampleFiles } from "./example-files.ts";
import { root } from "./opa.ts";
import type { Example } from "./page-examples.ts";
import { readPages } from "./rule-page.ts";

await main(process.argv.slice(2));

async function main([id]: readonly string[]): Promise<void> {
  const lock = JSON.parse(readFileSync(join(root, "dist", "policy.lock.json"), "utf8")) as PolicyLock;
  if (JSON.stringify(lock.policies) !== JSON.stringify(policyDigests()))
    return fail("dist/policy.wasm is not made of the policies as they are: run npm run build:policy");
  const { pages, problems } = readPages(root);
  for (const problem of problems) fail(problem);
  const files = exampleFiles(root, pages).filter((file) => id === undefined || file.rule === id);
  if (files.length === 0) fail(`no page that can be read, and no file of cases, is about ${id}`);
  const engine = await testEngine();
  for (const file of files) accept(file, engine);
}

/** Writes the file where a report changes. What is right, or silent, keeps what it has: it is wrong itself, or the rule is. */
function accept(file: ExampleFile, engine: Engine): void {
  for (const problem of file.problems) fail(`${file.path}:${problem}`);
  const lines = file.text.split("\n");
  for (const example of file.examples.toReversed()) {
    if (example.kind === "right" || (example.report === null && example.kind !== "wrong")) continue;
    const said = saidOf(example, file, engine);
    if (said === null) continue;
    if (said.length === 0 && example.kind === "wrong") fail(`${file.path}:${example.line}: ${file.rule} says nothing about what is wrong here`);
    const { first, last } = example.reportLines;
    lines.splice(first - 1, last - first + 1, ...(first > last ? [""] : []), "```report", ...said, "```");
  }
  const text = lines.join("\n");
  if (text === file.text) return;
  writeFileSync(join(root, file.path), text);
  process.stdout.write(`${file.path}\n`);
}

function saidOf(example: Example, file: ExampleFile, engine: Engine): string[] | null {
  try {
    return lint(example.sources, example.settings, engine, example)
      .findings.filter((one) => one.suppressed === null && one.rule.id === file.rule)
      .map(plainLine);
  } catch (thrown) {
    fail(`${file.path}:${example.line}: ${(thrown as Error).stack ?? String(thrown)}`);
    return null;
  }
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
