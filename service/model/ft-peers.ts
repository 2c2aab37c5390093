// Servers of one fault tolerance group of NATS Streaming, wherever they run: pods of one workload, or releases of one each.

import { at, isUnset, type MapNode, type Node, scalar, type UnknownNode, unknown } from "../document/node.ts";
import type { Found } from "./releases.ts";

/** Each server with `ftPeers`: is there a server outside its own workload that belongs to its group? Null without a group. */
export function withFtPeers(found: readonly Found[]): Found[] {
  const groups = found.map((one) => groupOf(one.server.tree));
  return found.map((one, index) => {
    const { tree } = one.server;
    const group = groups[index] ?? null;
    const others = groups.filter((_, other) => other !== index);
    const entries = new Map([...tree.entries, ["ftPeers", answer(group, others, tree)] as const]);
    return { ...one, server: { ...one.server, tree: { ...tree, entries } } };
  });
}

/** What the servers of a group have in common; null is not known. */
interface Group {
  readonly clusterId: string | null;
  readonly name: string | null;
}

function answer(group: Group | UnknownNode | null, others: readonly (Group | UnknownNode | null)[], tree: MapNode): Node {
  if (group === null) return scalar(null, tree.origin);
  if ("kind" in group) return group;
  if (group.name === null) return unknown("whether it belongs to a group is not known", tree.origin);
  const same = others.map((other) => (other === null ? false : "kind" in other ? undefined : isOne(group, other)));
  if (same.includes(true)) return scalar(true, tree.origin);
  return same.includes(undefined) ? unknown("whether other servers belong to the group is not known", tree.origin) : scalar(false, tree.origin);
}

function isOne(one: Group, other: Group): boolean | undefined {
  const [name, id] = [equal(one.name, other.name), equal(one.clusterId, other.clusterId)];
  return name === false || id === false ? false : name === true && id === true ? true : undefined;
}

function equal(one: string | null, other: string | null): boolean | undefined {
  return one === null || other === null ? undefined : one === other;
}

function groupOf(tree: MapNode): Group | UnknownNode | null {
  const streaming = at(tree, "streaming");
  if (isUnset(streaming)) return null;
  if (streaming?.kind === "unknown") return streaming;
  const name = written(streaming, "ft_group", "ft_group_name");
  if (isUnset(name) || (name?.kind === "scalar" && name.value === "")) return null;
  const id = written(streaming, "cluster_id", "id", "cid");
  return { name: textOf(name), clusterId: isUnset(id) ? "test-cluster" : textOf(id) };
}

function written(block: Node | undefined, ...names: readonly string[]): Node | undefined {
  const found = block?.kind === "map" ? names.map((name) => block.entries.get(name)).find((node) => node !== undefined) : undefined;
  return found ?? at(block, names[0] ?? "");
}

function textOf(node: Node | undefined): string | null {
  return node?.kind === "scalar" ? String(node.value) : null;
}
