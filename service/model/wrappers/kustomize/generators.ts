// ConfigMaps and Secrets that a Kustomization makes of files, of words and of files with variables.

import { posix } from "node:path";
import { at, isUnset, map, type MapNode, members, type Node, type Origin, scalar } from "../../../document/node.ts";
import { known } from "../embedded-values.ts";
import type { Sight } from "../installation.ts";
import { type Item, itemOf, kindOf } from "./item.ts";

/** The objects with those that are generated. A name gets no hash here: what refers to it has none either. */
export function withGenerated(items: readonly Item[], root: Node, folder: string, sight: Sight): readonly Item[] {
  let here = items;
  for (const [key, kind] of [
    ["configMapGenerator", "ConfigMap"],
    ["secretGenerator", "Secret"],
  ] as const)
    for (const entry of members(at(root, key))) here = generated(here, entry, kind, folder, sight);
  return here;
}

function generated(items: readonly Item[], entry: Node, kind: "ConfigMap" | "Secret", folder: string, sight: Sight): readonly Item[] {
  const name = at(entry, "name");
  if (name === undefined) return items;
  const data = dataOf(entry, folder, sight);
  const member = kind === "Secret" ? "stringData" : "data";
  const behavior = known(at(entry, "behavior"));
  const index = behavior === "merge" || behavior === "replace" ? items.findIndex((one) => kindOf(one) === kind && one.names.includes(known(name) ?? "")) : -1;
  const before = items[index];
  if (before === undefined) return [...items, itemOf(objectOf(kind, name, at(entry, "namespace"), member, data, entry.origin), entry.origin.path)];
  const old = before.node.entries.get(member);
  const merged = behavior === "merge" && old?.kind === "map" ? { ...data, entries: new Map([...old.entries, ...data.entries]) } : data;
  const node: MapNode = { ...before.node, entries: new Map([...before.node.entries, [member, merged]]) };
  return items.map((one) => (one === before ? { ...one, node } : one));
}

function objectOf(kind: string, name: Node, namespace: Node | undefined, member: string, data: MapNode, origin: Origin): MapNode {
  const metadata = map([["name", name], ...(isUnset(namespace) || namespace === undefined ? [] : [["namespace", namespace] as const])], origin);
  return map(
    [
      ["apiVersion", scalar("v1", origin)],
      ["kind", scalar(kind, origin)],
      ["metadata", metadata],
      [member, data],
    ],
    origin,
  );
}

function dataOf(entry: Node, folder: string, sight: Sight): MapNode {
  const found: (readonly [string, Node])[] = [];
  let incomplete: string | undefined;
  for (const file of members(at(entry, "files"))) {
    const [first = "", second] = (known(file) ?? "").split("=");
    const path = posix.join(folder, second ?? first);
    const key = second === undefined ? posix.basename(first) : first;
    if (first === "") incomplete = "a file's name is not known";
    else found.push([key, wholeFile(path, file, sight)]);
  }
  const envs = [...members(at(entry, "envs")), ...[at(entry, "env")].filter((one) => one !== undefined)];
  for (const file of envs) {
    const path = posix.join(folder, known(file) ?? "?");
    const text = sight.text(path);
    if (text === undefined) incomplete = `${path} is not at hand`;
    else found.push(...variables(text, path));
  }
  for (const literal of members(at(entry, "literals"))) {
    const [, key, value = ""] = /^([^=]+)=([\s\S]*)$/.exec(known(literal) ?? "") ?? [];
    if (key === undefined) incomplete = "a literal is not known";
    else found.push([key.trim(), scalar(value.replace(/^(["'])([\s\S]*)\1$/, "$2"), literal.origin)]);
  }
  const data = map(found, entry.origin);
  return incomplete === undefined ? data : { ...data, incomplete };
}

function wholeFile(path: string, named: Node, sight: Sight): Node {
  const text = sight.text(path);
  if (text === undefined) return { kind: "unknown", because: `${path} is not at hand`, origin: named.origin };
  return scalar(text, { path, span: { start: 0, end: text.length } });
}

function variables(text: string, path: string): (readonly [string, Node])[] {
  const found: (readonly [string, Node])[] = [];
  for (const line of text.matchAll(/^[ \t]*([^#=\s][^=\n]*)=(.*?)\r?$/gm)) {
    const [whole, key = "", value = ""] = line;
    const start = line.index + whole.indexOf("=") + 1;
    found.push([key, scalar(value, { path, span: { start, end: start + value.length } })]);
  }
  return found;
}
