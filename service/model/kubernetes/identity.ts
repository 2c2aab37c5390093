// As whom a server runs: its container's security context, else the pod's, else the image.

import { at, isUnset, map, type MapNode, type Node, scalar, unknown } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { imageName } from "./server-image.ts";

/** The model's `identity`. */
export function identity(container: MapNode, pod: MapNode): Node {
  const own = at(container, "securityContext");
  const shared = at(pod, "securityContext");
  const said = (key: string): Node | undefined => {
    const first = at(own, key);
    return isUnset(first) ? at(shared, key) : first;
  };
  const image = at(container, "image") ?? container;
  // NATS's images name no user. What somebody builds on them may.
  const isRoot = imageName(at(container, "image"))?.publisher === "official";
  return map(
    [
      ...optional("runAsUser", said("runAsUser")),
      ...optional("runAsNonRoot", said("runAsNonRoot")),
      ...optional("fsGroup", at(shared, "fsGroup")),
      ["imageIsRoot", isRoot ? scalar(true, image.origin) : unknown("the image's user is not known", image.origin)],
    ],
    placeOf(own, shared, container),
  );
}

/** Where the user would be named. */
function placeOf(own: Node | undefined, shared: Node | undefined, container: MapNode): MapNode["origin"] {
  for (const node of [own, shared]) if (node !== undefined && !isUnset(node)) return node.origin;
  return container.origin;
}
