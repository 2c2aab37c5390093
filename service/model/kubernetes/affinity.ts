// Scheduling rules of a pod, each with the answer to the question that matters: does it keep its own pods apart?

import { at, isUnset, map, type Node, scalar, text, unknown } from "../../document/node.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** The pod's `affinity` with `selectsOwnPods` in each term of podAntiAffinity. */
export function affinity(pods: PodTemplate, namespace: string | null): Node | undefined {
  const node = at(pods.spec, "affinity");
  const anti = at(node, "podAntiAffinity");
  if (node?.kind !== "map" || anti?.kind !== "map") return node;
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
  const terms = new Map(anti.entries);
  change(terms, required, (term) => judged(term, pods, namespace));
  change(terms, preferred, (item) => {
    const term = at(item, "podAffinityTerm");
    return item.kind === "map" && term !== undefined
      ? { ...item, entries: new Map([...item.entries, ["podAffinityTerm", judged(term, pods, namespace)]]) }
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

function judged(term: Node, pods: PodTemplate, namespace: string | null): Node {
  return withAnswer(term, reach(term, pods.labels, namespace, namespace).pods);
}

/** Does a term of a pod in one namespace select pods with these labels in another, or in the same? */
export function reach(
  term: Node,
  labels: Node | undefined,
  from: string | null,
  to: string | null,
): { readonly labels: boolean | undefined; readonly pods: boolean | undefined } {
  const selected = isUnset(at(term, "mismatchLabelKeys")) ? selects(at(term, "labelSelector"), labels, "labelSelector") : undefined;
  const there = isThere(at(term, "namespaces"), at(term, "namespaceSelector"), from, to);
  const pods = selected === false || there === false ? false : selected === true && there === true ? true : undefined;
  return { labels: selected, pods };
}

/** Without names and selector a term means its own namespace; an empty selector means all of them. */
function isThere(namespaces: Node | undefined, selector: Node | undefined, from: string | null, to: string | null): boolean | undefined {
  if (namespaces?.kind === "unknown" || selector?.kind === "unknown") return undefined;
  if (selector?.kind === "map" && selector.entries.size === 0 && selector.incomplete === undefined) return true;
  const names = namespaces?.kind === "list" ? namespaces.items.map((item) => text(item)) : [];
  // What names no namespace goes where the rest of its release goes.
  if (names.length === 0 && isUnset(selector)) return from === to || from === null || to === null;
  if (to !== null && names.includes(to)) return true;
  return to === null || names.includes(undefined) || !isUnset(selector) ? undefined : false;
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
