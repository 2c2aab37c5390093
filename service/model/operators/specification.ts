// What an operator's resource says itself, as far as rules ask for more than shows in what the operator makes of it.

import { distance } from "fastest-levenshtein";
import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { clientsAuthFault } from "./clients-auth-fault.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "../kubernetes/objects.ts";

/** The model's `resource`: null for a server that no operator makes. */
export function specification(workload: KubernetesObject, unit: Unit): Node {
  const { resource, kind } = workload;
  if (resource === undefined) return scalar(null, workload.node.origin);
  const own: [string, Node][] = [...resource.entries].filter(([key]) => !["kind", "labels", "server", "clientsAuthFault"].includes(key));
  const said = map(
    [
      ["kind", scalar(kind, resource.origin)],
      ...own,
      ["labels", labels(resource)],
      ["server", server(at(resource, "natsSvc"), workload, unit)],
      ["clientsAuthFault", clientsAuthFault(resource, workload, unit)],
    ],
    resource.origin,
  );
  return resource.incomplete === undefined ? said : { ...said, incomplete: resource.incomplete };
}

/** The keys, each where it is written. */
function labels(spec: MapNode): Node {
  const written = at(spec, "pod", "labels");
  if (written?.kind === "unknown") return written;
  if (written?.kind !== "map") return list([], spec.origin);
  if (written.incomplete !== undefined) return unknown(written.incomplete, written.origin);
  return list(
    [...written.entries].map(([key, { origin }]) => scalar(key, origin.key === undefined ? origin : { ...origin, span: origin.key })),
    written.origin,
  );
}

/** Which server the name may have meant; null where one of that name is in sight, or none is that could have been meant. */
function server(name: Node | undefined, workload: KubernetesObject, unit: Unit): Node {
  const wanted = text(name);
  const origin = name?.origin ?? workload.node.origin;
  if (name?.kind === "unknown") return name;
  return wanted === undefined || wanted === ""
    ? scalar(null, origin)
    : meant(wanted, name as Node, workload, [...ofKind(unit, "NatsCluster"), ...ofKind(unit, "Service")]);
}

/** Where nothing of the name is in the namespace: what is called almost so, and where else something is called so. */
export function meant(wanted: string, name: Node, beside: KubernetesObject, candidates: readonly KubernetesObject[]): Node {
  const here = candidates.filter((one) => together(one, beside));
  if (here.some((one) => one.name === wanted || one.name === null)) return scalar(null, name.origin);
  const others = candidates.filter((one) => one.name === wanted && !together(one, beside));
  const near = here.find((one) => one.kind === "NatsCluster" && distance(one.name ?? "", wanted) <= (wanted.length > 5 ? 2 : 1));
  if (others.length === 0 && near === undefined) return scalar(null, name.origin);
  return map(
    [
      ["near", scalar(near?.name ?? null, name.origin)],
      ["namespace", scalar(others[0]?.namespace ?? null, name.origin)],
    ],
    name.origin,
  );
}

/** The same as entries of a map, unset where nothing is meant. */
export function meantEntries(node: Node): readonly (readonly [string, Node])[] {
  return node.kind === "map" ? [...node.entries] : isUnset(node) ? [] : ["near", "namespace"].map((key) => [key, node] as const);
}
