// What changes a server's number of pods, or its pods, without anybody asking for it.

import { at, list, map, type Node, scalar, text } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";

/** The model's `autoscalers`: those in sight that certainly act on the workload. */
export function autoscalers(workload: KubernetesObject, unit: Unit): Node {
  const found = ["HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"].flatMap((kind) =>
    ofKind(unit, kind)
      .filter((one) => together(one, workload) && targets(one, workload))
      .filter(({ node }) => kind !== "VerticalPodAutoscaler" || evicts(at(node, "spec", "updatePolicy", "updateMode")))
      .map(({ node }) => map([["kind", scalar(kind, node.origin)], ...optional("name", at(node, "metadata", "name"))], node.origin)),
  );
  return list(found, workload.node.origin);
}

function targets({ kind, node }: KubernetesObject, workload: KubernetesObject): boolean {
  const target = at(node, "spec", kind === "VerticalPodAutoscaler" ? "targetRef" : "scaleTargetRef");
  const meant = text(at(target, "kind")) ?? (kind === "ScaledObject" ? "Deployment" : undefined);
  return workload.name !== null && meant === workload.kind && text(at(target, "name")) === workload.name;
}

/** Without a mode it is Auto. `Initial` and `Off` leave running pods alone. */
function evicts(mode: Node | undefined): boolean {
  return mode === undefined || /^(?:Auto|Recreate|InPlaceOrRecreate)$/.test(text(mode) ?? "");
}
