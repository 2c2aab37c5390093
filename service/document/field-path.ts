// Where in an object a place of its text lies, as people and Kubernetes write it: spec.template.spec.containers[0].image.

import { Lines, type Position } from "../source/position.ts";
import type { Source } from "../source/source.ts";
import type { Node } from "./node.ts";
import { readYaml } from "./yaml/read-yaml.ts";

/** The field of a source's first document at a place (1-based); empty where the place is in none. It is read when first asked for. */
export function fieldsOf(source: Source): (place: Position) => string {
  let read: { readonly root: Node | null; readonly lines: Lines } | undefined;
  return (place) => {
    read ??= { root: readYaml(source).documents[0]?.root ?? null, lines: new Lines(source.text) };
    return read.root === null ? "" : fieldPath(read.root, read.lines.offset(place));
  };
}

/** The path of the deepest key, value or item at the offset; empty where there is only the whole. */
function fieldPath(root: Node, offset: number): string {
  let path = "";
  let here: Node | undefined = root;
  while (here !== undefined) {
    const step: readonly [string, Node] | undefined = steps(here).find(([, { origin }]) => holds(origin.key ?? origin.span, origin.span, offset));
    if (step === undefined) return path;
    path += path === "" ? step[0].replace(/^\./, "") : step[0];
    here = step[1];
  }
  return path;
}

function steps(node: Node): (readonly [string, Node])[] {
  if (node.kind === "list") return node.items.map((item, index) => [`[${index}]`, item] as const);
  if (node.kind !== "map") return [];
  return [...node.entries].map(([key, value]) => [/^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${key}]`, value] as const);
}

function holds(from: { readonly start: number }, to: { readonly end: number }, offset: number): boolean {
  return from.start <= offset && offset < Math.max(to.end, from.start + 1);
}
