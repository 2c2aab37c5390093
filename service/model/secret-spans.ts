// Where secrets stand in the sources, so that no frame ever shows one.

import type { Node } from "../document/node.ts";
import type { Span } from "../source/position.ts";
import type { ReadSources } from "./read-sources.ts";

/** Keys whose value is a secret wherever they stand. */
const KEYS = /^(pass(word|wd|phrase)?|token|secret|nkey_?seed|seed|encryption_?key|prev_?(encryption_)?key|ek|apikey|srk_password)$/i;

/** The spans of what must not be shown, by path: secret keys in every tree, and the payload of Kubernetes Secrets. */
export function secretSpans(read: ReadSources, trees: readonly Node[]): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  const seen = new Set<Node>();
  const hide = (node: Node): void => {
    const list = spans.get(node.origin.path) ?? [];
    list.push(node.origin.span);
    spans.set(node.origin.path, list);
  };
  const visit = (node: Node, key: string, inSecret: boolean): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "map") for (const [name, child] of node.entries) visit(child, name, inSecret);
    else if (node.kind === "list") for (const child of node.items) visit(child, key, inSecret);
    else if (node.kind === "scalar" && typeof node.value !== "boolean" && node.value !== null && (inSecret || KEYS.test(key)) && !isDefault(node)) hide(node);
  };
  for (const { object } of read.objects) {
    if (object.kind !== "Secret") visit(object.node, "", false);
    else for (const [key, child] of object.node.entries) visit(child, key, key === "data" || key === "stringData");
  }
  for (const root of read.values.values()) visit(root, "", false);
  for (const tree of trees) visit(tree, "", false);
  return spans;
}

/** Defaults and what templates write stand nowhere: their place is something that a person wrote. */
function isDefault(node: Node): boolean {
  return node.origin.via?.some((via) => via.kind === "chart default" || via.kind === "template") ?? false;
}
