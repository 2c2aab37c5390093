// Services and network policies that people wrote for a server, and that select nothing at all.

import { posix } from "node:path";
import { at, list, map, type MapNode, members, type Node, scalar, text } from "../../document/node.ts";
import type { Part } from "../parts.ts";
import type { Listening } from "./listening.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";
import { type PodTemplate, podTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";
import { selectsPods } from "./services.ts";

/** A server with what its Services and policies would be known by. */
export interface Wanted {
  readonly kind: "nats" | "stan";
  readonly workload: KubernetesObject;
  readonly pods: PodTemplate;
  readonly unit: Unit;
  readonly listening: Listening;
}

/** What the model says of a unit's strays. They are nobody's, so one server of the unit tells of them. */
export function strays(wanted: () => Wanted): readonly Part[] {
  return [
    ["strayServices", () => strayServices(wanted())],
    ["strayPolicies", () => strayPolicies(wanted())],
  ];
}

const USUAL_PORTS: readonly number[] = [4222, 6222, 7222, 7422, 7522, 8222];

/** Labels that tell releases of one chart apart: a Service may well be for another one. */
const OF_RELEASE = new Set(["app.kubernetes.io/instance", "release"]);

/** The model's `strayServices`: Services that are meant for the server by name and port, and certainly select no pods in sight. */
function strayServices(wanted: Wanted): Node {
  const { workload, unit } = wanted;
  const found = ofKind(unit, "Service").flatMap((one) => {
    const selector = at(one.node, "spec", "selector");
    if (selector?.kind !== "map" || selector.incomplete !== undefined || selector.entries.size === 0 || !isMeant(one, wanted)) return [];
    const isFree = allPods(unit).every(([other, pods]) => !together(one, other) || selectsPods(selector, pods, other) === false);
    const why = isFree ? difference(one, selector, wanted) : undefined;
    return why === undefined ? [] : [map(why, selector.origin)];
  });
  return list(found, workload.node.origin);
}

/**
 * Is it the server's own: beside it in one file, or called like it; beside values of nats, whatever has the name and the
 * ports. In another folder it may be for servers that are not in sight here.
 */
function isMeant(one: KubernetesObject, { workload, listening, kind }: Wanted): boolean {
  const { origin } = one.node;
  if (isRendered(one.node) || text(at(one.node, "spec", "type")) === "ExternalName") return false;
  const named = [workload.name, text(at(workload.node, "spec", "serviceName"))];
  const isBesideValues = isRendered(workload.node) && kind === "nats" && isInFolder(one, workload);
  const isNear = isBesideValues || origin.path === workload.node.origin.path || (one.name !== null && named.includes(one.name));
  const selector = at(one.node, "spec", "selector");
  const words = [one.name, ...(selector?.kind === "map" ? [...selector.entries.values()].map(text) : [])].join(" ");
  const ports = members(at(one.node, "spec", "ports")).flatMap((port) => [at(port, "port"), at(port, "targetPort")]);
  return isNear && /nats/i.test(words) && !/stan\b|streaming/i.test(words) && ports.some((port) => isOurs(port, listening));
}

/** In which way the selector passes the pods by; undefined where it may be for another release. */
function difference(one: KubernetesObject, selector: MapNode, { workload, pods }: Wanted): readonly [string, Node][] | undefined {
  const labels = pods.labels;
  if (!together(one, workload)) {
    if (selects(selector, labels, "service") !== true) return undefined;
    const said = at(one.node, "metadata", "namespace") ?? selector;
    return [
      ["by", scalar("namespace", said.origin)],
      ["label", scalar(one.namespace, said.origin)],
      ["has", scalar(workload.namespace, said.origin)],
    ];
  }
  if (labels?.kind !== "map" || labels.incomplete !== undefined) return undefined;
  for (const [key, value] of selector.entries) {
    const own = labels.entries.get(key);
    if (OF_RELEASE.has(key) || value.kind !== "scalar" || (own !== undefined && own.kind !== "scalar")) continue;
    if (own !== undefined && String(own.value) === String(value.value)) continue;
    return [
      ["by", scalar("label", value.origin)],
      ["label", scalar(`${key}: ${value.value}`, value.origin)],
      ["has", scalar(own === undefined ? null : `${key}: ${own.value}`, value.origin)],
    ];
  }
  return undefined;
}

/** The model's `strayPolicies`: policies that let somebody in at the server's ports, and certainly select no pods in sight. */
function strayPolicies({ workload, unit, listening, kind }: Wanted): Node {
  const found = ofKind(unit, "NetworkPolicy").filter((one) => {
    const selector = at(one.node, "spec", "podSelector");
    if (isRendered(one.node) || selector?.kind !== "map" || !/nats/i.test(one.name ?? "") || !isInFolder(one, workload)) return false;
    if (isRendered(workload.node) && kind !== "nats") return false;
    const ports = members(at(one.node, "spec", "ingress")).flatMap((rule) => members(at(rule, "ports")).map((port) => at(port, "port")));
    if (!ports.some((port) => isOurs(port, listening))) return false;
    return allPods(unit).every(([other, pods]) => !together(one, other) || selects(selector, pods.labels, "labelSelector") === false);
  });
  return list(
    found.map((one) => map([["name", scalar(one.name, one.node.origin)]], (at(one.node, "spec", "podSelector") ?? one.node).origin)),
    workload.node.origin,
  );
}

function isInFolder(one: KubernetesObject, workload: KubernetesObject): boolean {
  return posix.dirname(one.node.origin.path) === posix.dirname(workload.node.origin.path);
}

function allPods(unit: Unit): readonly (readonly [KubernetesObject, PodTemplate])[] {
  return unit.objects.flatMap((one) => {
    const pods = podTemplate(one);
    return pods === null ? [] : [[one, pods] as const];
  });
}

function isOurs(port: Node | undefined, { byPort }: Listening): boolean {
  return port?.kind === "scalar" && typeof port.value === "number" && (byPort.has(port.value) || USUAL_PORTS.includes(port.value));
}

/** What a chart writes, nobody misspelt. */
function isRendered(node: Node): boolean {
  return node.origin.via?.some((one) => one.kind === "template") === true;
}
