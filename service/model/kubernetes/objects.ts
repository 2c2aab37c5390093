// Kubernetes objects in sight of each other, and how one is found from another.

import { at, type MapNode, type Node, text } from "../../document/node.ts";

export interface KubernetesObject {
  readonly kind: string;
  /** Null when the name is not known. */
  readonly name: string | null;
  /** Null when the object does not say it: it goes where the others go. */
  readonly namespace: string | null;
  readonly node: MapNode;
}

/** Objects that are deployed together: a chart's rendering, a Kustomization, or what lies in one folder. */
export interface Unit {
  readonly objects: readonly KubernetesObject[];
  /** Is everything that belongs to it in sight? If not, an object that is not found may still exist. */
  readonly complete: boolean;
}

/** Reads a tree as an object; null when it is none. Members of a List are objects of their own. */
export function readObjects(root: Node | null): KubernetesObject[] {
  if (root?.kind !== "map") return [];
  const kind = text(root.entries.get("kind"));
  if (kind === undefined || !root.entries.has("apiVersion")) return [];
  const items = root.entries.get("items");
  if (kind.endsWith("List") && items?.kind === "list") return items.items.flatMap(readObjects);
  return [
    {
      kind,
      name: text(at(root, "metadata", "name")) ?? null,
      namespace: text(at(root, "metadata", "namespace")) ?? null,
      node: root,
    },
  ];
}

/** Can the two stand in one namespace: the same where both name one. */
export function together(one: KubernetesObject, other: KubernetesObject): boolean {
  return one.namespace === null || other.namespace === null || one.namespace === other.namespace;
}

/**
 * The object of a kind and name beside another. Names with `same` (parts of a release's name that is not known) match
 * when they are the same. Kustomize appends a hash to generated names, so a generator's object answers to its prefix.
 */
export function find(unit: Unit, beside: KubernetesObject, kind: string, name: Node | undefined): KubernetesObject | undefined {
  const fits = unit.objects.filter((one) => one.kind === kind && together(one, beside) && sameName(at(one.node, "metadata", "name"), name));
  return fits.find((one) => one.namespace === beside.namespace) ?? fits[0];
}

function sameName(one: Node | undefined, other: Node | undefined): boolean {
  if (one?.kind === "scalar" && other?.kind === "scalar") return one.value === other.value;
  return one?.kind === "unknown" && other?.kind === "unknown" && one.same !== undefined && one.same === other.same;
}
