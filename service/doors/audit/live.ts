// An audit of a live cluster: every kind that natslint knows is listed in pages, and what cannot be listed is said.

import { type ClusterPlace, type Connection, openCluster } from "../../host/cluster/connection.ts";
import { discover } from "../../host/cluster/discovery.ts";
import { clusterFacts } from "../../host/cluster/facts.ts";
import { listPages } from "../../host/cluster/list.ts";
import { COMPANIONS, CUSTOM, type Resource, resourceName, trimmed, WATCHED, WORKLOADS } from "../../host/cluster/resources.ts";
import type { ClusterObject } from "../../host/cluster/surroundings.ts";
import { ClusterTrouble, troubleOf } from "../../host/cluster/trouble.ts";
import type { FileLook } from "../../source/file-look.ts";
import { type Audited, collection, unseen } from "./audited.ts";

/** Objects to a page: a few MiB at a time, whatever the cluster's size. */
const PAGE = 200;

/** What Flux is told is left out: what it makes of it runs in the cluster too, and would be accused twice. */
const LISTED = Object.fromEntries(Object.entries(CUSTOM).filter(([group]) => !group.endsWith("fluxcd.io")));

/** `namespaces`: empty for all. Throws a ClusterTrouble when the server cannot be reached, or allows nothing. */
export async function readCluster(place: ClusterPlace, namespaces: readonly string[], listed: (objects: number) => void): Promise<Audited> {
  const connection = openCluster(place);
  const missed: FileLook[] = [];
  const notes: string[] = [];
  const kept = collection();
  let count = 0;
  const list = async (resource: Resource, take: (object: ClusterObject) => void): Promise<boolean> =>
    await listKind(connection, resource, namespaces, missed, (raw) => {
      const { apiVersion, kind } = resource;
      const object = { ...(raw as object), apiVersion, kind } as ClusterObject;
      if (typeof object.metadata?.name === "string") take(object);
      listed(++count);
    });
  try {
    for (const resource of WORKLOADS) await list(resource, kept.add);
    if (missed.length === WORKLOADS.length) throw new ClusterTrouble("forbidden", `no workload can be listed: ${missed[0]?.why}`);
    for (const resource of COMPANIONS) await list(resource, kept.add);
    const custom = await customKinds(connection, missed);
    for (const resource of custom) await list(resource, kept.add);
    const absent = Object.keys(LISTED).filter((group) => !custom.some(({ apiVersion }) => apiVersion.startsWith(`${group}/`)));
    if (absent.length > 0) notes.push(`the cluster has no custom resources of ${absent.join(", ")}`);
    const cluster = await facts(connection, async (resource) => {
      const found: ClusterObject[] = [];
      const seen = await list(resource, (object) => found.push(trimmed(object, resource) ?? object));
      return seen ? found : null;
    });
    return { sources: kept.sources(), objects: kept.objects, namespaces, cluster, unseen: missed, notes };
  } finally {
    connection.close();
  }
}

/** False when it cannot be listed in one of the namespaces; the reason is among what was missed. */
async function listKind(
  connection: Connection,
  resource: Resource,
  namespaces: readonly string[],
  missed: FileLook[],
  take: (raw: unknown) => void,
): Promise<boolean> {
  const scopes = resource.namespaced && namespaces.length > 0 ? namespaces : [null];
  let all = true;
  for (const namespace of scopes) {
    try {
      await listPages(connection, resource, { namespace, page: PAGE }, (items) => items.forEach(take));
    } catch (thrown) {
      const trouble = troubleOf(thrown, `the list of ${resourceName(resource)}`);
      if (trouble.kind === "unreachable" || trouble.kind === "timeout") throw trouble;
      missed.push(unseen(namespace === null ? resourceName(resource) : `${namespace}/${resourceName(resource)}`, trouble.message));
      all = false;
    }
  }
  return all;
}

async function customKinds(connection: Connection, missed: FileLook[]): Promise<readonly Resource[]> {
  const found: Resource[] = [];
  for (const [group, plurals] of Object.entries(LISTED)) {
    try {
      found.push(...(await discover(connection, { [group]: plurals })));
    } catch (thrown) {
      missed.push(unseen(group, troubleOf(thrown, `the kinds of ${group}`).message));
    }
  }
  return found;
}

async function facts(connection: Connection, all: (resource: Resource) => Promise<readonly ClusterObject[] | null>): Promise<Audited["cluster"]> {
  const of = async (kind: string): Promise<readonly ClusterObject[] | null> => {
    const resource = WATCHED.find((one) => one.kind === kind);
    return resource === undefined ? null : await all(resource);
  };
  const [nodes, storageClasses] = [await of("Node"), await of("StorageClass")];
  // What autoscalers write about themselves; where it cannot be read, nothing is said.
  const autoscaled = await connection.json("/api/v1/namespaces/kube-system/configmaps/cluster-autoscaler-status").then(
    () => true,
    () => false,
  );
  return clusterFacts({ nodes, storageClasses, autoscaled });
}
