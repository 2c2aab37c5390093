// Which objects are in sight of each other: those of one folder, and those of one namespace that all name it.

import { posix } from "node:path";
import { at, text } from "../../document/node.ts";
import type { FileObject, ReadSources } from "../read-sources.ts";
import type { KubernetesObject, Unit } from "./objects.ts";
import { podTemplate } from "./pod-template.ts";
import { serverContainer } from "./server-container.ts";

export interface FolderUnit {
  readonly unit: Unit;
  /** The file of one of its objects. */
  readonly path: (object: KubernetesObject) => string;
}

/** Objects of hand-written or rendered files, in units. Only units with a server are made. */
export function unitsOf(read: ReadSources): FolderUnit[] {
  const servers = read.objects.filter(({ object }) => isServer(object));
  const folders = new Set(servers.map(({ path }) => posix.dirname(path)));
  const objects = [...read.objects, ...read.companions(folders)];
  const paths = new Map(objects.map(({ path, object }) => [object, path] as const));
  const path = (object: KubernetesObject): string => paths.get(object) ?? "";
  const manifold = manifoldNamespaces(objects);
  return [...folders].sort().flatMap((folder) => {
    const here = objects.filter((one) => posix.dirname(one.path) === folder);
    const elsewhere = objects.filter((one) => posix.dirname(one.path) !== folder && one.object.namespace !== null && !manifold.has(one.object.namespace) && !isServer(one.object));
    // Two files that define the same object are two variants, not one deployment.
    const groups = hasVariants(here) ? byFile(here) : [here];
    return groups
      .filter((group) => group.some(({ object }) => isServer(object)))
      .map((group) => {
        const namespaces = new Set(group.filter(({ object }) => isServer(object)).map(({ object }) => object.namespace));
        const near = elsewhere.filter(({ object }) => namespaces.has(object.namespace) && !isThere(group, object));
        const unit: Unit = { objects: [...group, ...near].map(({ object }) => object), complete: isRendering(group) };
        return { unit, path };
      });
  });
}

/** Namespaces of which several folders describe the same object: the folders are for several clusters, or variants of one. */
function manifoldNamespaces(objects: readonly FileObject[]): ReadonlySet<string> {
  const folders = new Map<string, string>();
  const found = new Set<string>();
  for (const { path, object } of objects) {
    if (object.namespace === null || object.name === null) continue;
    const key = `${object.kind}/${object.namespace}/${object.name}`;
    const folder = posix.dirname(path);
    if ((folders.get(key) ?? folder) !== folder) found.add(object.namespace);
    folders.set(key, folder);
  }
  return found;
}

/** The Services and the like beside a values file, for joining with what the chart renders. */
export function besideValues(read: ReadSources, folder: string, namespace: string | null): KubernetesObject[] {
  return [...read.objects, ...read.companions(new Set([folder]))]
    .filter(({ path, object }) => posix.dirname(path) === folder || (namespace !== null && object.namespace === namespace))
    .map(({ object }) => object)
    .filter((object) => object.kind === "Service" || object.kind === "PersistentVolumeClaim" || object.kind === "ConfigMap");
}

function isServer(object: KubernetesObject): boolean {
  const pods = podTemplate(object);
  return pods !== null && serverContainer(pods.spec) !== null;
}

function hasVariants(objects: readonly FileObject[]): boolean {
  const files = new Map<string, string>();
  for (const { path, object } of objects) {
    const key = `${object.kind}/${object.namespace ?? ""}/${object.name ?? ""}`;
    const before = files.get(key);
    if (object.name !== null && before !== undefined && before !== path) return true;
    files.set(key, path);
  }
  return false;
}

function byFile(objects: readonly FileObject[]): FileObject[][] {
  const files = new Map<string, FileObject[]>();
  for (const one of objects) files.set(one.path, [...(files.get(one.path) ?? []), one]);
  return [...files.values()];
}

function isThere(group: readonly FileObject[], object: KubernetesObject): boolean {
  return group.some((one) => one.object.kind === object.kind && one.object.name === object.name);
}

/** What helm wrote is the whole of what the chart makes; what people wrote may go on elsewhere. Its labels tell. */
function isRendering(group: readonly FileObject[]): boolean {
  return group
    .filter(({ object }) => isServer(object))
    .every(({ object }) => ["helm.sh/chart", "chart"].some((label) => text(at(object.node, "metadata", "labels", label)) !== undefined));
}
