// The resources of NACK, the controller that makes streams and what belongs to them, as its custom resources say them.

import { at, isUnset, type MapNode, type Node, text } from "../../document/node.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import type { FileObject } from "../read-sources.ts";

/** The kinds, and under which key of the model their resources are listed. */
const LISTS = { Stream: "streams", Consumer: "consumers", KeyValue: "keyValues", ObjectStore: "objectStores", Account: "accounts" } as const;

type Kind = keyof typeof LISTS;

/** The lists of the model that hold NACK's resources. */
export const NACK_LISTS: readonly (typeof LISTS)[Kind][] = Object.values(LISTS);

export interface NackResource {
  readonly path: string;
  readonly object: KubernetesObject;
  readonly list: (typeof LISTS)[Kind];
  /** Texts that are empty are left out, as the controller takes them for not set. */
  readonly spec: Node;
  /** Equal for resources that surely go to the same account of the same servers; null where it is not known where one goes. */
  readonly connection: string | null;
}

export function isNackResource(object: KubernetesObject): boolean {
  return Object.hasOwn(LISTS, object.kind) && /^jetstream\.nats\.io\//.test(text(at(object.node, "apiVersion")) ?? "");
}

export function nackResource({ path, object }: FileObject): NackResource {
  const spec = withoutEmpty(at(object.node, "spec") ?? object.node);
  return { path, object, list: LISTS[object.kind as Kind], spec, connection: connectionOf(spec) };
}

/** What a resource says about where it goes; what it does not say, the controller decides for all alike. */
function connectionOf(spec: Node): string | null {
  const said = ["account", "servers", "creds", "nkey", "jsDomain"].map((key) => plain(at(spec, key)));
  return said.includes(undefined) ? null : JSON.stringify(said);
}

/** A text, or a list of texts; undefined where it is not known. */
function plain(node: Node | undefined): string | readonly string[] | null | undefined {
  if (isUnset(node) || (node?.kind === "list" && node.items.length === 0)) return null;
  if (node?.kind !== "list") return text(node);
  const texts = node.items.flatMap((item) => text(item) ?? []);
  return texts.length === node.items.length ? texts : undefined;
}

function withoutEmpty(node: Node): Node {
  if (node.kind !== "map") return node;
  const kept = [...node.entries].filter(([, value]) => text(value) !== "").map(([key, value]) => [key, withoutEmpty(value)] as const);
  return { ...node, entries: new Map(kept) } satisfies MapNode;
}
