// Bundles the Action into one file that any ref can run: dist/action.cjs. `--check` only compares; `--out FILE` writes elsewhere.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { rulesOf, validatorsOf } from "./build-catalogue.ts";
import { bundleAliases } from "./bundle-aliases.ts";
import { licences } from "./licences.ts";
import { root } from "./opa.ts";

/** The bundle's text. The same sources give the same bytes, whatever lies in dist/. */
export async function bundleAction(): Promise<string> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ["service/doors/action/main.ts"],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    charset: "utf8",
    // Names stay, so that the places in a report of a failure can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    write: false,
    plugins: [generated, bundleAliases],
    define: { "import.meta.url": "natslintUrl" },
    banner: {
      js: "// Made by tools/build-action.ts; do not edit. Licences of what is bundled stand at the end.\nconst natslintUrl = require('node:url').pathToFileURL(__filename).href;",
    },
  });
  const code = result.outputFiles[0]?.text ?? "";
  const texts = licences(Object.keys(result.metafile.inputs)).replaceAll("*/", "* /");
  return `${code}\n/*\n${texts}*/\n`;
}

/** What the build makes and git ignores is made anew, so that a stale dist/ cannot get into the bundle. */
const generated: Plugin = {
  name: "natslint-generated",
  setup(context) {
    context.onLoad({ filter: /[\\/]dist[\\/]rules\.json$/ }, () => ({ contents: JSON.stringify(rulesOf(root)), loader: "json" }));
    context.onLoad({ filter: /[\\/]dist[\\/]validators\.mjs$/ }, async () => {
      const schema = JSON.parse(readFileSync(join(root, "schemas", "settings.schema.json"), "utf8")) as object;
      return { contents: await validatorsOf({ settings: schema }), loader: "js" };
    });
  },
};

async function main(args: readonly string[]): Promise<void> {
  const file = args[0] === "--out" ? resolve(args[1] ?? "") : join(root, "dist", "action.cjs");
  const code = await bundleAction();
  if (args.includes("--check")) {
    if (readFileSync(file, "utf8") !== code) {
      process.stderr.write("dist/action.cjs is not what the sources bundle to: run node tools/run.mjs tools/build-action.ts\n");
      process.exitCode = 1;
    }
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
