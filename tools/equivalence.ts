// Does natslint make of a chart's values what helm makes of them? `npm run equivalence -- DIR` answers for each pair of a
// folder in the form of ../shared/equivalence, names what differs, and exits with 1 if anything does.
import { existsSync, statSync } from "node:fs";
import { testKnowledge } from "../test/engine.ts";
import { differencesOf, pairsIn } from "./equivalence-pairs.ts";

main(process.argv.slice(2));

function main(given: readonly string[]): void {
  const [folder = ""] = given;
  const problem = problemOf(given);
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 2;
    return;
  }
  const names = pairsIn(folder);
  const knowledge = testKnowledge();
  let equal = 0;
  for (const name of names) {
    const differences = tried(() => differencesOf(folder, name, knowledge));
    if (differences.length === 0) equal++;
    else process.stdout.write(`${[name, ...differences.map((one) => `  ${one}`)].join("\n")}\n`);
  }
  process.stdout.write(`${equal} of ${names.length} equal\n`);
  if (equal < names.length) process.exitCode = 1;
}

/** A pair that cannot be read is not equal, and the others are still compared. */
function tried(compare: () => readonly string[]): readonly string[] {
  try {
    return compare();
  } catch (thrown) {
    return [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)];
  }
}

/** How the command is called wrongly, in one sentence. */
function problemOf([folder, ...more]: readonly string[]): string | null {
  if (folder === undefined || more.length > 0) return "say which folder of pairs: npm run equivalence -- DIR";
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return `${folder} is no folder`;
  return pairsIn(folder).length > 0 ? null : `${folder} has no pair: a folder with case.json, values.yaml and rendered.yaml`;
}
