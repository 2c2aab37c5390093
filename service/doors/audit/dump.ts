// An audit of a dump: what `kubectl get -A -o yaml` or `-o json` printed, read without a cluster.

import { readData } from "../../document/yaml/data.ts";
import { clusterFacts } from "../../host/cluster/facts.ts";
import { isRecord, trimmed, WORKLOADS } from "../../host/cluster/resources.ts";
import type { ClusterObject } from "../../host/cluster/surroundings.ts";
import type { FileLook } from "../../source/file-look.ts";
import type { Source } from "../../source/source.ts";
import { type Audited, collection, unseen } from "./audited.ts";

/** `files`: the dump, in one file or several. What a file cannot be read for is among what was not seen. */
export function readDump(files: readonly Source[], namespaces: readonly string[]): Audited {
  const kept = collection();
  const missed: FileLook[] = [];
  const objects: ClusterObject[] = [];
  for (const { path, text } of files) {
    const read = readData(text);
    if ("problem" in read) missed.push(unseen(path, read.problem));
    else {
      const found = read.documents.flatMap(membersOf);
      if (found.length === 0) missed.push(unseen(path, "it holds no object of Kubernetes; kubectl get -o yaml prints some"));
      objects.push(...found);
    }
  }
  const wanted = objects.filter(({ metadata }) => namespaces.length === 0 || namespaces.includes(metadata.namespace ?? "default"));
  const isWorkload = ({ kind }: ClusterObject): boolean => WORKLOADS.some((one) => one.kind === kind);
  for (const object of [...wanted.filter(isWorkload), ...wanted.filter((one) => !isWorkload(one))]) kept.add(object);
  const ofKind = (kind: string, apiVersion: string): readonly ClusterObject[] | null => {
    const found = objects.flatMap((one) => (one.kind === kind ? (trimmed(one, { kind, apiVersion }) ?? []) : []));
    return found.length === 0 ? null : found;
  };
  const cluster = clusterFacts({ nodes: ofKind("Node", "v1"), storageClasses: ofKind("StorageClass", "storage.k8s.io/v1"), autoscaled: false });
  const notes = cluster?.nodes === undefined ? ["the dump holds no nodes, so what depends on them is not judged; add nodes to what kubectl gets"] : [];
  return { sources: kept.sources(), objects: kept.objects, namespaces, cluster, unseen: missed, notes };
}

/** The objects of a document: itself, or the members of a list. */
function membersOf(document: unknown): readonly ClusterObject[] {
  if (!isRecord(document)) return [];
  const { kind, apiVersion, items, metadata } = document;
  if (typeof kind !== "string" || typeof apiVersion !== "string") return [];
  // Lists of one kind leave out what their members are.
  const member = kind.endsWith("List") && kind !== "List" ? { apiVersion, kind: kind.slice(0, -"List".length) } : {};
  if (Array.isArray(items)) return items.flatMap((item) => membersOf(isRecord(item) ? { ...member, ...item } : item));
  return isRecord(metadata) ? [document as ClusterObject] : [];
}
