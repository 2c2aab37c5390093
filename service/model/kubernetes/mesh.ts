// Does a service mesh look into the connections of the pods? Only what the files say for certain.

import { at, type Node, scalar, text } from "../../document/node.ts";
import { type KubernetesObject, ofKind, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";

const INJECT = "sidecar.istio.io/inject";

/** The model's `mesh`: istio, or null where nothing asks for one. */
export function mesh(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const own = [at(pods.labels, INJECT), at(pods.annotations, INJECT)];
  const unknownOwn = own.find((one) => one?.kind === "unknown");
  if (unknownOwn !== undefined) return unknownOwn;
  const said = own.find((one) => one?.kind === "scalar");
  if (said?.kind === "scalar") return scalar(String(said.value) === "true" ? "istio" : null, said.origin);
  const space = ofKind(unit, "Namespace").find((one) => one.name !== null && one.name === workload.namespace);
  const label = at(space?.node, "metadata", "labels", "istio-injection");
  return scalar(text(label) === "enabled" ? "istio" : null, (label ?? workload.node).origin);
}
