// Rewrites what natslint says of the repositories in test/projects, `expected.txt` in each. A person reads the diff.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectedOf, projectFolder, projects, saidOf } from "../test/projects.ts";

for (const name of projects()) {
  const said = await saidOf(name);
  if (said === expectedOf(name)) continue;
  writeFileSync(join(projectFolder(name), "expected.txt"), said);
  process.stdout.write(`test/projects/${name}/expected.txt\n`);
}
