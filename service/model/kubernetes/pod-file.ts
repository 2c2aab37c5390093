// A file as a container sees it: which volume holds the path, and which key of which object is its content.

import { posix } from "node:path";
import { at, type MapNode, type Node, text, unknown, type UnknownNode } from "../../document/node.ts";
import { find, type KubernetesObject, type Unit } from "./objects.ts";

export interface PodView {
  readonly container: MapNode;
  readonly pod: MapNode;
  readonly workload: KubernetesObject;
  readonly unit: Unit;
}

/**
 * The node whose text is the file at an absolute path of the container; a MapNode where a chart's rendering has a
 * tree in place of a text; unknown where the object is not in sight or the file is part of the image; undefined
 * where the object is in sight and has no such key.
 */
export function podFile(path: string, view: PodView): Node | undefined {
  const place = placeInPod(path, view);
  return "kind" in place ? place : inVolume(place.volume, place.key, view);
}

/** The volume that holds a path of the container, and which file in it. */
export function placeInPod(path: string, view: PodView): UnknownNode | { readonly volume: Node; readonly key: string } {
  const { container, pod } = view;
  const mounts = at(container, "volumeMounts");
  if (mounts?.kind === "unknown") return mounts;
  let found: { readonly mount: MapNode; readonly rest: string; readonly top: string } | undefined;
  for (const mount of mounts?.kind === "list" ? mounts.items : []) {
    const place = at(mount, "mountPath");
    // Nobody is taken to mount something over it by values out of sight.
    if (place?.kind === "unknown" && place.unseen === true) continue;
    const where = text(place);
    if (mount.kind !== "map" || where === undefined) return unknown("where a volume is mounted is not known", mount.origin);
    const top = posix.resolve("/", where);
    if (found !== undefined && top.length < found.top.length) continue;
    if (path === top) found = { mount, rest: "", top };
    else if (path.startsWith(top === "/" ? "/" : `${top}/`)) found = { mount, rest: path.slice(top === "/" ? 1 : top.length + 1), top };
  }
  if (found === undefined) return unknown("the file is not in a volume that the pod mounts", container.origin);
  const sub = text(at(found.mount, "subPath"));
  if (at(found.mount, "subPath") !== undefined && sub === undefined) return unknown("a part of the path is not known", found.mount.origin);
  const key = sub === undefined || sub === "" ? found.rest : posix.join(sub, found.rest).replace(/\/$/, "");
  const name = text(at(found.mount, "name"));
  const volumes = at(pod, "volumes");
  if (volumes?.kind === "unknown") return volumes;
  const volume = volumes?.kind === "list" ? volumes.items.find((one) => text(at(one, "name")) === name) : undefined;
  if (volume === undefined) return unknown("the volume is not in sight", found.mount.origin);
  return { volume, key };
}

/** Does a volume stand at the path, or above it? What cannot be told counts as one. */
export function isMounted(path: string, view: PodView): boolean {
  const mounts = at(view.container, "volumeMounts");
  if (mounts?.kind !== "list") return mounts?.kind === "unknown";
  return mounts.items.some((mount) => {
    const where = text(at(mount, "mountPath"));
    if (where === undefined) return true;
    const top = posix.resolve("/", where);
    return path === top || path.startsWith(`${top}/`);
  });
}

function inVolume(volume: Node, key: string, view: PodView): Node | undefined {
  const configMap = at(volume, "configMap");
  if (configMap !== undefined) return inObject("ConfigMap", at(configMap, "name"), at(configMap, "items"), key, view, volume);
  const secret = at(volume, "secret");
  if (secret !== undefined) return inObject("Secret", at(secret, "secretName"), at(secret, "items"), key, view, volume);
  const sources = at(volume, "projected", "sources");
  if (sources?.kind === "list") {
    for (const source of sources.items) {
      const answer = inVolume(source, key, view);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
  return unknown("the volume's content is not in sight", volume.origin);
}

function inObject(kind: string, name: Node | undefined, items: Node | undefined, key: string, view: PodView, beside: Node): Node | undefined {
  let wanted = key;
  if (items?.kind === "list") {
    const item = items.items.find((one) => text(at(one, "path")) === key);
    if (item === undefined) return undefined;
    wanted = text(at(item, "key")) ?? "";
  }
  const object = find(view.unit, view.workload, kind, name);
  if (object === undefined) return unknown(`the ${kind} is not in sight`, beside.origin);
  return objectText(object, wanted);
}

/** The content of one key of a ConfigMap or Secret; base64 stays encoded text of `data` in a Secret, decoded by the reader. */
function objectText(object: KubernetesObject, key: string): Node | undefined {
  const found = ["stringData", "data", "binaryData"].map((block) => at(object.node, block, key)).filter((one) => one !== undefined);
  // Of an object to which values out of sight may add, what is in sight counts.
  return found.find((one) => one.kind !== "unknown" || one.unseen !== true) ?? found[0];
}
