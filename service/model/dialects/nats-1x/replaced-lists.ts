// Lists under `merge` take the place of the chart's own: what they leave out is gone, and Helm says nothing about it.

import { at, type Node, text } from "../../../document/node.ts";
import type { TextViolation } from "../../../document/violation.ts";

/** What `merge` at a path of the values takes away from what the template writes. */
export function replacedLists(content: Node, merge: Node, path: readonly string[]): TextViolation[] {
  if (merge.kind === "map") return [...merge.entries].flatMap(([key, node]) => replacedLists(at(content, key) ?? node, node, [...path, key]));
  if (merge.kind !== "list" || content.kind !== "list" || merge === content) return [];
  const own = content.items.map(nameOf);
  const kept = merge.items.map(nameOf);
  if ([...own, ...kept].includes(undefined)) return [];
  const facts = { key: path.join(".") };
  const lost = own.filter((name) => name !== undefined && !kept.includes(name)) as string[];
  if (lost.length > 0) return [{ rule: "helm-merge-replaces-list", origin: merge.origin, on: "key", facts: { ...facts, lost } }];
  const stripped = content.items.flatMap((item): TextViolation[] => {
    const over = merge.items.find((one) => nameOf(one) === nameOf(item));
    if (item.kind !== "map" || over?.kind !== "map" || over.incomplete !== undefined) return [];
    const missing = [...item.entries].filter(([key, node]) => !isEmpty(node) && !over.entries.has(key)).map(([key]) => key);
    // A container without an image runs nothing; what else is left out may be meant.
    if (!missing.includes("image")) return [];
    return [
      {
        rule: "helm-merge-replaces-list",
        case: "stripped",
        origin: over.origin,
        on: "key",
        facts: { ...facts, name: nameOf(item) ?? "", lost: missing.slice(0, SHOWN) },
      },
    ];
  });
  return stripped.slice(0, 1);
}

/** More keys than that make no sentence. */
const SHOWN = 4;

/** By what people tell the elements of a list apart; undefined for one that has no name, or no known one. */
function nameOf(node: Node): string | undefined {
  const name = at(node, "name");
  return name === undefined ? text(at(node, "mountPath")) : text(name);
}

function isEmpty(node: Node): boolean {
  return (
    (node.kind === "map" && node.entries.size === 0) || (node.kind === "list" && node.items.length === 0) || (node.kind === "scalar" && node.value === null)
  );
}
