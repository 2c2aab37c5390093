// The law of knowledge, for dialects: taking a value out of what is known never makes another value known.

import type { MapNode, Node } from "../../../service/document/node.ts";
import { unknown } from "../../../service/document/node.ts";

/** Every tree in which one node of the given one is unknown, with the place of that node. */
export function* withHoles(node: Node, path: readonly string[] = []): Generator<{ readonly path: string; readonly tree: Node }> {
  if (path.length > 0) yield { path: path.join("."), tree: unknown("it is taken out", node.origin) };
  if (node.kind === "map")
    for (const [key, child] of node.entries)
      for (const hole of withHoles(child, [...path, key])) yield { path: hole.path, tree: { ...node, entries: new Map([...node.entries, [key, hole.tree]]) } };
  if (node.kind === "list")
    for (const [index, child] of node.items.entries())
      for (const hole of withHoles(child, [...path, String(index)]))
        yield { path: hole.path, tree: { ...node, items: node.items.map((item, at) => (at === index ? hole.tree : item)) } };
}

/** Where `less` knows something that `more` does not say; empty when less is known only. */
export function contradictions(less: Node | undefined, more: Node | undefined, path = ""): string[] {
  if (less?.kind === "unknown") return [];
  if (more?.kind === "unknown") return less === undefined ? [] : [`${path} is known`];
  if (less === undefined || more === undefined) return less === more ? [] : [`${path} is ${less === undefined ? "gone" : "there"}`];
  if (less.kind === "map" && more.kind === "map") return inMaps(less, more, path);
  if (less.kind === "list" && more.kind === "list") return inLists(less.items, more.items, path);
  const isSame = less.kind === "scalar" && more.kind === "scalar" && less.value === more.value;
  return isSame ? [] : [`${path} is something else`];
}

function inMaps(less: MapNode, more: MapNode, path: string): string[] {
  const keys = new Set([...less.entries.keys(), ...more.entries.keys()]);
  return [...keys].flatMap((key) => {
    const own = less.entries.get(key);
    if (own === undefined && less.incomplete !== undefined) return [];
    return contradictions(own, more.entries.get(key), `${path}/${key}`);
  });
}

/** A list with an unknown member is not known as a whole; what stands before that member still has to be right. */
function inLists(less: readonly Node[], more: readonly Node[], path: string): string[] {
  const open = less.findIndex((item) => item.kind === "unknown");
  if (open < 0 && less.length !== more.length) return [`${path} has ${less.length} members, not ${more.length}`];
  return less.slice(0, open < 0 ? less.length : open).flatMap((item, index) => contradictions(item, more[index], `${path}/${index}`));
}
