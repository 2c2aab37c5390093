// What stands around the server in Bitnami's charts from 7.0.0 on: one Service for all ports, a headless one,
// policies and an account. The Ingress is the same from 6.0.0 on.

import { list, type MapNode, type Node, at } from "../../../document/node.ts";
import { goText } from "../nats-0x/printed.ts";
import { both, choose, type Decision, either, not, truth, type Written } from "../template.ts";
import { type Chart, metadata, objectIf, type Path, selectorLabels } from "./chart.ts";
import { serviceAccountName } from "./common-workload.ts";
import { isStatefulSet } from "./conf.ts";
import { clientLabel, type Role } from "./objects.ts";

const ROLES: readonly Role[] = ["client", "cluster", "monitoring"];

/** The one Service; with a LoadBalancer it shows routes and monitoring as well as clients. */
export function commonService(chart: Chart): MapNode {
  const { get, near } = chart;
  const is = (...types: readonly string[]): Decision => types.reduce<Decision>((found, type) => either(found, chart.says(type, "service", "type")), false);
  const isBalanced = is("LoadBalancer");
  const isOutside = is("LoadBalancer", "NodePort");
  const when = (decision: Decision, key: string): Node | undefined => choose(both(decision, chart.on("service", key)), () => get("service", key));
  const extra = chart.given("service", "extraPorts");
  const ports: Written[] = ROLES.map((role) => {
    const nodePort = choose(both(isOutside, chart.on("service", "nodePorts", role)), () => get("service", "nodePorts", role));
    return { name: `tcp-${role}`, port: chart.plain("service", "ports", role), targetPort: role, nodePort };
  });
  if (extra?.kind === "list") ports.push(...extra.items);
  return near("service")({
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(chart, chart.name, chart.given("service", "annotations")),
    spec: {
      type: get("service", "type"),
      clusterIP: when(is("ClusterIP"), "clusterIP"),
      externalTrafficPolicy: choose(isOutside, () => get("service", "externalTrafficPolicy")),
      loadBalancerSourceRanges: choose(both(isBalanced, chart.on("service", "loadBalancerSourceRanges")), () => sourceRanges(chart)),
      loadBalancerIP: when(isBalanced, "loadBalancerIP"),
      sessionAffinity: chart.given("service", "sessionAffinity"),
      ports: extra?.kind === "unknown" ? extra : ports,
      selector: selectorLabels(chart),
    },
  }) as MapNode;
}

/** The template prints Go's own form of a list, `[a b]`, which YAML reads as a list of one text. */
function sourceRanges(chart: Chart): Node | undefined {
  const node = chart.get("service", "loadBalancerSourceRanges");
  if (node?.kind !== "list") return node;
  const text = goText(node);
  return typeof text === "string" ? list([chart.from(node)(text.slice(1, -1))], node.origin) : text;
}

export function commonHeadless(chart: Chart): MapNode[] {
  const write = chart.near("service", "headless");
  const ports = (path: Path): Written => ROLES.map((role) => ({ name: `tcp-${role}`, port: chart.plain(...path, role), targetPort: role }));
  const isOwn = chart.since("9.0.0");
  const make = (): Node =>
    write({
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(chart, chart.named("-headless"), chart.given("service", "headless", "annotations")),
      spec: {
        type: "ClusterIP",
        clusterIP: "None",
        ports: choose(
          isOwn,
          () => write(ports(["containerPorts"])),
          () => write(ports(["service", "ports"])),
        ),
        publishNotReadyAddresses: choose(chart.since("8.4.9"), () => chart.get("service", "headless", "publishNotReadyAddresses")),
        selector: selectorLabels(chart),
      },
    });
  return objectIf(either(not(isOwn), isStatefulSet(chart)), make);
}

export function serviceAccount(chart: Chart): MapNode[] {
  const write = chart.near("serviceAccount");
  return objectIf(both(chart.since("7.12.0"), chart.on("serviceAccount", "create")), () =>
    write({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: metadata(chart, serviceAccountName(chart), chart.given("serviceAccount", "annotations")),
      automountServiceAccountToken: chart.get("serviceAccount", "automountServiceAccountToken"),
    }),
  );
}

/** Before 7.13.0 only clients are restricted; then one rule holds for all ports, and what leaves the pods is ruled too. */
export function commonPolicy(chart: Chart): MapNode[] {
  const write = chart.near("networkPolicy");
  const isNew = chart.since("7.13.0");
  const isShut = not(chart.on("networkPolicy", "allowExternal"));
  const own = { podSelector: { matchLabels: selectorLabels(chart) } };
  const container = ROLES.map((role) => ({ port: chart.get("containerPorts", role) }));
  const metrics = choose(chart.on("metrics", "enabled"), () =>
    write({ port: chart.given("metrics", "containerPorts", "http") ?? chart.get("metrics", "containerPort") }),
  );
  const more = (key: string): readonly Node[] => members(chart.given("networkPolicy", key));
  const newer = (): Node =>
    write([
      { ports: [...container, metrics], from: choose(isShut, () => write([{ podSelector: { matchLabels: clientLabel(chart) } }, own, namespaces(chart)])) },
      ...more("extraIngress"),
    ]);
  const older = (): Node =>
    write([
      { ports: [{ port: chart.get("service", "ports", "client") }], from: choose(isShut, () => write([{ podSelector: { matchLabels: clientLabel(chart) } }])) },
      { ports: [{ port: chart.get("service", "ports", chart.since("7.3.12") === true ? "cluster" : "client") }] },
      { ports: [{ port: chart.get("service", "ports", "monitoring") }] },
      choose(both(chart.since("7.8.1"), chart.on("metrics", "enabled")), () => write({ ports: [{ port: chart.get("metrics", "service", "port") }] })),
    ]);
  const dns = {
    ports: [
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ],
  };
  const egress = (): Node | undefined =>
    choose(
      chart.on("networkPolicy", "allowExternalEgress"),
      () => write([{}]),
      () => write([dns, { ports: container, to: [own] }, ...more("extraEgress")]),
    );
  return objectIf(
    chart.on("networkPolicy", "enabled"),
    () =>
      write({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: metadata(chart, chart.name),
        spec: {
          podSelector: own.podSelector,
          policyTypes: choose(isNew, () => write(["Ingress", "Egress"])),
          egress: choose(isNew, egress),
          ingress: choose(isNew, newer, older),
        },
      }),
    [["spec"]],
  );
}

function namespaces(chart: Chart): Node | undefined {
  const spaces = chart.given("networkPolicy", "ingressNSMatchLabels");
  const pods = chart.given("networkPolicy", "ingressNSPodMatchLabels");
  if (spaces === undefined) return undefined;
  return chart.near("networkPolicy")({ namespaceSelector: { matchLabels: spaces }, podSelector: pods === undefined ? undefined : { matchLabels: pods } });
}

/** The Ingress in front of a Service's monitoring port. What nobody knows to exist is not written. */
export function commonIngress(chart: Chart, service: Node): MapNode[] {
  if (chart.on("ingress", "enabled") !== true) return [];
  const { given, near } = chart;
  const write = near("ingress");
  const backend = { service: { name: service, port: { name: chart.since("6.2.5") === false ? "monitoring" : "tcp-monitoring" } } };
  const rule = (host: Node | undefined, path: Written, pathType: Written, more: readonly Node[] = []): Written => ({
    host,
    http: { paths: [...more, { path, pathType, backend }] },
  });
  const rules: Written[] = [];
  const host = given("ingress", "hostname");
  if (host !== undefined)
    rules.push(rule(host, chart.get("ingress", "path") ?? "/", chart.get("ingress", "pathType"), members(given("ingress", "extraPaths"))));
  for (const one of members(given("ingress", "extraHosts")))
    rules.push(one.kind === "unknown" ? one : rule(at(one, "name"), at(one, "path") ?? "/", at(one, "pathType") ?? "ImplementationSpecific"));
  rules.push(...members(given("ingress", "extraRules")));
  const isSecure =
    chart.since("7.0.0") === true
      ? both(chart.on("ingress", "tls"), either(isRequested(chart), chart.on("ingress", "selfSigned")))
      : chart.on("ingress", "tls");
  const secretName = host === undefined ? undefined : host.kind === "scalar" ? chart.from(host)(`${String(host.value)}-tls`) : host;
  const own = choose(isSecure, () => near("ingress", "tls")({ hosts: [host], secretName }));
  const tls = [...(own === undefined ? [] : [own]), ...members(given("ingress", "extraTls"))];
  return [
    write({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: metadata(chart, chart.named("-monitoring"), given("ingress", "annotations")),
      spec: { ingressClassName: given("ingress", "ingressClassName"), rules, tls: tls.length > 0 ? tls : undefined },
    }) as MapNode,
  ];
}

/** Do the annotations ask cert-manager for a certificate? */
function isRequested(chart: Chart): Decision {
  const keys = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "kubernetes.io/tls-acme"];
  const answers = keys.map((key): Decision => {
    const node = chart.get("ingress", "annotations", key);
    return node?.kind === "unknown" ? truth(node) : node !== undefined;
  });
  return answers.reduce<Decision>((found, one) => either(found, one), false);
}

function members(node: Node | undefined): readonly Node[] {
  if (node?.kind === "list") return node.items;
  return node?.kind === "unknown" ? [node] : [];
}
