// The NetworkPolicies that select a server's pods, and whether they let anybody reach its clients' port.

import { at, isUnset, list, map, type Node, scalar, unknown } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** The model's `networkPolicies`; `port` is that of clients, where it is known. */
export function networkPolicies(workload: KubernetesObject, pods: PodTemplate, unit: Unit, port: number | undefined): Node {
  const candidates = unit.objects.filter((one) => one.kind === "NetworkPolicy" && together(one, workload));
  const answers = candidates.map((one) => selects(at(one.node, "spec", "podSelector"), pods.labels, "labelSelector"));
  if (answers.includes(undefined)) return unknown("whom a network policy selects is not known", workload.node.origin);
  const found = candidates.filter((_, index) => answers[index] === true);
  return list(
    found.map((one) =>
      map([...optional("name", at(one.node, "metadata", "name")), ["ingress", ingress(at(one.node, "spec", "ingress"), port, one.node)]], one.node.origin),
    ),
    workload.node.origin,
  );
}

function ingress(rules: Node | undefined, port: number | undefined, beside: Node): Node {
  if (rules?.kind === "unknown") return rules;
  if (rules?.kind !== "list") return list([], beside.origin);
  return {
    ...rules,
    items: rules.items.map((rule) =>
      rule.kind === "unknown"
        ? rule
        : map(
            [
              ["anybody", anybody(rule)],
              ["clients", clients(rule, port)],
            ],
            rule.origin,
          ),
    ),
  };
}

/** Whom a rule lets in: without `from`, or with an empty one, everybody. */
function anybody(rule: Node): Node {
  const from = at(rule, "from");
  if (from?.kind === "unknown") return from;
  return scalar(isUnset(from) || (from?.kind === "list" && from.items.length === 0), (from ?? rule).origin);
}

/** Is the clients' port among those of the rule: without `ports` all are. */
function clients(rule: Node, port: number | undefined): Node {
  const ports = at(rule, "ports");
  if (isUnset(ports) || (ports?.kind === "list" && ports.items.length === 0)) return scalar(true, rule.origin);
  if (ports?.kind !== "list" || port === undefined) return unknown("the ports of a rule are not known", rule.origin);
  const numbers = ports.items.map((one) => at(one, "port"));
  if (numbers.some((one) => one?.kind === "scalar" && one.value === port)) return scalar(true, rule.origin);
  const isOpen = numbers.some((one) => one?.kind !== "scalar" || typeof one.value !== "number") || ports.items.some((one) => at(one, "endPort") !== undefined);
  return isOpen ? unknown("a port of the rule is not known", rule.origin) : scalar(false, rule.origin);
}
