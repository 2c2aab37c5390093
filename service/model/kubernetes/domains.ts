// How many domains (nodes, zones ...) there are for a pod, and for how many pods they have room, from facts about the cluster.

import { at, map, type MapNode, type Node, type Origin, scalar, text, unknown } from "../../document/node.ts";
import type { ClusterFacts, ClusterNode } from "../../settings/settings.ts";
import { isWanted, mayRun } from "./nodes.ts";

/** A rule for any zone, for asking how many there are. */
export function anyZone(origin: Origin): Node {
  return map([["topologyKey", scalar("topology.kubernetes.io/zone", origin)]], origin);
}

const HOST = "kubernetes.io/hostname";
const ZONES = /^(topology\.kubernetes\.io|failure-domain\.beta\.kubernetes\.io)\/zone$/;

/** At most so many domains of a rule have a node for the pod; null where nodes are added on demand, or where a node has none. */
export function domains(rule: Node, pod: MapNode, facts: ClusterFacts | null): Node {
  const { origin } = rule;
  if (facts?.autoscaled === true) return scalar(null, origin);
  const key = text(at(rule, "topologyKey"));
  const open = unknown("nothing is said about the cluster's nodes", origin);
  if (key === undefined || facts === null) return open;
  const found =
    typeof facts.nodes === "object"
      ? countOf(
          facts.nodes.filter((node) => mayRun(pod, node)),
          key,
        )
      : key === HOST
        ? facts.nodes
        : undefined;
  if (found === null) return scalar(null, origin);
  const told = [found, ZONES.test(key) ? facts.zones : undefined].filter((one) => one !== undefined);
  return told.length === 0 ? open : scalar(Math.min(...told), origin);
}

/**
 * For how many pods a hard spread constraint has room. Where every domain can take a pod there is always room for one
 * more; a domain that counts and cannot take any, a tainted node for example, or too few domains hold the others down.
 */
export function roomOfSpread(constraint: Node, pod: MapNode, facts: ClusterFacts | null): Node {
  const { origin } = constraint;
  if (facts?.autoscaled === true) return scalar(null, origin);
  const [topologyKey, maxSkew, minDomains, affinityPolicy, taintsPolicy] = [
    "topologyKey",
    "maxSkew",
    "minDomains",
    "nodeAffinityPolicy",
    "nodeTaintsPolicy",
  ].map((key) => at(constraint, key));
  const unsure = [topologyKey, maxSkew, minDomains, affinityPolicy, taintsPolicy].find((one) => one?.kind === "unknown");
  if (unsure !== undefined) return unsure;
  const usable = domains(constraint, pod, facts);
  const key = text(topologyKey);
  if (usable.kind !== "scalar" || typeof usable.value !== "number" || key === undefined) return usable;
  const counts = (node: ClusterNode): boolean =>
    (text(affinityPolicy) === "Ignore" || isWanted(pod, node)) && (text(taintsPolicy) !== "Honor" || mayRun(pod, node));
  const all = typeof facts?.nodes === "object" ? (countOf(facts.nodes.filter(counts), key) ?? usable.value) : usable.value;
  const least = minDomains?.kind === "scalar" && typeof minDomains.value === "number" ? minDomains.value : 1;
  if (all <= usable.value && all >= least) return scalar(null, origin);
  const skew = maxSkew?.kind === "scalar" && typeof maxSkew.value === "number" ? maxSkew.value : undefined;
  return skew === undefined ? unknown("the constraint does not say how uneven it lets the pods be", origin) : scalar(usable.value * skew, origin);
}

/** The domains of the nodes; null when one of them is in none, so that nothing holds for it. */
function countOf(nodes: readonly ClusterNode[], key: string): number | null {
  if (key === HOST) return nodes.length;
  const values = nodes.map((node) => node.labels?.[key]);
  return values.includes(undefined) ? null : new Set(values).size;
}
