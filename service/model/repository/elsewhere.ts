// What the pods of a server name and what lies, under that name, in another namespace, where no pod finds it.

import { posix } from "node:path";
import { at, members, type Node, text } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { podTemplate } from "../kubernetes/pod-template.ts";
import { isServer } from "../kubernetes/units-of.ts";
import type { FileObject } from "../read-sources.ts";
import { groupedBy } from "./links.ts";
import type { Together } from "./objects.ts";
import { type Entry, entry } from "./table.ts";

/** Something that a pod needs from its own namespace. */
export interface Elsewhere {
  readonly kind: string;
  readonly name: string;
  readonly named: Node;
  readonly namespace: string;
  readonly there: KubernetesObject;
  readonly environment: Environment | null;
}

/** Of each group that is deployed together. `all` is everything in sight: what lies in the right namespace anywhere is found. */
export function elsewhereIn(
  groups: readonly Together[],
  all: readonly FileObject[],
  environmentOf: (path: string, namespace: string) => Environment | null,
): readonly Elsewhere[] {
  const servers = groups.filter((group) => group.some(({ object }) => isServer(object)));
  if (servers.length === 0) return [];
  const makers = groupedBy(
    [...all, ...servers.flat()].flatMap(({ object }) => made(object).map((key) => ({ key, object }))),
    ({ key }) => [key],
  );
  const found = servers.flatMap((group) => {
    const here = new Set(group.map(({ object }) => object));
    return group.flatMap(({ path, object }) =>
      isServer(object) && object.namespace !== null
        ? needs(object).flatMap(({ kind, named }): Elsewhere[] => {
            const [name, namespace] = [text(named), object.namespace];
            if (name === undefined || name === "" || namespace === null) return [];
            const candidates = (makers.get(`${kind} ${name}`) ?? []).map((one) => one.object);
            const there = candidates.find((one) => here.has(one));
            if (there === undefined || candidates.some((one) => one.namespace === null || one.namespace === namespace || isCopied(one))) return [];
            return [{ kind, name, named, namespace, there, environment: environmentOf(path, namespace) }];
          })
        : [],
    );
  });
  return [...new Map(found.map((one) => [`${one.kind} ${one.name} ${one.named.origin.path} ${one.namespace}`, one])).values()];
}

export function elsewhere(found: readonly Elsewhere[]): Entry[] {
  return found.map(({ kind, name, named, namespace, there, environment }) => {
    const place = at(there.node, "metadata", "namespace") ?? there.node;
    return entry(environment, {
      name: [name, named.origin],
      kind: [kind, named.origin],
      namespace: [namespace, named.origin],
      other: [there.namespace ?? "", place.origin],
    });
  });
}

/** What something may come to be: an object itself, and the Secret that a controller makes of it. */
export function made({ kind, name, node }: KubernetesObject): readonly string[] {
  const own = name === null ? [] : [`${kind} ${name}`];
  const secrets = [text(at(node, "spec", "secretName")), text(at(node, "spec", "target", "name"))].filter((one) => one !== undefined);
  if (/Secret$/.test(kind) && kind !== "Secret" && name !== null) secrets.push(name);
  return [...own, ...secrets.map((secret) => `Secret ${secret}`)];
}

/** Controllers that copy from namespace to namespace are told by annotations. */
function isCopied({ node }: KubernetesObject): boolean {
  const annotations = [
    at(node, "metadata", "annotations"),
    at(node, "spec", "secretTemplate", "annotations"),
    at(node, "spec", "template", "metadata", "annotations"),
  ];
  return annotations.some(
    (one) => one?.kind === "unknown" || (one?.kind === "map" && [...one.entries.keys()].some((key) => /reflect|replicat|sync|copy/i.test(key))),
  );
}

interface Need {
  readonly kind: string;
  readonly named: Node;
}

/** What the pods of a workload do not start without. */
function needs(workload: KubernetesObject): readonly Need[] {
  const spec = podTemplate(workload)?.spec;
  const volumes = members(at(spec, "volumes")).flatMap((volume) => [
    need("Secret", at(volume, "secret"), "secretName"),
    need("ConfigMap", at(volume, "configMap"), "name"),
    need("PersistentVolumeClaim", at(volume, "persistentVolumeClaim"), "claimName"),
    ...members(at(volume, "projected", "sources")).flatMap((source) => [
      need("Secret", at(source, "secret"), "name"),
      need("ConfigMap", at(source, "configMap"), "name"),
    ]),
  ]);
  const containers = ["containers", "initContainers"].flatMap((key) => members(at(spec, key)));
  const variables = containers.flatMap((container) => [
    ...members(at(container, "env")).flatMap((one) => [
      need("Secret", at(one, "valueFrom", "secretKeyRef"), "name"),
      need("ConfigMap", at(one, "valueFrom", "configMapKeyRef"), "name"),
    ]),
    ...members(at(container, "envFrom")).flatMap((one) => [need("Secret", at(one, "secretRef"), "name"), need("ConfigMap", at(one, "configMapRef"), "name")]),
  ]);
  return [...volumes, ...variables].flat();
}

function need(kind: string, reference: Node | undefined, key: string): readonly Need[] {
  const named = at(reference, key);
  const optional = at(reference, "optional");
  return named === undefined || (optional?.kind === "scalar" && optional.value === true) ? [] : [{ kind, named }];
}

/** What lies in a folder, and is not taken up by a Kustomization, which may give it another namespace. */
export function folders(objects: readonly FileObject[], kustomized: readonly { readonly objects: readonly FileObject[] }[]): readonly Together[] {
  const taken = new Set(kustomized.flatMap((unit) => unit.objects.map(({ path }) => path)));
  return [
    ...groupedBy(
      objects.filter(({ path }) => !taken.has(path)),
      ({ path }) => [posix.dirname(path)],
    ).values(),
  ];
}
