// What stands around the server: its two Services, the WebSocket's Ingress, the PodDisruptionBudget,
// the PodMonitor and the ServiceAccount.

import type { MapNode, Node } from "../../../document/node.ts";
import { both, choose, type Decision, listed, type Written } from "../template.ts";
import { type Chart, onlyKind } from "./chart.ts";
import { PROTOCOLS } from "./config.ts";
import { isOpen } from "./containers.ts";
import { printedValue } from "./go-values.ts";
import { filledIn } from "./merge.ts";

export function headlessService(chart: Chart): MapNode {
  const write = chart.near("headlessService");
  const port = (protocol: string): Node =>
    chart.near(
      "config",
      protocol,
    )({ name: protocol, port: chart.get("config", protocol, "port") ?? null, targetPort: protocol, appProtocol: appProtocol(chart, protocol) });
  const content = write({
    apiVersion: "v1",
    kind: "Service",
    metadata: chart.metadata(chart.named("-headless", "headlessService"), "nats"),
    spec: {
      selector: chart.selector("nats"),
      clusterIP: "None",
      publishNotReadyAddresses: true,
      ports: PROTOCOLS.map((protocol) => choose(isOpen(chart, protocol), () => port(protocol))),
    },
  });
  return chart.object(content, "headlessService");
}

export function service(chart: Chart): MapNode | undefined {
  const write = chart.near("service");
  const content = write({
    apiVersion: "v1",
    kind: "Service",
    metadata: chart.metadata(chart.named("", "service"), "nats"),
    spec: { selector: chart.selector("nats"), ports: servicePorts(chart) },
  });
  return where(chart.on("service", "enabled"), content, () => chart.object(content, "service"));
}

/** The values may set any key of a port but those that the template fixes. */
function servicePorts(chart: Chart): Node {
  const ports = PROTOCOLS.map((protocol) =>
    choose(both(isOpen(chart, protocol), chart.on("service", "ports", protocol, "enabled")), () => {
      const near = chart.near("service", "ports", protocol);
      const fixed = near({ name: protocol, targetPort: protocol, appProtocol: appProtocol(chart, protocol) });
      const given = chart.get("service", "ports", protocol);
      const options = given?.kind === "map" ? { ...given, entries: new Map([...given.entries].filter(([key]) => key !== "enabled")) } : given;
      return filledIn(filledIn(fixed, options), near({ port: chart.get("config", protocol, "port") }));
    }),
  );
  return listed(ports, chart.near("service", "ports"));
}

function appProtocol(chart: Chart, protocol: string): Written {
  if (chart.isEarly) return undefined;
  const isHttp = protocol === "websocket" || protocol === "monitor";
  const write = chart.near("config", protocol);
  return choose(
    chart.on("config", protocol, "tls", "enabled"),
    () => write(isHttp ? "https" : "tls"),
    () => write(isHttp ? "http" : "tcp"),
  );
}

export function ingress(chart: Chart): MapNode | undefined {
  const path = ["config", "websocket", "ingress"] as const;
  const write = chart.near(...path);
  const hosts = chart.get(...path, "hosts");
  const part = (key: string): Node | null => printedValue(chart.get(...path, key)) ?? null;
  const rule = (host: Node): Written => ({
    host: printedValue(host),
    http: {
      paths: [{ path: part("path"), pathType: part("pathType"), backend: { service: { name: chart.named("", "service"), port: { name: "websocket" } } } }],
    },
  });
  const content = write({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: chart.metadata(chart.named("-ws", ...path), "nats"),
    spec: {
      ingressClassName: choose(chart.on(...path, "className"), () => part("className") ?? undefined),
      rules: hosts?.kind === "list" ? chart.from(hosts)(hosts.items.map(rule)) : (hosts ?? null),
      tls: choose(chart.on(...path, "tlsSecretName"), () =>
        chart.near(...path, "tlsSecretName")([{ secretName: part("tlsSecretName"), hosts: hosts ?? null }]),
      ),
    },
  });
  const isServed = both(chart.on("service", "enabled"), chart.on("service", "ports", "websocket", "enabled"));
  const isWanted = both(chart.on(...path, "enabled"), chart.on(...path, "hosts"));
  return where(both(both(chart.on("config", "websocket", "enabled"), isServed), isWanted), content, () => chart.object(content, ...path));
}

export function podDisruptionBudget(chart: Chart): MapNode | undefined {
  if (chart.beta < 7) return undefined;
  const write = chart.near("podDisruptionBudget");
  const content = write({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: chart.metadata(chart.named("", "podDisruptionBudget"), "nats"),
    spec: { maxUnavailable: 1, selector: { matchLabels: chart.selector("nats") } },
  });
  return where(chart.on("podDisruptionBudget", "enabled"), content, () => chart.object(content, "podDisruptionBudget"));
}

export function podMonitor(chart: Chart): MapNode | undefined {
  const write = chart.near("promExporter", "podMonitor");
  const content = write({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: chart.metadata(chart.named("", "promExporter", "podMonitor"), "nats"),
    spec: { selector: { matchLabels: chart.selector("nats") }, podMetricsEndpoints: [{ port: "prom-metrics" }] },
  });
  const isOn = both(chart.on("promExporter", "enabled"), chart.on("promExporter", "podMonitor", "enabled"));
  return where(isOn, content, () => chart.object(content, "promExporter", "podMonitor"));
}

export function serviceAccount(chart: Chart): MapNode | undefined {
  const name = chart.named("", "serviceAccount");
  const content = chart.near("serviceAccount")({ apiVersion: "v1", kind: "ServiceAccount", metadata: chart.metadata(name, "nats") });
  return where(chart.on("serviceAccount", "enabled"), content, () => chart.object(content, "serviceAccount"));
}

/** An object that is there, is not, or of which only the kind is known because that is not known. */
export function where(decision: Decision, content: Node, make: () => MapNode): MapNode | undefined {
  if (typeof decision === "boolean") return decision ? make() : undefined;
  return onlyKind(content, decision.because);
}
