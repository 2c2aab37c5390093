// What an operator makes of a custom resource: the pods, the configuration and the services that it writes, as objects
// whose leaves are the resource's own. The resource itself stands for the workload, because the operator makes bare pods.

import type { FileObject } from "../read-sources.ts";
import { natsCluster } from "./nats-cluster.ts";
import { natsStreamingCluster } from "./nats-streaming-cluster.ts";

/** The objects, each custom resource of an operator replaced by what the operator makes of it. */
export function madeByOperators(objects: readonly FileObject[]): readonly FileObject[] {
  return objects.flatMap(({ path, object }) => {
    if (object.kind === "NatsCluster") return natsCluster(object).map((made) => ({ path, object: made }));
    if (object.kind === "NatsStreamingCluster") return natsStreamingCluster(object).map((made) => ({ path, object: made }));
    return [{ path, object }];
  });
}
