// Builds what a clone needs to run: the catalogue, the validators, a bundle for the command line, and what programs import
// and the services, which share what they have in common.
// `--if-stale` builds only when something that it is made of has changed.
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { type BuildOptions, type BuildResult, build } from "esbuild";
import { buildCatalogue } from "./build-catalogue.ts";
import { isStale, stamp } from "./build-stamp.ts";
import { declarations } from "./build-types.ts";
import { bundleAliases } from "./bundle-aliases.ts";
import { lazyBuiltins } from "./lazy-builtins.ts";
import { licences } from "./licences.ts";
import { root } from "./opa.ts";

const usual = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
} satisfies BuildOptions;

if (!process.argv.includes("--if-stale") || isStale()) await main();

async function main(): Promise<void> {
  await buildCatalogue();
  // Node starts a CommonJS file at once, and takes 16 ms to start its first ES module: a quarter of `node -e 0`.
  write("dist/package.json", `${JSON.stringify({ type: "commonjs" })}\n`);
  const bundles = [await commandLine(), await modules()];
  chmodSync(join(root, "dist/cli.js"), 0o755);
  write("dist/THIRD-PARTY-LICENSES.txt", licences(bundles.flatMap((one) => Object.keys(one.metafile?.inputs ?? {}))));
  for (const [path, text] of declarations()) write(path, text);
  stamp();
}

/** One file with everything in it but Node's own modules, and the few lines that start it. */
async function commandLine(): Promise<BuildResult> {
  const result = await build({
    ...usual,
    entryPoints: [join(root, "service/doors/cli/main.ts")],
    outfile: join(root, "dist/natslint.js"),
    format: "cjs",
    plugins: [bundleAliases, lazyBuiltins],
    define: { "import.meta.url": "natslintUrl" },
    banner: { js: "const natslintUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  const start = await build({
    ...usual,
    entryPoints: [join(root, "service/doors/cli/start.ts")],
    outfile: join(root, "dist/cli.js"),
    format: "cjs",
    define: { natslintBundle: JSON.stringify(result.outputFiles[0]?.hash.replace(/\W/g, "")) },
  });
  for (const { path, contents } of [...result.outputFiles, ...start.outputFiles]) write(relative(root, path), contents);
  return result;
}

/** What others import and what runs for long: ES modules, because those can share files. Most of each is the linter itself, and express. */
async function modules(): Promise<BuildResult> {
  const folder = "dist/services";
  const result = await build({
    ...usual,
    entryPoints: {
      index: join(root, "service/index.ts"),
      "services/github": join(root, "service/doors/github/main.ts"),
      "services/lint-thread": join(root, "service/doors/github/lint-thread.ts"),
      "services/admission": join(root, "service/doors/admission/main.ts"),
      "services/admission-thread": join(root, "service/doors/admission/thread.ts"),
      "services/audit": join(root, "service/doors/audit/main.ts"),
    },
    outdir: join(root, "dist"),
    outExtension: { ".js": ".mjs" },
    chunkNames: "services/shared-[hash]",
    format: "esm",
    splitting: true,
    plugins: [bundleAliases],
    // Libraries in CommonJS ask for Node's modules in this way.
    banner: { js: "import { createRequire as natslintRequire } from 'node:module'; const require = natslintRequire(import.meta.url);" },
  });
  for (const { path, contents } of result.outputFiles) write(relative(root, path), contents);
  // Shared files of an earlier build have other names.
  const made = new Set(result.outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(join(root, folder))) if (!made.has(name)) rmSync(join(root, folder, name));
  return result;
}

/** Writes a file in one step, so that nobody who runs natslint meanwhile reads half of it. */
function write(path: string, contents: string | Uint8Array): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(`${full}.new`, contents);
  renameSync(`${full}.new`, full);
}
