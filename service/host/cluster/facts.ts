// What nodes and storage classes say about the cluster, in the words of the settings. What was not seen is left out.

import { isDeepStrictEqual } from "node:util";
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

/**
 * `clusterFacts`, and the same object again for as long as the facts are the same: nodes report every few minutes, and say
 * nothing new. Who has the object need not be told, and what was not changed at all is not gone through.
 */
export function steadyFacts(): (objects: FactObjects) => ClusterFacts | null {
  let before: FactObjects | null = null;
  let facts: ClusterFacts | null = null;
  return (now) => {
    if (before !== null && isSame(before, now)) return facts;
    before = now;
    const found = clusterFacts(now);
    if (!isDeepStrictEqual(found, facts)) facts = found;
    return facts;
  };
}

function isSame(one: FactObjects, other: FactObjects): boolean {
  const areSame = (some: FactObjects["nodes"], others: FactObjects["nodes"]): boolean =>
    some === others || (some?.length === others?.length && some?.every((object, index) => object === others?.[index]) === true);
  return areSame(one.nodes, other.nodes) && areSame(one.storageClasses, other.storageClasses) && one.autoscaled === other.autoscaled;
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
