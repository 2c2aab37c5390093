// `$tplYaml` and `$tplYamlSpread`: maps in the values that the chart replaces by what a Go template makes.
// What that is cannot be known; where it goes can.

import { type Node, unknown } from "../../../document/node.ts";

const TEMPLATE = "a template of the values makes it";

/** The values after the chart's own templating. The same node comes back where nothing was templated. */
export function templated(node: Node): Node {
  if (node.kind === "list") {
    const items = node.items.map(templated);
    if (node.items.some(isSpread)) return unknown(TEMPLATE, node.origin);
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== "map") return node;
  if (isOnly(node, "$tplYaml")) return unknown(TEMPLATE, node.origin);
  const entries = new Map<string, Node>();
  let isChanged = false;
  let spreads = false;
  for (const [key, child] of node.entries) {
    if (isSpread(child)) spreads = true;
    else {
      const made = templated(child);
      entries.set(key, made);
      isChanged ||= made !== child;
    }
  }
  if (spreads) return { ...node, entries, incomplete: node.incomplete ?? TEMPLATE };
  return isChanged ? { ...node, entries } : node;
}

function isSpread(node: Node): boolean {
  return isOnly(node, "$tplYamlSpread");
}

/** With any other key beside it, a default of the chart for instance, the chart takes it for an ordinary map. */
function isOnly(node: Node, key: string): boolean {
  return node.kind === "map" && node.entries.size === 1 && node.entries.has(key);
}
