// Prints how many rules there are of each kind, and whether each is shown in every dialect that its page claims.
// `--corpus DIR [RULE...]` prints how often each rule speaks of the files in a folder, or what the rules named say there.
import { testEngine } from "../test/engine.ts";
import { PRESETS, presetsOf } from "../service/rule/presets.ts";
import { DIALECTS, type Rule } from "../service/rule/rule.ts";
import { corpusFindings } from "./corpus-findings.ts";
import { type Shown, shownDialects } from "./example-dialects.ts";
import { exampleFiles } from "./example-files.ts";
import { FAMILIES } from "./families.ts";
import { root } from "./opa.ts";
import { readPages } from "./rule-page.ts";
import { table } from "./text-table.ts";

/** What a rule's page claims and no example shows, in sentences. What has ended has ended in each file that has it at all. */
export function unshown(rule: Rule, shown: Shown | undefined): string[] {
  return rule.dialects.flatMap((dialect) => {
    const isSilent = shown?.silent.has(dialect) === true || rule.tags.includes("end-of-life");
    const lacks = [...(shown?.fires.has(dialect) === true ? [] : ["fires"]), ...(isSilent ? [] : ["is silent"])];
    return lacks.map((what) => `${rule.id} has no example of ${dialect} in which it ${what}`);
  });
}

/** The counts as tables of text. */
export function counts(rules: readonly Rule[]): string {
  const priorities = ["P0", "P1", "P2"] as const;
  const row = (name: string, own: readonly Rule[]): (string | number)[] => [
    name,
    own.length,
    ...priorities.map((priority) => own.filter((rule) => rule.priority === priority).length),
    ...PRESETS.map((preset) => own.filter((rule) => presetsOf(rule).includes(preset)).length),
  ];
  const head = ["rules", ...priorities, ...PRESETS];
  const families = FAMILIES.map((family) =>
    row(
      family,
      rules.filter((rule) => rule.family === family),
    ),
  );
  const dialects = DIALECTS.map((dialect) =>
    row(
      dialect,
      rules.filter((rule) => rule.dialects.includes(dialect)),
    ),
  );
  return [table([["family", ...head], ...families, row("all", rules)]), table([["dialect", ...head], ...dialects])].join("\n");
}

async function main([flag, ...args]: readonly string[]): Promise<void> {
  if (flag === "--corpus") {
    const [folder, ...ids] = args;
    if (folder === undefined) return fail("npm run catalogue -- --corpus DIR [RULE...]");
    process.stdout.write(corpusFindings(folder, ids));
    return;
  }
  if (flag !== undefined) return fail(`there is no argument "${flag}": npm run catalogue, or npm run catalogue -- --corpus DIR [RULE...]`);
  const { pages, problems } = readPages(root);
  for (const problem of problems) fail(problem);
  const engine = await testEngine();
  const rules = [...engine.rules.values()];
  process.stdout.write(`${counts(rules)}\n`);
  const shown = shownDialects(exampleFiles(root, pages), engine);
  const lacking = rules.flatMap((rule) => unshown(rule, shown.get(rule.id)));
  for (const sentence of lacking) fail(sentence);
  if (lacking.length === 0) process.stdout.write(`Each of the ${rules.length} rules fires and is silent in every dialect of its page.\n`);
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
