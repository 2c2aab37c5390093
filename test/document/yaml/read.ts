// Shorthands for the tests of the YAML reader.

import type { Node } from "../../../service/document/node.ts";
import { readYaml, type YamlText } from "../../../service/document/yaml/read-yaml.ts";

export function rootOf(text: string | YamlText, index = 0): Node | null {
  return readYaml(typeof text === "string" ? { path: "a.yaml", text } : text).documents[index]?.root ?? null;
}

/** The node at a path of keys and item numbers. */
export function nodeAt(root: Node | null | undefined, ...path: (string | number)[]): Node {
  let node = root;
  for (const step of path) {
    if (node?.kind === "map" && typeof step === "string") node = node.entries.get(step);
    else if (node?.kind === "list" && typeof step === "number") node = node.items[step];
    else node = undefined;
  }
  if (node === undefined || node === null) throw new Error(`nothing at ${path.join(".")}`);
  return node;
}

export function valueAt(text: string, ...path: (string | number)[]): unknown {
  const node = nodeAt(rootOf(text), ...path);
  return node.kind === "scalar" ? node.value : node;
}

/** The tree as plain data; unknown values read "?", and an incomplete map has an entry "...". */
export function shown(node: Node | null | undefined): unknown {
  if (node === null || node === undefined) return null;
  if (node.kind === "unknown") return "?";
  if (node.kind === "list") return node.items.map(shown);
  if (node.kind === "scalar") return node.value;
  const entries = [...node.entries].map(([key, value]) => [key, shown(value)]);
  return Object.fromEntries(node.incomplete === undefined ? entries : [...entries, ["...", "?"]]);
}

/** All scalars of a tree, the shared ones once for each place they stand at. */
export function scalarsOf(node: Node | null | undefined): Extract<Node, { kind: "scalar" }>[] {
  if (node === null || node === undefined || node.kind === "unknown") return [];
  if (node.kind === "scalar") return [node];
  return (node.kind === "list" ? [...node.items] : [...node.entries.values()]).flatMap(scalarsOf);
}
