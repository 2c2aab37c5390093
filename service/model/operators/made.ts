// What an operator makes of a custom resource: the pods, the configuration and the services that it writes, as objects
// whose leaves are the resource's own. The resource itself stands for the workload, because the operator makes bare pods.

import { posix } from "node:path";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import type { FileObject } from "../read-sources.ts";
import { natsCluster } from "./nats-cluster.ts";
import { natsStreamingCluster } from "./nats-streaming-cluster.ts";

const MAKERS: Readonly<Record<string, (object: KubernetesObject, beside: readonly KubernetesObject[]) => KubernetesObject[]>> = {
  NatsCluster: natsCluster,
  NatsStreamingCluster: natsStreamingCluster,
};

/** Does the object stand for the pods that an operator makes of it? */
export function isMadeByOperator(object: KubernetesObject): boolean {
  return Object.hasOwn(MAKERS, object.kind);
}

/** The objects, each custom resource of an operator replaced by what the operator makes of it, and of the Secrets of its own folder. */
export function madeByOperators(objects: readonly FileObject[]): readonly FileObject[] {
  const beside = (path: string): readonly KubernetesObject[] =>
    objects.filter((one) => one.object.kind === "Secret" && posix.dirname(one.path) === posix.dirname(path)).map(({ object }) => object);
  return objects.flatMap((one) => {
    const make = MAKERS[one.object.kind];
    return make === undefined ? [one] : make(one.object, beside(one.path)).map((object) => ({ path: one.path, object }));
  });
}
