// Everything that README.md and docs/ show as natslint's output is what natslint says, and links lead somewhere.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { docPages, printed } from "../tools/doc-commands.ts";
import { root } from "../tools/opa.ts";

for (const { path, files, commands } of docPages()) {
  describe(path, () => {
    test.each(commands)("line $line: $command", async ({ command, output }) => {
      expect(await printed(command, files), "run npm run accept, and read the diff").toBe(output);
    });
  });
}

test.each(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/cli.md", "docs/settings.md"])("the links of %s lead somewhere", (path) => {
  const text = readFileSync(join(root, path), "utf8");
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = ""]) => link).filter((link) => !/^[a-z]+:/.test(link));
  expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
});
