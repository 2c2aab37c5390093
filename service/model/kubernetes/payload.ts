// Whether something is written where Kubernetes keeps secrets: encoded in the data of a Secret.

import { at, type Origin } from "../../document/node.ts";
import { ofKind, type Unit } from "./objects.ts";

/** What stands as plain text in `stringData` is only on its way there. */
export function isPayload({ path, span }: Origin, unit: Unit): boolean {
  return ofKind(unit, "Secret").some(({ node }) => {
    const data = at(node, "data");
    if (data?.kind !== "map") return false;
    // What a chart writes there is a tree yet, and stands in its values.
    return [...data.entries.values()].some(
      ({ kind, origin }) => kind === "scalar" && origin.path === path && origin.span.start <= span.start && span.end <= origin.span.end,
    );
  });
}
