// Trees become the model by its schema: known leaves are normalised and keep their origin, unset ones are null,
// unknown ones are left out. The schema's own keywords (conf, aliases, unit, secret, single, redact, lower) say how.

import { isUnset, type MapNode, type Node, type Origin } from "../document/node.ts";
import type { Model, ModelPath, Unresolved } from "./model.ts";
import { keyBelow } from "./model.ts";
import { propertiesIn, type RootSchema, resolvedIn, type Schema } from "./schema.ts";
import { redactUrl } from "./secrets.ts";
import { bytesOfConfSize, bytesOfQuantity, coresOfQuantity, secondsOfDuration } from "./units.ts";

/** Tells equal secrets of one run from different ones, without keeping them in the model. */
export type SecretNumbers = Map<string, number>;

const MISSING: unique symbol = Symbol("missing");

/** The model that a tree with the model's own keys describes. */
export function conform(tree: MapNode, schema: RootSchema, secrets: SecretNumbers = new Map()): Model {
  const origins = new Map<string, Origin>();
  const unresolved: Unresolved[] = [];
  const whole = resolvedIn(schema);
  const properties = propertiesIn(schema);
  const json = visit(tree, schema, [], "", false);
  return { json: (json === MISSING || json === null ? {} : json) as Record<string, unknown>, origins, unresolved };

  /** `key` is the path's own: made step by step, because a path is long and its beginning is that of many. */
  function visit(node: Node | undefined, given: Schema, at: ModelPath, key: string, conf: boolean): unknown {
    const here = whole(given);
    if (node !== undefined) origins.set(key, node.origin);
    if (here.secret === true && node !== undefined) return secret(node, at);
    if (node?.kind === "unknown") return missing(node.because, node.origin, at);
    if (isUnset(node)) return null;
    const known = node as Exclude<Node, { kind: "unknown" }>;
    if (here.properties !== undefined) return object(known, here, at, key, conf || here.conf === true);
    if (here.items !== undefined) return array(known, here, at, key, conf);
    if (typeof here.additionalProperties === "object") return freeMap(known, here.additionalProperties, at, key, conf);
    return leaf(known, here, at);
  }

  function missing(because: string, origin: Origin, at: ModelPath): typeof MISSING {
    unresolved.push({ at, because, origin });
    return MISSING;
  }

  function object(node: Node, here: Schema, at: ModelPath, path: string, conf: boolean): unknown {
    if (node.kind !== "map") return missing("something else than a map stands there", node.origin, at);
    const found = conf ? folded(node) : node.entries;
    const json: Record<string, unknown> = {};
    for (const { name, spellings, schema: property } of properties(here.properties ?? {})) {
      const key = conf && spellings.length > 1 ? spellings.find((one) => found.has(one)) : name;
      const child = key === undefined ? undefined : found.get(key);
      if (child !== undefined) {
        const value = visit(child, property, [...at, name], keyBelow(path, name), conf);
        if (value !== MISSING) json[name] = value;
      } else if (node.incomplete !== undefined) missing(node.incomplete, node.origin, [...at, name]);
      // Most of what a model can hold is not there.
      else json[name] = null;
    }
    return json;
  }

  function array(node: Node, here: Schema, at: ModelPath, path: string, conf: boolean): unknown {
    if (node.kind !== "list") {
      if (here.single !== true || node.kind !== "scalar") return missing("something else than a list stands there", node.origin, at);
      origins.set(keyBelow(path, 0), node.origin);
      const only = leaf(node, { ...here.items, ...(here.redact === undefined ? {} : { redact: here.redact }) }, [...at, 0]);
      return only === MISSING ? MISSING : [only];
    }
    const items = { ...(here.items ?? {}), ...(here.redact === undefined ? {} : { redact: here.redact }) };
    const values = node.items.map((item, index) => visit(item, items, [...at, index], keyBelow(path, index), conf));
    return values.includes(MISSING) ? MISSING : values;
  }

  function freeMap(node: Node, member: Schema, at: ModelPath, path: string, conf: boolean): unknown {
    if (node.kind !== "map") return missing("something else than a map stands there", node.origin, at);
    if (node.incomplete !== undefined) return missing(node.incomplete, node.origin, at);
    const json: Record<string, unknown> = {};
    for (const [name, child] of node.entries) {
      const value = visit(child, member, [...at, name], keyBelow(path, name), conf);
      if (value === MISSING) return MISSING;
      json[name] = value;
    }
    return json;
  }

  function leaf(node: Node, here: Schema, at: ModelPath): unknown {
    if (node.kind !== "scalar") return missing("something else than a single value stands there", node.origin, at);
    const value = normalised(node.value, here);
    if (value === undefined) return missing("the value is of another kind than the key takes", node.origin, at);
    return value;
  }

  function secret(node: Node, at: ModelPath): unknown {
    if (node.kind === "unknown") {
      if (node.same === "generated") return { form: "generated", same: null };
      if (node.same?.startsWith("variable ") === true) return { form: "variable", same: null };
      return missing(node.because, node.origin, at);
    }
    if (isUnset(node)) return null;
    if (node.kind !== "scalar") return missing("something else than a single value stands there", node.origin, at);
    const text = String(node.value);
    if (text === "") return { form: "empty", same: null };
    if (!secrets.has(text)) secrets.set(text, secrets.size + 1);
    return { form: /^\$2[abxy]\$/.test(text) ? "bcrypt" : "plain", same: secrets.get(text) };
  }
}

/** A map's entries with keys in lower case; of several spellings the last. */
function folded(node: MapNode): ReadonlyMap<string, Node> {
  return new Map([...node.entries].map(([key, value]) => [key.toLowerCase(), value] as const));
}

/** A scalar as the model has it, or undefined when the key cannot take it. */
function normalised(value: unknown, here: Schema): unknown {
  const types = typeof here.type === "string" ? [here.type] : (here.type ?? []);
  if (here.unit === "size") return numberOr(value, bytesOfConfSize);
  if (here.unit === "quantity") return numberOr(value, bytesOfQuantity);
  if (here.unit === "cores") return numberOr(value, coresOfQuantity);
  if (here.unit === "duration") return numberOr(value, secondsOfDuration);
  if (here.unit === "percent") return numberOr(value, (text) => (/^[+-]?\d{1,9}%?$/.test(text) ? Number.parseInt(text, 10) : null));
  if (typeof value === "bigint") return types.includes("integer") || types.includes("number") ? Number(value) : undefined;
  if (typeof value === "number") {
    if (types.includes("number")) return value;
    return types.includes("integer") && Number.isInteger(value) ? value : undefined;
  }
  if (typeof value === "boolean") return types.includes("boolean") ? value : undefined;
  if (typeof value === "string" && types.includes("string")) {
    const text = here.lower === true ? value.toLowerCase() : value;
    if (here.enum !== undefined && !here.enum.includes(text)) return undefined;
    if (here.redact === "url") return redactUrl(text);
    return here.redact === undefined || text === "" ? text : "(not shown)";
  }
  return undefined;
}

function numberOr(value: unknown, read: (text: string) => number | null): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") return read(value) ?? undefined;
  return undefined;
}
