// Which objects are in sight of each other: those of one folder, and those of one namespace that all name it.

import { posix } from "node:path";
import { at, text } from "../../document/node.ts";
import { madeByOperators } from "../operators/made.ts";
import type { FileObject, ReadSources } from "../read-sources.ts";
import type { KubernetesObject, Unit } from "./objects.ts";
import { CLIENTS } from "./clients.ts";
import { OUTER_ROUTES } from "./outer-routes.ts";
import { podTemplate } from "./pod-template.ts";
import { serverContainer } from "./server-container.ts";

export interface FolderUnit {
  readonly unit: Unit;
  /** The file of one of its objects. */
  readonly path: (object: KubernetesObject) => string;
}

/** Objects of hand-written or rendered files, in units. Only units with a server are made. */
export function unitsOf(read: ReadSources): FolderUnit[] {
  const deployed = madeByOperators(read.objects);
  const own = deployed.filter(({ object }) => isServer(object));
  const folders = new Set(own.map(({ path }) => posix.dirname(path)));
  if (folders.size === 0) return [];
  const objects = [...deployed, ...read.companions(folders)];
  const servers = new Set(own.map(({ object }) => object));
  const paths = new Map(objects.map(({ path, object }) => [object, path] as const));
  const path = (object: KubernetesObject): string => paths.get(object) ?? "";
  const manifold = manifoldNamespaces(objects);
  const byFolder = groupedBy(objects, (one) => posix.dirname(one.path));
  const shared = objects.filter(({ object }) => object.namespace !== null && !manifold.has(object.namespace) && !servers.has(object));
  const byNamespace = groupedBy(shared, ({ object }) => object.namespace);
  return [...folders].sort().flatMap((folder) => {
    const here = byFolder.get(folder) ?? [];
    // Two files that define the same object are two variants, not one deployment.
    const groups = hasVariants(here) ? [...groupedBy(here, (one) => one.path).values()] : [here];
    return groups.flatMap((group) => {
      const members = group.filter(({ object }) => servers.has(object));
      if (members.length === 0) return [];
      const namespaces = new Set(members.map(({ object }) => object.namespace));
      const elsewhere = [...namespaces].flatMap((namespace) => byNamespace.get(namespace) ?? []);
      const near = elsewhere.filter(({ path, object }) => posix.dirname(path) !== folder && !isThere(group, object));
      const unit: Unit = { objects: [...group, ...near].map(({ object }) => object), complete: isRendering(group, members) };
      return [{ unit, path }];
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

const BESIDE_VALUES = new Set([
  "Service",
  "PersistentVolumeClaim",
  "ConfigMap",
  "Secret",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "StorageClass",
  "HorizontalPodAutoscaler",
  "VerticalPodAutoscaler",
  "ScaledObject",
  "Certificate",
  "Issuer",
  "ClusterIssuer",
  ...OUTER_ROUTES,
  ...CLIENTS,
]);

/**
 * The Services and the like beside a values file, and those of its namespace, where it is one: for joining with what the
 * chart renders. A file that runs a server by itself has its own.
 */
export function besideValues(read: ReadSources, folder: string, namespace: string | null): KubernetesObject[] {
  const { byFolder, byNamespace, manifold, isBeside } = besideAll(read);
  const isOne = namespace !== null && !manifold.has(namespace);
  const near = new Set([...(byFolder.get(folder) ?? []), ...((isOne && byNamespace.get(namespace)) || [])]);
  const companions = read.companions(new Set([folder])).filter(isBeside);
  return [...[...near].sort((a, b) => a.index - b.index), ...companions].map(({ object }) => object);
}

interface Beside {
  readonly manifold: ReadonlySet<string>;
  readonly isBeside: (one: FileObject) => boolean;
  readonly byFolder: ReadonlyMap<string, readonly Indexed[]>;
  readonly byNamespace: ReadonlyMap<string | null, readonly Indexed[]>;
}

interface Indexed extends FileObject {
  readonly index: number;
}

const besides = new WeakMap<ReadSources, Beside>();

/** Of what was read, worked out once for all its releases. */
function besideAll(read: ReadSources): Beside {
  const known = besides.get(read);
  if (known !== undefined) return known;
  const servers = serverFiles(read.objects);
  const isBeside = ({ path, object }: FileObject): boolean => !servers.has(path) && BESIDE_VALUES.has(object.kind);
  const all = read.objects.filter(isBeside).map(({ path, object }, index): Indexed => ({ path, object, index }));
  const byFolder = groupedBy(all, ({ path }) => posix.dirname(path));
  const byNamespace = groupedBy(all, ({ object }) => object.namespace);
  const made = { manifold: manifoldNamespaces(read.objects), isBeside, byFolder, byNamespace };
  besides.set(read, made);
  return made;
}

/** Files with a server among their objects. */
export function serverFiles(objects: readonly FileObject[]): ReadonlySet<string> {
  return new Set(madeByOperators(objects).flatMap(({ path, object }) => (isServer(object) ? [path] : [])));
}

/** Does the object run a server? */
export function isServer(object: KubernetesObject): boolean {
  const pods = podTemplate(object);
  return pods !== null && serverContainer(pods.spec) !== null;
}

/** Does the same object stand in several files? */
export function hasVariants(objects: readonly FileObject[]): boolean {
  const files = new Map<string, string>();
  for (const { path, object } of objects) {
    const key = `${object.kind}/${object.namespace ?? ""}/${object.name ?? ""}`;
    const before = files.get(key);
    if (object.name !== null && before !== undefined && before !== path) return true;
    files.set(key, path);
  }
  return false;
}

export function groupedBy<Key, One>(objects: readonly One[], key: (one: One) => Key): ReadonlyMap<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of objects) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
}

function isThere(group: readonly FileObject[], object: KubernetesObject): boolean {
  return group.some((one) => one.object.kind === object.kind && one.object.name === object.name);
}

/**
 * What helm wrote is the whole of what the chart makes; what people wrote may go on elsewhere. The servers' labels tell.
 * No chart makes a server and nothing else: one that stands by itself has been put into a file of its own.
 */
function isRendering(group: readonly FileObject[], servers: readonly FileObject[]): boolean {
  return (
    group.length > servers.length &&
    servers.every(({ object }) => ["helm.sh/chart", "chart"].some((label) => text(at(object.node, "metadata", "labels", label)) !== undefined))
  );
}
