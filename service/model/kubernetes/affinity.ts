// Scheduling rules of a pod, each with the answer to the question that matters: does it keep its own pods apart?

import { at, map, type Node, scalar, text, unknown } from "../../document/node.ts";
import type { KubernetesObject } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** The pod's `affinity` with `selectsOwnPods` in each term of podAntiAffinity. */
export function affinity(pods: PodTemplate, workload: KubernetesObject): Node | undefined {
  const node = at(pods.spec, "affinity");
  const anti = at(node, "podAntiAffinity");
  if (node?.kind !== "map" || anti?.kind !== "map") return node;
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
  const terms = new Map(anti.entries);
  change(terms, required, (term) => judged(term, pods, workload));
  change(terms, preferred, (item) => {
    const term = at(item, "podAffinityTerm");
    return item.kind === "map" && term !== undefined
      ? { ...item, entries: new Map([...item.entries, ["podAffinityTerm", judged(term, pods, workload)]]) }
      : item;
  });
  return { ...node, entries: new Map([...node.entries, ["podAntiAffinity", { ...anti, entries: terms }]]) };
}

/** The pod's `topologySpreadConstraints` with `selectsOwnPods`. */
export function spread(pods: PodTemplate): Node | undefined {
  const node = at(pods.spec, "topologySpreadConstraints");
  if (node?.kind !== "list") return node;
  return { ...node, items: node.items.map((item) => withAnswer(item, selects(at(item, "labelSelector"), pods.labels, "labelSelector"))) };
}

function judged(term: Node, pods: PodTemplate, workload: KubernetesObject): Node {
  let own = selects(at(term, "labelSelector"), pods.labels, "labelSelector");
  const namespaces = at(term, "namespaces");
  const selector = at(term, "namespaceSelector");
  if (namespaces?.kind === "list" && namespaces.items.length > 0) {
    const names = namespaces.items.map((item) => text(item));
    if (workload.namespace === null || names.includes(undefined)) own = own === false ? false : undefined;
    else if (!names.includes(workload.namespace)) own = selector === undefined ? false : undefined;
  } else if (selector?.kind === "map" && selector.entries.size > 0) own = own === false ? false : undefined;
  return withAnswer(term, own);
}

function withAnswer(node: Node, own: boolean | undefined): Node {
  if (node.kind !== "map") return node;
  const answer = own === undefined ? unknown("the labels of the pods are not all known", node.origin) : scalar(own, node.origin);
  return map([...node.entries, ["selectsOwnPods", answer]], node.origin);
}

function change(entries: Map<string, Node>, key: string, to: (node: Node) => Node): void {
  const node = entries.get(key);
  if (node?.kind === "list") entries.set(key, { ...node, items: node.items.map(to) });
}

