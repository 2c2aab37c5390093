// Rewrites what README.md and docs/ show as output with what natslint prints now, and the index of all rules. A person
// reads the diff.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { docPages, printed } from "./doc-commands.ts";
import { root } from "./opa.ts";
import { readPages, toRule } from "./rule-page.ts";
import { rulesIndex } from "./rules-index.ts";

writeFileSync(join(root, "docs/rules.md"), rulesIndex(readPages(root).pages.map(toRule)));

for (const { path, text, files, commands } of docPages()) {
  const lines = text.split("\n");
  for (const { command, output, line } of commands.toReversed())
    lines.splice(line, output.split("\n").length - 1, ...(await printed(command, files)).trimEnd().split("\n"));
  const written = lines.join("\n");
  if (written === text) continue;
  writeFileSync(join(root, path), written);
  process.stdout.write(`${path}\n`);
}
