// By which ways strangers reach a server: Services of the two outer types, ports of the node, and what routes to its
// Services from outside. Only ways that are certain are listed.

import { at, list, map, type MapNode, members, type Node, scalar, text } from "../../document/node.ts";
import type { Span } from "../../source/position.ts";
import type { Listening } from "./listening.ts";
import { together, type KubernetesObject, type Unit } from "./objects.ts";
import { outerRoutes } from "./outer-routes.ts";
import type { ServerService } from "./services.ts";

/** The model's `exposures`. */
export function exposures(workload: KubernetesObject, pod: MapNode, unit: Unit, services: readonly ServerService[], listening: Listening): Node {
  return list([...byServices(services), ...byNode(pod, listening), ...byRoutes(workload, unit, services)], workload.node.origin);
}

function byServices(services: readonly ServerService[]): Node[] {
  return services.flatMap(({ node }) => {
    const type = at(node, "type");
    const said = text(type);
    if (type === undefined || (said !== "LoadBalancer" && said !== "NodePort")) return [];
    const internal = said === "NodePort" ? scalar(false, type.origin) : at(node, "loadBalancer", "internal");
    return members(at(node, "ports")).flatMap((port) => {
      const parts = { internal, http: at(port, "http"), tls: at(port, "tls"), guarded: at(node, "loadBalancer", "guarded") };
      return exposure(type, said, port, parts, node);
    });
  });
}

/** Ports that the pods take of their nodes, one by one or, in the node's own network, all. */
function byNode(pod: MapNode, { byPort, container }: Listening): Node[] {
  const network = at(pod, "hostNetwork");
  if (network?.kind === "scalar" && network.value === true) {
    return [...byPort].flatMap(([number, listener]) => {
      const port = map(
        [
          ["number", scalar(number, network.origin)],
          ["listener", scalar(listener, network.origin)],
        ],
        network.origin,
      );
      return exposure(network, "hostNetwork", port, {});
    });
  }
  return members(at(container, "ports")).flatMap((port) => {
    const [inside, outside] = [at(port, "containerPort"), at(port, "hostPort")];
    if (inside?.kind !== "scalar" || outside?.kind !== "scalar" || typeof outside.value !== "number" || outside.value === 0) return [];
    const listener = typeof inside.value === "number" ? byPort.get(inside.value) : undefined;
    const node = map(
      [
        ["listener", scalar(listener ?? null, port.origin)],
        ["number", inside],
      ],
      outside.origin,
    );
    return exposure(outside, "hostPort", node, {});
  });
}

function byRoutes(workload: KubernetesObject, unit: Unit, services: readonly ServerService[]): Node[] {
  return outerRoutes(unit.objects.filter((one) => together(one, workload))).flatMap((route) => {
    const service = services.find(({ object }) => object.name !== null && object.name === text(route.service) && together(object, route.object));
    if (service === undefined) return [];
    const wanted = route.port?.kind === "scalar" ? route.port.value : undefined;
    const port = members(at(service.node, "ports")).find((one) =>
      [at(one, "name"), at(one, "port")].some((part) => wanted !== undefined && part?.kind === "scalar" && part.value === wanted),
    );
    if (port === undefined) return [];
    const flag = (value: boolean): Node => scalar(value, route.place.origin);
    const { http, tls, guarded, internal } = route;
    const parts = { internal: flag(internal), http: flag(http), tls: flag(tls), guarded: flag(guarded) };
    return exposure(route.place, route.object.kind, { ...port, origin: route.place.origin }, parts);
  });
}

type Parts = Readonly<Partial<Record<"internal" | "http" | "tls" | "guarded", Node | undefined>>>;

/** One way to one listener; none where nothing is known to answer. */
function exposure(place: Node, through: string, port: Node, parts: Parts, whole?: Node): Node[] {
  const listener = at(port, "listener");
  if (text(listener) === undefined) return [];
  const none = scalar(false, place.origin);
  const number = at(port, "port") ?? at(port, "number");
  const of = (part: "internal" | "http" | "tls" | "guarded"): Node => parts[part] ?? none;
  return [
    map(
      [
        ["through", scalar(through, place.origin)],
        ["listener", scalar(text(listener) ?? null, port.origin)],
        ["port", number?.kind === "scalar" ? scalar(number.value, entryOf(number, port, place, whole).origin) : (number ?? scalar(null, port.origin))],
        ["internal", of("internal")],
        ["http", of("http")],
        ["tls", of("tls")],
        ["guarded", of("guarded")],
      ],
      place.origin,
    ),
  ];
}

/** Where a person takes the port back: at its number, at what switches it on, or where the way itself is. */
function entryOf(number: Node, port: Node, place: Node, whole: Node | undefined): Node {
  if (port.origin === place.origin) return place;
  // A chart's template writes all of a Service for one key, or each port for its own.
  const isShared = whole === undefined || whole.origin.span.start === port.origin.span.start;
  // The number may be the server's own, which the template repeats for the Service.
  const isRepeated = !isShared && port.origin.via !== undefined && !holds(port.origin.span, number.origin.span);
  if (number.origin.via === undefined && !isRepeated) return number;
  return isShared ? place : port;
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
