// `$tplYaml` and `$tplYamlSpread`: maps in the values that the chart replaces by what a Go template makes.
// What one makes of the chart's own names and of plain values is known. What any other makes is not; where it goes is.

import { map, type Node, type Origin, scalar, text, unknown } from "../../../document/node.ts";
import { readYaml } from "../../../document/yaml/read-yaml.ts";
import { type Asked, filled } from "./go-template.ts";

const TEMPLATE = "a template of the values makes it";

/** The values after the chart's own templating. The same node comes back where nothing was templated. */
export function templated(node: Node, asked: Asked): Node {
  // Most of the values are the chart's defaults, none of which is a template.
  if (node.origin.via?.[0]?.kind === "chart default") return node;
  if (node.kind === "list") return ofList(node, asked);
  if (node.kind !== "map") return node;
  if (isOnly(node, "$tplYaml")) return made(node, "$tplYaml", asked);
  const entries = new Map<string, Node>();
  let isChanged = false;
  let isOpen = false;
  for (const [key, child] of node.entries) {
    if (isSpread(child)) {
      const spread = made(child, "$tplYamlSpread", asked);
      // What it makes takes the place of keys that stand in front of it, and of those behind it.
      if (spread.kind === "map") for (const [name, one] of spread.entries) entries.set(name, one);
      else if (spread.kind !== "scalar" || spread.value !== null) isOpen = true;
      isChanged = true;
    } else if (!entries.has(key)) {
      const one = templated(child, asked);
      entries.set(key, one);
      isChanged ||= one !== child;
    }
  }
  if (isOpen) return { ...node, entries, incomplete: node.incomplete ?? TEMPLATE };
  return isChanged ? { ...node, entries } : node;
}

function ofList(node: Node & { readonly kind: "list" }, asked: Asked): Node {
  const items = node.items.flatMap((item) => {
    const spread = isSpread(item) ? made(item, "$tplYamlSpread", asked) : undefined;
    return spread === undefined ? [templated(item, asked)] : spread.kind === "list" ? spread.items : [spread];
  });
  // What is no list cannot be spread into one, and of an unknown one nobody knows how long it is.
  if (items.some((item, index) => item.kind === "unknown" && node.items[index]?.kind !== "unknown")) return unknown(TEMPLATE, node.origin);
  return items.length !== node.items.length || items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
}

/** What the template makes, as far as it stands there, at the place of its text. */
function made(node: Node, key: string, asked: Asked): Node {
  const own = node.kind === "map" ? node.entries.get(key) : undefined;
  const template = own?.kind === "unknown" ? own.code : text(own);
  const written = template === undefined ? undefined : filled(template, asked);
  if (own === undefined || written === undefined) return unknown(TEMPLATE, node.origin);
  if (written.trim() === "") return scalar(null, own.origin);
  const origin: Origin = { ...own.origin, via: [{ kind: "template", chart: "nats" }] };
  const [document, ...more] = readYaml({ path: origin.path, text: written, origin: () => origin }).documents;
  if (document === undefined || more.length > 0 || document.state !== "read" || document.root === null) return unknown(TEMPLATE, node.origin);
  return document.root.kind === "map" ? map(document.root.entries, origin) : document.root;
}

function isSpread(node: Node): boolean {
  return isOnly(node, "$tplYamlSpread");
}

/** With any other key beside it, a default of the chart for instance, the chart takes it for an ordinary map. */
function isOnly(node: Node, key: string): boolean {
  return node.kind === "map" && node.entries.size === 1 && node.entries.has(key);
}
