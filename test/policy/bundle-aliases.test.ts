import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import type { loadEngine } from "../../service/policy/engine.ts";
import { bundleAliases } from "../../tools/bundle-aliases.ts";
import { root } from "../../tools/opa.ts";
import { input, server } from "./example-inputs.ts";

test("the bundled engine works without yaml 1 and sprintf, and leaves natslint's own yaml alone", {
  timeout: 30_000,
}, async () => {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "bundled-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "entry.ts"), `export * from "../../service/policy/engine.ts";\nexport { parse } from "yaml";\n`);
  const { metafile } = await build({
    ...{ entryPoints: [join(folder, "entry.ts")], outfile: join(folder, "out.mjs"), absWorkingDir: root },
    ...{ bundle: true, platform: "node", format: "esm", metafile: true, plugins: [bundleAliases] },
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => /opa-wasm\/node_modules|sprintf-js\//.test(path))).toEqual([]);
  expect(inputs.some((path) => path.startsWith("node_modules/yaml/"))).toBe(true);

  const bundled = (await import(pathToFileURL(join(folder, "out.mjs")).href)) as { loadEngine: typeof loadEngine };
  const engine = await bundled.loadEngine(readFileSync(join(root, "dist", "policy.wasm")));
  expect(engine.evaluate(input([server({ replicas: 2 })]))).toHaveLength(1);
});
