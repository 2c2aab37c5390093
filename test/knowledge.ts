// Takes knowledge out of a model, as reading does where something cannot be known: the law of knowledge is tested with it.
import { pathKey, type ModelJson, type ModelPath } from "../service/model/model.ts";
import type { RootSchema, Schema } from "../service/model/schema.ts";

/** A value of the model that stands under a key of the schema, and the schema that it follows. */
export interface Known {
  readonly at: ModelPath;
  /** The keys on the way to it that the schema names: without places in lists, and without free keys. */
  readonly names: readonly string[];
  readonly value: unknown;
  readonly schema: Schema;
}

/**
 * All that may be missing by itself: whatever stands under a key that the schema names, be it a scalar, a whole list, a
 * whole map or a whole object. Members of lists and of maps with free keys are not there alone: with one unknown, all are.
 */
export function knownOf(model: ModelJson, root: RootSchema): Known[] {
  const found: Known[] = [];
  visit(model, root, [], []);
  return found;

  function visit(value: unknown, given: Schema, at: ModelPath, names: readonly string[]): void {
    const schema = given.$ref === undefined ? given : { ...root.$defs[given.$ref.slice("#/$defs/".length)], ...given };
    const { properties, items, additionalProperties } = schema;
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, items ?? {}, [...at, index], names);
    else if (typeof value === "object" && value !== null)
      for (const [name, member] of Object.entries(value)) {
        const property = properties?.[name];
        const here = property ?? (typeof additionalProperties === "object" ? additionalProperties : {});
        const target = here.$ref === undefined ? here : { ...root.$defs[here.$ref.slice("#/$defs/".length)], ...here };
        const own = property === undefined ? names : [...names, name];
        if (property !== undefined) found.push({ at: [...at, name], names: own, value: member, schema: target });
        visit(member, target, [...at, name], own);
      }
  }
}

/** The model without what stands at these paths. The model itself stays as it is. */
export function without(model: ModelJson, paths: readonly ModelPath[]): ModelJson {
  const taken = new Set(paths.map(pathKey));
  return copy(model, []) as ModelJson;

  function copy(value: unknown, at: ModelPath): unknown {
    if (Array.isArray(value)) return value.map((item, index) => copy(item, [...at, index]));
    if (typeof value !== "object" || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !taken.has(pathKey([...at, name])));
    return Object.fromEntries(kept.map(([name, member]) => [name, copy(member, [...at, name])] as const));
  }
}
