// Finds every file with examples: the pages of the catalogue, and test/cases/<id>.md or <id>.<topic>.md.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { chartProblem } from "../service/model/charts.ts";
import { catalogue } from "../service/rule/rule.ts";
import { readSettings, type Validate } from "../service/settings/read-settings.ts";
import { type Example, type ExampleContext, readExamples } from "./page-examples.ts";
import { type Page, toRule } from "./rule-page.ts";

export interface ExampleFile {
  /** Posix, relative to the root. */
  readonly path: string;
  readonly text: string;
  /** The id of the rule it is about. */
  readonly rule: string;
  readonly examples: readonly Example[];
  /** What is wrong with its fences: one sentence each, line first. */
  readonly problems: readonly string[];
}

/** The examples of the pages, then the cases, each sorted by path. */
export function exampleFiles(root: string, pages: readonly Page[]): ExampleFile[] {
  const read = settingsReader(root, pages);
  const own = pages.map(({ path, text, id }) => ({ path, text, rule: id, ...readExamples(text, { rule: id, where: "page", readSettings: read }) }));
  const folder = join(root, "test", "cases");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".md")) : [];
  const cases = names.map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const rule = name.split(".")[0] ?? "";
    return { path: `test/cases/${name}`, text, rule, ...readExamples(text, { rule, where: "cases", readSettings: read }) };
  });
  const byPath = (a: ExampleFile, b: ExampleFile): number => (a.path < b.path ? -1 : 1);
  return [...own.sort(byPath), ...cases.sort(byPath)];
}

function settingsReader(root: string, pages: readonly Page[]): ExampleContext["readSettings"] {
  const rules = catalogue(pages.map(toRule));
  const schema = JSON.parse(readFileSync(join(root, "schemas", "settings.schema.json"), "utf8")) as object;
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema) as Validate;
  return (source) => readSettings(source, rules, validate, { strip: "", prepend: "" }, chartProblem);
}
