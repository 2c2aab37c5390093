// Objects that are deployed twice at once, and what a change takes away with the data behind it.

import { posix } from "node:path";
import { at, isUnset, type Node, type Origin, text } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import { isServer } from "../kubernetes/units-of.ts";
import { isNackResource } from "../nack/resource.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import type { FileObject } from "../read-sources.ts";
import { type Entry, entry } from "./table.ts";

/** Objects that go to the cluster together, in the order in which they are written. */
export type Together = readonly FileObject[];

/** Objects of the same kind, name and namespace in one deployment: the second, with the first. */
export function duplicates(groups: readonly Together[]): Entry[] {
  const said = new Set<Node>();
  return groups.flatMap((group) => {
    const seen = new Map<string, FileObject>();
    return group.flatMap((one): Entry[] => {
      const name = at(one.object.node, "metadata", "name");
      const key = keyOf(one.object);
      if (name === undefined || key === null || said.has(one.object.node) || !isOurs(one.object)) return [];
      const before = seen.get(key);
      if (before === undefined) seen.set(key, one);
      // The same object, reached by two ways, is no second one.
      if (before === undefined || (before.object.node.origin.span.start === one.object.node.origin.span.start && before.path === one.path)) return [];
      said.add(one.object.node);
      const first = at(before.object.node, "metadata", "name") ?? before.object.node;
      return [entry(null, { name: [one.object.name ?? "", name.origin], kind: [one.object.kind, name.origin], other: [before.path, first.origin] })];
    });
  });
}

/** Does it have to do with NATS, by what it is or how it is called? The files may hold much else. */
export function isOurs(object: KubernetesObject): boolean {
  return isNackResource(object) || isServer(object) || /nats/i.test(`${object.name} ${object.namespace} ${object.kind}`);
}

function keyOf({ node, kind, name, namespace }: KubernetesObject): string | null {
  const [group = ""] = (text(at(node, "apiVersion")) ?? "").split("/");
  const isSaid = at(node, "metadata", "namespace");
  if (name === null || (isSaid !== undefined && !isUnset(isSaid) && namespace === null)) return null;
  return `${group.includes(".") || group === "apps" ? group : ""} ${kind} ${namespace ?? ""} ${name}`;
}

/** Something whose removal from the cluster takes data with it. */
export interface Holder {
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly environment: Environment | null;
  /** Its name. */
  readonly origin: Origin;
}

/** What deletes from the cluster what is no more in its folder. */
export interface Pruner {
  readonly title: string;
  readonly folder: string;
  /** Where it is told to. */
  readonly origin: Origin;
}

/** Those of others are not read, or not all. */
const OURS = /nats|stan/i;

const CLAIM = "PersistentVolumeClaim";

const HOLDERS = /^(Stream|KeyValue|ObjectStore|PersistentVolumeClaim)$/;

/** Objects that hold data and that nothing keeps from being deleted. */
export function holdersIn(objects: readonly FileObject[], environmentOf: (path: string, namespace: string | null) => Environment | null): Holder[] {
  return objects.flatMap(({ path, object: { kind, name, namespace, node } }) => {
    const { origin } = at(node, "metadata", "name") ?? node;
    const isHolder = HOLDERS.test(kind) && (kind !== CLAIM || OURS.test(`${name} ${namespace}`));
    return isHolder && name !== null && !isKept(node) ? [{ path, kind, name, namespace, environment: environmentOf(path, namespace), origin }] : [];
  });
}

/** Is it kept by NACK, by Argo CD, by Flux or by Helm when its file goes, or of no use after a restart anyway? */
function isKept(node: Node): boolean {
  const annotation = (key: string): string => text(at(node, "metadata", "annotations", key)) ?? "";
  const prevented = at(node, "spec", "preventDelete");
  return (
    text(at(node, "spec", "storage")) === "memory" ||
    (prevented?.kind === "scalar" && prevented.value === true) ||
    /\b(Prune|Delete)=(false|confirm)\b/.test(annotation("argocd.argoproj.io/sync-options")) ||
    annotation("kustomize.toolkit.fluxcd.io/prune") === "disabled" ||
    annotation("helm.sh/resource-policy") === "keep"
  );
}

/** Applications and Flux Kustomizations that prune, and the folders that they deploy. */
export function prunersIn(objects: readonly FileObject[]): Pruner[] {
  return objects.flatMap(({ object: { kind, name, node } }): Pruner[] => {
    const [group = ""] = (text(at(node, "apiVersion")) ?? "").split("/");
    const said = (folder: Node | undefined, prune: Node | undefined): Pruner[] => {
      const path = text(folder);
      if (path === undefined || prune?.kind !== "scalar" || prune.value !== true) return [];
      return [{ title: `${kind} ${name ?? ""}`.trim(), folder: posix.normalize(path.replace(/^\.?\/+/, "").replace(/\/+$/, "") || "."), origin: prune.origin }];
    };
    if (group === "kustomize.toolkit.fluxcd.io" && kind === "Kustomization") return said(at(node, "spec", "path"), at(node, "spec", "prune"));
    if (group !== "argoproj.io" || kind !== "Application") return [];
    const several = at(node, "spec", "sources");
    const sources = several?.kind === "list" ? several.items : [at(node, "spec", "source")];
    return sources.flatMap((source) => said(at(source, "path"), at(node, "spec", "syncPolicy", "automated", "prune")));
  });
}

/** What was there before the change, is in no file any more, and is pruned: what prunes is told once of streams and once of claims. */
export function removed(before: readonly Holder[], now: ReadonlySet<string>, pruners: readonly Pruner[]): Entry[] {
  const gone = before.filter((one) => !now.has(holderKey(one)));
  return pruners.flatMap((by) => {
    const own = gone.filter(({ path }) => pruners.find(({ folder }) => isBelow(path, folder)) === by);
    return [true, false].flatMap((isClaim): Entry[] => {
      const kind = own.filter((one) => (one.kind === CLAIM) === isClaim);
      const names = kind.map((one) => `${isClaim ? "" : `${one.kind} `}${one.name} (${one.path})`);
      if (names.length === 0) return [];
      return [entry(null, { by: [by.title, by.origin], kind: [isClaim ? "claim" : "stream", by.origin], names: [names.join(", "), by.origin] })];
    });
  });
}

/** What goes with its file: the resources of NACK. */
export function pruned(holders: readonly Holder[], pruners: readonly Pruner[]): Entry[] {
  return holders.flatMap((one): Entry[] => {
    const by = pruners.find(({ folder }) => isBelow(one.path, folder));
    if (by === undefined || one.kind === CLAIM) return [];
    return [entry(one.environment, { name: [one.name, one.origin], kind: [one.kind, one.origin], by: [by.title, by.origin] })];
  });
}

/** Equal for what was only moved to another file. */
export function holderKey({ kind, name, namespace }: Pick<Holder, "kind" | "name" | "namespace">): string {
  return `${kind} ${namespace ?? ""} ${name}`;
}

/** Where the repository begins cannot be seen: the folder may lie below another one. */
function isBelow(path: string, folder: string): boolean {
  return folder === "." || path.startsWith(`${folder}/`) || path.includes(`/${folder}/`);
}
