// How the chart prints the configuration: sorted JSON, but `<< X >>` without quotes, and `NAME$include` as a directive.

import { type MapNode, type Node, scalar } from "../../../document/node.ts";

/** What stands between the marks leaves the JSON of the chart without its quotes. */
const RAW = /^<<\s+(.*?)\s+>>$/;

/** The configuration with the spelling that the server will read. */
export function asConf(node: Node): Node {
  if (node.kind === "list") return { ...node, items: node.items.map(asConf) };
  if (node.kind === "map") return confMap(node);
  if (node.kind !== "scalar") return node;
  const { value, origin } = node;
  // To the server a bare null is a word as any other.
  if (value === null) return scalar("null", origin, { text: "null", style: "plain", conf: "bare" });
  if (typeof value === "string") {
    const raw = RAW.exec(value)?.[1];
    if (raw !== undefined) return scalar(raw, origin, { text: JSON.stringify(raw).slice(1, -1), style: "plain", conf: "bare" });
  }
  // All numbers pass through the chart's JSON as floats.
  if (typeof value === "bigint") return asConf(scalar(Number(value), origin));
  const style = node.spelling?.style ?? (typeof value === "string" ? "double" : "plain");
  return scalar(value, origin, { text: node.spelling?.text ?? String(value), style, conf: "quoted" });
}

function confMap(node: MapNode): MapNode {
  const keys = [...node.entries.keys()].sort();
  const entries = new Map<string, Node>();
  let { incomplete } = node;
  for (const key of keys) {
    const child = node.entries.get(key) as Node;
    const name = RAW.exec(key)?.[1] ?? key;
    if (name !== key) entries.delete(name);
    if (!isInclude(key, child)) entries.set(name, asConf(child));
    else if (child.kind === "scalar") entries.set(key, scalar(child.value, child.origin, { text: String(child.value), style: "plain", conf: "include" }));
    else incomplete ??= "the configuration includes another file";
  }
  return incomplete === undefined ? { ...node, entries } : { ...node, entries, incomplete };
}

/** Keys that the chart turns into an `include` directive. */
export function isInclude(key: string, value: Node): boolean {
  return key.endsWith("$include") && (value.kind === "unknown" || (value.kind === "scalar" && typeof value.value === "string"));
}
