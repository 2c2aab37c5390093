// How the operators' resources are read: JSON into Go structs, so that only `true` is true and what is missing is empty.

import { at, isUnset, list, map, type MapNode, type Node } from "../../document/node.ts";
import { choose, computed, type Decision, type Write, written } from "../dialects/template.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";

export interface Resource {
  readonly operator: string;
  readonly object: KubernetesObject;
  readonly name: string;
  readonly spec: MapNode;
  /** A value below `spec`; undefined where it is unset. */
  readonly get: (...path: readonly string[]) => Node | undefined;
  readonly is: (...path: readonly string[]) => Decision;
  /** What the operator writes by itself. */
  readonly write: Write;
  /** What the operator writes because of a value; where there is none, by itself. */
  readonly because: (...path: readonly string[]) => Write;
}

/** Null where the name or the whole specification is not known: nothing could be said of what comes out. */
export function readResource(operator: string, object: KubernetesObject): Resource | null {
  const spec = at(object.node, "spec");
  if (object.name === null || spec?.kind !== "map") return null;
  const get = (...path: readonly string[]): Node | undefined => {
    const node = at(spec, ...path);
    return isUnset(node) ? undefined : node;
  };
  const write = written(operator, spec.origin);
  return {
    operator,
    object,
    name: object.name,
    spec,
    get,
    is: (...path) => {
      const node = get(...path);
      if (node === undefined) return false;
      return node.kind === "unknown" ? node : node.kind === "scalar" && node.value === true;
    },
    write,
    because: (...path) => {
      const node = get(...path);
      return node === undefined ? write : computed(operator, node.origin);
    },
  };
}

/** The node where the decision says so; unknown where it is not known. */
export function where(decision: Decision, node: () => Node | undefined): Node | undefined {
  return choose(decision, node);
}

/** The pod's own volumes or mounts, and after them the operator's. */
export function appended(node: Node | undefined, more: readonly Node[], write: Write): Node {
  if (node?.kind === "unknown") return node;
  return list([...(node?.kind === "list" ? node.items : []), ...more], write(null).origin);
}

/** The template's pod with what the operator sets over it; the first container is the server. */
export function podOf(resource: Resource, server: (container: MapNode) => MapNode, pod: Readonly<Record<string, Node | undefined>>): MapNode {
  const { get, write } = resource;
  const template = get("template", "spec");
  const { origin } = template ?? write(null);
  const containers = at(template, "containers");
  const items = containers?.kind === "list" ? containers.items : [];
  const [first, ...others] = items;
  const base = first?.kind === "map" ? first : (write({}) as MapNode);
  const own = template?.kind === "map" ? [...template.entries] : [];
  const made: MapNode = map(
    [
      ...own,
      ["containers", containers?.kind === "unknown" ? containers : list([server(base), ...others], containers?.origin ?? origin)],
      ...Object.entries(pod).flatMap(([key, node]) => (node === undefined ? [] : [[key, node] as const])),
    ],
    origin,
  );
  const incomplete = template?.kind === "unknown" ? template.because : template?.kind === "map" ? template.incomplete : undefined;
  return incomplete === undefined ? made : { ...made, incomplete };
}

/** A map with more entries; the later ones win. */
export function merged(node: MapNode, entries: Readonly<Record<string, Node | undefined>>): MapNode {
  return {
    ...node,
    entries: new Map([...node.entries, ...Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))]),
  };
}

/** The object that stands for the workload: the resource, with pods in Kubernetes' own place. */
export function workloadOf({ object, spec: resource, write }: Resource, replicas: Node, labels: Node, pod: MapNode): KubernetesObject {
  const { node } = object;
  const spec = write({ replicas, template: write({ metadata: write({ labels }), spec: pod }) });
  return { ...object, node: { ...node, entries: new Map([...node.entries, ["spec", spec]]) }, resource };
}

/** An object that the operator makes beside the pods, in the resource's namespace. */
export function besides(resource: Resource, kind: string, name: string, content: Readonly<Record<string, Node>>): KubernetesObject {
  const { object, write } = resource;
  const namespace = at(object.node, "metadata", "namespace");
  const metadata = write({ name, ...(namespace !== undefined && { namespace }) });
  const node = map([["apiVersion", write("v1")], ["kind", write(kind)], ["metadata", metadata], ...Object.entries(content)], write(null).origin);
  return { kind, name, namespace: object.namespace, node };
}

/** Labels of the pods, the resource's own over the operator's. */
export function labelsOf(own: Readonly<Record<string, Node>>, more: Node | undefined, write: Write): Node {
  if (more?.kind === "unknown") return more;
  const entries = more?.kind === "map" ? more.entries : new Map<string, Node>();
  const made = map([...Object.entries(own), ...entries], write(null).origin);
  return more?.kind === "map" && more.incomplete !== undefined ? { ...made, incomplete: more.incomplete } : made;
}

export function textOf(node: Node | undefined): string | null {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : null;
}

/** A number, where it is known. */
export function numberOf(node: Node | undefined): number | null {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : null;
}
