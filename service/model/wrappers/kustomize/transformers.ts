// What a Kustomization does to all its objects: namespace, names, labels, replicas, images.

import { at, isUnset, map, type MapNode, members, type Node, scalar, text } from "../../../document/node.ts";
import { known } from "../embedded-values.ts";
import { changed, everywhere, type Item, kindOf, nameOf } from "./item.ts";
import type { GiveUp } from "./patches.ts";
import { over } from "./strategic-merge.ts";

const CLUSTER_WIDE =
  /^(Namespace|Node|PersistentVolume|StorageClass|ClusterRole|ClusterRoleBinding|CustomResourceDefinition|PriorityClass|IngressClass|APIService|(Mutating|Validating)WebhookConfiguration|ClusterIssuer)$/;

const WORKLOADS = /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job)$/;

/** All transformers of a Kustomization, in Kustomize's order. */
export function transformed(items: readonly Item[], root: Node, giveUp: GiveUp): readonly Item[] {
  const labels = at(root, "commonLabels");
  const more = members(at(root, "labels"));
  let here = namespaced(items, at(root, "namespace"));
  here = renamed(here, at(root, "namePrefix"), at(root, "nameSuffix"), giveUp);
  if (!isUnset(labels) && labels !== undefined) here = labelled(here, labels, "selectors");
  for (const one of more) {
    const pairs = at(one, "pairs");
    if (pairs === undefined || isUnset(pairs)) continue;
    const reach = isOn(at(one, "includeSelectors")) ? "selectors" : isOn(at(one, "includeTemplates")) ? "templates" : "metadata";
    here = labelled(here, pairs, reach);
  }
  for (const one of members(at(root, "replicas"))) here = scaled(here, one);
  for (const one of members(at(root, "images"))) here = here.map((item) => ({ ...item, node: everywhere(item.node, (node) => imaged(node, one)) as MapNode }));
  return here;
}

function isOn(node: Node | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}

function namespaced(items: readonly Item[], namespace: Node | undefined): readonly Item[] {
  if (namespace === undefined || isUnset(namespace)) return items;
  return items.map((item) => (CLUSTER_WIDE.test(kindOf(item)) ? item : changed(item, ["metadata", "namespace"], () => namespace)));
}

function renamed(items: readonly Item[], prefix: Node | undefined, suffix: Node | undefined, giveUp: GiveUp): readonly Item[] {
  if (isUnset(prefix) && isUnset(suffix)) return items;
  const [before, behind] = [isUnset(prefix) ? "" : known(prefix), isUnset(suffix) ? "" : known(suffix)];
  if (before === null || behind === null) {
    giveUp("the names' prefix or suffix is not known");
    return items;
  }
  const names = new Map<string, string>();
  const made = items.map((item) => {
    const name = nameOf(item);
    if (name === undefined || /^(Namespace|CustomResourceDefinition|APIService)$/.test(kindOf(item))) return item;
    const now = `${before}${name}${behind}`;
    names.set(`${kindOf(item)}/${name}`, now);
    return { ...changed(item, ["metadata", "name"], (old) => (old?.kind === "scalar" ? scalar(now, old.origin) : old)), names: [...item.names, now] };
  });
  return made.map((item) => ({ ...item, node: referring(item.node, names) }));
}

/** Where an object names another: the key around the name, the key of the name, and the other's kind. */
const REFERENCES: readonly (readonly [around: RegExp, key: string, kind: string])[] = [
  [/^(configMap|configMapKeyRef|configMapRef)$/, "name", "ConfigMap"],
  [/^(secret|secretKeyRef|secretRef)$/, "name", "Secret"],
  [/^secret$/, "secretName", "Secret"],
  [/^imagePullSecrets$/, "name", "Secret"],
  [/^persistentVolumeClaim$/, "claimName", "PersistentVolumeClaim"],
  [/^spec$/, "serviceName", "Service"],
  [/^spec$/, "serviceAccountName", "ServiceAccount"],
  [/^service$/, "name", "Service"],
  [/^scaleTargetRef$/, "name", "StatefulSet"],
  [/^scaleTargetRef$/, "name", "Deployment"],
];

/** References to objects that have new names; `names` maps `Kind/old` to the new name. */
function referring(object: MapNode, names: ReadonlyMap<string, string>): MapNode {
  const visit = (node: Node, around: string): Node => {
    if (node.kind === "list") return { ...node, items: node.items.map((item) => visit(item, around)) };
    if (node.kind !== "map") return node;
    const entries = [...node.entries].map(([key, child]) => {
      const name = text(child);
      const hit = name === undefined ? undefined : REFERENCES.find(([where, own, kind]) => own === key && where.test(around) && names.has(`${kind}/${name}`));
      return [key, hit === undefined ? visit(child, key) : scalar(names.get(`${hit[2]}/${name}`) ?? name ?? "", child.origin)] as const;
    });
    return { ...node, entries: new Map(entries) };
  };
  return visit(object, "") as MapNode;
}

function labelled(items: readonly Item[], pairs: Node, reach: "selectors" | "templates" | "metadata"): readonly Item[] {
  const add = (old: Node | undefined): Node | undefined => {
    if (old?.kind === "unknown" || pairs.kind === "unknown") return old ?? pairs;
    const below = old?.kind === "map" ? old : map([], pairs.origin);
    return pairs.kind === "map" ? { ...below, entries: new Map([...below.entries, ...pairs.entries]) } : old;
  };
  return items.map((item) => {
    const kind = kindOf(item);
    let here = changed(item, ["metadata", "labels"], add);
    if (reach === "metadata") return here;
    if (WORKLOADS.test(kind)) here = changed(here, ["spec", "template", "metadata", "labels"], add);
    if (reach === "templates") return here;
    if (kind === "Service") here = changed(here, ["spec", "selector"], (old) => (old === undefined ? old : add(old)));
    if (WORKLOADS.test(kind) && kind !== "Job") here = changed(here, ["spec", "selector", "matchLabels"], add);
    if (kind === "PodDisruptionBudget") here = changed(here, ["spec", "selector", "matchLabels"], add, false);
    if (kind === "NetworkPolicy") here = changed(here, ["spec", "podSelector", "matchLabels"], add, false);
    if (kind === "StatefulSet") here = changed(here, ["spec", "volumeClaimTemplates"], (old) => inEach(old, (one) => labelledClaim(one, add)));
    // Selectors of affinity and spread that name labels go along with them.
    return WORKLOADS.test(kind) ? changed(here, ["spec", "template", "spec"], (old) => (old === undefined ? old : withSelectors(old, add)), false) : here;
  });
}

function inEach(node: Node | undefined, change: (one: Node) => Node): Node | undefined {
  return node?.kind === "list" ? { ...node, items: node.items.map(change) } : node;
}

function labelledClaim(claim: Node, add: (old: Node | undefined) => Node | undefined): Node {
  return changed({ node: claim as MapNode, path: "", names: [], chart: null }, ["metadata", "labels"], add).node;
}

function withSelectors(spec: Node, add: (old: Node | undefined) => Node | undefined): Node {
  if (spec.kind !== "map") return spec;
  const change = (node: Node): Node =>
    node.kind === "map" && node.entries.get("labelSelector")?.kind === "map" && at(node, "labelSelector", "matchLabels") !== undefined
      ? changed({ node, path: "", names: [], chart: null }, ["labelSelector", "matchLabels"], add, false).node
      : node;
  const entries = [...spec.entries].map(
    ([key, child]) => [key, /^(affinity|topologySpreadConstraints)$/.test(key) ? everywhere(child, change) : child] as const,
  );
  return { ...spec, entries: new Map(entries) };
}

function scaled(items: readonly Item[], entry: Node): readonly Item[] {
  const name = known(at(entry, "name"));
  const count = at(entry, "count");
  if (name === null || count === undefined) return items;
  return items.map((item) =>
    /^(Deployment|StatefulSet|ReplicaSet|ReplicationController)$/.test(kindOf(item)) && item.names.includes(name)
      ? changed(item, ["spec", "replicas"], (old) => (old === undefined ? count : over(old, count)))
      : item,
  );
}

/** A container whose image has the name gets another name, tag or digest. */
function imaged(node: Node, entry: Node): Node {
  if (node.kind !== "map") return node;
  const image = node.entries.get("image");
  const written = text(image);
  if (image === undefined || written === undefined || !node.entries.has("name")) return node;
  const [, name = "", rest = ""] = /^(.*?)((?::[\w][\w.-]*)?(?:@sha256:\w+)?)$/.exec(written) ?? [];
  if (name !== known(at(entry, "name"))) return node;
  const [newName, tag, digest, suffix] = ["newName", "newTag", "digest", "tagSuffix"].map((key) => at(entry, key));
  if ([newName, tag, digest, suffix].some((one) => one?.kind === "unknown"))
    return {
      ...node,
      entries: new Map([...node.entries, ["image", { kind: "unknown", because: "the Kustomization sets it", origin: image.origin } as const]]),
    };
  const now = isUnset(digest) ? (isUnset(tag) ? rest : `:${known(tag)}`) : `@${known(digest)}`;
  const full = `${isUnset(newName) ? name : known(newName)}${now}${isUnset(suffix) ? "" : known(suffix)}`;
  const by = [tag, digest, newName].find((one) => !isUnset(one)) ?? entry;
  return { ...node, entries: new Map([...node.entries, ["image", over(image, scalar(full, by.origin))]]) };
}
