// What Flux does to a chart's objects before it applies them: patches and images, by Kustomize's own means.

import { isUnset, map, type MapNode, type Node } from "../../document/node.ts";
import type { Installation, Sight, Transformed } from "./installation.ts";
import { type Item, itemOf } from "./kustomize/item.ts";
import { withPatches } from "./kustomize/patches.ts";
import { transformed } from "./kustomize/transformers.ts";

/** What Flux takes from a Kustomization; `patchesStrategicMerge` and `patchesJson6902` until v2beta2. */
const KEYS = ["patches", "patchesStrategicMerge", "patchesJson6902", "images"];

/** The part of an installation that `spec.postRenderers` makes. */
export function postRendered(renderers: Node, sight: Sight): Pick<Installation, "changed" | "transform"> {
  const steps = renderers.kind === "list" ? renderers.items.map(kustomizationOf) : [null];
  const known = steps.filter((one) => one !== null);
  if (known.length < steps.length) return { changed: "a postRenderer changes what the chart renders in a way that is not known" };
  // Whether all of it can be read shows without any object.
  const { because } = applied([], known, sight);
  if (because !== undefined) return { changed: because };
  return { transform: (objects) => applied(objects, known, sight) };
}

/** The Kustomization that a renderer is, by its keys; null where it is none or has others. */
function kustomizationOf(renderer: Node): MapNode | null {
  const only = renderer.kind === "map" && renderer.incomplete === undefined && renderer.entries.size === 1 ? renderer.entries.get("kustomize") : undefined;
  if (only !== undefined && isUnset(only)) return map([], renderer.origin);
  if (only?.kind !== "map" || only.incomplete !== undefined) return null;
  const isKnown = [...only.entries].every(([key, node]) => KEYS.includes(key) && (isUnset(node) || node.kind === "list"));
  return isKnown ? only : null;
}

function applied(objects: readonly MapNode[], steps: readonly MapNode[], sight: Sight): Transformed {
  let because: string | undefined;
  const giveUp = (why: string): void => {
    because ??= why;
  };
  const items = steps.reduce<readonly Item[]>(
    (before, root) => transformed(withPatches(before, root, ".", sight, giveUp), root, giveUp),
    objects.map((one) => itemOf(one, one.origin.path)),
  );
  return { own: items.map(({ node }) => node), ...(because === undefined ? {} : { because }) };
}
