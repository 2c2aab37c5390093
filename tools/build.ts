// Builds what a clone needs to run: the catalogue, the validators and one bundle for the command line.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundleAliases } from "./bundle-aliases.ts";
import { buildCatalogue } from "./build-catalogue.ts";
import { root } from "./opa.ts";

await buildCatalogue();
const result = await build({
  entryPoints: { cli: join(root, "service/doors/cli/main.ts") },
  outdir: join(root, "dist"),
  bundle: true,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none",
  metafile: true,
  plugins: [bundleAliases],
  banner: { js: "import { createRequire as natslintRequire } from 'node:module'; const require = natslintRequire(import.meta.url);" },
});
chmodSync(join(root, "dist/cli.js"), 0o755);
writeFileSync(join(root, "dist/THIRD-PARTY-LICENSES.txt"), licences(Object.keys(result.metafile.inputs)));

/** The licence texts of every package that is in the bundles. */
function licences(inputs: readonly string[]): string {
  const packages = new Set(
    inputs.flatMap((input) => {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      return found?.[1] === undefined ? [] : [found[1]];
    }),
  );
  return [...packages]
    .sort()
    .map((name) => {
      const folder = join(root, "node_modules", name);
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string; license: string };
      return `${name} ${version} (${license})\n\n${licenceText(folder)}`;
    })
    .join(`\n${"-".repeat(80)}\n`);
}

function licenceText(folder: string): string {
  for (const name of ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE-MIT", "license", "LICENCE"]) {
    try {
      return readFileSync(join(folder, name), "utf8");
    } catch {}
  }
  return "(the package has no licence file)\n";
}
