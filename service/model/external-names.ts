// Services that are only another name for a NATS elsewhere, as releases without servers: nothing else of them is known.

import { posix } from "node:path";
import { environmentOf } from "../settings/environment.ts";
import type { Settings } from "../settings/settings.ts";
import { at, list, map, type Node, scalar, text } from "../document/node.ts";
import type { KubernetesObject } from "./kubernetes/objects.ts";
import { isServer } from "./kubernetes/units-of.ts";
import { noResources } from "./nack/releases.ts";
import type { FileObject } from "./read-sources.ts";
import type { Release } from "./releases.ts";
import { scopeNode } from "./scope.ts";

/** A release for each Service of type ExternalName that is about NATS. */
export function externalNames(objects: readonly FileObject[], settings: Settings): Release[] {
  const spaces = new Set(objects.flatMap(({ object }) => object.namespace ?? []));
  return objects.filter(({ object }) => isForNats(object)).map(({ path, object }) => releaseOf(path, object, objects, spaces, settings));
}

function isForNats({ kind, name, node }: KubernetesObject): boolean {
  const target = text(at(node, "spec", "externalName"));
  if (kind !== "Service" || text(at(node, "spec", "type")) !== "ExternalName" || target === undefined) return false;
  return /(?:^|[^a-z])nats(?:[^a-z]|$)/i.test(`${name ?? ""} ${target}`);
}

function releaseOf(path: string, object: KubernetesObject, objects: readonly FileObject[], spaces: ReadonlySet<string>, settings: Settings): Release {
  const { origin } = object.node;
  const namespace = object.namespace ?? settings.assume.namespace ?? null;
  const environment = environmentOf(settings, path, namespace, null);
  const target = at(object.node, "spec", "externalName") as Node;
  const folder = posix.dirname(path);
  const near = objects.filter((one) => posix.dirname(one.path) === folder).map((one) => one.object);
  const alias = map(
    [
      ["scope", scopeNode({ ...environment, release: null, namespace, complete: false }, origin)],
      ["externalName", target],
      ["fault", scalar(faultOf(text(target) ?? "", near, spaces), target.origin)],
    ],
    origin,
  );
  const tree = map([["servers", list([], origin)], ...noResources(origin), ["externalNames", list([alias], origin)]], origin);
  return { ...environment, path, name: null, tree, others: [] };
}

/** Names of namespaces that are no top-level domains of the Internet. */
const NAMESPACES = new Set(["default", "nats", "stan", "nats-system", "nats-io"]);

/** DNS does not search for the target of an alias: it has to be whole. */
function faultOf(target: string, near: readonly KubernetesObject[], spaces: ReadonlySet<string>): "short" | "nowhere" | null {
  const labels = target.replace(/\.$/, "").split(".");
  const [name = "", space = ""] = labels;
  const isSpace = spaces.has(space) || NAMESPACES.has(space) || /[-\d]/.test(space);
  if (labels.length === 1 || (labels.length === 2 && isSpace)) return "short";
  if (labels[2] !== "svc") return /\.cluster\.local$/.test(labels.join(".")) && !labels.includes("svc") ? "short" : null;
  const there = near.filter((one) => one.namespace === space);
  return there.some(isServer) && !there.some((one) => one.kind === "Service" && one.name === name) ? "nowhere" : null;
}
