// What stands in a conf's tree, in the kinds that the server tells apart, and the words for them.

import type { Node } from "../../document/node.ts";

/** `null` is YAML's alone: a chart drops the key. */
export type Kind = "string" | "int" | "float" | "bool" | "date" | "list" | "map" | "null" | "unknown";

export function kindOf(node: Node): Kind {
  if (node.kind !== "scalar") return node.kind;
  const { value, spelling } = node;
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return spelling?.type === "float" || !Number.isInteger(value) ? "float" : "int";
  return spelling?.type === "date" ? "date" : "string";
}

/** "an integer", for a sentence about what stands somewhere. */
export function kindWords(node: Node): string {
  const kind = kindOf(node);
  if (kind === "string" && node.kind === "scalar" && node.spelling?.conf !== "bare") return "a string in quotes";
  return WORDS[kind];
}

const WORDS: Readonly<Record<Kind, string>> = {
  string: "a string",
  int: "an integer",
  float: "a decimal number",
  bool: "a boolean",
  date: "a date",
  list: "a list",
  map: "a block",
  null: "nothing",
  unknown: "something that is not known",
};
