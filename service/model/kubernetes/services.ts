// Services that lead to a server, and what of the server each of their ports reaches.

import { at, list, map, type MapNode, type Node, scalar, text } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";

/** Which listener of the server has which port, from the configuration; a port that is not known is left out. */
export function listeners(config: Node, complete: boolean): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const add = (node: Node | undefined, name: string, standard: number | undefined): void => {
    if (node === undefined && standard !== undefined && complete) found.set(standard, name);
    else if (node?.kind === "scalar" && typeof node.value === "number" && node.value > 0) found.set(node.value, name);
  };
  add(at(config, "port"), "client", 4222);
  for (const block of ["cluster", "gateway", "leafnodes", "websocket", "mqtt"]) {
    const node = at(config, block) ?? at(config, block === "leafnodes" ? "leaf" : block === "websocket" ? "ws" : block);
    if (node?.kind === "map") add(node.entries.get("port"), block, undefined);
  }
  add(at(config, "http_port") ?? at(config, "monitor_port"), "monitor", undefined);
  add(at(config, "https_port"), "monitor", undefined);
  add(at(config, "prof_port"), "profiling", undefined);
  return found;
}

/** The Services of the unit that certainly select the workload's pods, as the model lists them. */
export function servicesOf(workload: KubernetesObject, pods: PodTemplate, unit: Unit, ports: ReadonlyMap<number, string>): Node[] {
  return ofKind(unit, "Service")
    .filter((one) => together(one, workload))
    .filter((one) => selects(at(one.node, "spec", "selector"), pods.labels, "service") === true)
    .map((one) => service(one.node, pods.spec, ports));
}

function service(node: MapNode, pod: MapNode, listening: ReadonlyMap<number, string>): Node {
  const spec = at(node, "spec");
  const ports = at(spec, "ports");
  return map(
    [
      ...optional("name", at(node, "metadata", "name")),
      ["type", at(spec, "type") ?? scalar("ClusterIP", node.origin)],
      ...optional("clusterIP", at(spec, "clusterIP")),
      ...optional("publishNotReadyAddresses", at(spec, "publishNotReadyAddresses")),
      ...optional("annotations", at(node, "metadata", "annotations")),
      ...optional("loadBalancerSourceRanges", at(spec, "loadBalancerSourceRanges")),
      [
        "ports",
        ports?.kind === "list"
          ? list(
              ports.items.map((one) => port(one, pod, listening)),
              ports.origin,
            )
          : (ports ?? list([], node.origin)),
      ],
    ],
    node.origin,
  );
}

function port(node: Node, pod: MapNode, listening: ReadonlyMap<number, string>): Node {
  if (node.kind !== "map") return node;
  const target = node.entries.get("targetPort") ?? node.entries.get("port");
  const number = target?.kind === "scalar" ? (typeof target.value === "number" ? target.value : containerPort(text(target), pod)) : undefined;
  const listener = number === undefined ? undefined : listening.get(number);
  return { ...node, entries: new Map([...node.entries, ["listener", scalar(listener ?? null, node.origin)]]) };
}

/** The number of a named port of any container; undefined when no container has that name. */
function containerPort(name: string | undefined, pod: MapNode): number | undefined {
  const containers = at(pod, "containers");
  for (const container of containers?.kind === "list" ? containers.items : []) {
    const ports = at(container, "ports");
    for (const one of ports?.kind === "list" ? ports.items : []) {
      const number = at(one, "containerPort");
      if (text(at(one, "name")) === name && number?.kind === "scalar" && typeof number.value === "number") return number.value;
    }
  }
  return undefined;
}
