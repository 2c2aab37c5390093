// Strategic merge patches, as kubectl and Kustomize apply them: maps merge, null deletes, and lists of known keys merge by key.

import { at, type MapNode, type Node, type Origin, text } from "../../../document/node.ts";

/** The keys that tell the members of a list apart, by the name of the list; the first that a member has counts. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  volumes: ["name"],
  env: ["name"],
  imagePullSecrets: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  ports: ["containerPort", "port"],
  topologySpreadConstraints: ["topologyKey"],
  hostAliases: ["ip"],
};

/** Kinds whose lists Kubernetes knows the keys of; lists of others are replaced. */
const BUILT_IN = /^(v1|(apps|batch|policy|networking\.k8s\.io|autoscaling|rbac\.authorization\.k8s\.io|extensions|storage\.k8s\.io)\/v\w+)$/;

/** The object after the patch; undefined where the patch deletes it. */
export function strategicMerge(object: MapNode, patch: MapNode): MapNode | undefined {
  const keyed = BUILT_IN.test(text(at(object, "apiVersion")) ?? "");
  const merged = merge(object, patch, "", keyed);
  return merged?.kind === "map" ? merged : undefined;
}

function merge(below: Node | undefined, above: Node, name: string, keyed: boolean): Node | undefined {
  if (above.kind === "scalar" && above.value === null) return undefined;
  if (above.kind === "map") {
    const directive = text(above.entries.get("$patch"));
    if (directive === "delete") return undefined;
    const plain = withoutDirectives(above);
    if (directive === "replace") return plain;
    if (below?.kind === "unknown") return { ...plain, incomplete: below.because };
    if (below?.kind !== "map") return stripped(plain);
    const entries = new Map(below.entries);
    for (const [key, node] of plain.entries) {
      const made = merge(entries.get(key), node, key, keyed);
      if (made === undefined) entries.delete(key);
      else entries.set(key, made);
    }
    if (plain.incomplete === undefined) return { ...below, entries };
    for (const key of entries.keys()) if (!plain.entries.has(key)) entries.set(key, { kind: "unknown", because: plain.incomplete, origin: plain.origin });
    return { ...below, entries, incomplete: plain.incomplete };
  }
  if (above.kind === "list" && below?.kind === "unknown") return { kind: "unknown", because: below.because, origin: above.origin };
  const keys = keyed ? MERGE_KEYS[name] : undefined;
  if (above.kind === "list" && below?.kind === "list" && keys !== undefined) return mergeLists(below, above, keys, keyed);
  return below === undefined ? above : over(below, above);
}

function mergeLists(below: Node & { kind: "list" }, above: Node & { kind: "list" }, keys: readonly string[], keyed: boolean): Node {
  if (above.items.some((item) => item.kind === "map" && text(item.entries.get("$patch")) === "replace" && item.entries.size === 1))
    return { ...above, items: above.items.filter((item) => item.kind !== "map" || !item.entries.has("$patch")) };
  const items: (Node | undefined)[] = [...below.items];
  const added: Node[] = [];
  for (const item of above.items) {
    const key = keys.find((one) => at(item, one) !== undefined);
    const value = key === undefined ? undefined : at(item, key);
    const index = key === undefined || value?.kind !== "scalar" ? -1 : items.findIndex((one) => same(at(one, key), value));
    if (index >= 0) items[index] = merge(items[index], item, "", keyed);
    else if (item.kind !== "map" || text(item.entries.get("$patch")) !== "delete") added.push(stripped(item));
  }
  // Kustomize puts what a patch adds in front.
  return { ...below, items: [...added, ...items.filter((item) => item !== undefined)] };
}

function same(one: Node | undefined, other: Node): boolean {
  return one?.kind === "scalar" && other.kind === "scalar" && one.value === other.value;
}

function withoutDirectives(node: MapNode): MapNode {
  return { ...node, entries: new Map([...node.entries].filter(([key]) => !key.startsWith("$"))) };
}

/** What a patch brings along where nothing was: without its nulls. */
function stripped(node: Node): Node {
  if (node.kind !== "map") return node;
  const entries = [...withoutDirectives(node).entries].filter(([, child]) => child.kind !== "scalar" || child.value !== null);
  return { ...node, entries: new Map(entries.map(([key, child]) => [key, stripped(child)] as const)) };
}

/** The value that won, and the one that it hides. */
export function over(below: Node, above: Node): Node {
  const origin: Origin = { ...above.origin, via: [...(above.origin.via ?? []), { kind: "layer", path: below.origin.path, span: below.origin.span }] };
  return { ...above, origin };
}
