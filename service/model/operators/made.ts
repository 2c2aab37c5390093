// What an operator makes of a custom resource: the pods, the configuration and the services that it writes, as objects
// whose leaves are the resource's own. The resource itself stands for the workload, because the operator makes bare pods.

import type { KubernetesObject } from "../kubernetes/objects.ts";
import type { FileObject } from "../read-sources.ts";
import { natsCluster } from "./nats-cluster.ts";
import { natsStreamingCluster } from "./nats-streaming-cluster.ts";

const MAKERS: Readonly<Record<string, (object: KubernetesObject) => KubernetesObject[]>> = {
  NatsCluster: natsCluster,
  NatsStreamingCluster: natsStreamingCluster,
};

/** Does the object stand for the pods that an operator makes of it? */
export function isMadeByOperator(object: KubernetesObject): boolean {
  return Object.hasOwn(MAKERS, object.kind);
}

/** The objects, each custom resource of an operator replaced by what the operator makes of it. */
export function madeByOperators(objects: readonly FileObject[]): readonly FileObject[] {
  return objects.flatMap(({ path, object }) => (MAKERS[object.kind]?.(object) ?? [object]).map((made) => ({ path, object: made })));
}
