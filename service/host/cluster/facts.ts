// What nodes and storage classes say about the cluster, in the words of the settings. What was not seen is left out.

import type { ClusterFacts, ClusterNode, ClusterStorageClass } from "../../settings/settings.ts";
import { isRecord } from "./resources.ts";
import type { ClusterObject } from "./surroundings.ts";

export interface FactObjects {
  /** Null where they could not be seen. */
  readonly nodes: readonly ClusterObject[] | null;
  readonly storageClasses: readonly ClusterObject[] | null;
  /** True where something is known to add nodes when pods need them. */
  readonly autoscaled: boolean;
}

/** Null when nothing is known. A cluster without any node is no cluster to judge by: its nodes are left out. */
export function clusterFacts({ nodes, storageClasses, autoscaled }: FactObjects): ClusterFacts | null {
  const seen = nodes?.map(nodeOf) ?? [];
  const facts: ClusterFacts = {
    ...(seen.length === 0 ? {} : { nodes: seen }),
    ...(storageClasses === null ? {} : { storageClasses: storageClasses.map(storageClassOf) }),
    ...(autoscaled || seen.some(isMadeOnDemand) ? { autoscaled: true } : {}),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

/** Karpenter makes nodes for the pods that wait, and says so on each. */
function isMadeOnDemand({ labels }: ClusterNode): boolean {
  return Object.keys(labels ?? {}).some((label) => label.startsWith("karpenter.sh/"));
}

function nodeOf({ metadata, spec }: ClusterObject): ClusterNode {
  const { taints, unschedulable } = isRecord(spec) ? spec : {};
  return {
    labels: metadata.labels ?? {},
    taints: Array.isArray(taints) ? taints.filter(isRecord).map(taintOf).filter(isLasting) : [],
    unschedulable: unschedulable === true,
  };
}

/** Taints of a moment, by Kubernetes itself: a node that restarts is still one of the cluster's nodes. */
function isLasting({ key }: { readonly key: string }): boolean {
  return !/^node(\.cloudprovider)?\.kubernetes\.io\//.test(key);
}

function taintOf({ key, value, effect }: Readonly<Record<string, unknown>>): { readonly key: string; readonly value?: string; readonly effect: string } {
  return { key: String(key), ...(typeof value === "string" ? { value } : {}), effect: String(effect) };
}

const DEFAULT = "storageclass.kubernetes.io/is-default-class";

function storageClassOf({ metadata, provisioner, allowVolumeExpansion }: ClusterObject): ClusterStorageClass {
  const { annotations } = metadata as { readonly annotations?: Readonly<Record<string, string>> };
  return {
    name: metadata.name ?? "",
    provisioner: String(provisioner),
    allowVolumeExpansion: allowVolumeExpansion === true,
    default: annotations?.[DEFAULT] === "true" || annotations?.["storageclass.beta.kubernetes.io/is-default-class"] === "true",
  };
}
