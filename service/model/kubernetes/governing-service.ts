// The Service that gives the pods of a StatefulSet their names, and what keeps it from doing so.

import { at, map, type Node, scalar, text, unknown } from "../../document/node.ts";
import { find, type KubernetesObject, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selectsPods } from "./services.ts";

/** The model's `governingService`; null for a workload that names none. */
export function governingService(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const { origin } = workload.node;
  const name = at(workload.node, "spec", "serviceName");
  if (name?.kind === "unknown") return name;
  if (workload.kind !== "StatefulSet" || text(name) === undefined) return scalar(null, origin);
  const found = find(unit, workload, "Service", name);
  if (found === undefined) {
    return unit.complete ? map([["found", scalar(false, origin)]], origin) : unknown("the Service may be in another file", origin);
  }
  const address = at(found.node, "spec", "clusterIP");
  const selector = at(found.node, "spec", "selector");
  const selected = selectsPods(selector, pods, workload);
  const beside = (selector ?? found.node).origin;
  return map(
    [
      ["found", scalar(true, origin)],
      ["headless", address?.kind === "unknown" ? address : scalar(text(address) === "None", (address ?? at(found.node, "spec") ?? found.node).origin)],
      ["selects", selected === undefined ? unknown("what the Service selects is not known", beside) : scalar(selected, beside)],
    ],
    found.node.origin,
  );
}
