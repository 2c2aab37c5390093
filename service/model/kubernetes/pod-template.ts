// The pods that a workload makes, wherever its kind keeps them.

import { at, type MapNode, type Node } from "../../document/node.ts";
import type { KubernetesObject } from "./objects.ts";

export interface PodTemplate {
  readonly labels: Node | undefined;
  readonly annotations: Node | undefined;
  readonly spec: MapNode;
}

/** The last two stand for the bare pods that their operators make of them. */
const TEMPLATED = new Set(["StatefulSet", "Deployment", "DaemonSet", "ReplicaSet", "ReplicationController", "NatsCluster", "NatsStreamingCluster"]);

/** The pods of a workload that runs for ever; null for Jobs and for everything that makes no pods. */
export function podTemplate(object: KubernetesObject): PodTemplate | null {
  const root = object.kind === "Pod" ? object.node : TEMPLATED.has(object.kind) ? at(object.node, "spec", "template") : undefined;
  const spec = at(root, "spec");
  if (spec?.kind !== "map") return null;
  if (object.kind === "Pod" && isHook(object)) return null;
  return { labels: at(root, "metadata", "labels"), annotations: at(root, "metadata", "annotations"), spec };
}

/** Helm's test and hook pods run once. */
function isHook(object: KubernetesObject): boolean {
  return at(object.node, "metadata", "annotations", "helm.sh/hook") !== undefined;
}
