// The service as it ships: one bundle for the process and one for the lint thread, made once for each run of the tests.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { bundleAliases } from "../../../tools/bundle-aliases.ts";
import { root } from "../../../tools/opa.ts";

/** Below the package's folder, where the policies and the catalogue are looked for. Ignored by git. */
const folder = join(root, "build");

/** The lint thread's program. */
export async function lintThread(): Promise<string> {
  return await bundle("service/doors/github/lint-thread.ts", "lint-thread.js");
}

/** A program that runs `serveGitHub` with the process's own environment and `--queue`, `--workers`, `--port`. */
export async function servicePath(): Promise<string> {
  await lintThread();
  return await bundle("test/doors/github/process.ts", "github-test.js");
}

/** A bundle of its own for a program of a test or of the service. */
export async function bundle(entry: string, name: string): Promise<string> {
  const outfile = join(folder, name);
  if (existsSync(outfile) && statSync(outfile).mtimeMs > newest(join(root, "service")) && statSync(outfile).mtimeMs > newest(join(root, "dist/rules.json")))
    return outfile;
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}\n');
  const made = await build({
    entryPoints: [join(root, entry)],
    outfile,
    absWorkingDir: root,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    legalComments: "none",
    write: false,
    plugins: [bundleAliases],
    define: { "import.meta.url": "natslintUrl" },
    banner: { js: "const natslintUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  // In one step: another test file may be starting it.
  for (const { path, contents } of made.outputFiles) {
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
  return outfile;
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
}
