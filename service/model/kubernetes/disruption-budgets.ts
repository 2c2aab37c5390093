// The PodDisruptionBudgets of a server: those that select its pods, and those that are named for it and select none.

import { at, isUnset, list, map, type Node, scalar, type ScalarValue, text, unknown } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";
import { type PodTemplate, podTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** The model's `disruptionBudgets`. That there is none is known where all of the unit is in sight. */
export function disruptionBudgets(workload: KubernetesObject, pods: PodTemplate, replicas: Node | undefined, unit: Unit): Node {
  const { origin } = workload.node;
  const near = ofKind(unit, "PodDisruptionBudget").filter((one) => together(one, workload));
  const answers = near.map((one) => selects(selectorOf(one), pods.labels, "labelSelector"));
  if (answers.includes(undefined)) return unknown("whom a disruption budget selects is not known", origin);
  const own = near.filter((_, index) => answers[index] === true).map((one) => budget(one, true, replicas));
  const astray = near
    .filter((one, index) => answers[index] === false && isNamedFor(one, workload) && selectsNobody(one, unit))
    .map((one) => budget(one, false, replicas));
  const found = [...own, ...astray];
  return found.length > 0 || unit.complete
    ? list(found, unit.switches?.disruptionBudget?.origin ?? origin)
    : unknown("other files may hold more objects", origin);
}

function budget(one: KubernetesObject, selectsOwnPods: boolean, replicas: Node | undefined): Node {
  const spec = at(one.node, "spec");
  return map(
    [
      ...optional("name", at(one.node, "metadata", "name")),
      ...optional("minAvailable", at(spec, "minAvailable")),
      ...optional("maxUnavailable", at(spec, "maxUnavailable")),
      ["disruptions", disruptions(spec, replicas, one)],
      ["selectsOwnPods", scalar(selectsOwnPods, one.node.origin)],
    ],
    one.node.origin,
  );
}

/** How many pods may be evicted while all run: Kubernetes rounds both percentages up. Without either bound none may. */
function disruptions(spec: Node | undefined, replicas: Node | undefined, one: KubernetesObject): Node {
  const { origin } = one.node;
  const [most, least] = [at(spec, "maxUnavailable"), at(spec, "minAvailable")];
  const bound = isUnset(most) ? least : most;
  if (bound === undefined || isUnset(bound)) return scalar(0, origin);
  const all = isUnset(replicas) ? 1 : replicas?.kind === "scalar" ? replicas.value : undefined;
  const number = bound.kind === "scalar" && typeof all === "number" ? scaled(bound.value, all) : undefined;
  if (number === undefined || typeof all !== "number") return unknown("how many may be evicted is not known", origin);
  return scalar(Math.max(0, isUnset(most) ? all - number : Math.min(all, number)), origin);
}

function scaled(bound: ScalarValue, all: number): number | undefined {
  if (typeof bound === "number") return bound;
  const percent = typeof bound === "string" ? /^(\d{1,3})%$/.exec(bound)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * all) / 100);
}

function selectorOf(one: KubernetesObject): Node | undefined {
  return at(one.node, "spec", "selector");
}

/** `nats`, `nats-pdb`, `pdb-nats` for a workload `nats`. */
function isNamedFor(one: KubernetesObject, workload: KubernetesObject): boolean {
  const name = text(at(one.node, "metadata", "name"));
  const own = text(at(workload.node, "metadata", "name"));
  if (name === undefined || own === undefined) return false;
  return name.replace(/^(?:pdb|poddisruptionbudget)-|-(?:pdb|budget|poddisruptionbudget|disruption-budget)$/g, "") === own;
}

/** No pods in sight, of whatever workload. */
function selectsNobody(one: KubernetesObject, unit: Unit): boolean {
  return unit.objects.every((other) => {
    const pods = podTemplate(other);
    return pods === null || !together(one, other) || selects(selectorOf(one), pods.labels, "labelSelector") === false;
  });
}
