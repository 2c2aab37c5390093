// What holds of every example, whatever it shows: less knowledge never says more, and what the model has is what stands there.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conform } from "../service/model/conform.ts";
import type { ModelJson, ModelPath } from "../service/model/model.ts";
import { schemaOfNamed } from "../service/model/schema.ts";
import type { PolicyInput } from "../service/policy/engine.ts";
import { testEngine } from "./engine.ts";
import { type ExampleModel, exampleModels } from "./example-models.ts";
import { knownOf, without } from "./knowledge.ts";
import { readApart, readersOf } from "./policy-reads.ts";
import { readsAs } from "./written.ts";

const engine = await testEngine();
const files = byFile(exampleModels());

/**
 * So often something is taken away from each model: as much as can be at once without any policy missing two things of it;
 * what the policy that the model is an example for can read, one by one; several things by chance. `EXHAUSTIVE=1` takes away all.
 */
const tried = process.env["EXHAUSTIVE"] === undefined ? { fullest: 3, own: 8, chance: 5 } : { fullest: Number.POSITIVE_INFINITY, own: 0, chance: 20 };

describe("the law of knowledge: what is not known is never held against anybody", () => {
  test.each(files)("%s", (_, all) => {
    for (const [seed, model] of all.entries()) {
      const before = answers(model.input);
      const said = (taken: readonly Taken[]): Answers => {
        const after = answers(less(model.input, taken));
        const added = [...after].filter(([one]) => !before.has(one));
        expect(added, `${model.name} without ${taken.map(({ at }) => at.join(".")).join(" and ")}`).toEqual([]);
        return after;
      };

      const known = knownIn(model.input);
      const shares = readApart(shuffled(known, seed));
      const others = shares.slice(tried.fullest);
      const own = others.filter((share) => share.some(({ names }) => readersOf(names).includes(model.file.rule)));
      for (const share of [...shares.slice(0, tried.fullest), ...shuffled(own.length > 0 ? own : others, seed).slice(0, tried.own)]) {
        const after = said(share);
        // Each policy answers as if the one thing that it can read were missing alone: whoever can read none says what it said.
        const readers = new Set(share.flatMap(({ names }) => readersOf(names)));
        const lost = [...before].filter(([one, rule]) => !after.has(one) && !readers.has(rule));
        expect(lost, `${model.name}: read, but not named, of ${share.map(({ at }) => at.join(".")).join(" and ")}`).toEqual([]);
      }

      const read = known.filter(({ names }) => readersOf(names).length > 0);
      if (read.length < 2) continue;
      const several = fc.subarray(read, { minLength: 2, maxLength: Math.max(2, Math.min(40, read.length >> 1)) });
      for (const taken of fc.sample(several, { seed, numRuns: tried.chance })) said(taken);
    }
  });
});

describe("a server with what a policy names, and nothing else, is the whole server to that policy", () => {
  test.each(files)("%s", (_, own) => {
    for (const { release, input, file, name } of own) {
      const before = [...answers(input)];
      const said = new Set(before.map(([, rule]) => rule));
      for (const rules of [[file.rule], [...said]]) {
        const named = new Set(rules.flatMap((rule) => engine.rules.get(rule)?.reads ?? []));
        const model = conform(release.tree, schemaOfNamed(engine.schema, named)).json;
        const spokenOf = ([, rule]: readonly [string, string]): boolean => rules.includes(rule);
        expect([...answers({ ...input, model })].filter(spokenOf), `${name}, ${rules.join(", ")}`).toEqual(before.filter(spokenOf));
      }
    }
  });
});

describe("policies say what their pages have words for", () => {
  test.each(files)("%s", (_, own) => {
    const wordless = own.flatMap(({ input, name }) =>
      engine.policies.evaluate(input).flatMap(({ rule, case: which = "default", related = [] }) => {
        const messages = engine.rules.get(rule)?.messages ?? {};
        const asked = [which, ...related.map((place) => place.case ?? "related")];
        return asked.filter((one) => messages[one] === undefined).map((one) => `${name}: ${rule}, ${one}`);
      }),
    );
    expect(wordless).toEqual([]);
  });
});

describe("origins lie in their sources, and what stands there is what the model has", () => {
  test.each(files)("%s", (_, own) => {
    for (const { example, model, name } of own) {
      const texts = new Map(example.sources.map(({ path, text }) => [path, text] as const));
      const outside = [...model.origins].filter(([, { path, span, key = span }]) => {
        const length = texts.get(path)?.length ?? -1;
        return [span, key].some(({ start, end }) => start < 0 || start > end || end > length);
      });
      expect(outside, name).toEqual([]);
      const written = knownOf(model.json, engine.schema).flatMap((known) => readsAs(known, model, texts, engine.schema) ?? []);
      expect(
        written.filter(({ read, value }) => !read.some((one) => one === value)),
        name,
      ).toEqual([]);
    }
  });
});

/** What the model, or the model before the change, is to know no more. */
interface Taken {
  /** Begins with the input's part. */
  readonly at: ModelPath;
  readonly names: readonly string[];
}

/** What is said, each with its rule. */
type Answers = ReadonlyMap<string, string>;

function answers(input: PolicyInput): Answers {
  return new Map(engine.policies.evaluate(input).map(({ rule, case: which, at }) => [JSON.stringify([rule, which ?? "default", at]), rule] as const));
}

function knownIn({ model, base }: PolicyInput): readonly Taken[] {
  return Object.entries({ model, base }).flatMap(([part, json]) =>
    isModel(json) ? knownOf(json, engine.schema).map(({ at, names }) => ({ at: [part, ...at], names: [part, ...names] })) : [],
  );
}

function less(input: PolicyInput, taken: readonly Taken[]): PolicyInput {
  const of = (json: unknown, part: string): unknown =>
    isModel(json)
      ? without(
          json,
          taken.flatMap(({ at: [first, ...rest] }) => (first === part ? [rest] : [])),
        )
      : json;
  return { ...input, model: of(input.model, "model"), ...("base" in input && { base: of(input.base, "base") }) };
}

function isModel(json: unknown): json is ModelJson {
  return typeof json === "object" && json !== null;
}

/** The same at each run. */
function shuffled<One>(all: readonly One[], seed: number): readonly One[] {
  return fc.sample(fc.shuffledSubarray([...all], { minLength: all.length }), { seed, numRuns: 1 })[0] ?? [];
}

function byFile(all: readonly ExampleModel[]): (readonly [string, readonly ExampleModel[]])[] {
  const found = new Map<string, ExampleModel[]>();
  for (const model of all) found.set(model.file.path, [...(found.get(model.file.path) ?? []), model]);
  return [...found];
}
