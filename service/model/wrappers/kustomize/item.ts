// An object on its way through a Kustomization, and small changes to trees.

import { at, map, type MapNode, type Node, text } from "../../../document/node.ts";

export interface Item {
  readonly node: MapNode;
  /** The file that it came from. */
  readonly path: string;
  /** Each name that it had so far; the first is the one it was written with. */
  readonly names: readonly string[];
  /** The entry of `helmCharts` that renders it; null for others. */
  readonly chart: string | null;
}

export function itemOf(node: MapNode, path: string, chart: string | null = null): Item {
  const name = text(at(node, "metadata", "name"));
  return { node, path, names: name === undefined ? [] : [name], chart };
}

export function kindOf(item: Item): string {
  return text(item.node.entries.get("kind")) ?? "";
}

export function nameOf(item: Item): string | undefined {
  return text(at(item.node, "metadata", "name"));
}

/** The tree with another node at a path of keys; maps on the way are made where `create` says so. */
function withAt(node: Node, path: readonly string[], change: (old: Node | undefined) => Node | undefined, create = true): Node {
  const [key, ...rest] = path;
  if (key === undefined || node.kind !== "map") return node;
  const old = node.entries.get(key);
  if (old === undefined && rest.length > 0 && !create) return node;
  if (old === undefined && node.incomplete !== undefined) return node;
  const made = rest.length === 0 ? change(old) : withAt(old ?? map([], node.origin), rest, change, create);
  if (made === undefined || made === old) return node;
  return { ...node, entries: new Map([...node.entries, [key, made]]) };
}

/** The same for an object. */
export function changed(item: Item, path: readonly string[], change: (old: Node | undefined) => Node | undefined, create = true): Item {
  return { ...item, node: withAt(item.node, path, change, create) as MapNode };
}

/** A node at every place, innermost first. */
export function everywhere(node: Node, change: (node: Node) => Node): Node {
  if (node.kind === "list") {
    const items = node.items.map((one) => everywhere(one, change));
    return change(items.every((one, index) => one === node.items[index]) ? node : { ...node, items });
  }
  if (node.kind !== "map") return change(node);
  const entries = [...node.entries].map(([key, child]) => [key, everywhere(child, change)] as const);
  return change(entries.every(([key, child]) => node.entries.get(key) === child) ? node : { ...node, entries: new Map(entries) });
}
