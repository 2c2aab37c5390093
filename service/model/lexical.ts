// Where the spelling of a value decides what the server reads: strings of nats.conf that stand without quotes,
// and credentials that YAML takes for numbers. What a value says never leaves this file, only how it reads.

import { readingOf } from "../document/conf/read-scalar.ts";
import { list, map, type MapNode, type Node, type Origin, scalar, type ScalarNode, type UnknownNode } from "../document/node.ts";
import { CONFIG, resolvedIn, type RootSchema, type Schema, spellingsIn, STREAMING } from "./schema.ts";

export type VariableFrom = "value" | "secret" | "configMap" | "field" | "undefined";

/** The lexical entries and the variables of one conf tree, as the model lists them. */
export interface Lexical {
  readonly lexical: Node;
  readonly variables: Node;
}

type Role = "password" | "user" | "token" | "url" | "name" | "path" | "number" | "other";

/** Walks the tree beside the model's schema: keys that take a string, and numbers that a chart prints. */
export function lexicalOf(
  tree: Node,
  schema: RootSchema,
  version: readonly number[] | undefined,
  from: "conf" | "chart",
  source: (variable: string) => VariableFrom | null,
): Lexical {
  const entries: Node[] = [];
  const variables: Node[] = [];
  const whole = resolvedIn(schema);
  const spellings = spellingsIn(schema);
  if (tree.kind === "map") {
    walk(tree, CONFIG, "");
    for (const [key, node] of tree.entries) if (key.toLowerCase() === "streaming") walk(node, STREAMING, "");
  }
  return { lexical: list(entries, tree.origin), variables: list(variables, tree.origin) };

  function walk(node: Node, given: Schema, key: string): void {
    const here = whole(given);
    if (here.properties !== undefined && here.secret !== true) {
      if (node.kind !== "map") return;
      const known = spellings(here.properties);
      for (const [name, child] of node.entries) {
        const property = known.get(name.toLowerCase());
        if (property !== undefined) walk(child, property, name);
      }
    } else if (typeof here.additionalProperties === "object") {
      if (node.kind === "map") for (const [name, child] of node.entries) walk(child, here.additionalProperties, name);
    } else if (here.items !== undefined) {
      if (node.kind === "list") for (const child of node.items) walk(child, here.items, key);
      else if (here.single === true) walk(node, here.items, key);
    } else if (here.secret === true || types(here).includes("string")) leaf(node, key, here);
    else if (from === "chart" && types(here).includes("integer")) {
      const entry = numberEntry(node, key, version);
      if (entry !== null) entries.push(entry);
    }
  }

  function leaf(node: Node, key: string, here: Schema): void {
    const role = roleOf(key, here);
    if (node.kind === "unknown") {
      const name = node.same?.startsWith("variable ") === true ? node.same.slice("variable ".length) : undefined;
      if (name !== undefined) {
        const found = source(name);
        if (found !== null) variables.push(record({ name, key, role, from: found }, node.origin));
        return;
      }
    }
    if (node.kind === "map" || node.kind === "list") return;
    const entry = entryOf(node, key, role, types(here), version, from);
    if (entry !== null) entries.push(entry);
  }
}

/** A number that a template prints in a way that is none to the server: `1e+06`, `1.5Gi`, nothing. Null for all others. */
function numberEntry(node: Node, key: string, version: readonly number[] | undefined): Node | null {
  if ((node.kind !== "scalar" && node.kind !== "unknown") || node.spelling?.conf !== "bare") return null;
  const { text } = node.spelling;
  if (!/^(?:[-+]?\d+(?:\.\d+)?e[-+]?\d+|\d+\.\d+[a-z]+|)$/i.test(text)) return null;
  const { reads } = readingOf(text, version);
  return record({ ...PRINTED, key, reads, number: text }, node.origin);
}

const PRINTED = { role: "number", from: "chart", quoted: false, yaml: null, leading: "other", bcrypt: null, same: false, refused: "all", variable: null };

const QUOTED_VARIABLE = { quoted: true, yaml: null, leading: "dollar", bcrypt: null, reads: "string", same: true, refused: "", number: null };

/** One scalar's entry; null where its spelling cannot matter. */
function entryOf(
  node: ScalarNode | UnknownNode,
  key: string,
  role: Role,
  taken: readonly string[],
  version: readonly number[] | undefined,
  from: "conf" | "chart",
): Node | null {
  const { spelling, origin } = node;
  const credential = role === "password" || role === "user" || role === "token";
  if (node.kind === "unknown" && spelling === undefined) return null;
  if (spelling?.conf !== "bare") {
    if (node.kind === "unknown") return null;
    // JSON and quoted text say what YAML made of them: a number stays a number, and the server wants a string.
    // The nats chart takes the marks of a raw text only with blanks inside.
    const variable = credential || role === "name" ? /^(?:<<\s*)?\$([A-Z_][A-Z0-9_]*)(?:\s*>>)?$/.exec(String(node.value))?.[1] : undefined;
    if (spelling?.conf === "quoted" && variable !== undefined) return record({ ...QUOTED_VARIABLE, key, role, from, variable }, origin);
    const yaml = yamlKind(node);
    if (!credential || yaml === "string" || taken.includes(yaml)) return null;
    return record(
      { key, role, from: "yaml", quoted: true, yaml, leading: "digit", bcrypt: null, reads: yaml, same: false, refused: "", variable: null, number: null },
      origin,
    );
  }
  const { text } = spelling;
  // Where no value stands, none is spelled.
  if (text === "") return null;
  const reading = readingOf(text, version);
  if (!credential && reading.same) return null;
  const leading = /^\d/.test(text) ? "digit" : text.startsWith("-") ? "sign" : text.startsWith("$") ? "dollar" : "other";
  if (reading.same && leading === "other") return null;
  if (taken.includes("boolean") && reading.reads === "boolean") return null;
  if (taken.includes("number") && (reading.reads === "integer" || reading.reads === "float")) return null;
  if (reading.reads === "variable" && !/^\$2[bxy]\$/.test(text)) return null;
  const bcrypt = /^\$(2[abxy])\$/.exec(text)?.[1] ?? null;
  return record(
    {
      key,
      role,
      from,
      quoted: false,
      yaml: null,
      leading,
      bcrypt,
      reads: reading.reads,
      same: reading.same,
      refused: version === undefined || reading.same ? reading.refused : "all",
      variable: null,
      number: null,
    },
    origin,
  );
}

function yamlKind(node: ScalarNode): "string" | "number" | "boolean" | "null" {
  if (node.value === null) return "null";
  if (typeof node.value === "boolean") return "boolean";
  return typeof node.value === "string" ? "string" : "number";
}

function roleOf(key: string, here: Schema): Role {
  const name = key.toLowerCase();
  if (/^pass(word)?$/.test(name)) return "password";
  if (name === "token") return "token";
  if (name === "user" || name === "username") return "user";
  if (here.redact === "url" || /urls?$|^routes$|^ns$|nats_server/.test(name)) return "url";
  if (/(_dir|_file|^dir|path|^store|datastore|creds|credentials)$/.test(name)) return "path";
  if (/name|^id$|_id$|^cid$|group/.test(name)) return "name";
  return "other";
}

function types(here: Schema): readonly string[] {
  return typeof here.type === "string" ? [here.type] : (here.type ?? []);
}

function record(facts: Readonly<Record<string, string | boolean | null>>, origin: Origin): MapNode {
  return map(
    Object.entries(facts).map(([key, value]) => [key, scalar(value, origin)] as const),
    origin,
  );
}
