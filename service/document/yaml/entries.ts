// Reads the entries of a map: names of keys, keys that stand twice, and what merge keys (`<<`) bring in.

import { isAlias, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from "yaml";
import type { Span } from "../../source/position.ts";
import type { MapNode, Node, Origin, Via } from "../node.ts";
import { Refusal } from "./refusal.ts";
import { keyName, TAG } from "./scalars.ts";
import { TEMPLATE } from "./templates.ts";
import type { Slot, Tree } from "./tree.ts";

type Item = Pair<ParsedNode, ParsedNode | null>;

/** `column` is that of the map, `outer` that of the collection around it. */
interface MapSlot extends Slot {
  readonly outer: number;
  readonly origin: Origin;
}

/** As go-yaml v2 does, a later entry replaces an earlier one, whichever of the two a merge key brought in. */
export function readEntries(tree: Tree, node: YAMLMap.Parsed, slot: MapSlot): MapNode {
  const reader = new Entries(tree, slot);
  const items = node.items as Item[];
  const block = node.flow !== true;
  for (const [index, item] of items.entries()) reader.add(item, items[index + 1]?.key.range[0] ?? slot.until, block);
  if (block && tree.gaps?.growsBetween(Math.min(slot.after, node.range[0]), slot.until, slot.column, slot.outer) === true) reader.open(TEMPLATE);
  return reader.map();
}

class Entries {
  readonly #tree: Tree;
  readonly #slot: MapSlot;
  readonly #entries = new Map<string, Node>();
  readonly #written = new Map<string, { readonly key: Span; readonly value: Span }>();
  #incomplete: string | undefined;

  constructor(tree: Tree, slot: MapSlot) {
    this.#tree = tree;
    this.#slot = slot;
  }

  map(): MapNode {
    const map: MapNode = { kind: "map", entries: this.#entries, origin: this.#slot.origin };
    return this.#incomplete === undefined ? map : { ...map, incomplete: this.#incomplete };
  }

  open(because: string): void {
    this.#incomplete ??= because;
  }

  add(item: Item, until: number, block: boolean): void {
    const [start, end] = item.key.range;
    const { gaps } = this.#tree;
    const key = { start, end };
    const { column, depth } = this.#slot;
    const name = this.#name(item, key);
    const slot: Slot = { after: end, key, until, column, depth: depth + 1 };
    const region = gaps?.regionEnd(start);
    if (region !== undefined && this.#tree.end(item.value, end) > region) throw new Refusal(key, "template code");
    if (name === "<<" && region === undefined && isMerge(item.key)) this.#merge(item.value, slot);
    else this.#put(region === undefined ? name : { because: TEMPLATE }, item, slot, block);
  }

  #put(name: string | { readonly because: string }, item: Item, slot: Slot, block: boolean): void {
    const { after, column, key, until } = slot;
    const read = this.#tree.node(item.value, slot);
    if (typeof name !== "string") this.open(name.because);
    else {
      this.#entries.set(name, block ? this.#tree.continued(read, this.#tree.end(item.value, after), until, column) : read);
      this.#note(name, item, key ?? { start: after, end: after });
    }
  }

  /** The entry's name, or why it is not known. */
  #name(item: Item, key: Span): string | { readonly because: string } {
    const { column, depth } = this.#slot;
    const node = this.#tree.node(item.key, { after: key.start, until: key.end, column, isKey: true, depth: depth + 1 });
    if (node.kind === "unknown") return { because: node.because };
    if (node.kind !== "scalar") throw new Refusal(key, "a key is a list or a map");
    const name = keyName(node.value, node.spelling?.text ?? "");
    if (name === undefined) throw new Refusal(key, node.value === null ? "a key is empty" : "a key is a number that is too big");
    return name;
  }

  #note(name: string, item: Item, key: Span): void {
    const value = { start: item.value?.range[0] ?? key.end, end: this.#tree.end(item.value, key.end) };
    const first = this.#written.get(name);
    if (first === undefined) {
      this.#written.set(name, { key, value });
      return;
    }
    const place = this.#tree.place;
    this.#tree.duplicates.push({
      rule: "yaml-duplicate-key",
      origin: place(value, key),
      on: "key",
      facts: { key: isScalar(item.key) ? String(item.key.source ?? name) : name },
      related: [{ origin: place(first.value, first.key), message: "the key stands here already" }],
    });
  }

  #merge(value: ParsedNode | null, slot: Slot): void {
    // The first source of a list wins, so it comes last.
    const sources = value !== null && isSeq(value) ? [...(value.items as ParsedNode[])].reverse() : [value];
    for (const source of sources) {
      const node = this.#tree.node(source, slot);
      if (node.kind === "unknown") this.open(node.because);
      else if (node.kind !== "map" || source === null)
        throw new Refusal(slot.key ?? { start: slot.after, end: slot.after }, "a merge key (<<) brings in something that is no map");
      else this.#bringIn(node, source, slot);
    }
  }

  #bringIn(node: MapNode, source: ParsedNode, slot: Slot): void {
    const [start, end] = isAlias(source) ? source.range : [slot.key?.start ?? slot.after, slot.after];
    const { path, span } = this.#tree.place({ start, end });
    const via: Via = { kind: "merge key", path, span };
    for (const [name, entry] of node.entries) this.#entries.set(name, { ...entry, origin: { ...entry.origin, via: [via, ...(entry.origin.via ?? [])] } });
    if (node.incomplete !== undefined) this.open(node.incomplete);
  }
}

function isMerge(key: ParsedNode): boolean {
  return isScalar(key) && key.type === "PLAIN" && (key.tag === undefined || key.tag === "!" || key.tag === `${TAG}merge`);
}
