// Objects beside a server that a person wrote for an API that was never more than a preview: Kubernetes stops serving those.

import { at, list, map, type Node, text } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";

/** The model's `previews`. What a chart renders is left out: it asks the cluster which version to write. */
export function previews(workload: KubernetesObject, unit: Unit): Node {
  const found = unit.objects.filter((one) => together(one, workload) && isPreview(at(one.node, "apiVersion")));
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
