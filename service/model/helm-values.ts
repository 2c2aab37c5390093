// Helm's rules for values in layers: maps merge, lists replace, null deletes, and any non-empty string is true.

import { isUnset, type MapNode, type Node, type Origin, type Via } from "../document/node.ts";

/**
 * Values as a chart's templates see them: `layers` in Helm's order (the last wins) over the chart's defaults, which are
 * placed beside what was written, wherever they stood.
 * What a later layer overrides leaves its place in `via` of the winner.
 */
export function mergeValues(defaults: MapNode, layers: readonly Node[], chart: string): Node {
  let own: Node | undefined;
  for (const layer of layers) own = own === undefined ? layer : overlay(own, layer);
  if (own === undefined) return defaults;
  return fillIn(defaults, own, chart, "");
}

/** One values file over another. A null stays, so that it can delete a default further down. */
export function overlay(below: Node, above: Node): Node {
  if (above.kind === "unknown") return above;
  if (below.kind === "unknown" && above.kind === "map") return opened(above, below.because, below.unseen);
  if (below.kind !== "map" || above.kind !== "map") return over(below, above);
  const entries = new Map(below.entries);
  for (const [key, node] of above.entries) {
    const under = entries.get(key);
    entries.set(key, under === undefined ? node : overlay(under, node));
  }
  // What may stand in the upper map besides may be what the lower one sets.
  if (above.incomplete !== undefined)
    for (const [key, node] of entries) if (!above.entries.has(key)) entries.set(key, { kind: "unknown", because: above.incomplete, origin: node.origin });
  const incomplete = above.incomplete ?? below.incomplete;
  const unseen = above.incomplete === undefined ? below.unseen : above.unseen;
  return incomplete === undefined ? { ...above, entries } : { ...above, entries, incomplete, ...(unseen !== undefined && { unseen }) };
}

/** A map over something unknown: its leaves are what they are, and each map in it may have more keys. */
export function opened<T extends Node>(node: T, because: string, unseen?: true): T {
  if (node.kind !== "map") return node;
  const entries = new Map([...node.entries].map(([key, child]) => [key, opened(child, because, unseen)] as const));
  return { ...node, entries, ...(node.incomplete === undefined && { incomplete: because, ...(unseen !== undefined && { unseen }) }) };
}

/** Is it true for a Go template's `if`? Undefined when it is not known. */
export function isTruthy(node: Node | undefined): boolean | undefined {
  if (node === undefined) return false;
  if (node.kind === "unknown") return undefined;
  if (node.kind === "list") return node.items.length > 0;
  if (node.kind === "map") return node.entries.size > 0 || (node.incomplete === undefined ? false : undefined);
  const { value } = node;
  return value !== null && value !== false && value !== "" && value !== 0 && value !== 0n;
}

/**
 * The chart's defaults under what people wrote. A default points at the nearest thing that was written:
 * the key of the map it is missing from, or the values' beginning.
 */
function fillIn(defaults: Node, own: Node, chart: string, key: string): Node {
  if (defaults.kind !== "map" || own.kind !== "map") {
    // Helm warns and keeps the map when a scalar is put over it only for some charts; the value wins in the templates.
    return own;
  }
  const entries = new Map<string, Node>();
  for (const [name, node] of defaults.entries) {
    const written = own.entries.get(name);
    const path = key === "" ? name : `${key}.${name}`;
    if (written === undefined) {
      const via: Via = { kind: "chart default", chart, key: path };
      if (own.incomplete === undefined) entries.set(name, stamp(node, near(own.origin), via, path));
      else entries.set(name, { kind: "unknown", because: own.incomplete, origin: near(own.origin), ...(own.unseen !== undefined && { unseen: own.unseen }) });
    } else if (isUnset(written)) {
      // null deletes the default: the templates see no such key.
    } else entries.set(name, fillIn(node, written, chart, path));
  }
  for (const [name, node] of own.entries) if (!defaults.entries.has(name)) entries.set(name, node);
  return { ...own, entries };
}

/** A default, all the way down, placed beside what a person wrote. */
function stamp(node: Node, origin: Origin, via: Via & { kind: "chart default" }, key: string): Node {
  // Hundreds of nodes for each version of a chart: written out, because spreading takes several times as long.
  const placed: Origin = { path: origin.path, span: origin.span, via: [{ kind: via.kind, chart: via.chart, key }] };
  if (node.kind === "scalar" && node.spelling === undefined) return { kind: "scalar", value: node.value, origin: placed };
  if (node.kind === "map") {
    const entries = new Map<string, Node>();
    for (const [name, child] of node.entries) entries.set(name, stamp(child, origin, via, `${key}.${name}`));
    return { kind: "map", entries, origin: placed };
  }
  if (node.kind === "list") return { kind: "list", items: node.items.map((item) => stamp(item, origin, via, key)), origin: placed };
  return { ...node, origin: placed };
}

/** The place that stands for a map from outside: its key, or the beginning when it has none (the file's root, a wrapper's values). */
function near({ path, span, key }: Origin): Origin {
  if (key !== undefined) return { path, span: key };
  return { path, span: span.end > span.start ? { start: 0, end: 0 } : span };
}

function over(below: Node, above: Node): Node {
  // A chart's own values.yaml may be named once more.
  if (below.origin.path === above.origin.path && below.origin.span.start === above.origin.span.start) return above;
  const layer: Via = { kind: "layer", path: below.origin.path, span: below.origin.span };
  return { ...above, origin: { ...above.origin, via: [...(above.origin.via ?? []), layer] } };
}
