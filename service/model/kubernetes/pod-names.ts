// Are the servers of a workload called after their pods, and with what in front? Then the names of two workloads can be compared.

import { at, list, map, type MapNode, type Node, scalar, text } from "../../document/node.ts";

/**
 * The model's `podNames`: what stands in front of the pod's name in `server_name`; null where the server's name is made of
 * something else. `variables` are those that the configuration takes from the environment.
 */
export function podNames(variables: Node, container: MapNode): Node {
  const { origin } = container;
  const named = (variables.kind === "list" ? variables.items : []).find((one) => text(at(one, "key")) === "server_name");
  const entry = entryOf(text(at(named, "name")), container);
  if (entry === undefined) return scalar(null, origin);
  const value = at(entry, "value");
  if (isPodName(entry)) return prefix("", entry.origin);
  const [, before, variable] = /^([^$]*)\$\((\w+)\)$/.exec(text(value) ?? "") ?? [];
  const behind = entryOf(variable, container);
  return before === undefined || value === undefined || behind === undefined || !isPodName(behind) ? scalar(null, origin) : prefix(before, value.origin);
}

function prefix(text: string, origin: Node["origin"]): Node {
  return map([["prefix", scalar(text, origin)]], origin);
}

function entryOf(name: string | undefined, container: MapNode): Node | undefined {
  const env = at(container, "env") ?? list([], container.origin);
  return name === undefined || env.kind !== "list" ? undefined : env.items.find((one) => text(at(one, "name")) === name);
}

function isPodName(entry: Node): boolean {
  return text(at(entry, "valueFrom", "fieldRef", "fieldPath")) === "metadata.name";
}
