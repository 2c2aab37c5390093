// The operators themselves and the roles of their users, as a release without servers: those of one folder and namespace.

import { posix } from "node:path";
import { at, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { environmentOf } from "../../settings/environment.ts";
import type { Settings } from "../../settings/settings.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { podTemplate } from "../kubernetes/pod-template.ts";
import { imageName } from "../kubernetes/server-image.ts";
import { groupedBy } from "../kubernetes/units-of.ts";
import { noResources } from "../nack/releases.ts";
import type { FileObject } from "../read-sources.ts";
import type { Release } from "../releases.ts";
import { type Scope, scopeNode } from "../scope.ts";
import { readVersion } from "../versions.ts";
import { meant, meantEntries } from "./specification.ts";

/** Files with an operator or a role among their objects. */
export function operatorFiles(objects: readonly FileObject[]): ReadonlySet<string> {
  return new Set(objects.flatMap(({ path, object }) => (isOperator(object) || isServiceRole(object) ? [path] : [])));
}

/** The releases of what lies in folders, and of what each Kustomization puts together. */
export function operatorReleases(objects: readonly FileObject[], kustomized: readonly (readonly FileObject[])[], settings: Settings): Release[] {
  const folders = [...groupedBy(objects, ({ path }) => posix.dirname(path)).values()];
  return [...folders, ...kustomized].flatMap((group) =>
    [...groupedBy(group, ({ object }) => object.namespace)].flatMap(([namespace, members]) => {
      const operators = members.filter(({ object }) => isOperator(object));
      const roles = members.filter(({ object }) => isServiceRole(object));
      const [first] = [...operators, ...roles];
      if (first === undefined) return [];
      const own = namespace ?? settings.assume.namespace ?? null;
      const environment = environmentOf(settings, first.path, own, null);
      const scope = { ...environment, release: null, namespace: own, complete: false };
      const { origin } = first.object.node;
      const clusters = group.map(({ object }) => object).filter(({ kind }) => kind === "NatsCluster");
      const entries: [string, Node][] = [
        ["servers", list([], origin)],
        ...noResources(origin).map(([key, node]): [string, Node] => [key, node]),
        [
          "natsOperators",
          list(
            operators.flatMap(({ object }) => operatorsIn(object, scope)),
            origin,
          ),
        ],
        [
          "serviceRoles",
          list(
            roles.map(({ object }) => role(object, clusters, scope)),
            origin,
          ),
        ],
      ];
      return [{ ...environment, path: first.path, name: null, tree: map(entries, origin), others: [] }];
    }),
  );
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
          ["version", versionOf(name.tag, image)],
        ],
        image.origin,
      ),
    ];
  });
}

/** `0.8.3`, `v0.7.4-v1alpha2`; unknown where the tag is no version. */
function versionOf(tag: string | null, { origin }: Node): Node {
  const version = tag !== null && /^v?\d+\.\d+\.\d+(?:-v1alpha2)?$/.test(tag) ? readVersion(tag.replace(/-v1alpha2$/, "")) : null;
  if (version === null) return unknown("the tag says no version", origin);
  const parts = version.parts.map((part) => scalar(part, origin));
  return map(
    [
      ["text", scalar(version.text, origin)],
      ["parts", list(parts, origin)],
    ],
    origin,
  );
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
