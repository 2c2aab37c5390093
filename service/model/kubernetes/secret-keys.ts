// Which keys a Secret has, where that can be told from the repository.

import { at, type Node } from "../../document/node.ts";
import type { KubernetesObject } from "./objects.ts";

/** Null where something else fills the Secret: nothing is in it yet, or annotations say by whom it is filled. */
export function keysOfSecret(object: KubernetesObject | undefined): ReadonlySet<string> | null {
  const parts = [at(object?.node, "data"), at(object?.node, "stringData")];
  const keys = parts.flatMap((one) => (one?.kind === "map" ? [...one.entries.keys()] : []));
  const isOpen = parts.some((one: Node | undefined) => one?.kind === "unknown" || (one?.kind === "map" && one.incomplete !== undefined));
  return keys.length === 0 || isOpen || at(object?.node, "metadata", "annotations") !== undefined ? null : new Set(keys);
}
