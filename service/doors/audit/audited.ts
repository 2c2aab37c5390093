// What an audit looks at: objects as sources, facts about the cluster, and all that could not be seen.

import { objectPath, objectSource } from "../../host/cluster/object-source.ts";
import { COMPANIONS, isRecord, WORKLOADS } from "../../host/cluster/resources.ts";
import type { ClusterObject, ObjectName } from "../../host/cluster/surroundings.ts";
import { looksRelevant } from "../../model/looks-relevant.ts";
import type { ClusterFacts } from "../../settings/settings.ts";
import type { FileLook } from "../../source/file-look.ts";
import type { Source } from "../../source/source.ts";

export interface Audited {
  /** One for each object. */
  readonly sources: readonly Source[];
  /** Which object a source is, by its path. */
  readonly objects: ReadonlyMap<string, ObjectName>;
  /** The namespaces that were asked for; empty: all. */
  readonly namespaces: readonly string[];
  readonly cluster: ClusterFacts | null;
  /** Kinds that could not be listed, each with the reason. */
  readonly unseen: readonly FileLook[];
  /** Sentences about what is not there or was left alone. */
  readonly notes: readonly string[];
}

/** Objects one by one, workloads first; of the rest only what may have to do with NATS is kept. */
export interface Collection {
  readonly add: (object: ClusterObject) => void;
  readonly sources: () => readonly Source[];
  readonly objects: ReadonlyMap<string, ObjectName>;
}

const WORKLOAD_KINDS = new Set(WORKLOADS.map(({ kind }) => kind));
const COMPANION_KINDS = new Set(COMPANIONS.map(({ kind }) => kind));

/** What deploys charts is left out: what it was told runs in the cluster too, and would be accused twice. */
const TOLD = /^([a-z]+\.toolkit\.fluxcd\.io|argoproj\.io|helm\.cattle\.io)\//;

export function collection(): Collection {
  const sources = new Map<string, Source>();
  const objects = new Map<string, ObjectName>();
  const inhabited = new Set<string>();
  return {
    objects,
    sources: () => [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    add: (object) => {
      const { apiVersion, kind, metadata } = object;
      const { namespace = null, name } = metadata;
      if (kind === "Secret" || TOLD.test(apiVersion) || name === undefined || isMade(object)) return;
      const nearby = COMPANION_KINDS.has(kind) && inhabited.has(namespace ?? "");
      if (!nearby && !looksRelevant(JSON.stringify({ ...object, status: undefined, metadata: { ...metadata, managedFields: undefined } }), name)) return;
      if (WORKLOAD_KINDS.has(kind)) inhabited.add(namespace ?? "");
      const named = { apiVersion, kind, namespace, name };
      objects.set(objectPath(named), named);
      sources.set(objectPath(named), objectSource(object));
    },
  };
}

/** Is it made by another object that is looked at itself? What an operator makes of its custom resource is what runs. */
function isMade({ metadata }: ClusterObject): boolean {
  const { ownerReferences } = metadata as { readonly ownerReferences?: unknown };
  const owners = Array.isArray(ownerReferences) ? ownerReferences.filter(isRecord) : [];
  return owners.some(({ kind }) => WORKLOAD_KINDS.has(String(kind)) || kind === "ReplicaSet" || kind === "Job" || kind === "CronJob");
}

/** The path that a kind which could not be listed is shown under: `statefulsets.apps`. */
export function unseen(what: string, why: string): FileLook {
  return { path: what, state: "unreadable", why };
}
