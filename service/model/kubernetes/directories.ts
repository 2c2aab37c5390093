// A directory that the server writes, and what of the pod holds it: the question behind every lost message.

import { posix } from "node:path";
import { at, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { find, type KubernetesObject, type Unit } from "./objects.ts";

/** The model's `directory` for a path that the configuration names; relative paths start at the working directory. */
export function directory(path: Node | undefined, container: MapNode, pod: MapNode, workload: KubernetesObject, unit: Unit): Node | undefined {
  if (path === undefined || path.kind === "unknown") return path;
  const written = text(path);
  if (written === undefined) return undefined;
  const working = at(container, "workingDir");
  const absolute = written.startsWith("/");
  if (!absolute && working?.kind === "unknown") return working;
  const full = posix.resolve("/", text(working) ?? "/", written);
  return map(
    [
      ["path", scalar(written, path.origin)],
      ["absolute", scalar(absolute, path.origin)],
      ["mount", mountOf(full, container, pod, workload, unit, path)],
    ],
    path.origin,
  );
}

function mountOf(path: string, container: MapNode, pod: MapNode, workload: KubernetesObject, unit: Unit, beside: Node): Node {
  const mounts = at(container, "volumeMounts");
  if (mounts?.kind === "unknown") return mounts;
  if (container.incomplete !== undefined && mounts === undefined) return unknown(container.incomplete, container.origin);
  let best: MapNode | undefined;
  let length = -1;
  for (const mount of mounts?.kind === "list" ? mounts.items : []) {
    const where = at(mount, "mountPath");
    if (mount.kind !== "map" || where === undefined || where.kind === "unknown")
      return unknown("where a volume is mounted is not known", mount.origin);
    const top = posix.resolve("/", text(where) ?? "/");
    const inside = path === top || path.startsWith(top === "/" ? "/" : `${top}/`);
    if (inside && top.length > length) {
      best = mount;
      length = top.length;
    }
  }
  if (best === undefined) return scalar(null, beside.origin);
  return map(
    [
      ["mountPath", at(best, "mountPath") ?? scalar("/", best.origin)],
      ...optional("subPath", at(best, "subPath")),
      ...optional("subPathExpr", at(best, "subPathExpr")),
      ["volume", volume(at(best, "name"), pod, workload, unit, best)],
    ],
    best.origin,
  );
}

/** The volume of that name: a claim template of the StatefulSet wins over the pod's own list, as in Kubernetes. */
function volume(name: Node | undefined, pod: MapNode, workload: KubernetesObject, unit: Unit, mount: MapNode): Node {
  const templates = at(workload.node, "spec", "volumeClaimTemplates");
  if (templates?.kind === "unknown") return templates;
  for (const template of templates?.kind === "list" ? templates.items : [])
    if (equal(at(template, "metadata", "name"), name))
      return map([["source", scalar("volumeClaimTemplate", template.origin)], ...optional("name", name), ...claim(at(template, "spec"), template)], template.origin);
  const volumes = at(pod, "volumes");
  if (volumes?.kind === "unknown") return volumes;
  for (const one of volumes?.kind === "list" ? volumes.items : []) {
    if (one.kind !== "map" || !equal(one.entries.get("name"), name)) continue;
    const source = ["persistentVolumeClaim", "emptyDir", "hostPath"].find((key) => one.entries.has(key));
    if (source !== "persistentVolumeClaim")
      return map([["source", scalar(source ?? "other", one.origin)], ...optional("name", name)], one.origin);
    const claimName = at(one, "persistentVolumeClaim", "claimName");
    const object = find(unit, workload, "PersistentVolumeClaim", claimName);
    const rest: [string, Node][] =
      object === undefined
        ? ["accessModes", "storageClassName", "storage"].map((key) => [key, unknown("the claim is not in sight", one.origin)])
        : claim(at(object.node, "spec"), object.node);
    return map([["source", scalar("persistentVolumeClaim", one.origin)], ...optional("name", name), ...optional("claimName", claimName), ...rest], one.origin);
  }
  return unknown("the volume is not in sight", mount.origin);
}

/** What a claim asks for, from its spec. */
export function claim(spec: Node | undefined, beside: Node): [string, Node][] {
  const modes = at(spec, "accessModes");
  const asked = at(spec, "resources", "requests", "storage");
  return [
    ["accessModes", modes ?? list([], beside.origin)],
    ...optional("storageClassName", at(spec, "storageClassName")),
    ...optional("storage", asked),
  ];
}

export function optional(key: string, node: Node | undefined): [string, Node][] {
  return node === undefined ? [] : [[key, node]];
}

function equal(one: Node | undefined, other: Node | undefined): boolean {
  if (one?.kind === "unknown" && other?.kind === "unknown") return one.same !== undefined && one.same === other.same;
  return one?.kind === "scalar" && other?.kind === "scalar" && one.value === other.value;
}
