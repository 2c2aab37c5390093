// What holds of every example, whatever it shows: less knowledge never says more, and places lie where they say.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lint } from "../service/lint.ts";
import type { ModelJson, ModelPath } from "../service/model/model.ts";
import type { PolicyViolation } from "../service/policy/violation.ts";
import { Lines } from "../service/source/position.ts";
import { exampleFiles } from "../tools/example-files.ts";
import { root } from "../tools/opa.ts";
import { readPages } from "../tools/rule-page.ts";
import { testEngine } from "./engine.ts";
import { type ExampleModel, exampleModels } from "./example-models.ts";
import { knownOf, without } from "./knowledge.ts";
import { readsAs } from "./written.ts";

const engine = await testEngine();
const files = exampleFiles(root, readPages(root).pages);
const models = exampleModels();

/** How often policies are asked in all; `EXHAUSTIVE=1` asks about everything. */
const QUESTIONS = process.env["EXHAUSTIVE"] === undefined ? 20_000 : Number.POSITIVE_INFINITY;
const share = Math.max(20, Math.floor(QUESTIONS / Math.max(1, models.length)));
const words = new Set(policyTexts().flatMap((text) => text.match(/\w+/g) ?? []));

describe("the law of knowledge: what is not known is never held against anybody", () => {
  test.each(byFile())("%s", (_, own) => {
    for (const model of own) {
      const before = new Set(engine.policies.evaluate(model.input).map(identity));
      const { base } = model.input;
      const known = (["model", ...(isModel(base) ? (["base"] as const) : [])] as const).flatMap((part) =>
        knownOf(model.input[part] as ModelJson, engine.schema)
          // Policies name what they read, so what none of them names decides nothing.
          .filter(({ at }) => words.has(String(at.at(-1))))
          .map(({ at }) => [part, ...at]),
      );
      const said = (paths: readonly ModelPath[]): void => {
        const taken = (part: string): ModelPath[] => paths.filter((path) => path[0] === part).map((path) => path.slice(1));
        const input = {
          ...model.input,
          model: without(model.model.json, taken("model")),
          ...(isModel(base) && { base: without(base, taken("base")) }),
        };
        const added = engine.policies.evaluate(input).filter((one) => !before.has(identity(one)));
        expect(added, `${model.name} without ${paths.map((path) => path.join(".")).join(" and ")}`).toEqual([]);
      };
      for (const at of some(known, share)) said([at]);
      if (known.length > 1)
        fc.assert(fc.property(fc.subarray(known, { minLength: 2, maxLength: Math.min(8, known.length) }), said), { seed: 1, numRuns: Math.min(20, share) });
    }
  });
});

describe("policies say what their pages have words for", () => {
  test.each(byFile())("%s", (_, own) => {
    for (const { input, name } of own)
      for (const { rule, case: which, related } of engine.policies.evaluate(input)) {
        const messages = Object.keys(engine.rules.get(rule)?.messages ?? {});
        expect(messages, `${name}: ${rule}`).toContain(which ?? "default");
        for (const place of related ?? []) expect(messages, `${name}: ${rule}, related`).toContain(place.case ?? "related");
      }
  });
});

describe("origins lie in their sources, and what stands there is what the model has", () => {
  test.each(byFile())("%s", (_, own) => {
    for (const { example, model, name } of own) {
      const texts = new Map(example.sources.map(({ path, text }) => [path, text] as const));
      for (const [key, { path, span, key: keySpan }] of model.origins) {
        const length = texts.get(path)?.length ?? -1;
        for (const { start, end } of [span, ...(keySpan === undefined ? [] : [keySpan])])
          expect(0 <= start && start <= end && end <= length, `${name}: ${key} in ${path}, ${start} to ${end} of ${length}`).toBe(true);
      }
      const written = knownOf(model.json, engine.schema).flatMap((known) => readsAs(known, model, texts, engine.schema) ?? []);
      expect(
        written.filter(({ read, value }) => !read.some((one) => one === value)),
        name,
      ).toEqual([]);
    }
  });
});

describe("findings lie in their files", () => {
  test.each(files.map((file) => [file.path, file] as const))("%s", (_, file) => {
    for (const { sources, settings, line, ...example } of file.examples)
      for (const finding of lint(sources, settings, engine, example).findings)
        for (const { path, start, end } of [finding, ...finding.related]) {
          const lines = new Lines(sources.find((source) => source.path === path)?.text ?? "");
          const fits = ({ line, column }: { line: number; column: number }): boolean =>
            line >= 1 && line <= lines.count && column >= 1 && column <= lines.text(line).length + 1;
          const forwards = start.line < end.line || (start.line === end.line && start.column <= end.column);
          expect(fits(start) && fits(end) && forwards, `line ${line}: ${finding.rule.id} at ${path}:${JSON.stringify([start, end])}`).toBe(true);
        }
  });
});

function isModel(base: unknown): base is ModelJson {
  return typeof base === "object" && base !== null;
}

function identity({ rule, case: which, at }: PolicyViolation): string {
  return JSON.stringify([rule, which ?? "default", at]);
}

/** All, or as many as that, the same at each run. */
function some<One>(all: readonly One[], most: number): readonly One[] {
  if (all.length <= most) return all;
  return fc.sample(fc.shuffledSubarray([...all], { minLength: most, maxLength: most }), { seed: 1, numRuns: 1 })[0] ?? [];
}

function byFile(): (readonly [string, readonly ExampleModel[]])[] {
  return files.map((file) => [file.path, models.filter((model) => model.file.path === file.path)] as const);
}

function policyTexts(): string[] {
  const folder = join(root, "policies");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".rego"));
  return paths.map((path) => readFileSync(join(folder, path), "utf8"));
}
