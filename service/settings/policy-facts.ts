// What policies are told of the cluster as a whole. Which nodes may take a server's pods the model says, server by server:
// a thousand nodes with their labels would cost each evaluation more than everything else in it.

import type { ClusterFacts, ClusterStorageClass } from "./settings.ts";

/** A fact that is not known is missing. */
export interface PolicyFacts {
  /** Schedulable nodes. */
  readonly nodes?: number;
  readonly zones?: number;
  readonly autoscaled?: boolean;
  readonly networkPolicies?: boolean;
  readonly storageClasses?: readonly ClusterStorageClass[];
}

export function policyFacts({ nodes, zones, autoscaled, networkPolicies, storageClasses }: ClusterFacts): PolicyFacts {
  const count = typeof nodes === "object" ? nodes.filter(({ unschedulable }) => unschedulable !== true).length : nodes;
  const counted = zones ?? (typeof nodes === "object" ? zonesOf(nodes.map(({ labels }) => labels ?? {})) : undefined);
  return {
    ...(count === undefined ? {} : { nodes: count }),
    ...(counted === undefined ? {} : { zones: counted }),
    ...(autoscaled === undefined ? {} : { autoscaled }),
    ...(networkPolicies === undefined ? {} : { networkPolicies }),
    ...(storageClasses === undefined ? {} : { storageClasses }),
  };
}

/** Undefined where a node does not say its zone. */
function zonesOf(labels: readonly Readonly<Record<string, string>>[]): number | undefined {
  const zones = labels.map((one) => one["topology.kubernetes.io/zone"] ?? one["failure-domain.beta.kubernetes.io/zone"]);
  return zones.length === 0 || zones.includes(undefined) ? undefined : new Set(zones).size;
}
