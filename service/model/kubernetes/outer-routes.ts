// Objects that lead from outside to Services: Ingresses, the routes of the Gateway API, of Istio and of Traefik.

import { at, isUnset, type MapNode, members, type Node, text } from "../../document/node.ts";
import type { KubernetesObject } from "./objects.ts";

/** One way from an object to a port of a Service. */
export interface OuterRoute {
  readonly object: KubernetesObject;
  readonly service: Node | undefined;
  /** The port's name or number. */
  readonly port: Node | undefined;
  /** Where a person changes it. */
  readonly place: Node;
  /** Does it take what comes for HTTP? */
  readonly http: boolean;
  /** Does it end TLS? */
  readonly tls: boolean;
  /** Does it ask who comes, or from where? */
  readonly guarded: boolean;
  /** Does it lead nowhere but around in the cluster? */
  readonly internal: boolean;
}

/** The ways of all objects. */
export function outerRoutes(objects: readonly KubernetesObject[]): OuterRoute[] {
  return objects.flatMap((object) => READERS[object.kind]?.(object) ?? []);
}

const READERS: Readonly<Record<string, (object: KubernetesObject) => OuterRoute[]>> = {
  Ingress: ingress,
  HTTPRoute: (object) => gatewayRoute(object, true),
  GRPCRoute: (object) => gatewayRoute(object, true),
  TCPRoute: (object) => gatewayRoute(object, false),
  TLSRoute: (object) => gatewayRoute(object, false),
  VirtualService: virtualService,
  IngressRoute: (object) => traefik(object, true),
  IngressRouteTCP: (object) => traefik(object, false),
};

/** Their kinds. */
export const OUTER_ROUTES: readonly string[] = Object.keys(READERS);

/** Whoever speaks HTTP in front of NATS may ask for a password, or look at addresses. */
const GUARDS = /auth|white-?list|allow-?list|middlewares|source-range/i;

function ingress(object: KubernetesObject): OuterRoute[] {
  const { node } = object;
  if (!/^(?:networking\.k8s\.io|extensions)\//.test(text(at(node, "apiVersion")) ?? "")) return [];
  const annotations = at(node, "metadata", "annotations");
  const tls = at(node, "spec", "tls");
  // With TLS passed through it is a balancer of connections.
  const isPassed = hasKey(annotations, /ssl-passthrough$/, /^(?!false$)/);
  const backends = [
    at(node, "spec", "defaultBackend") ?? at(node, "spec", "backend"),
    ...members(at(node, "spec", "rules")).flatMap((rule) => members(at(rule, "http", "paths")).map((path) => at(path, "backend"))),
  ];
  return backends.flatMap((backend) => {
    if (backend?.kind !== "map") return [];
    const service = at(backend, "service", "name") ?? at(backend, "serviceName");
    const port = at(backend, "service", "port", "name") ?? at(backend, "service", "port", "number") ?? at(backend, "servicePort");
    return [
      {
        object,
        service,
        port,
        place: placeOf(port ?? backend, node),
        http: !isPassed,
        tls: !isUnset(tls) && !isPassed,
        guarded: hasKey(annotations, GUARDS),
        internal: isInner(annotations, text(at(node, "spec", "ingressClassName"))),
      },
    ];
  });
}

/** Does who reaches an Ingress have to be inside already? Tailscale's is for its own network, unless its funnel is open. */
function isInner(annotations: Node | undefined, name: string | undefined): boolean {
  if (hasKey(annotations, /scheme$|ingress-type$|load-balancer-type$/, /^internal$/i)) return true;
  const isTailscale = name === "tailscale" || hasKey(annotations, /ingress\.class$/, /^tailscale$/);
  if (isTailscale) return !hasKey(annotations, /^tailscale\.com\/funnel$/, /^true$/);
  return INNER.test(name ?? "") || hasKey(annotations, /ingress\.class$/, INNER);
}

/** Names of Ingress classes and Gateways that say whom they are for. */
const INNER = /internal|intranet|private/i;

function gatewayRoute(object: KubernetesObject, http: boolean): OuterRoute[] {
  const parents = members(at(object.node, "spec", "parentRefs")).map((one) => text(at(one, "name")) ?? "");
  const base = { object, http, tls: http, guarded: false, internal: parents.length > 0 && parents.every((one) => INNER.test(one)) };
  return members(at(object.node, "spec", "rules")).flatMap((rule) =>
    members(at(rule, "backendRefs"))
      .filter((one) => isUnset(at(one, "kind")) || text(at(one, "kind")) === "Service")
      .map((one) => ({ ...base, service: at(one, "name"), port: at(one, "port"), place: at(one, "port") ?? one })),
  );
}

/** Without a gateway it is for the mesh alone. */
function virtualService(object: KubernetesObject): OuterRoute[] {
  const gateways = members(at(object.node, "spec", "gateways")).map(text);
  const internal = gateways.every((one) => one === "mesh");
  return ["http", "tcp", "tls"].flatMap((protocol) =>
    members(at(object.node, "spec", protocol)).flatMap((route) =>
      members(at(route, "route")).map((one) => {
        const port = at(one, "destination", "port", "number");
        const host = at(one, "destination", "host");
        const base = { object, http: protocol === "http", tls: false, guarded: false, internal };
        return { ...base, service: hostOf(host), port, place: port ?? host ?? one };
      }),
    ),
  );
}

function traefik(object: KubernetesObject, http: boolean): OuterRoute[] {
  const { node } = object;
  const tls = !isUnset(at(node, "spec", "tls")) && at(node, "spec", "tls", "passthrough") === undefined;
  return members(at(node, "spec", "routes")).flatMap((route) =>
    members(at(route, "services")).map((one) => {
      const base = { object, http, tls, guarded: !isUnset(at(route, "middlewares")), internal: false };
      return { ...base, service: at(one, "name"), port: at(one, "port"), place: at(one, "port") ?? one };
    }),
  );
}

/** `nats.messaging.svc.cluster.local` is the Service `nats`. */
function hostOf(node: Node | undefined): Node | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? { ...node, value: node.value.split(".")[0] ?? "" } : node;
}

/** What a chart's template wrote is changed where the object is switched on. */
function placeOf(written: Node, object: MapNode): Node {
  return written.origin.via?.some((one) => one.kind === "template") === true ? object : written;
}

function hasKey(annotations: Node | undefined, key: RegExp, value = /(?:)/): boolean {
  if (annotations?.kind !== "map") return annotations?.kind === "unknown";
  return [...annotations.entries].some(([name, node]) => key.test(name) && (node.kind !== "scalar" || value.test(String(node.value))));
}
