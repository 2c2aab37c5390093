// A configuration as the server applies it: short forms written out, so that one key of the model says one thing.
// Keys keep nats.conf's names; sizes, durations and aliases are left to conform.

import { map, type MapNode, type Node, scalar, type ScalarNode } from "../document/node.ts";
import { accountMap, mappings, withPermissions } from "./startup/accounts.ts";

/** The server's own part of a conf tree, in the shape that the model's schema describes. */
export function configuration(conf: Node): Node {
  if (conf.kind !== "map") return conf;
  const entries = lowerCased(conf);
  entries.delete("streaming");
  listen(entries, "listen", "host", "port");
  listen(entries, "http", undefined, "http_port");
  listen(entries, "https", undefined, "https_port");
  for (const block of ["cluster", "gateway", "leafnodes", "leaf", "websocket", "ws", "mqtt"]) {
    const node = entries.get(block);
    if (node?.kind === "map") entries.set(block, inner(node));
  }
  const jetstream = entries.get("jetstream");
  if (jetstream !== undefined) {
    const storeDir = entries.get("store_dir") ?? entries.get("storedir");
    const block = jetStream(jetstream, storeDir);
    entries.set("jetstream", block);
    // It has become the block's, unless the block has one too, which the server refuses.
    if (block.kind === "map" && block.entries.get("store_dir") === storeDir) for (const key of ["store_dir", "storedir"]) entries.delete(key);
  }
  // The server looks for these in their own case alone.
  for (const key of ["system_account", "system"]) {
    const exact = conf.entries.get(key);
    if (exact === undefined) entries.delete(key);
    else entries.set(key, exact);
  }
  for (const stronger of ["trace_verbose", "trace_headers"]) {
    const node = entries.get(stronger);
    if (node?.kind === "scalar" && node.value === true) entries.set("trace", node);
  }
  const become = (key: string, form: (node: Node) => Node): void => {
    const node = entries.get(key);
    if (node !== undefined) entries.set(key, form(node));
  };
  become("accounts", accountMap);
  become("authorization", (node) => withPermissions(node, ["default_permissions", "default_permission", "permissions"]));
  for (const key of ["mappings", "maps"]) become(key, mappings);
  become("cluster", (node) => withPermissions(compressed(node), ["permissions"]));
  for (const key of ["leafnodes", "leaf"]) become(key, leafnodes);
  return { ...conf, entries };
}

/** The `streaming` block of a stan.conf; undefined when there is none. */
export function streaming(conf: Node): Node | undefined {
  if (conf.kind !== "map") return conf;
  const block = lowerCased(conf).get("streaming");
  if (block?.kind !== "map") return block;
  return { ...block, entries: lowerCased(block) };
}

function inner(node: MapNode): MapNode {
  const entries = lowerCased(node);
  listen(entries, "listen", "host", "port");
  return { ...node, entries };
}

/** `jetstream` may be a switch, a word or a block; null is off, a map is on. */
function jetStream(node: Node, storeDir: Node | undefined): Node {
  const on = (block: MapNode): MapNode =>
    storeDir === undefined || ["store_dir", "store", "storedir"].some((key) => block.entries.has(key))
      ? block
      : { ...block, entries: new Map([...block.entries, ["store_dir", storeDir]]) };
  if (node.kind === "scalar") {
    const word = typeof node.value === "string" ? node.value.toLowerCase() : node.value;
    if (word === true || word === "enabled" || word === "enable") return on(map([], node.origin));
    return scalar(null, node.origin);
  }
  if (node.kind !== "map") return node;
  const entries = lowerCased(node);
  const enabled = entries.get("enabled") ?? entries.get("enable");
  if (enabled?.kind === "unknown") return enabled;
  if (enabled?.kind === "scalar" && enabled.value === false) return scalar(null, enabled.origin);
  return on({ ...node, entries });
}

/** `listen: "host:port"`, `listen: port`: the same as the two keys. */
function listen(entries: Map<string, Node>, key: string, hostKey: string | undefined, portKey: string): void {
  const node = entries.get(key);
  if (node === undefined || entries.has(portKey)) return;
  if (node.kind !== "scalar") {
    entries.set(portKey, node);
    return;
  }
  const found = /^(.*):(-?\d+)$/.exec(String(node.value));
  if (typeof node.value === "number") entries.set(portKey, node);
  else if (found !== null) {
    entries.set(portKey, part(node, Number(found[2])));
    if (hostKey !== undefined) entries.set(hostKey, part(node, (found[1] ?? "").replace(/^\[|\]$/g, "")));
  }
}

function leafnodes(node: Node): Node {
  const own = compressed(node);
  const remotes = own.kind === "map" ? own.entries.get("remotes") : undefined;
  if (own.kind !== "map" || remotes?.kind !== "list") return own;
  return { ...own, entries: new Map([...own.entries, ["remotes", { ...remotes, items: remotes.items.map(compressed) }]]) };
}

/** `compression` may be a switch or a word instead of a block. */
function compressed(node: Node): Node {
  if (node.kind !== "map") return node;
  const entries = lowerCased(node);
  const own = entries.get("compression");
  if (own?.kind !== "scalar") return { ...node, entries };
  return { ...node, entries: new Map([...entries, ["compression", map([["mode", scalar(String(own.value), own.origin)]], own.origin)]]) };
}

function lowerCased(node: MapNode): Map<string, Node> {
  return new Map([...node.entries].map(([key, value]) => [key.toLowerCase(), value] as const));
}

function part(node: ScalarNode, value: string | number): ScalarNode {
  return scalar(value, node.origin);
}
