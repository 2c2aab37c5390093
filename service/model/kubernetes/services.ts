// Services that lead to a server, and what of the server each of their ports reaches.

import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { optional } from "./directories.ts";
import type { Listening } from "./listening.ts";
import { balanced, loadBalancer } from "./load-balancer.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { otherPods } from "./selected-pods.ts";
import { selects } from "./selectors.ts";

/** A Service that certainly selects a workload's pods, and the same as the model lists it. */
export interface ServerService {
  readonly object: KubernetesObject;
  readonly node: MapNode;
}

/** The Services of the unit that certainly select the workload's pods. */
export function servicesOf(workload: KubernetesObject, pods: PodTemplate, unit: Unit, listening: Listening): ServerService[] {
  return ofKind(unit, "Service")
    .filter((one) => together(one, workload))
    .filter((one) => selectsPods(at(one.node, "spec", "selector"), pods, workload) === true)
    .map((one) => ({ object: one, node: service(one, workload, pods, unit, listening) }));
}

/** The label that a StatefulSet gives to each of its pods. */
const POD_NAME = "statefulset.kubernetes.io/pod-name";

/** Does a Service's selector match the pods, or one of those that a StatefulSet numbers? */
export function selectsPods(selector: Node | undefined, pods: PodTemplate, workload: KubernetesObject): boolean | undefined {
  const single = selector?.kind === "map" && workload.kind === "StatefulSet" ? selector.entries.get(POD_NAME) : undefined;
  if (selector?.kind !== "map" || single === undefined) return selects(selector, pods.labels, "service");
  const name = text(single);
  if (name === undefined || workload.name === null) return undefined;
  if (!name.startsWith(`${workload.name}-`) || !/^\d+$/.test(name.slice(workload.name.length + 1))) return false;
  const others = new Map([...selector.entries].filter(([key]) => key !== POD_NAME));
  return others.size === 0 || selects({ ...selector, entries: others }, pods.labels, "service");
}

function service({ node }: KubernetesObject, workload: KubernetesObject, pods: PodTemplate, unit: Unit, listening: Listening): MapNode {
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
      ...optional("topologyKeys", at(spec, "topologyKeys")),
      ["loadBalancer", loadBalancer(node)],
      ["otherPods", otherPods(node, workload, pods, unit)],
      [
        "ports",
        ports?.kind === "list"
          ? list(
              ports.items.map((one) => port(one, node, pods.spec, listening)),
              ports.origin,
            )
          : (ports ?? list([], node.origin)),
      ],
    ],
    node.origin,
  );
}

function port(node: Node, service: MapNode, pod: MapNode, listening: Listening): Node {
  if (node.kind !== "map") return node;
  const { origin } = node;
  const number = targetNumber(node, pod);
  const known = number?.kind === "scalar" && typeof number.value === "number" ? number.value : undefined;
  const { tls, http } = balanced(service, node);
  return {
    ...node,
    entries: new Map([
      ...node.entries,
      ["number", number ?? scalar(null, origin)],
      ["listener", number?.kind === "unknown" ? number : answering(known, node, service, pod, listening)],
      ["listens", listens(node, known, listening)],
      ["tls", tls],
      ["http", http],
    ]),
  };
}

/** The pods' port behind one of a Service: undefined where it is named after none of theirs. */
function targetNumber(port: MapNode, pod: MapNode): Node | undefined {
  const written = port.entries.get("targetPort");
  const target = isUnset(written) || (written?.kind === "scalar" && written.value === 0) ? port.entries.get("port") : written;
  const name = text(target);
  return name === undefined || /^\d+$/.test(name) ? (name === undefined ? target : scalar(Number(name), (target as Node).origin)) : containerPort(name, pod);
}

/** What answers at a number: a listener, something beside the server, or nothing. */
function answering(number: number | undefined, port: MapNode, service: MapNode, pod: MapNode, listening: Listening): Node {
  const { origin } = port;
  const listener = number === undefined ? undefined : listening.byPort.get(number);
  if (listener !== undefined) return scalar(listener, origin);
  const other = number === undefined ? undefined : besideServer(number, pod, listening);
  if (other !== undefined) return other;
  if (!listening.complete) return unknown("what the server listens to is not all known", origin);
  if (ofChart(service)) return unknown("the chart lists the port whatever runs", origin);
  const names = port.entries.get("protocol");
  return isUnset(names) || text(names) === "TCP" ? scalar(null, origin) : unknown("it is no port of TCP", origin);
}

/** Did a chart write it? Its values and its rendering say so by the same labels. */
function ofChart(service: MapNode): boolean {
  return ["helm.sh/chart", "chart"].some((label) => at(service, "metadata", "labels", label) !== undefined);
}

/** Containers of which it is known that nobody asks them anything, or that they say what they listen to. */
const SILENT = /reloader|boot-?config/;

/** What another container says to answer there, or may: one that declares no ports at all. */
function besideServer(number: number, pod: MapNode, listening: Listening): Node | undefined {
  const containers = at(pod, "containers");
  const others = containers?.kind === "list" ? containers.items.filter((one) => one !== listening.container) : [];
  const declared = (one: Node): readonly Node[] => {
    const ports = at(one, "ports");
    return ports?.kind === "list" ? ports.items : ports?.kind === "unknown" ? [ports] : [];
  };
  const own = others.find((one) => declared(one).some((port) => numberOf(at(port, "containerPort")) === number));
  if (own !== undefined) return scalar(/exporter/.test(`${text(at(own, "image"))} ${text(at(own, "name"))}`) ? "metrics" : "other", own.origin);
  const open = others.find((one) => {
    const ports = declared(one);
    return one.kind === "unknown" || ports.some((port) => port.kind === "unknown") || (ports.length === 0 && !SILENT.test(text(at(one, "image")) ?? ""));
  });
  return open === undefined ? undefined : unknown("another container may listen there", open.origin);
}

/** Names that people give to ports, and the numbers that they are used to. */
const MEANT: readonly (readonly [RegExp, readonly number[], string])[] = [
  [/^(?:tcp-)?(?:nats-)?clients?$|^(?:tcp-)?nats$/, [4222], "client"],
  [/^(?:tcp-)?(?:nats-)?(?:cluster|routes?)$/, [6222], "cluster"],
  [/^(?:tcp-|http-)?(?:nats-)?monitor(?:ing)?$/, [8222], "monitor"],
  [/^(?:tcp-)?(?:nats-)?leaf(?:nodes?)?$/, [7422], "leafnodes"],
  [/^(?:tcp-)?(?:nats-)?gateways?$/, [7222, 7522], "gateway"],
  [/^(?:nats-)?(?:websocket|ws|wss)$/, [], "websocket"],
  [/^(?:tcp-)?(?:nats-)?mqtts?$/, [1883, 8883], "mqtt"],
];

/** Where the listener that the port is meant for listens; null where it is off, or nothing tells which is meant. */
function listens(port: MapNode, number: number | undefined, { byPort, complete }: Listening): Node {
  const { origin } = port;
  const names = [text(port.entries.get("name")), text(port.entries.get("targetPort"))];
  const numbers = [number, numberOf(port.entries.get("port"))];
  const meant =
    MEANT.find(([name]) => names.some((one) => one !== undefined && name.test(one))) ??
    MEANT.find(([, usual]) => numbers.some((one) => one !== undefined && usual.includes(one)));
  const found = meant === undefined ? undefined : [...byPort].find(([, listener]) => listener === meant[2]);
  if (found !== undefined) return scalar(found[0], origin);
  return complete ? scalar(null, origin) : unknown("what the server listens to is not all known", origin);
}

/** The number of a named port of any container; undefined when no container has that name, unknown where one may. */
export function containerPort(name: string, pod: MapNode): Node | undefined {
  const containers = at(pod, "containers");
  if (containers?.kind === "unknown") return containers;
  let open: Node | undefined;
  for (const container of containers?.kind === "list" ? containers.items : []) {
    const ports = at(container, "ports");
    if (container.kind === "unknown" || ports?.kind === "unknown") open ??= container.kind === "unknown" ? container : ports;
    for (const one of ports?.kind === "list" ? ports.items : []) {
      if (one.kind === "unknown" || at(one, "name")?.kind === "unknown") open ??= one.kind === "unknown" ? one : at(one, "name");
      if (text(at(one, "name")) === name) return at(one, "containerPort");
    }
  }
  return open;
}

function numberOf(node: Node | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}
