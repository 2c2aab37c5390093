// Models as they may be by their schema, whether or not anything would ever be read so: policies have to bear them all.
import fc from "fast-check";
import type { Schema } from "../service/model/schema.ts";
import type { ModelJson } from "../service/model/model.ts";
import { type Known, knownOf } from "./knowledge.ts";

export type Definitions = Readonly<Record<string, Schema>>;

/** Texts and numbers that policies compare with: what falls upon them by chance alone would reach little. */
export interface Constants {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

const MISSING: unique symbol = Symbol("missing");

/** Values of a schema. What an object's property is may be known, known to be unset, or missing; a list or a map has few members. */
export function anyValue(root: Schema, definitions: Definitions, constants: Constants): fc.Arbitrary<unknown> {
  const leaves: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    null: fc.constant(null),
    boolean: fc.boolean(),
    string: anyText(constants.texts),
    integer: anyInteger(constants.numbers),
    number: fc.oneof({ weight: 3, arbitrary: anyInteger(constants.numbers) }, fc.double({ noNaN: true, noDefaultInfinity: true })),
  };
  const made = new Map<Schema, fc.Arbitrary<unknown>>();
  return of(root);

  function of(given: Schema): fc.Arbitrary<unknown> {
    const before = made.get(given);
    if (before !== undefined) return before;
    const arbitrary = build(given.$ref === undefined ? given : { ...definitions[given.$ref.slice("#/$defs/".length)], ...given });
    made.set(given, arbitrary);
    return arbitrary;
  }

  function build(schema: Schema): fc.Arbitrary<unknown> {
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const types = [schema.type ?? ["object", "array", ...Object.keys(leaves)]].flat();
    return fc.oneof(...types.map((type) => ({ weight: type === "null" ? 1 : 3, arbitrary: ofType(type, schema) })));
  }

  function ofType(type: string, { properties, additionalProperties, items }: Schema): fc.Arbitrary<unknown> {
    if (type === "array") return fc.array(of(items ?? { type: "string" }), { maxLength: 2 });
    if (type !== "object") return leaves[type] ?? fc.constant(null);
    if (properties === undefined)
      return fc.dictionary(anyText(constants.texts), of(typeof additionalProperties === "object" ? additionalProperties : { type: "string" }), { maxKeys: 2 });
    const names = Object.keys(properties);
    return fc
      .tuple(...names.map((name) => fc.oneof({ weight: 5, arbitrary: of(properties[name] ?? {}) }, { weight: 1, arbitrary: fc.constant(MISSING) })))
      .map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]] as const).filter(([, value]) => value !== MISSING)));
  }
}

/** A model with some of its values replaced by others of their schema. */
export function anyChange(model: ModelJson, root: Schema & { readonly $defs: Definitions }, constants: Constants): fc.Arbitrary<ModelJson> {
  const known = knownOf(model, root);
  if (known.length === 0) return fc.constant(model);
  const changes = fc.array(
    fc.constantFrom(...known).chain((one) => anyValue(one.schema, root.$defs, constants).map((value) => ({ one, value }))),
    { minLength: 1, maxLength: 6 },
  );
  return changes.map((all) => all.reduce((changed, { one, value }) => replaced(changed, one.at, value) as ModelJson, model));
}

function replaced(value: unknown, [step, ...rest]: Known["at"], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  // A change before it may have taken away what it was in.
  if (typeof value !== "object" || value === null) return value;
  return { ...value, [step]: replaced((value as Readonly<Record<string | number, unknown>>)[step], rest, by) };
}

function anyText(texts: readonly string[]): fc.Arbitrary<string> {
  const odd = ["", " ", "*", ">", ".", "..", "a.b", "a.>", "$SYS", "\u0000", "é", "\ud83d", "__proto__", "0", "-1", "1e9", "x".repeat(300)];
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...texts) }, { weight: 2, arbitrary: fc.constantFrom(...odd) }, fc.string({ maxLength: 12 }));
}

function anyInteger(numbers: readonly number[]): fc.Arbitrary<number> {
  const odd = [-1, 0, 1, 2, 3, 65_536, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1)];
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...numbers, ...odd) }, fc.nat({ max: 10 }), fc.maxSafeInteger());
}
