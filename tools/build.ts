// Builds what a clone needs to run: the catalogue, the validators, a bundle for the command line and one for programs.
// `--if-stale` builds only when something that it is made of has changed.
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type BuildResult, build, type Plugin } from "esbuild";
import { buildCatalogue } from "./build-catalogue.ts";
import { isStale, stamp } from "./build-stamp.ts";
import { declarations } from "./build-types.ts";
import { bundleAliases } from "./bundle-aliases.ts";
import { lazyBuiltins } from "./lazy-builtins.ts";
import { licences } from "./licences.ts";
import { root } from "./opa.ts";

if (!process.argv.includes("--if-stale") || isStale()) await main();

async function main(): Promise<void> {
  await buildCatalogue();
  // Node starts a CommonJS file at once, and takes 16 ms to start its first ES module: a quarter of `node -e 0`.
  write("dist/package.json", `${JSON.stringify({ type: "commonjs" })}\n`);
  const bundles = [
    await bundle("service/doors/cli/main.ts", "dist/cli.js"),
    await bundle("service/index.ts", "dist/index.js"),
    // octokit names parts of node:crypto that a lazy stand-in does not have.
    await bundle("service/doors/github/main.ts", "dist/github.js", [bundleAliases]),
    await bundle("service/doors/github/lint-thread.ts", "dist/lint-thread.js"),
    await bundle("service/doors/admission/main.ts", "dist/admission.js", [bundleAliases]),
    await bundle("service/doors/admission/thread.ts", "dist/admission-thread.js"),
    await bundle("service/doors/audit/main.ts", "dist/audit.js", [bundleAliases]),
  ];
  chmodSync(join(root, "dist/cli.js"), 0o755);
  write("dist/THIRD-PARTY-LICENSES.txt", licences(bundles.flatMap((one) => Object.keys(one.metafile?.inputs ?? {}))));
  for (const [path, text] of declarations()) write(path, text);
  stamp();
}

/** One file with everything in it that `entry` needs, but Node's own modules. */
async function bundle(entry: string, outfile: string, plugins: readonly Plugin[] = [bundleAliases, lazyBuiltins]): Promise<BuildResult> {
  const result = await build({
    entryPoints: [join(root, entry)],
    outfile: join(root, outfile),
    absWorkingDir: root,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
    legalComments: "none",
    metafile: true,
    write: false,
    plugins: [...plugins],
    define: { "import.meta.url": "natslintUrl" },
    banner: { js: "const natslintUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  for (const { path, contents } of result.outputFiles) write(relative(root, path), contents);
  return result;
}

/** Writes a file in one step, so that nobody who runs natslint meanwhile reads half of it. */
function write(path: string, contents: string | Uint8Array): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(`${full}.new`, contents);
  renameSync(`${full}.new`, full);
}
