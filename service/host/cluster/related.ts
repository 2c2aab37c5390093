// Which objects belong to the one under review: what it names, what selects its pods, and, from a ConfigMap, a Service or a
// claim, the workload behind it with all of that. The object under review itself is never among them: a cache may have an
// older one, and what the request says wins.

import { looksRelevant } from "../../model/looks-relevant.ts";
import { configMapsOf, isClaimOf, podsOf, selects } from "./pods.ts";
import type { ClusterObject, Known, ObjectName, Related } from "./surroundings.ts";

/** What can be looked up in one namespace. */
export interface Lookup {
  readonly namespace: string;
  /** All objects of a watched kind. */
  readonly all: (kind: "StatefulSet" | "Service" | "PodDisruptionBudget" | "PersistentVolumeClaim") => Known<readonly ClusterObject[]>;
  readonly configMap: (name: string) => Promise<Known<ClusterObject>>;
}

/** More ConfigMaps than this no server mounts; what is left out is no more than not known. */
const MOST_CONFIG_MAPS = 16;

const BESIDE = ["Service", "PodDisruptionBudget", "PersistentVolumeClaim"] as const;

/** Where a kind could not be looked up at all, one of its kind named `*` says so. */
export async function relatedTo(object: ClusterObject, lookup: Lookup): Promise<readonly Related[]> {
  const found = new Map<string, Related>();
  const isSame = (one: ObjectName): boolean => one.kind === object.kind && one.name === object.metadata.name;
  const add = (one: Related): void => {
    const key = `${one.object.kind}/${one.object.name}`;
    if (!isSame(one.object) && !found.has(key)) found.set(key, one);
  };
  const own = podsOf(object);
  const workloads = own === null ? workloadsBehind(object, lookup, add) : [object];
  for (const workload of workloads) {
    if (workload !== object) add(present(workload, `${workload.kind} ${workload.metadata.name} of ${object.kind} ${object.metadata.name}`));
    for (const one of besides(workload, lookup)) add(one);
    for (const one of await configMaps(workload, lookup, isSame)) add(one);
  }
  return [...found.values()];
}

/** The StatefulSets that a ConfigMap, a Service, a budget or a claim is for, as far as they have to do with NATS. */
function workloadsBehind(object: ClusterObject, lookup: Lookup, add: (one: Related) => void): readonly ClusterObject[] {
  const name = object.metadata.name ?? "";
  const belongs = BEHIND[object.kind];
  if (belongs === undefined || name === "") return [];
  const all = lookup.all("StatefulSet");
  if (all.state !== "present") {
    add(unseen("apps/v1", "StatefulSet", lookup.namespace, all));
    return [];
  }
  return all.value.filter((workload) => {
    const pods = podsOf(workload);
    return pods !== null && belongs(object, name, workload, pods) && looksRelevant(JSON.stringify(workload));
  });
}

type Belongs = (object: ClusterObject, name: string, workload: ClusterObject, pods: NonNullable<ReturnType<typeof podsOf>>) => boolean;

const BEHIND: Readonly<Record<string, Belongs>> = {
  ConfigMap: (_object, name, _workload, pods) => configMapsOf(pods).has(name),
  Service: (object, _name, _workload, { labels }) => selects(object, labels),
  PodDisruptionBudget: (object, _name, _workload, { labels }) => selects(object, labels),
  PersistentVolumeClaim: (_object, name, workload, pods) => isClaimOf(name, workload, pods),
};

function besides(workload: ClusterObject, lookup: Lookup): readonly Related[] {
  const pods = podsOf(workload);
  if (pods === null) return [];
  return BESIDE.flatMap((kind): Related[] => {
    const all = lookup.all(kind);
    if (all.state !== "present") return [unseen(kind === "PodDisruptionBudget" ? "policy/v1" : "v1", kind, lookup.namespace, all)];
    const mine = all.value.filter((one) => (kind === "PersistentVolumeClaim" ? isClaimOf(one.metadata.name ?? "", workload, pods) : selects(one, pods.labels)));
    return mine.map((one) => present(one, `${kind} of ${workload.kind} ${workload.metadata.name}`));
  });
}

async function configMaps(workload: ClusterObject, lookup: Lookup, isSame: (one: ObjectName) => boolean): Promise<readonly Related[]> {
  const pods = podsOf(workload);
  const named = pods === null ? [] : [...configMapsOf(pods)].map(([name, by]) => ({ by, object: nameOf("v1", "ConfigMap", lookup.namespace, name) }));
  const wanted = named.filter(({ object }) => !isSame(object)).slice(0, MOST_CONFIG_MAPS);
  return await Promise.all(
    wanted.map(async ({ object, by }) => ({ object, by: `${by} of ${workload.kind} ${workload.metadata.name}`, found: await lookup.configMap(object.name) })),
  );
}

function present(object: ClusterObject, by: string): Related {
  const { apiVersion, kind, metadata } = object;
  return { object: nameOf(apiVersion, kind, metadata.namespace ?? null, metadata.name ?? ""), by, found: { state: "present", value: object } };
}

function unseen(apiVersion: string, kind: string, namespace: string, found: Exclude<Known<unknown>, { state: "present" }>): Related {
  return { object: nameOf(apiVersion, kind, namespace, "*"), by: `all of kind ${kind} in the namespace`, found };
}

function nameOf(apiVersion: string, kind: string, namespace: string | null, name: string): ObjectName {
  return { apiVersion, kind, namespace, name };
}
