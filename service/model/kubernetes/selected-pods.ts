// Whom else a server's Service selects: pods that do not answer what it asks for, or those of another cluster.

import { at, list, map, type MapNode, type Node, scalar, text } from "../../document/node.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";
import { type PodTemplate, podTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";
import { serverContainer } from "./server-container.ts";

/** The model's `otherPods`: workloads in sight that the Service certainly selects, and certainly is not meant to. */
export function otherPods(service: MapNode, workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const selector = at(service, "spec", "selector");
  const found = unit.objects.filter((other) => {
    const template = other.node === workload.node || !isSameSpace(other, workload) ? null : podTemplate(other);
    return template !== null && selects(selector, template.labels, "service") === true && isStranger(template, pods);
  });
  return list(
    found.map(({ node, kind }) => map([["kind", scalar(kind, node.origin)]], node.origin)),
    (selector ?? service).origin,
  );
}

/** In one namespace for certain: both name the same, or neither names any. */
function isSameSpace(one: KubernetesObject, other: KubernetesObject): boolean {
  return together(one, other) && (one.namespace === null) === (other.namespace === null);
}

/** Servers of one cluster often are workloads of their own; those of another release, and what is no server at all, are strangers. */
function isStranger(other: PodTemplate, own: PodTemplate): boolean {
  if (serverContainer(other.spec) === null) return !mayServe(other.spec);
  const [theirs, ours] = [other, own].map((one) => text(at(one.labels, "app.kubernetes.io/instance")));
  return theirs !== undefined && ours !== undefined && theirs !== ours;
}

/** Could the pod answer at all? Not one whose containers are all known and declare no port. */
function mayServe(spec: MapNode): boolean {
  const containers = at(spec, "containers");
  if (containers?.kind !== "list") return true;
  return containers.items.some((one) => {
    const ports = at(one, "ports");
    return one.kind === "unknown" || ports?.kind === "unknown" || (ports?.kind === "list" && ports.items.length > 0);
  });
}
