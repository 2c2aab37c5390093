// A tree as plain data, for tests and for printing: origins fall away, unknown leaves are marked.

import type { Node } from "./node.ts";

export const UNKNOWN: unique symbol = Symbol("unknown");

/** Plain data of a node; an unknown leaf becomes `UNKNOWN`, so that it equals nothing but itself. */
export function plain(node: Node): unknown {
  if (node.kind === "unknown") return UNKNOWN;
  if (node.kind === "list") return node.items.map(plain);
  if (node.kind === "map") return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
  return node.value;
}
