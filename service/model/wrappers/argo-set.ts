// ApplicationSets. Elements of a list generator stand there and are filled in, one Application for each; what other
// generators find is decided later and stays unknown.

import { at, isUnset, map, type MapNode, type Node, scalar } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { resolvePlain } from "../../document/yaml/scalars.ts";
import { applicationInstallations } from "./argo.ts";
import { known, members } from "./embedded-values.ts";
import type { Installation, Layer, Sight } from "./installation.ts";

export function applicationSetInstallations(node: MapNode, sight: Sight, violations: TextViolation[]): Installation[] {
  const spec = at(node, "spec");
  const template = at(spec, "template");
  const generators = members(at(spec, "generators"));
  if (template?.kind !== "map" || !isUnset(at(spec, "templatePatch"))) return [];
  // A generator may have a template of its own, which goes over the common one.
  if (generators.some((one) => one.kind === "map" && [...one.entries.values()].some((inner) => !isUnset(at(inner, "template"))))) return [];
  const own = map(template.entries, template.origin);
  const elements = elementsOf(generators);
  const source = sight.text(node.origin.path);
  if (elements === null || source === undefined) return applicationInstallations(own, sight, violations);
  return elements.flatMap((element) => {
    const fill = (one: Node): Node => filled(one, source, element);
    const layer = (one: Layer): Layer => ("root" in one && !one.isFile ? { ...one, root: fill(one.root) } : one);
    return applicationInstallations(fill(own) as MapNode, sight, violations).map((one) => ({ ...one, layers: one.layers.map(layer) }));
  });
}

/** The elements of list generators, by name; null where another generator takes part. */
function elementsOf(generators: readonly Node[]): ReadonlyMap<string, string>[] | null {
  const found: ReadonlyMap<string, string>[] = [];
  for (const generator of generators) {
    const elements = at(generator, "list", "elements");
    if (elements?.kind !== "list" || generator.kind !== "map" || generator.entries.size !== 1) return null;
    for (const element of elements.items) {
      if (element.kind !== "map") return null;
      found.push(new Map([...element.entries].flatMap(([key, value]): [string, string][] => (known(value) === null ? [] : [[key, known(value) ?? ""]]))));
    }
  }
  return found.length === 0 ? null : found;
}

/** Unknown leaves of which the element tells all that stands in braces. */
function filled(node: Node, source: string, element: ReadonlyMap<string, string>): Node {
  if (node.kind === "list") return { ...node, items: node.items.map((item) => filled(item, source, element)) };
  if (node.kind === "map") return { ...node, entries: new Map([...node.entries].map(([key, child]) => [key, filled(child, source, element)] as const)) };
  const written = node.kind === "unknown" ? source.slice(node.origin.span.start, node.origin.span.end) : "";
  if (!written.includes("{{") || /^[|>]|\n/.test(written)) return node;
  const [, quote = "", text = ""] = /^(["']?)(.*)\1$/.exec(written) ?? [];
  const made = text.replace(/\{\{-?\s*\.?([\w-]+)\s*-?\}\}/g, (all, name: string) => element.get(name) ?? all);
  if (made.includes("{{") || text.includes("\\")) return node;
  return scalar(quote === "" ? resolvePlain(made) : made, node.origin);
}
