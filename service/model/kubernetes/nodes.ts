// How many nodes may take a pod, from facts about the cluster.

import { at, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import type { ClusterFacts, ClusterNode } from "../../settings/settings.ts";

/** The number of nodes that the pods may run on; at most so many where only a number of nodes is known. */
export function eligibleNodes(pod: MapNode, facts: ClusterFacts | null): Node {
  if (facts?.autoscaled === true) return scalar(null, pod.origin);
  if (facts?.nodes === undefined) return unknown("nothing is said about the cluster's nodes", pod.origin);
  if (typeof facts.nodes === "number") return scalar(facts.nodes, pod.origin);
  return scalar(facts.nodes.filter((node) => mayRun(pod, node)).length, pod.origin);
}

/** False only where the pod certainly cannot run on the node. */
export function mayRun(pod: MapNode, node: ClusterNode): boolean {
  if (node.unschedulable === true || !isWanted(pod, node)) return false;
  const tolerations = at(pod, "tolerations");
  return (node.taints ?? []).every(
    (taint) =>
      !/^No(Schedule|Execute)$/.test(taint.effect) ||
      tolerations?.kind === "unknown" ||
      (tolerations?.kind === "list" && tolerations.items.some((one) => tolerates(one, taint))),
  );
}

/** False only where the pod's own nodeSelector or nodeAffinity certainly does not want the node. */
export function isWanted(pod: MapNode, node: ClusterNode): boolean {
  const selector = at(pod, "nodeSelector");
  for (const [key, value] of selector?.kind === "map" ? selector.entries : []) {
    const wanted = text(value);
    if (wanted !== undefined && node.labels?.[key] !== wanted) return false;
  }
  const terms = at(pod, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
  return terms?.kind !== "list" || terms.items.length === 0 || terms.items.some((term) => fits(term, node));
}

function fits(term: Node, node: ClusterNode): boolean {
  const expressions = at(term, "matchExpressions");
  if (expressions?.kind !== "list") return true;
  return expressions.items.every((one) => {
    const key = text(at(one, "key"));
    const values = at(one, "values");
    const wanted = values?.kind === "list" ? values.items.map((value) => text(value)) : [];
    if (key === undefined || wanted.includes(undefined)) return true;
    const value = node.labels?.[key];
    switch (text(at(one, "operator"))) {
      case "In":
        return value !== undefined && wanted.includes(value);
      case "NotIn":
        return value === undefined || !wanted.includes(value);
      case "Exists":
        return value !== undefined;
      case "DoesNotExist":
        return value === undefined;
      default:
        return true;
    }
  });
}

function tolerates(toleration: Node, taint: { readonly key: string; readonly value?: string; readonly effect: string }): boolean {
  const [key, effect, operator, value] = ["key", "effect", "operator", "value"].map((name) => at(toleration, name));
  if ([key, effect, operator, value].some((one) => one?.kind === "unknown")) return true;
  if (effect !== undefined && text(effect) !== taint.effect) return false;
  if (key === undefined) return text(operator) === "Exists";
  if (text(key) !== taint.key) return false;
  return text(operator) === "Exists" || (text(value) ?? "") === (taint.value ?? "");
}
