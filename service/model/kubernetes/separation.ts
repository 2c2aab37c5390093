// What keeps the pods of one workload apart, in one list: required and preferred anti-affinity and topology spread
// constraints, each with whom it selects and for how many pods it leaves room.

import { at, isUnset, list, map, type MapNode, type Node, type Origin, scalar, text, unknown } from "../../document/node.ts";
import type { ClusterFacts } from "../../settings/settings.ts";
import { reach } from "./affinity.ts";
import { domains, roomOfSpread } from "./domains.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** Pods of a workload, with what decides where they may run. */
export interface PlacedPods {
  readonly pods: PodTemplate;
  /** Null when nothing says it. */
  readonly namespace: string | null;
  /** As the workload has it: Kubernetes runs one where it is unset. */
  readonly replicas: Node | undefined;
}

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const HOST = "kubernetes.io/hostname";

/** The list, at the place where a person would add to it; `all` are the servers in sight, the own one among them. */
export function separation(own: PlacedPods, all: readonly PlacedPods[], facts: ClusterFacts | null): Node {
  const { spec } = own.pods;
  const written = at(spec, "affinity");
  const anti = at(written, "podAntiAffinity");
  const required = members(at(anti, REQUIRED));
  const preferred = members(at(anti, PREFERRED));
  const spreads = members(at(spec, "topologySpreadConstraints"));
  const terms = [
    ...required.map((one) => term(one, true)),
    ...preferred.map((one) => (one.kind === "unknown" ? one : term(at(one, "podAffinityTerm") ?? one, false))),
    ...spreads.map((one) => (one.kind === "unknown" ? one : constraint(one, own, facts))),
  ];
  return list(terms, placeOf(own, written));

  function term(node: Node, hard: boolean): Node {
    if (node.kind === "unknown") return node;
    const answer = reach(node, own.pods.labels, own.namespace, own.namespace);
    return map(
      [
        ["kind", scalar("podAntiAffinity", node.origin)],
        ["hard", scalar(hard, node.origin)],
        ...parts(node, ["topologyKey", "labelSelector", "namespaces"]),
        ["selectsLabels", known(answer.labels, node)],
        ["selectsOwnPods", known(answer.pods, node)],
        ["domains", domains(node, spec, facts)],
        ["room", hard ? domains(node, spec, facts) : scalar(null, node.origin)],
        ["others", scalar(hard && text(at(node, "topologyKey")) === HOST ? nodesOf(node, own, all) : 0, node.origin)],
      ],
      node.origin,
    );
  }
}

function constraint(node: Node, { pods }: PlacedPods, facts: ClusterFacts | null): Node {
  const action = at(node, "whenUnsatisfiable");
  const answer = known(selects(at(node, "labelSelector"), pods.labels, "labelSelector"), node);
  const isHard = text(action) === "DoNotSchedule";
  return map(
    [
      ["kind", scalar("topologySpreadConstraints", node.origin)],
      ["hard", action?.kind === "unknown" ? action : scalar(isHard, node.origin)],
      ...parts(node, ["topologyKey", "labelSelector", "maxSkew"]),
      ["selectsLabels", answer],
      ["selectsOwnPods", answer],
      ["domains", domains(node, pods.spec, facts)],
      ["room", isHard ? roomOfSpread(node, pods.spec, facts) : scalar(null, node.origin)],
      ["others", scalar(0, node.origin)],
    ],
    node.origin,
  );
}

/** How many nodes other servers take at least that a term keeps away from: all their pods where they keep apart too. */
function nodesOf(term: Node, own: PlacedPods, all: readonly PlacedPods[]): number {
  const taken = all.map((other) => {
    if (other === own || reach(term, other.pods.labels, own.namespace, other.namespace).pods !== true) return 0;
    const { replicas } = other;
    const count = isUnset(replicas) ? 1 : replicas?.kind === "scalar" && typeof replicas.value === "number" ? replicas.value : 0;
    const terms = members(at(other.pods.spec, "affinity", "podAntiAffinity", REQUIRED));
    const isApart = terms.some((one) => text(at(one, "topologyKey")) === HOST && reach(one, other.pods.labels, other.namespace, other.namespace).pods === true);
    return isApart ? count : Math.min(count, 1);
  });
  return taken.reduce((sum, one) => sum + one, 0);
}

/** The members of a list; one that is not known for a list that is not. */
function members(node: Node | undefined): readonly Node[] {
  if (isUnset(node)) return [];
  if (node?.kind === "list") return node.items;
  return node === undefined || node.kind === "unknown"
    ? [node].filter((one) => one !== undefined)
    : [unknown("something else than a list stands there", node.origin)];
}

function parts(node: Node, keys: readonly string[]): (readonly [string, Node])[] {
  return keys.flatMap((key) => {
    const part = at(node, key);
    return part === undefined ? [] : [[key, part] as const];
  });
}

function known(answer: boolean | undefined, beside: Node): Node {
  return answer === undefined ? unknown("the labels of the pods are not all known", beside.origin) : scalar(answer, beside.origin);
}

/** The pod's affinity, else what is written of the pod, else the number of its replicas: there something is missing. */
function placeOf({ pods, replicas }: PlacedPods, affinity: Node | undefined): Origin {
  for (const node of [affinity, pods.spec as MapNode, replicas]) if (node !== undefined && isPlaced(node.origin)) return withoutDefault(node.origin);
  return pods.spec.origin;
}

function isPlaced({ span, key }: Origin): boolean {
  return key !== undefined || span.end > span.start;
}

/** That a number is the chart's default does not matter to what is missing beside it. */
function withoutDefault({ via, ...origin }: Origin): Origin {
  const kept = (via ?? []).filter((one) => one.kind !== "chart default");
  return kept.length === 0 ? origin : { ...origin, via: kept };
}
