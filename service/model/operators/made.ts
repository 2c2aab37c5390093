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
  if (!objects.some(({ object }) => isMadeByOperator(object))) return objects;
  const secrets = new Map<string, KubernetesObject[]>();
  for (const { path, object } of objects) {
    if (object.kind !== "Secret") continue;
    const folder = posix.dirname(path);
    const there = secrets.get(folder);
    if (there === undefined) secrets.set(folder, [object]);
    else there.push(object);
  }
  return objects.flatMap((one) => {
    const make = isMadeByOperator(one.object) ? MAKERS[one.object.kind] : undefined;
    return make === undefined ? [one] : make(one.object, secrets.get(posix.dirname(one.path)) ?? []).map((object) => ({ path: one.path, object }));
  });
}
