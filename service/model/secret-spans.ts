// Where secrets stand in the sources, so that no frame ever shows one.

import { at, type Node, text } from "../document/node.ts";
import type { Span } from "../source/position.ts";
import type { ReadSources } from "./read-sources.ts";
import { isSecretFlag, isSecretKey } from "./secrets.ts";

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
    if (node.kind === "map") for (const [name, child] of node.entries) visit(child, isSecretMember(node, key, name) ? "secret" : name, inSecret);
    else if (node.kind === "list")
      for (const [index, child] of node.items.entries()) visit(child, isSecretFlag(text(node.items[index - 1]) ?? "") ? "secret" : key, inSecret);
    else if (node.kind === "scalar" && typeof node.value !== "boolean" && node.value !== null && (inSecret || isSecretKey(key)) && !isDefault(node)) hide(node);
  };
  for (const { object } of read.objects) {
    if (object.kind !== "Secret") visit(object.node, "", false);
    else for (const [key, child] of object.node.entries) visit(child, key, key === "data" || key === "stringData");
  }
  for (const root of read.values.values()) visit(root, "", false);
  for (const tree of trees) visit(tree, "", false);
  return spans;
}

/** A key that is a secret in its place only: what JetStream encrypts with, and the value of a variable that says so. */
function isSecretMember(map: Node, key: string, name: string): boolean {
  if (/^jetstream$/i.test(key)) return name.toLowerCase() === "key";
  return name === "value" && /PASS|TOKEN|SECRET|SEED|CRED|KEY/i.test(text(at(map, "name")) ?? "");
}

/** Defaults and what templates write stand nowhere: their place is something that a person wrote. */
function isDefault(node: Node): boolean {
  return node.origin.via?.some((via) => via.kind === "chart default" || via.kind === "template") ?? false;
}
