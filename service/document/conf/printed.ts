// A conf tree as JSON text, for people and for programs that know no 64-bit integers of nats.conf by another name.

import type { Node } from "../node.ts";

/** Indented JSON: integers with all their digits, dates as strings, and null for what is not known. Ends without a newline. */
export function printed(node: Node, indent = ""): string {
  const inner = `${indent}  `;
  if (node.kind === "list")
    return bracketed(
      "[",
      "]",
      node.items.map((item) => `${inner}${printed(item, inner)}`),
      indent,
    );
  if (node.kind === "map") {
    const pairs = [...node.entries].map(([key, value]) => `${inner}${JSON.stringify(key)}: ${printed(value, inner)}`);
    return bracketed("{", "}", pairs, indent);
  }
  if (node.kind === "unknown") return "null";
  return typeof node.value === "bigint" ? node.value.toString() : JSON.stringify(node.value);
}

function bracketed(open: string, close: string, lines: readonly string[], indent: string): string {
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}
