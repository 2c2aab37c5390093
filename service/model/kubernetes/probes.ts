// A server's probes, each with what of the server answers it.

import { at, isUnset, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { isReloader } from "./shutdown.ts";

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];

/** The container's probes with `target`; `config` is the server's configuration and `listening` what of it has which port. */
export function probes(container: MapNode, pod: MapNode, config: Node, listening: ReadonlyMap<number, string>): [string, Node][] {
  return PROBES.flatMap((key): [string, Node][] => {
    const node = at(container, key);
    if (node?.kind !== "map") return node === undefined ? [] : [[key, node]];
    return [[key, { ...node, entries: new Map([...node.entries, ["target", target(node, { container, pod, config, listening })]]) }]];
  });
}

interface Asked {
  readonly container: MapNode;
  readonly pod: MapNode;
  readonly config: Node;
  readonly listening: ReadonlyMap<number, string>;
}

function target(probe: MapNode, { container, pod, config, listening }: Asked): Node {
  const asked = [at(probe, "httpGet"), at(probe, "tcpSocket")].find((one) => !isUnset(one));
  if (asked === undefined) return scalar(null, probe.origin);
  if (asked.kind !== "map") return asked.kind === "unknown" ? asked : unknown("it is no map", asked.origin);
  const port = portOf(at(asked, "port"), container);
  const listener = port === undefined ? undefined : listening.get(port);
  const open = !isCertain(config)
    ? "the configuration is not all known"
    : port !== undefined && mayBeAnothers(port, container, pod)
      ? "another container may answer"
      : undefined;
  // A host of its own leads somewhere else than to the pod.
  const because = isUnset(at(asked, "host"))
    ? port === undefined
      ? "the port is not known"
      : listener === undefined
        ? open
        : undefined
    : "it asks another host";
  const none = (why: string): Node => unknown(why, asked.origin);
  return map(
    [
      ["port", port === undefined ? none("the port is not known") : scalar(port, asked.origin)],
      ["listener", because === undefined ? scalar(listener ?? null, asked.origin) : none(because)],
      ["loopback", because === undefined ? loopback(listener, config, asked) : none(because)],
    ],
    asked.origin,
  );
}

/** A number, or the name of one of the container's own ports. */
function portOf(port: Node | undefined, container: MapNode): number | undefined {
  if (port?.kind !== "scalar") return undefined;
  if (typeof port.value === "number") return port.value;
  const ports = at(container, "ports");
  const named = ports?.kind === "list" ? ports.items.find((one) => text(at(one, "name")) === text(port)) : undefined;
  const number = at(named, "containerPort");
  return number?.kind === "scalar" && typeof number.value === "number" ? number.value : undefined;
}

/** The containers of a pod share their ports. What says nothing of its own may have any but the server's own. */
function mayBeAnothers(port: number, container: MapNode, pod: MapNode): boolean {
  const containers = at(pod, "containers");
  if (containers?.kind !== "list") return true;
  return containers.items.some((one) => {
    if (one === container || isReloader(one)) return false;
    const ports = at(one, "ports");
    if (isUnset(ports)) return port !== MONITOR && port !== CLIENT;
    return ports?.kind !== "list" || ports.items.some((item) => at(item, "containerPort")?.kind !== "scalar" || has(item, port));
  });
}

function has(item: Node, port: number): boolean {
  const number = at(item, "containerPort");
  return number?.kind === "scalar" && number.value === port;
}

const MONITOR = 8222;
const CLIENT = 4222;

/** Is each port of the configuration known, so that one that is not there is none? */
function isCertain(config: Node): boolean {
  if (config.kind !== "map" || config.incomplete !== undefined) return false;
  const ports = ["port", "http_port", "monitor_port", "https_port", "prof_port"].map((key) => at(config, key));
  const blocks = ["cluster", "gateway", "leafnodes", "leaf", "websocket", "ws", "mqtt"].map((key) => at(config, key));
  return [...ports, ...blocks, ...blocks.map((block) => at(block, "port"))].every((one) => one?.kind !== "unknown" && !isZeroOrLess(one));
}

/** -1 lets the system choose, which may choose any. */
function isZeroOrLess(node: Node | undefined): boolean {
  return node?.kind === "scalar" && typeof node.value === "number" && node.value < 0;
}

/** Does the listener take connections from the pod itself alone? Monitoring listens where clients are listened for unless it says otherwise. */
function loopback(listener: string | undefined, config: Node, asked: Node): Node {
  if (listener !== "monitor" && listener !== "client") return scalar(false, asked.origin);
  const common = at(config, "host") ?? at(config, "net");
  const own = listener === "monitor" ? (at(config, "http") ?? at(config, "https")) : undefined;
  const said = own?.kind === "scalar" && typeof own.value === "string" ? /^(.*):-?\d+$/.exec(own.value)?.[1] : own?.kind === "unknown" ? undefined : "";
  if (said === undefined || common?.kind === "unknown") return unknown("the host is not known", asked.origin);
  const host = said === "" ? (text(common) ?? "") : said;
  return scalar(/^(?:localhost|127\.[\d.]+|\[?::1\]?)$/.test(host), asked.origin);
}
