// What a text that the server cannot read leaves open: the maps around the place may have held more than was made of them.

import type { MapNode, Node, Origin } from "../node.ts";

/** The root, and each map in it down to the place, as maps of which not all is known; as it is where one value alone cannot be read. */
export function holed(root: MapNode, place: Origin): MapNode {
  return isValue(root, place) ? root : opened(root, place);
}

/** Does the tree know the place as a value that cannot be read? What is around it is as it stands then. */
function isValue(node: Node, place: Origin): boolean {
  if (node.kind === "unknown") return holds(node, place);
  const inner = node.kind === "map" ? [...node.entries.values()] : node.kind === "list" ? node.items : [];
  return inner.some((one) => holds(one, place) && isValue(one, place));
}

function opened(root: MapNode, place: Origin): MapNode {
  const entries = [...root.entries].map(([key, node]): readonly [string, Node] => [
    key,
    node.kind === "map" && holds(node, place) ? opened(node, place) : node,
  ]);
  return { ...root, entries: new Map(entries), incomplete: root.incomplete ?? "the server cannot read the configuration" };
}

function holds({ origin }: Node, { path, span }: Origin): boolean {
  return origin.path === path && origin.span.start <= span.start && span.start <= origin.span.end;
}
