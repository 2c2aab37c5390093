// Writes what natslint carries of the catalogue, dist/rules.json and the pages in dist/pages.br, and its schemas as code,
// dist/validators.mjs.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import type { Rule } from "../service/rule/rule.ts";
import { root } from "./opa.ts";
import { readPages, toRule } from "./rule-page.ts";

/** The schemas that natslint checks with when it runs: each `schemas/<name>.schema.json` becomes a function of that name. */
const CHECKED: readonly string[] = ["settings"];

/** The rules of all pages, sorted by id. Throws with all that is wrong with the pages. */
export function rulesOf(folder: string): Rule[] {
  const { pages, problems } = readPages(folder);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return pages.map(toRule);
}

/** The texts of all pages by id, in a sixth of their size. */
function packedPages(folder: string): Buffer {
  return brotliCompressSync(JSON.stringify(Object.fromEntries(readPages(folder).pages.map(({ id, text }) => [id, text]))));
}

/** An ES module that exports a validating function for each schema, and compiles and imports nothing when it is loaded. */
export async function validatorsOf(schemas: Readonly<Record<string, object>>): Promise<string> {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
  const names = Object.keys(schemas);
  for (const name of names) ajv.addSchema(schemas[name] ?? {}, name);
  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
  // Ajv's code asks for some of its parts with `require`; they are bundled, so that nothing is left to find.
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
  });
  return `// Made by tools/build-catalogue.ts from schemas/; do not edit.\n${outputFiles[0]?.text ?? ""}`;
}

/** The types of `validatorsOf`, in Ajv's words but without its name. */
function declarations(names: readonly string[]): string {
  const head = [
    "// Made by tools/build-catalogue.ts from schemas/; do not edit.",
    "export interface SchemaError {",
    "  readonly instancePath: string;",
    "  readonly schemaPath: string;",
    "  readonly keyword: string;",
    "  readonly params: Readonly<Record<string, unknown>>;",
    "  readonly message?: string;",
    "}",
    "interface Validate {",
    "  (data: unknown): boolean;",
    "  /** What was wrong with the last data. */",
    "  readonly errors?: readonly SchemaError[] | null;",
    "}",
  ];
  return `${[...head, ...names.map((name) => `export const ${name}: Validate;`)].join("\n")}\n`;
}

/** Writes everything that is made of rules and schemas into dist/. */
export async function buildCatalogue(): Promise<void> {
  const dist = join(root, "dist");
  const schemas = Object.fromEntries(CHECKED.map((name) => [name, JSON.parse(readFileSync(join(root, "schemas", `${name}.schema.json`), "utf8")) as object]));
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "rules.json"), `${JSON.stringify(rulesOf(root))}\n`);
  writeFileSync(join(dist, "pages.br"), packedPages(root));
  writeFileSync(join(dist, "validators.mjs"), await validatorsOf(schemas));
  writeFileSync(join(dist, "validators.d.mts"), declarations(CHECKED));
}

if (process.argv[1] === import.meta.filename) await buildCatalogue();
