// One option set twice in a block by two names: the server walks the keys in no order, so that chance decides between them.

import type { Node } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { typed } from "../../document/conf/typed.ts";

/** The entries of a block by the names to recommend, in the order written. */
export type Known = ReadonlyMap<string, readonly { readonly written: string; readonly node: Node }[]>;

export function doubles(known: Known, path: readonly string[]): TextViolation[] {
  const said: TextViolation[] = [];
  for (const [, entries] of known) {
    const [first, ...others] = entries;
    for (const other of others) if (first !== undefined) said.push(double(first, other, path));
  }
  const [listen] = known.get("listen") ?? [];
  for (const part of ["host", "port"])
    for (const other of known.get(part) ?? [])
      if (listen !== undefined && other.node.kind !== "unknown" && !agrees(listen.node, part, other.node)) said.push(double(listen, other, path, "spelling"));
  return said;
}

function double(first: { readonly written: string; readonly node: Node }, other: typeof first, path: readonly string[], which?: "spelling"): TextViolation {
  const unknown = first.node.kind === "unknown" || other.node.kind === "unknown";
  const same = !unknown && JSON.stringify(typed(first.node)) === JSON.stringify(typed(other.node));
  return {
    rule: "conf-duplicate-key",
    case: which ?? (same ? "same" : "spelling"),
    origin: other.node.origin,
    on: "key",
    facts: { key: [...path, other.written].join("."), other: first.written },
    related: [{ origin: first.node.origin, message: "set here too" }],
  };
}

/** Does `listen` say the same as `host` or `port` beside it? */
function agrees(listen: Node, part: string, other: Node): boolean {
  if (listen.kind !== "scalar" || other.kind !== "scalar") return listen.kind === "unknown";
  const text = String(listen.value);
  const at = text.lastIndexOf(":");
  return part === "port" ? text.slice(at + 1) === String(other.value) : at < 0 || text.slice(0, at) === String(other.value);
}
