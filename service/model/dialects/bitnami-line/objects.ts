// What stands around the server in stable/nats, its forks and Bitnami up to 6.x: three Services and a headless one,
// an Ingress for monitoring, a NetworkPolicy, a disruption budget, and what Prometheus asks for.

import { at, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { plain } from "../nats-0x/printed.ts";
import { both, choose, type Decision, not, releaseNamespace, truth } from "../template.ts";
import { type Chart, labels, metadata, objectIf, overlaid, type Path, selectorLabels } from "./chart.ts";

export type Role = "client" | "cluster" | "monitoring";

/** One of the three Services, with its own type, port and annotations. */
export function roleService(chart: Chart, role: Role, path: Path): MapNode {
  const { get, near } = chart;
  const is = (type: string): Decision => chart.says(type, ...path, "type");
  return near(...path)({
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(chart, chart.named(`-${role}`), chart.given(...path, "annotations")),
    spec: {
      type: get(...path, "type"),
      loadBalancerIP: choose(both(is("LoadBalancer"), chart.on(...path, "loadBalancerIP")), () => get(...path, "loadBalancerIP")),
      ports: [
        {
          port: chart.plain(...path, "port"),
          targetPort: role,
          name: portName(chart, role),
          nodePort: choose(both(is("NodePort"), chart.on(...path, "nodePort")), () => get(...path, "nodePort")),
        },
      ],
      selector: selectorLabels(chart),
    },
  }) as MapNode;
}

/** The Service that names the pods. `isFixed`: does it have the standard ports whatever the values say? */
export function headlessService(chart: Chart, client: Path, cluster: Path, isFixed: Decision): MapNode {
  const write = chart.near();
  const port = (path: Path, fixed: number): Node | undefined =>
    choose(
      isFixed,
      () => write(fixed),
      () => chart.plain(...path),
    );
  return write({
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(chart, chart.named("-headless")),
    spec: {
      type: "ClusterIP",
      clusterIP: "None",
      ports: [
        { name: portName(chart, "client"), port: port(client, 4222), targetPort: "client" },
        { name: portName(chart, "cluster"), port: port(cluster, 6222), targetPort: "cluster" },
      ],
      selector: selectorLabels(chart),
    },
  }) as MapNode;
}

function portName(chart: Chart, role: string): Node | undefined {
  const write = chart.near();
  return choose(
    both(chart.isCommon, chart.since("6.2.5")),
    () => write(`tcp-${role}`),
    () => write(role),
  );
}

/** The Service in front of the exporter, and the ServiceMonitor that finds it (4.4.0 on). */
export function monitoring(chart: Chart): MapNode[] {
  const { get, near } = chart;
  const hasMetrics = both(chart.since("4.4.0"), chart.on("metrics", "enabled"));
  const component = near("metrics")({ "app.kubernetes.io/component": "metrics" });
  const write = near("metrics", "service");
  const port = portName(chart, "metrics");
  const service = (): Node =>
    write({
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(
        chart,
        chart.named("-metrics"),
        chart.given("metrics", "service", "annotations"),
        chart.given("metrics", "service", "labels"),
        component,
      ),
      spec: {
        type: get("metrics", "service", "type"),
        ports: [
          {
            name: port,
            port: choose(
              chart.isCommon,
              () => get("metrics", "service", "port"),
              () => get("metrics", "port"),
            ),
            targetPort: "metrics",
          },
        ],
        selector: selectorLabels(chart),
      },
    });
  const monitor = (): Node => serviceMonitor(chart, component, port);
  const hasMonitor = both(hasMetrics, chart.on("metrics", "serviceMonitor", "enabled"));
  return [...objectIf(hasMetrics, service, [["spec"]]), ...objectIf(hasMonitor, monitor, [["spec"]])];
}

function serviceMonitor(chart: Chart, component: Node, port: Node | undefined): Node {
  const { given, near } = chart;
  const write = near("metrics", "serviceMonitor");
  const own = given("metrics", "serviceMonitor", "selector");
  const isSelecting = chart.since("6.4.10");
  const selector = overlaid(
    write,
    selectorLabels(chart),
    component,
    choose(isSelecting, () => own),
  );
  const namespace = given("metrics", "serviceMonitor", "namespace") ?? releaseNamespace(chart.release, write);
  return write({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: {
      name: chart.since("7.0.0") === true ? chart.named("-metrics") : chart.name,
      namespace,
      labels: labels(
        chart,
        given("metrics", "serviceMonitor", "labels"),
        choose(
          isSelecting,
          () => undefined,
          () => own,
        ),
      ),
    },
    spec: {
      namespaceSelector: { matchNames: [releaseNamespace(chart.release, write) ?? unknown("nothing says the namespace", write(null).origin)] },
      endpoints: [
        {
          port,
          path: choose(chart.since("7.0.0"), () => write("/metrics")),
          interval: given("metrics", "serviceMonitor", "interval"),
          scrapeTimeout: given("metrics", "serviceMonitor", "scrapeTimeout"),
        },
      ],
      selector: { matchLabels: selector },
    },
  });
}

/** Until 8.2.5 both bounds are written as they are; then one failing pod is allowed where neither is set. */
export function disruptionBudget(chart: Chart, from: string): MapNode[] {
  const write = chart.near("pdb");
  const least = chart.given("pdb", "minAvailable");
  const most = chart.given("pdb", "maxUnavailable");
  const isFilled = both(chart.since("8.2.5"), not(chart.on("pdb", "minAvailable")));
  return objectIf(
    both(chart.since(from), chart.on("pdb", "create")),
    () =>
      write({
        apiVersion: choose(
          chart.since("7.1.6"),
          () => write("policy/v1"),
          () => write("policy/v1beta1"),
        ),
        kind: "PodDisruptionBudget",
        metadata: metadata(chart, chart.name),
        spec: {
          selector: { matchLabels: selectorLabels(chart) },
          minAvailable: least === undefined ? undefined : plain(chart.title, least, write),
          maxUnavailable: most === undefined ? choose(isFilled, () => write(1)) : plain(chart.title, most, write),
        },
      }),
    [["spec"]],
  );
}

/** Lets clients in (all, or pods with the client label), and anybody to the routes and to monitoring. */
export function networkPolicy(chart: Chart, ports: Readonly<Record<Role, Path>>): MapNode[] {
  const write = chart.near("networkPolicy");
  const from = choose(
    chart.on("networkPolicy", "allowExternal"),
    () => undefined,
    () => write([{ podSelector: { matchLabels: clientLabel(chart) } }]),
  );
  return objectIf(
    chart.on("networkPolicy", "enabled"),
    () =>
      write({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: metadata(chart, chart.name),
        spec: {
          podSelector: { matchLabels: selectorLabels(chart) },
          ingress: [
            { ports: [{ port: chart.get(...ports.client) }], from },
            { ports: [{ port: chart.get(...ports.cluster) }] },
            { ports: [{ port: chart.get(...ports.monitoring) }] },
          ],
        },
      }),
    [["spec"]],
  );
}

/** `<name>-client: "true"`; while the name is not known, neither is the label. */
export function clientLabel(chart: Chart): Node {
  const write = chart.near("networkPolicy");
  return chart.name.kind === "scalar" ? write({ [`${String(chart.name.value)}-client`]: "true" }) : chart.name;
}

/** One Ingress per host in front of the monitoring Service. What nobody knows to exist is not written. */
export function hostIngresses(chart: Chart): MapNode[] {
  const hosts = chart.get("ingress", "hosts");
  if (chart.on("ingress", "enabled") !== true || hosts?.kind !== "list") return [];
  return hosts.items.map((host) => {
    const write = chart.from(host);
    const isSecure = truth(at(host, "tls"));
    const rule = {
      host: at(host, "name"),
      http: { paths: [{ path: at(host, "path") ?? "/", backend: { serviceName: chart.named("-monitoring"), servicePort: "monitoring" } }] },
    };
    return write({
      apiVersion: "extensions/v1beta1",
      kind: "Ingress",
      metadata: metadata(chart, chart.named("-monitoring"), at(host, "annotations")),
      spec: { rules: [rule], tls: choose(isSecure, () => write([{ hosts: [at(host, "name")], secretName: at(host, "tlsSecret") }])) },
    }) as MapNode;
  });
}
