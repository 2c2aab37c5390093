// Labels, annotations, selectors and variables whose values are no texts, or not the text that was meant. Kubernetes takes
// nothing but texts there, and YAML makes numbers and booleans of what looks like one.

import { at, list, map, members, type Node, scalar, text } from "../../document/node.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** The model's `nonTexts`, of the workload and of the Services that lead to it. */
export function nonTexts(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const services = ofKind(unit, "Service").filter(
    (one) => together(one, workload) && selects(at(one.node, "spec", "selector"), pods.labels, "service") === true,
  );
  const { node } = workload;
  const template = at(node, "spec", "template");
  const places: (readonly [string, Node | undefined])[] = [
    ...[node, ...(template === undefined ? [] : [template]), ...services.map((one) => one.node)].flatMap((one): (readonly [string, Node | undefined])[] => [
      ["label", at(one, "metadata", "labels")],
      ["annotation", at(one, "metadata", "annotations")],
    ]),
    ["label of the selector", at(node, "spec", "selector", "matchLabels")],
    ["label of the node selector", at(pods.spec, "nodeSelector")],
  ];
  const found = places.flatMap(([where, one]) => (one?.kind === "map" ? [...one.entries].flatMap(([key, value]) => entry(where, key, value)) : []));
  const containers = ["initContainers", "containers"].flatMap((key) => members(at(pods.spec, key)));
  const variables = containers.flatMap((container) =>
    members(at(container, "env")).flatMap((one) => {
      const value = at(one, "value");
      return value === undefined ? [] : entry("variable", text(at(one, "name")) ?? "", value).filter((said) => text(at(said, "is")) !== "comma");
    }),
  );
  return list([...found, ...variables], node.origin);
}

function entry(where: string, key: string, value: Node): Node[] {
  const is = kindOf(value);
  if (is === null) return [];
  const { origin } = value;
  return [map([["where", scalar(where, origin)] as const, ["key", scalar(key, origin)] as const, ["is", scalar(is, origin)] as const], origin)];
}

/** Null for texts, and for what the API takes as one. A comma at the end of an unquoted text is one of another language. */
function kindOf(value: Node): "number" | "boolean" | "comma" | null {
  if (value.kind !== "scalar" || value.value === null) return null;
  if (typeof value.value === "boolean") return "boolean";
  if (typeof value.value !== "string") return "number";
  return value.spelling?.style === "plain" && /[^\s,],$/.test(value.spelling.text) ? "comma" : null;
}
