// A directory that the server writes, and what of the pod holds it: the question behind every lost message.

import { posix } from "node:path";
import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { find, type KubernetesObject, together } from "./objects.ts";
import type { PodView } from "./pod-file.ts";
import { imageName } from "./server-image.ts";

/** The model's `directories`: those of the configuration, and STAN's own default for the log of its cluster. */
export function directories(config: Node, streaming: Node | undefined, view: PodView): Node {
  const jetstream = inConf(config, "jetstream");
  const storeDir = jetstream?.kind === "map" ? inConf(jetstream, "store_dir", "store", "storedir") : jetstream?.kind === "unknown" ? jetstream : undefined;
  return map(
    [
      ...optional("jetstream_store_dir", directory(storeDir, view)),
      ...optional("resolver_dir", directory(resolverDir(config), view)),
      ...optional("streaming_dir", directory(inConf(streaming, "dir", "datastore"), view)),
      ...optional("streaming_cluster_log_path", directory(logPath(streaming), view)),
    ],
    view.workload.node.origin,
  );
}

/** Where a resolver that the server keeps itself has its JWTs. */
function resolverDir(config: Node): Node | undefined {
  const resolver = inConf(config, "resolver", "account_resolver", "accounts_resolver");
  if (resolver?.kind !== "map") return resolver?.kind === "unknown" ? resolver : undefined;
  return at(resolver, "dir");
}

/** The container's mounts, each with the volume behind it. */
export function volumeMounts(view: PodView): Node {
  const mounts = at(view.container, "volumeMounts");
  if (mounts?.kind === "unknown") return mounts;
  if (mounts?.kind !== "list") return list([], view.container.origin);
  return { ...mounts, items: mounts.items.map((mount) => (mount.kind === "map" ? mounted(mount, view) : mount)) };
}

/** What a claim, or a template of one, asks for. The old annotation wins over the field, as in Kubernetes. */
export function claim(node: Node): [string, Node][] {
  const spec = at(node, "spec");
  const modes = at(spec, "accessModes");
  const asked = at(spec, "resources", "requests", "storage");
  const annotated = at(node, "metadata", "annotations", "volume.beta.kubernetes.io/storage-class");
  const storageClass = isUnset(annotated) ? at(spec, "storageClassName") : annotated;
  return [
    ["accessModes", modes ?? list([], node.origin)],
    ...optional("storageClassName", storageClass),
    ...optional("storageClassField", at(spec, "storageClassName")),
    ...optional("storageClassAnnotation", annotated),
    ...optional("storage", asked),
  ];
}

export function optional(key: string, node: Node | undefined): [string, Node][] {
  return node === undefined ? [] : [[key, node]];
}

/** The model's `directory` for a path that the configuration names; relative paths start at the working directory. */
function directory(path: Node | undefined, view: PodView): Node | undefined {
  if (path === undefined || isUnset(path) || path.kind === "unknown") return path?.kind === "unknown" ? path : undefined;
  const written = text(path);
  if (written === undefined) return unknown("something else than a path stands there", path.origin);
  if (written === "") return undefined;
  const from = written.startsWith("/") ? "/" : workingDirectory(view.container);
  return map(
    [
      ["path", scalar(written, path.origin)],
      ["absolute", scalar(written.startsWith("/"), path.origin)],
      ["mount", typeof from === "string" ? mountOf(posix.resolve(from, written), view, path) : from],
    ],
    path.origin,
  );
}

/** What the manifest says, else what the image has: the official ones start their server at the root. */
function workingDirectory(container: MapNode): string | Node {
  const node = at(container, "workingDir");
  if (node?.kind === "unknown") return node;
  const said = text(node) ?? "";
  if (said !== "") return posix.resolve("/", said);
  const image = at(container, "image");
  return imageName(image)?.publisher === "official" ? "/" : unknown("the working directory of the image is not known", (image ?? container).origin);
}

/**
 * The directory of a STAN cluster's Raft log. Without `log_path` it is `<cluster id>/<node id>` in the working directory;
 * a node's id that is not known leaves the folder of them all.
 */
function logPath(streaming: Node | undefined): Node | undefined {
  const cluster = inConf(streaming, "cluster");
  if (cluster?.kind !== "map") return cluster?.kind === "unknown" ? cluster : undefined;
  const own = inConf(cluster, "log_path");
  if (!isUnset(own) && text(own) !== "") return own;
  const id = inConf(streaming, "cluster_id", "id", "cid");
  const folder = isUnset(id) ? "test-cluster" : text(id);
  if (folder === undefined) return id?.kind === "unknown" ? id : unknown("the cluster's id is no text", cluster.origin);
  const node = text(inConf(cluster, "node_id"));
  return scalar(node === undefined || node === "" ? folder : posix.join(folder, node), cluster.origin);
}

/** The mount that holds a path: of those above it the nearest. */
function mountOf(path: string, view: PodView, beside: Node): Node {
  const mounts = at(view.container, "volumeMounts");
  if (mounts?.kind === "unknown") return mounts;
  let best: MapNode | undefined;
  let length = -1;
  for (const mount of mounts?.kind === "list" ? mounts.items : []) {
    const where = text(at(mount, "mountPath"));
    if (mount.kind !== "map" || where === undefined) return unknown("where a volume is mounted is not known", mount.origin);
    const top = posix.resolve("/", where);
    const inside = path === top || path.startsWith(top === "/" ? "/" : `${top}/`);
    if (inside && top.length > length) {
      best = mount;
      length = top.length;
    }
  }
  return best === undefined ? scalar(null, beside.origin) : mounted(best, view);
}

function mounted(mount: MapNode, view: PodView): Node {
  return map(
    [
      ["mountPath", at(mount, "mountPath") ?? scalar("/", mount.origin)],
      ...optional("subPath", at(mount, "subPath")),
      ...optional("subPathExpr", at(mount, "subPathExpr")),
      ["volume", volume(at(mount, "name"), mount, view)],
    ],
    mount.origin,
  );
}

/** The volume of that name: a claim template of the StatefulSet wins over the pod's own list, as in Kubernetes. */
function volume(name: Node | undefined, mount: MapNode, { workload, pod, unit }: PodView): Node {
  const templates = at(workload.node, "spec", "volumeClaimTemplates");
  if (templates?.kind === "unknown") return templates;
  for (const template of templates?.kind === "list" ? templates.items : [])
    if (equal(at(template, "metadata", "name"), name))
      return map([["source", scalar("volumeClaimTemplate", template.origin)], ...optional("name", name), ...claim(template)], template.origin);
  const volumes = at(pod, "volumes");
  if (volumes?.kind === "unknown") return volumes;
  for (const one of volumes?.kind === "list" ? volumes.items : []) {
    if (one.kind !== "map" || !equal(one.entries.get("name"), name)) continue;
    const source = ["persistentVolumeClaim", "emptyDir", "hostPath", "nfs", "configMap", "secret", "projected"].find((key) => one.entries.has(key));
    if (source === undefined && one.incomplete !== undefined) return unknown(one.incomplete, one.origin);
    if (source !== "persistentVolumeClaim") return map([["source", scalar(source ?? "other", one.origin)], ...optional("name", name)], one.origin);
    const claimName = at(one, "persistentVolumeClaim", "claimName");
    const object = find(unit, workload, "PersistentVolumeClaim", claimName);
    const rest: [string, Node][] =
      object === undefined || hasDouble(object, workload, unit.objects)
        ? ["accessModes", "storageClassName", "storageClassField", "storageClassAnnotation", "storage"].map((key) => [
            key,
            unknown("the claim is not in sight", one.origin),
          ])
        : claim(object.node);
    return map([["source", scalar("persistentVolumeClaim", one.origin)], ...optional("name", name), ...optional("claimName", claimName), ...rest], one.origin);
  }
  return unknown("the volume is not in sight", mount.origin);
}

/** Is there another claim of that name, in another namespace, and nothing that says which of the two is meant? */
function hasDouble(found: KubernetesObject, workload: KubernetesObject, objects: readonly KubernetesObject[]): boolean {
  if (found.namespace === workload.namespace) return false;
  return objects.some((one) => one.kind === found.kind && one.name === found.name && one.namespace !== found.namespace && together(one, workload));
}

/** A value of a configuration, under any of its names, whatever their case; of several the last. */
function inConf(block: Node | undefined, ...names: readonly string[]): Node | undefined {
  if (block?.kind !== "map") return at(block, names[0] ?? "");
  const found = names.map((name) => [...block.entries].filter(([key]) => key.toLowerCase() === name).at(-1)?.[1]);
  return found.find((node) => node !== undefined) ?? at(block, names[0] ?? "");
}

function equal(one: Node | undefined, other: Node | undefined): boolean {
  if (one?.kind === "unknown" && other?.kind === "unknown") return one.same !== undefined && one.same === other.same;
  return one?.kind === "scalar" && other?.kind === "scalar" && one.value === other.value;
}
