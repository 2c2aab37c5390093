// A tree as JSON that keeps apart what JSON does not: integers of 64 bits, floats and dates, and what is not known.

import type { Node, ScalarNode } from "../node.ts";

export type TypedJson = string | boolean | null | readonly TypedJson[] | { readonly [key: string]: TypedJson };

/** `{"$int": "4222"}`, `{"$float": "1.5"}`, `{"$date": "2006-01-02T15:04:05Z"}`, `{"$unknown": "because ..."}`; all else as itself. */
export function typed(node: Node): TypedJson {
  if (node.kind === "unknown") return { $unknown: node.because };
  if (node.kind === "list") return node.items.map(typed);
  if (node.kind === "scalar") return typedScalar(node);
  // Object.fromEntries makes an own property even of "__proto__".
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, typed(value)]));
}

function typedScalar({ spelling, value }: ScalarNode): TypedJson {
  if (typeof value === "bigint") return { $int: value.toString() };
  if (typeof value === "number") {
    const integer = spelling?.type === undefined ? Number.isInteger(value) : spelling.type === "integer";
    return integer ? { $int: value.toString() } : { $float: Object.is(value, -0) ? "-0" : value.toString() };
  }
  return spelling?.type === "date" && typeof value === "string" ? { $date: value } : value;
}
