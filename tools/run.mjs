// Runs a TypeScript tool: `node tools/run.mjs tools/build-policy.ts --check`. Node 20, the floor, cannot read TypeScript itself.
import { readFile } from "node:fs/promises";
import module from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMainThread } from "node:worker_threads";

/** Node's hook, called in its loader thread: types are taken off, nothing is bundled, so `import.meta` stays true. */
export async function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url)) return next(url, context);
  const { transform } = await import("esbuild");
  const path = fileURLToPath(url);
  const { code } = await transform(await readFile(path, "utf8"), {
    loader: "ts",
    format: "esm",
    target: "node20.10",
    sourcefile: path,
    sourcemap: "inline",
  });
  return { format: "module", source: code, shortCircuit: true };
}

if (isMainThread) {
  const [tool, ...args] = process.argv.slice(2);
  if (tool === undefined) throw new Error("Which tool? node tools/run.mjs tools/<name>.ts [argument...]");
  if (!process.features.typescript) module.register(import.meta.url);
  process.setSourceMapsEnabled(true);
  const path = resolve(tool);
  process.argv = [process.argv[0], path, ...args];
  await import(pathToFileURL(path).href);
}
