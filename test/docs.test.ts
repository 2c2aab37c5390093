// Everything that README.md and docs/ show as natslint's output is what natslint says, and links lead somewhere.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { docPages, printed } from "../tools/doc-commands.ts";
import { root } from "../tools/opa.ts";
import { readPages, toRule } from "../tools/rule-page.ts";
import { rulesIndex } from "../tools/rules-index.ts";

for (const { path, files, commands } of docPages()) {
  if (commands.length === 0) continue;
  describe(path, () => {
    test.each(commands)("line $line: $command", async ({ command, output }) => {
      expect(await printed(command, files), "run npm run accept:docs, and read the diff").toBe(output);
    });
  });
}

test("docs/rules.md has all rules as their pages have them", () => {
  const { pages } = readPages(root);
  expect(readFileSync(join(root, "docs/rules.md"), "utf8"), "run npm run accept:docs").toBe(rulesIndex(pages.map(toRule)));
});

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", ...docPages().map(({ path }) => path)])(
  "the links of %s lead somewhere",
  (path) => {
    const text = readFileSync(join(root, path), "utf8");
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = ""]) => link).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
  },
);
