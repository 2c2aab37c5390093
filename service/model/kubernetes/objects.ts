// Kubernetes objects in sight of each other, and how one is found from another.

import { at, type MapNode, type Node, text } from "../../document/node.ts";

export interface KubernetesObject {
  readonly kind: string;
  /** Null when the name is not known. */
  readonly name: string | null;
  /** Null when the object does not say it: it goes where the others go. */
  readonly namespace: string | null;
  readonly node: MapNode;
  /** The `spec` of an operator's resource, where the object is what the operator makes of it. */
  readonly resource?: MapNode;
}

/** What of a chart's values has a part of its rendering: set where the chart has such a switch. */
export interface Switches {
  readonly disruptionBudget?: Node | undefined;
  readonly reloader?: Node | undefined;
  readonly controlLoop?: Node | undefined;
}

/** Objects that are deployed together: a chart's rendering, a Kustomization, or what lies in one folder. */
export interface Unit {
  readonly objects: readonly KubernetesObject[];
  /** Where a chart renders them. */
  readonly switches?: Switches;
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
  const key = nameKey(name);
  const fits = key === undefined ? [] : (indexOf(unit).byName.get(key) ?? []).filter((one) => one.kind === kind && together(one, beside));
  return fits.find((one) => one.namespace === beside.namespace) ?? fits[0];
}

/** The objects of a kind, in the unit's order. */
export function ofKind(unit: Unit, kind: string): readonly KubernetesObject[] {
  return indexOf(unit).byKind.get(kind) ?? [];
}

/** A unit's objects for looking up: each of its servers asks, and there may be thousands. */
interface Index {
  readonly byKind: ReadonlyMap<string, readonly KubernetesObject[]>;
  readonly byName: ReadonlyMap<string, readonly KubernetesObject[]>;
}

function indexOf({ objects }: Unit): Index {
  let index = indexes.get(objects);
  if (index === undefined) {
    index = { byKind: grouped(objects, (one) => one.kind), byName: grouped(objects, (one) => nameKey(at(one.node, "metadata", "name"))) };
    indexes.set(objects, index);
  }
  return index;
}

const indexes = new WeakMap<Unit["objects"], Index>();

function grouped(objects: Unit["objects"], key: (one: KubernetesObject) => string | undefined): ReadonlyMap<string, KubernetesObject[]> {
  const groups = new Map<string, KubernetesObject[]>();
  for (const one of objects) {
    const own = key(one);
    const group = own === undefined ? undefined : groups.get(own);
    if (group !== undefined) group.push(one);
    else if (own !== undefined) groups.set(own, [one]);
  }
  return groups;
}

/** Equal names have equal keys; a name that equals none, not even itself, has no key. */
function nameKey(name: Node | undefined): string | undefined {
  if (name?.kind === "scalar") return `${typeof name.value} ${name.value}`;
  return name?.kind === "unknown" && name.same !== undefined ? `same ${name.same}` : undefined;
}
