// The operators themselves, NACK's controller and the roles of the operators' users, as a release without servers: those of
// one folder and namespace, or of a chart.

import { posix } from "node:path";
import { at, list, map, type MapNode, type Node, scalar, text } from "../../document/node.ts";
import { environmentOf } from "../../settings/environment.ts";
import type { Settings } from "../../settings/settings.ts";
import type { KubernetesObject, Switches } from "../kubernetes/objects.ts";
import { podTemplate } from "../kubernetes/pod-template.ts";
import { imageName, versionOfTag } from "../kubernetes/server-image.ts";
import { groupedBy } from "../kubernetes/units-of.ts";
import { isNackController, nackController } from "../nack/controllers.ts";
import { noResources } from "../nack/releases.ts";
import type { FileObject } from "../read-sources.ts";
import type { Release } from "../releases.ts";
import { type Scope, scopeNode } from "../scope.ts";
import { meant, meantEntries } from "./specification.ts";

/** Files with an operator, NACK's controller or a role among their objects. */
export function operatorFiles(objects: readonly FileObject[]): ReadonlySet<string> {
  return new Set(objects.flatMap(({ path, object }) => (isController(object) || isServiceRole(object) ? [path] : [])));
}

/** Does the object run an operator, or NACK's controller? */
export function isController(object: KubernetesObject): boolean {
  return isOperator(object) || isNackController(object);
}

/** The releases of what lies in folders, and of what each Kustomization puts together. */
export function operatorReleases(objects: readonly FileObject[], kustomized: readonly (readonly FileObject[])[], settings: Settings): Release[] {
  const folders = [...groupedBy(objects, ({ path }) => posix.dirname(path)).values()];
  return [...folders, ...kustomized].flatMap((group) =>
    [...groupedBy(group, ({ object }) => object.namespace)].flatMap(([namespace, members]) => {
      const first = members.find(({ object }) => isController(object) || isServiceRole(object));
      if (first === undefined) return [];
      const own = namespace ?? settings.assume.namespace ?? null;
      const environment = environmentOf(settings, first.path, own, null);
      const clusters = group.map(({ object }) => object).filter(({ kind }) => kind === "NatsCluster");
      const ours = members.map(({ object }) => object);
      const tree = operatorTree(ours, clusters, { ...environment, release: null, namespace: own, complete: false });
      return tree === null ? [] : [{ ...environment, path: first.path, name: null, tree, others: [] }];
    }),
  );
}

/** The operators, controllers and roles among objects, as a tree without servers; null where there are none. */
export function operatorTree(objects: readonly KubernetesObject[], clusters: readonly KubernetesObject[], scope: Scope, switches?: Switches): MapNode | null {
  const lists: Readonly<Record<string, readonly MapNode[]>> = {
    natsOperators: objects.flatMap((object) => operatorsIn(object, scope)),
    serviceRoles: objects.filter(isServiceRole).map((object) => role(object, clusters, scope)),
    nackControllers: objects.flatMap((object) => nackController(object, scope, switches) ?? []),
  };
  const first = Object.values(lists).flat()[0];
  if (first === undefined) return null;
  const { origin } = objects.find((object) => isController(object) || isServiceRole(object))?.node ?? first;
  const entries = Object.entries(lists).map(([key, items]): [string, Node] => [key, list(items, origin)]);
  return map([["servers", list([], origin)], ...noResources(origin), ...entries], origin);
}

function isServiceRole(object: KubernetesObject): boolean {
  return object.kind === "NatsServiceRole" && /^nats\.io\//.test(text(at(object.node, "apiVersion")) ?? "");
}

function isOperator(object: KubernetesObject): boolean {
  return images(object).length > 0;
}

/** The images of the two operators among a workload's own. */
function images(object: KubernetesObject): readonly Node[] {
  const containers = at(podTemplate(object)?.spec, "containers");
  const found = containers?.kind === "list" ? containers.items.map((one) => at(one, "image")) : [];
  return found.filter((one) => one !== undefined).filter((one) => /^nats-(?:streaming-)?operator$/.test(imageName(one)?.base ?? ""));
}

function operatorsIn(object: KubernetesObject, scope: Scope): readonly MapNode[] {
  return images(object).flatMap((image) => {
    const name = imageName(image);
    if (name === null) return [];
    const say = (value: string | null): Node => scalar(value, image.origin);
    return [
      map(
        [
          ["kind", say(name.base)],
          ["scope", scopeNode(scope, object.node.origin)],
          ["image", image],
          ["tag", say(name.tag)],
          ["digest", say(name.digest)],
          ["version", versionOfTag(name.tag, image)],
        ],
        image.origin,
      ),
    ];
  });
}

function role(object: KubernetesObject, clusters: readonly KubernetesObject[], scope: Scope): MapNode {
  const { node } = object;
  const labels = at(node, "metadata", "labels");
  const label = labels?.kind === "unknown" ? labels : at(labels, "nats_cluster");
  const wanted = text(label);
  return map(
    [
      ["name", at(node, "metadata", "name") ?? scalar(null, node.origin)],
      ["scope", scopeNode(scope, node.origin)],
      ["cluster", label ?? scalar(null, (labels ?? at(node, "metadata") ?? node).origin)],
      ...(wanted === undefined || label === undefined ? [] : meantEntries(meant(wanted, label, object, clusters))),
    ],
    node.origin,
  );
}
