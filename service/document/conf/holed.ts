// What a text that the server cannot read leaves open: the maps around the place may have held more than was made of them.

import type { MapNode, Node, Origin } from "../node.ts";

/** The root, and each map in it down to the place, as maps of which not all is known. */
export function holed(root: MapNode, place: Origin): MapNode {
  const entries = [...root.entries].map(([key, node]): readonly [string, Node] => [key, node.kind === "map" && holds(node, place) ? holed(node, place) : node]);
  return { ...root, entries: new Map(entries), incomplete: root.incomplete ?? "the server cannot read the configuration" };
}

function holds({ origin }: MapNode, { path, span }: Origin): boolean {
  return origin.path === path && origin.span.start <= span.start && span.start <= origin.span.end;
}
