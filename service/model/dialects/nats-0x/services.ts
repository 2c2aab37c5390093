// What stands beside the StatefulSet of the 0.x nats chart: Service, disruption budget, network policy, monitor.

import type { MapNode, Node } from "../../../document/node.ts";
import { monitorWithoutExporter, type Unread } from "../rendering.ts";
import { both, type Decision, not, truth, type Written } from "../template.ts";
import { clientPort, clientPortName, metricsPortName } from "./containers.ts";
import { expanded } from "./embedded-template.ts";
import { annotations, chartLabel, metadata, selectorLabels } from "./labels.ts";
import { fullnameOf, nameOf, namespaceOf, named } from "./names.ts";
import { object } from "./object.ts";
import { plain, quoted } from "./printed.ts";
import { from, get, given, is, mapped, orElse, pick, pickDecision, type Scope, some, spliced, union, when, withTrue } from "./scope.ts";

/** The headless Service: it lists the ports of leaf nodes and gateways also while both are off. */
export function service(scope: Scope): MapNode {
  const { write } = scope;
  const [found] = object(scope, true, {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(scope, fullnameOf(scope), {
      annotations: annotations(
        scope,
        from(scope, "0.8.0", () => get(scope, "serviceAnnotations")),
      ),
    }),
    spec: {
      selector: selectorLabels(scope),
      clusterIP: "None",
      publishNotReadyAddresses: from(scope, "0.13.2", () => true),
      topologyKeys: from(scope, "0.7.5", () => given(scope, "topologyKeys")),
      ports: servicePorts(scope),
    },
  });
  return found ?? (write({}) as MapNode);
}

function servicePorts(scope: Scope): readonly Written[] {
  const value = (...path: string[]): Node => plain(scope.title, get(scope, ...path), scope.write);
  // From 0.17.1 on it depends on the version of Kubernetes; every one that people run has it.
  const typed = both(
    scope.since("0.8.2"),
    pickDecision(
      scope,
      "0.17.1",
      () => true,
      () => is(scope, "appProtocol", "enabled"),
    ),
  );
  const port = (name: Written, number: Written, protocol: string): Written => ({ name, port: number, appProtocol: when(scope, typed, () => protocol) });
  const listener = (part: string, number: number): Written =>
    pick(
      scope,
      "0.15.0",
      () => value(part, "port"),
      () => number,
    );
  return [
    ...some(both(scope.since("0.8.0"), is(scope, "websocket", "enabled")), () => [port("websocket", value("websocket", "port"), "tcp")]),
    ...some(both(scope.since("0.8.7"), is(scope, "nats", "profiling", "enabled")), () => [port("profiling", value("nats", "profiling", "port"), "http")]),
    port(clientPortName(scope), clientPort(scope), "tcp"),
    port("cluster", 6222, "tcp"),
    port("monitor", 8222, "http"),
    port(metricsPortName(scope), 7777, "http"),
    port("leafnodes", listener("leafnodes", 7422), "tcp"),
    port("gateways", listener("gateway", 7522), "tcp"),
    ...some(both(scope.since("0.8.2"), is(scope, "mqtt", "enabled")), () => [port("mqtt", 1883, "tcp")]),
  ];
}

/** Any content of the values was enough until 0.13.2; later it is switched on, and on by default. */
export function disruptionBudget(scope: Scope): readonly MapNode[] {
  const own = get(scope, "podDisruptionBudget");
  const exists = pickDecision(
    scope,
    "0.14.0",
    () => is(scope, "podDisruptionBudget", "enabled"),
    () => both(scope.since("0.8.0"), truth(own)),
  );
  const limit = (key: string): Node | undefined => withTrue(get(scope, "podDisruptionBudget", key), (node) => plain(scope.title, node, scope.write));
  return object(scope, exists, {
    apiVersion: pick(
      scope,
      "0.14.0",
      () => "policy/v1",
      () => "policy/v1beta1",
    ),
    kind: "PodDisruptionBudget",
    metadata: metadata(scope, fullnameOf(scope)),
    spec: { minAvailable: limit("minAvailable"), maxUnavailable: limit("maxUnavailable"), selector: { matchLabels: selectorLabels(scope) } },
  });
}

export function networkPolicy(scope: Scope): readonly MapNode[] {
  const { write } = scope;
  const own = (key: string): Node | undefined => get(scope, "networkPolicy", key);
  const extra = (key: string): readonly Written[] => spliced(withTrue(own(key), (node) => expanded(scope, node)));
  const texts = (node: Node | undefined): Node | undefined =>
    pick(
      scope,
      "0.13.2",
      () => node,
      () => mapped(node, (value) => quoted(scope.title, value, write)),
    );
  const pods = { podSelector: { matchLabels: selectorLabels(scope) } };
  const otherSpaces = (): readonly Written[] => [
    {
      namespaceSelector: { matchLabels: texts(own("ingressNSMatchLabels")) },
      podSelector: withTrue(own("ingressNSPodMatchLabels"), (node) => write({ matchLabels: texts(node) })),
    },
  ];
  const clients = { podSelector: { matchLabels: clientLabel(scope) } };
  return object(scope, both(scope.since("0.8.10"), is(scope, "networkPolicy", "enabled")), {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(scope, fullnameOf(scope)),
    spec: {
      ...pods,
      policyTypes: ["Ingress", "Egress"],
      egress: [{ ports: [{ port: 53, protocol: "UDP" }] }, { ports: policyPorts(scope), to: [pods] }, ...extra("extraEgress")],
      ingress: [
        {
          ports: policyPorts(scope),
          from: when(scope, not(truth(own("allowExternal"))), () => [clients, pods, ...some(truth(own("ingressNSMatchLabels")), otherSpaces)]),
        },
        ...extra("extraIngress"),
      ],
    },
  });
}

/** Clients inside carry a label whose name the release makes. */
function clientLabel(scope: Scope): Node {
  const name = named(scope, "-client");
  return name.kind === "scalar" ? scope.write({ [String(name.value)]: "true" }) : name;
}

function policyPorts(scope: Scope): readonly Written[] {
  const value = (...path: string[]): Node => plain(scope.title, get(scope, ...path), scope.write);
  const chosen = (port: () => Written, fixed: number): Written => pick(scope, "0.15.0", port, () => fixed);
  const numbers = [
    chosen(() => value("nats", "client", "port"), 4222),
    6222,
    8222,
    7777,
    chosen(() => value("leafnodes", "port"), 7422),
    chosen(() => value("gateway", "port"), 7522),
  ];
  return numbers.map((port) => ({ port, protocol: "TCP" }));
}

/** A monitor that is asked for is not written while there is no exporter. */
export function unreadMonitor(scope: Scope): readonly Unread[] {
  const path = ["exporter", "serviceMonitor", "enabled"] as const;
  const wanted = both(scope.since("0.7.0"), is(scope, ...path));
  return monitorWithoutExporter(path.join("."), get(scope, ...path), wanted, is(scope, "exporter", "enabled"));
}

export function serviceMonitor(scope: Scope): readonly MapNode[] {
  const own = (key: string): Node | undefined => given(scope, "exporter", "serviceMonitor", key);
  const { write } = scope;
  const exists: Decision = both(scope.since("0.7.0"), both(is(scope, "exporter", "enabled"), is(scope, "exporter", "serviceMonitor", "enabled")));
  return object(scope, exists, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: {
      name: fullnameOf(scope),
      namespace: orElse(own("namespace"), () => namespaceOf(scope)),
      labels: annotations(scope, own("labels")),
      annotations: annotations(scope, own("annotations")),
    },
    spec: {
      endpoints: [{ port: metricsPortName(scope), path: own("path"), interval: own("interval"), scrapeTimeout: own("scrapeTimeout") }],
      namespaceSelector: { any: true },
      selector: { matchLabels: monitorLabels(scope, write) },
    },
  });
}

function monitorLabels(scope: Scope, write: Scope["write"]): Node {
  return pick(
    scope,
    "0.8.0",
    () => selectorLabels(scope),
    () => union(write, write({ app: nameOf(scope), chart: chartLabel(scope) })),
  ) as Node;
}
