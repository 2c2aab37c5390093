// How the chart lays values over what its templates write: `merge` of the values over the template,
// and maps of the values filled in under keys that the template fixes.

import { isUnset, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { opened } from "../../helm-values.ts";
import { truth } from "../template.ts";

/** `merge`: maps merge deeply, everything else replaces, null too. */
export function mergedOver(below: Node, above: Node): Node {
  if (above.kind === "unknown") return above;
  if (below.kind === "unknown" && above.kind === "map") return { ...above, incomplete: below.because };
  if (below.kind !== "map" || above.kind !== "map") return above;
  if (above.entries.size === 0 && above.incomplete === undefined) return below;
  // Nobody is taken to change by a merge out of sight what stands in sight.
  if (above.incomplete !== undefined && above.unseen === true) return mergedOver(opened(below, above.incomplete, true), inSight(above));
  const entries = new Map<string, Node>();
  for (const [key, node] of below.entries) {
    const over = above.entries.get(key);
    if (over !== undefined) entries.set(key, mergedOver(node, over));
    else entries.set(key, above.incomplete === undefined ? node : unknown(above.incomplete, above.origin));
  }
  for (const [key, node] of above.entries) if (!entries.has(key)) entries.set(key, node);
  return withIncomplete({ ...above, entries }, above.incomplete ?? below.incomplete);
}

/** The part of a map that is in sight. */
function inSight(node: Node): Node {
  if (node.kind !== "map") return node;
  const { incomplete, unseen, ...kept } = node;
  const isHidden = incomplete !== undefined && unseen === true;
  const entries = new Map([...node.entries].map(([key, child]) => [key, inSight(child)] as const));
  return { ...(isHidden ? kept : node), entries };
}

/** What a template fixes comes first; the values fill in what is missing or empty there. */
export function filledIn(fixed: Node, values: Node | undefined): Node {
  if (values === undefined || fixed.kind !== "map") return fixed;
  if (values.kind === "unknown") return withIncomplete(fixed, values.because);
  if (values.kind !== "map") return fixed;
  const entries = new Map(fixed.entries);
  for (const [key, node] of values.entries) {
    const own = entries.get(key);
    if (own?.kind === "map" && (node.kind === "map" || node.kind === "unknown")) entries.set(key, { ...filledIn(own, node), origin: node.origin });
    else if ((own === undefined || truth(own) === false) && !isUnset(node)) entries.set(key, node);
  }
  return withIncomplete({ ...fixed, entries }, fixed.incomplete ?? values.incomplete);
}

function withIncomplete(node: MapNode, incomplete: string | undefined): MapNode {
  return incomplete === undefined ? node : { ...node, incomplete };
}
