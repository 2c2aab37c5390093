// Texts of NACK's resources that are not what their key takes: durations that Go does not read, subjects that are none.

import { list, map, type MapNode, type Node, scalar } from "../../document/node.ts";
import type { RootSchema, Schema } from "../schema.ts";
import { SHAPES } from "../startup/shapes.ts";
import { secondsOfDuration } from "../units.ts";

/** The resource's `misshapen`, by what the schema says of the keys of its `spec`. */
export function misshapenIn(spec: Node, given: Schema, schema: RootSchema): Node {
  const found: MapNode[] = [];
  walk(spec, given, "");
  return list(found, spec.origin);

  function walk(node: Node, partial: Schema, key: string): void {
    const here = partial.$ref === undefined ? partial : { ...schema.$defs[partial.$ref.slice("#/$defs/".length)], ...partial };
    if (node.kind === "map" && here.properties !== undefined) {
      for (const [name, child] of node.entries) {
        const property = here.properties[name];
        if (property !== undefined) walk(child, property, name);
      }
    } else if (node.kind === "list" && here.items !== undefined) for (const child of node.items) walk(child, here.items, key);
    else if (node.kind === "scalar" && node.value !== null && here.unit === "duration") duration(node.value, node, key);
    else if (node.kind === "scalar" && typeof node.value === "string" && here.shape === "subject") {
      const wrong = SHAPES["subject"]?.(node.value, undefined) ?? null;
      if (wrong?.refused === true) say("subject", node, key, node.value, wrong.fault);
    }
  }

  function duration(value: unknown, node: Node, key: string): void {
    if (typeof value === "number" || typeof value === "bigint") say("duration", node, key, String(value), "a number without a unit");
    else if (typeof value === "string" && secondsOfDuration(value) === null)
      say("duration", node, key, value, /^[\d.]+[dwDW]$/.test(value.trim()) ? "in days or weeks, which Go does not know" : "no duration that Go reads");
  }

  function say(shape: string, node: Node, key: string, text: string, fault: string): void {
    const entries = Object.entries({ shape, key, text, fault }).map(([name, value]) => [name, scalar(value, node.origin)] as const);
    found.push(map(entries, node.origin));
  }
}
