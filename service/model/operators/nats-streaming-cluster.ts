// NatsStreamingCluster, as nats-streaming-operator 0.4 reads it: it has no configuration of its own, only arguments.
// Source: internal/operator/controller.go of the operator.

import { at, type MapNode, type Node, unknown } from "../../document/node.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { labelsOf, merged, numberOf, podOf, type Resource, readResource, textOf, workloadOf } from "./resource.ts";

const DEFAULT_IMAGE = "nats-streaming:0.18.0";

export function natsStreamingCluster(object: KubernetesObject): KubernetesObject[] {
  const resource = readResource("nats-streaming-operator", object);
  if (resource === null) return [];
  const { name, get, write } = resource;
  const labels = labelsOf({}, get("template", "metadata", "labels"), write);
  const own = { app: write("nats-streaming"), stan_cluster: write(name) };
  const size = sizeOf(resource);
  const pod = podOf(resource, (container) => server(resource, container, size), {});
  return [workloadOf(resource, size, labels.kind === "map" ? merged(labels, own) : labels, pod)];
}

/** At least one, and exactly one with a store that several servers cannot share. */
function sizeOf({ get, write, because }: Resource): Node {
  const size = get("size");
  const store = get("store");
  if (store?.kind === "unknown") return store;
  if (textOf(store) === "SQL") return because("store")(1);
  if (size === undefined || (numberOf(size) ?? 1) < 1) return size === undefined ? write(1) : because("size")(1);
  return size;
}

function server(resource: Resource, container: MapNode, size: Node): MapNode {
  const { get, write } = resource;
  return merged(container, {
    name: write("stan"),
    image: get("image") ?? at(container, "image") ?? write(DEFAULT_IMAGE),
    command: write(command(resource, size)),
  });
}

function command(resource: Resource, size: Node): Node[] {
  const { name, get, write, because, is } = resource;
  const service = get("natsSvc");
  const flag = (key: string, word: string): Node[] => {
    const decision = is("config", key);
    return decision === true ? [because("config", key)(word)] : decision === false ? [] : [decision];
  };
  const configFile = get("configFile");
  return [
    ...["/nats-streaming-server", "-cluster_id", name, "-nats_server"].map((word) => write(word)),
    textOf(service) === null && service !== undefined ? service : because("natsSvc")(`nats://${textOf(service) ?? ""}:4222`),
    ...["-m", "8222"].map((word) => write(word)),
    ...storeArguments(resource, size),
    ...flag("debug", "-SD"),
    ...flag("trace", "-SV"),
    ...flag("raftLogging", "--cluster_raft_logging"),
    ...(configFile === undefined ? [] : [write("-sc"), configFile]),
  ];
}

/** Compared letter by letter: what is neither SQL nor MEMORY is a file store. */
function storeArguments(resource: Resource, size: Node): Node[] {
  const { get, write, because, is } = resource;
  const store = get("store");
  if (store?.kind === "unknown") return [store];
  const type = textOf(store);
  if (type === "SQL" || type === "MEMORY") return [write("-store"), because("store")(type)];
  const config = get("config");
  if (config?.kind === "unknown") return [config];
  const group = get("config", "ftGroup");
  const folder = get("config", "storeDir");
  const clustered = is("config", "clustered");
  const several = (numberOf(size) ?? 2) > 1;
  const isClustered = config !== undefined && textOf(group) === null && (several || clustered === true);
  const file = [
    write("-store"),
    because("store")("file"),
    ...(isClustered ? [(clustered === true ? because("config", "clustered") : write)("-clustered")] : []),
  ];
  if (folder === undefined) return [...file, write("-dir"), write("store")];
  // Below the folder each pod has one of its own; in a group all have the first one's.
  if (textOf(group) === null) {
    const own = unknown("each pod has a folder of its own", folder.origin);
    return [...file, write("-dir"), own, write("--cluster_log_path"), own];
  }
  const shared = textOf(folder) === null ? folder : because("config", "storeDir")(`${textOf(folder)}/${resource.name}-1`);
  return [...file, write("-dir"), shared, write("--ft_group"), group as Node];
}
