// Texts of the configuration that are not what their key takes. Only what is known is looked at.

import { list, map, type MapNode, type Node, type Origin, scalar } from "../../document/node.ts";
import { CONFIG, resolvedIn, type RootSchema, type Schema, spellingsIn, STREAMING } from "../schema.ts";
import { SHAPES } from "./shapes.ts";

/** The model's `misshapen`: what the schema's `shape` and `keyShape` forbid in one server's configuration. */
export function misshapenOf(config: Node, streaming: Node | undefined, schema: RootSchema, version: readonly number[] | undefined): Node {
  const found: MapNode[] = [];
  const whole = resolvedIn(schema);
  const spellings = spellingsIn(schema);
  walk(config, CONFIG, "");
  if (streaming !== undefined) walk(streaming, STREAMING, "");
  return list(found, config.origin);

  function walk(node: Node, given: Schema, key: string): void {
    const here = whole(given);
    const { properties, additionalProperties: member, items } = here;
    if (node.kind === "map" && properties !== undefined && here.secret !== true) {
      const known = spellings(properties);
      for (const [name, child] of node.entries) {
        const property = known.get(name.toLowerCase());
        if (property !== undefined) walk(child, property, name);
      }
    } else if (node.kind === "map" && typeof member === "object") {
      for (const [name, child] of node.entries) {
        if (here.keyShape !== undefined)
          say(here.keyShape, key, name, child.origin.key === undefined ? child.origin : { ...child.origin, span: child.origin.key });
        walk(child, member, key);
      }
    } else if (items !== undefined && node.kind === "list") for (const child of node.items) walk(child, items, key);
    else if (items !== undefined && here.single === true) walk(node, items, key);
    else if (here.shape !== undefined && node.kind === "scalar" && typeof node.value === "string") say(here.shape, key, node.value, node.origin);
  }

  function say(shape: string, key: string, text: string, origin: Origin): void {
    const wrong = SHAPES[shape]?.(text, version) ?? null;
    if (wrong === null) return;
    const entries = { shape, key, fault: wrong.fault, refused: wrong.refused, text };
    found.push(
      map(
        Object.entries(entries).map(([name, value]) => [name, scalar(value, origin)] as const),
        origin,
      ),
    );
  }
}
