// The licence texts of what is in the bundles: bundling leaves out the files that carry them, and most ask to be carried along.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./opa.ts";

/**
 * One text with the licences of every package that `inputs`, the paths of bundled files, come from. Packages whose texts
 * are the same, letter by letter but for blanks, stand above one of them.
 */
export function licences(inputs: readonly string[]): string {
  const packages = new Set(
    inputs.flatMap((input) => {
      const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input);
      return found === null ? [] : [found[0]];
    }),
  );
  const byText = new Map<string, { readonly text: string; readonly names: string[] }>();
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Readonly<Record<string, string>>;
    const text = licenceText(join(root, folder));
    const key = text.replace(/\s+/g, " ").trim();
    const shared = byText.get(key) ?? { text, names: [] };
    shared.names.push(`${name} ${version} (${license})`);
    byText.set(key, shared);
  }
  return [...byText.values()].map(({ text, names }) => `${names.join("\n")}\n\n${text}`).join(`\n${"-".repeat(80)}\n`);
}

function licenceText(folder: string): string {
  for (const name of ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE-MIT", "license", "license.md", "LICENCE"]) {
    try {
      return readFileSync(join(folder, name), "utf8");
    } catch {}
  }
  return "(the package has no licence file)\n";
}
