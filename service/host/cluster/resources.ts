// The kinds of objects that natslint reads in a cluster, and what is kept of them. Secrets are not among them, ever.

import type { ClusterObject } from "./surroundings.ts";

export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const kinds = (apiVersion: string, namespaced: boolean, names: Readonly<Record<string, string>>): Resource[] =>
  Object.entries(names).map(([kind, plural]) => ({ apiVersion, kind, plural, namespaced }));

/** What the webhook keeps a copy of: few objects that change slowly. ConfigMaps are read one by one when they are needed. */
export const WATCHED: readonly Resource[] = [
  ...kinds("v1", false, { Node: "nodes", Namespace: "namespaces" }),
  ...kinds("storage.k8s.io/v1", false, { StorageClass: "storageclasses" }),
  ...kinds("apps/v1", true, { StatefulSet: "statefulsets" }),
  ...kinds("v1", true, { Service: "services", PersistentVolumeClaim: "persistentvolumeclaims" }),
  ...kinds("policy/v1", true, { PodDisruptionBudget: "poddisruptionbudgets" }),
];

/** What an audit lists besides nodes and storage classes: workloads first, since they tell which namespaces have NATS in them. */
export const WORKLOADS: readonly Resource[] = kinds("apps/v1", true, { StatefulSet: "statefulsets", Deployment: "deployments", DaemonSet: "daemonsets" });

/** What may belong to a workload though its text need not name NATS. */
export const COMPANIONS: readonly Resource[] = [
  ...kinds("v1", true, { Service: "services", ConfigMap: "configmaps", PersistentVolumeClaim: "persistentvolumeclaims" }),
  ...kinds("policy/v1", true, { PodDisruptionBudget: "poddisruptionbudgets" }),
  ...kinds("networking.k8s.io/v1", true, { NetworkPolicy: "networkpolicies", Ingress: "ingresses" }),
];

/** Groups of custom resources that are read where the cluster serves them, in whichever version it prefers. */
export const CUSTOM: Readonly<Record<string, readonly string[]>> = {
  "jetstream.nats.io": ["accounts", "consumers", "keyvalues", "objectstores", "streams"],
  "nats.io": ["natsclusters", "natsserviceroles"],
  "streaming.nats.io": ["natsstreamingclusters"],
  "helm.toolkit.fluxcd.io": ["helmreleases"],
};

/** The path of all objects of a kind, or of those in a namespace. */
export function pathOf({ apiVersion, plural, namespaced }: Resource, namespace: string | null = null): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespaced && namespace !== null ? `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}` : `${root}/${plural}`;
}

/** `statefulsets.apps`, as RBAC and kubectl name it. */
export function resourceName({ apiVersion, plural }: Resource): string {
  const [group = ""] = apiVersion.split("/");
  return apiVersion.includes("/") ? `${plural}.${group}` : plural;
}

/**
 * An object as it is kept: what the server writes about itself is dropped, which for a node is nine tenths. Lists leave out
 * kind and apiVersion, so they are put back. Null for what has no name, and is therefore no object.
 */
export function trimmed(object: unknown, { apiVersion, kind }: Pick<Resource, "apiVersion" | "kind">): ClusterObject | null {
  if (!isRecord(object) || !isRecord(object["metadata"]) || typeof object["metadata"]["name"] !== "string") return null;
  const { managedFields: _fields, annotations, ...metadata } = object["metadata"];
  const whole = { ...object, apiVersion, kind, metadata: { ...metadata, ...(isRecord(annotations) ? { annotations: withoutApplied(annotations) } : {}) } };
  delete (whole as { status?: unknown }).status;
  if (kind !== "Node") return whole as ClusterObject;
  const spec = isRecord(object["spec"]) ? object["spec"] : {};
  const { name, resourceVersion, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, resourceVersion, labels },
    spec: { taints: spec["taints"], unschedulable: spec["unschedulable"] },
  } as unknown as ClusterObject;
}

export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

function withoutApplied({ [LAST_APPLIED]: _applied, ...annotations }: Readonly<Record<string, unknown>>): object {
  return annotations;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
