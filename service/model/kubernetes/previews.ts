// Objects of a server that a person wrote for an API that was never more than a preview: Kubernetes stops serving those.

import { at, isUnset, list, map, type Node, text } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** The model's `previews`. What a chart renders is left out: it asks the cluster which version to write. */
export function previews(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const found = unit.objects.filter((one) => isPreview(at(one.node, "apiVersion")) && together(one, workload) && isOwn(one, workload, pods, unit));
  return list(
    found.map(({ node }) =>
      map(
        [...optional("apiVersion", at(node, "apiVersion")), ...optional("kind", at(node, "kind")), ...optional("name", at(node, "metadata", "name"))],
        node.origin,
      ),
    ),
    workload.node.origin,
  );
}

function isPreview(node: Node | undefined): boolean {
  const isRendered = node?.origin.via?.some((one) => one.kind === "template") === true;
  return !isRendered && /\/v\d+(?:alpha|beta)\d+$/.test(text(node) ?? "");
}

/** Of the objects that lie in a folder or a bundle, some are another program's: a server's own select its pods, or have or say its name. */
function isOwn(one: KubernetesObject, workload: KubernetesObject, pods: PodTemplate, unit: Unit): boolean {
  if (one === workload) return true;
  const selector = { PodDisruptionBudget: at(one.node, "spec", "selector"), NetworkPolicy: at(one.node, "spec", "podSelector") }[one.kind];
  if (selector !== undefined && !isUnset(selector)) return selects(selector, pods.labels, "labelSelector") === true;
  // What is added to a chart's rendering by its values is for that release.
  if (unit.switches !== undefined && one.node.origin.path === workload.node.origin.path) return true;
  const names = [workload.name, text(at(pods.spec, "serviceAccountName")) ?? null, text(at(workload.node, "spec", "serviceName")) ?? null];
  return names.some((name) => name !== null && (isNamedFor(one.name ?? "", name) || says(one.node, name)));
}

/** `nats`, `nats-pdb`, `my-nats` for a server `nats`. */
function isNamedFor(own: string, name: string): boolean {
  return `-${own}-`.includes(`-${name}-`);
}

function says(node: Node, name: string): boolean {
  if (node.kind === "list") return node.items.some((one) => says(one, name));
  return node.kind === "map" ? [...node.entries.values()].some((one) => says(one, name)) : text(node) === name;
}
