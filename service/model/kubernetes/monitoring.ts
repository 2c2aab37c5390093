// Who reads a server's metrics: the exporter beside it, the monitors that find it, and the Prometheus that finds the monitors.

import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { optional } from "./directories.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";
import { imageName } from "./server-image.ts";

const ENDPOINTS: Readonly<Record<string, string>> = { ServiceMonitor: "endpoints", PodMonitor: "podMetricsEndpoints" };
const SELECTORS: Readonly<Record<string, string>> = { ServiceMonitor: "serviceMonitorSelector", PodMonitor: "podMonitorSelector" };

/** The model's `metrics`. */
export function metrics(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const monitors = unit.objects.filter((one) => one.kind in ENDPOINTS);
  const found = monitors.map((one) => monitor(one, workload, pods, unit));
  const unsure = found.find((one) => one?.kind === "unknown");
  const scrape = at(pods.annotations, "prometheus.io/scrape");
  return map(
    [
      ["exporter", exporter(pods.spec)],
      ...optional("scrape", scrape),
      [
        "monitors",
        unsure ??
          list(
            found.filter((one) => one !== undefined),
            workload.node.origin,
          ),
      ],
      ["complete", scalar(unit.complete, workload.node.origin)],
    ],
    workload.node.origin,
  );
}

/** Is there a container of the exporter; unknown where a container is. */
function exporter(pod: MapNode): Node {
  const containers = at(pod, "containers");
  const items = containers?.kind === "list" ? containers.items : [];
  const own = items.find((one) => /^(?:prometheus-)?nats-exporter$/.test(imageName(at(one, "image"))?.base ?? ""));
  if (own !== undefined) return scalar(true, own.origin);
  return items.find((one) => one.kind === "unknown") ?? scalar(false, pod.origin);
}

/** A monitor that selects the server's Services, or its pods; undefined for one that does not, unknown for one that may. */
function monitor(one: KubernetesObject, workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node | undefined {
  const selector = at(one.node, "spec", "selector");
  const services = unit.objects.filter((other) => other.kind === "Service" && together(other, workload));
  const targets =
    one.kind === "PodMonitor"
      ? [{ labels: pods.labels, ports: containerPorts(pods.spec) }]
      : services
          .filter((service) => selects(at(service.node, "spec", "selector"), pods.labels, "service") === true)
          .map((service) => ({ labels: at(service.node, "metadata", "labels"), ports: at(service.node, "spec", "ports") }));
  const answers = targets.map((target) => selects(selector, target.labels, "labelSelector"));
  if (!answers.includes(true)) return answers.includes(undefined) ? unknown("whom a monitor selects is not known", one.node.origin) : undefined;
  const ports = targets.filter((_, index) => answers[index] !== false).map((target) => target.ports);
  const endpoints = at(one.node, "spec", ENDPOINTS[one.kind] ?? "");
  return map(
    [
      ["kind", scalar(one.kind, one.node.origin)],
      ...optional("name", at(one.node, "metadata", "name")),
      ["watched", watched(one, unit)],
      ["endpoints", endpoints?.kind === "list" ? { ...endpoints, items: endpoints.items.map((item) => endpoint(item, ports)) } : list([], one.node.origin)],
    ],
    one.node.origin,
  );
}

function endpoint(node: Node, ports: readonly (Node | undefined)[]): Node {
  const port = at(node, "port");
  const name = text(port);
  if (node.kind === "unknown" || port?.kind === "unknown") return node.kind === "unknown" ? node : (port as Node);
  const names = ports.flatMap((one) => (one?.kind === "list" ? one.items.map((item) => at(item, "name")) : [one]));
  const isOpen = names.some((one) => one?.kind === "unknown");
  const found =
    name === undefined
      ? scalar(null, node.origin)
      : scalar(
          names.some((one) => text(one) === name),
          node.origin,
        );
  return map([...optional("port", port), ["found", isOpen ? unknown("the names of ports are not all known", node.origin) : found]], node.origin);
}

/** Does a Prometheus in sight select the monitor; null without any. */
function watched(one: KubernetesObject, unit: Unit): Node {
  const answers = unit.objects
    .filter((other) => other.kind === "Prometheus")
    .map((other) => selects(at(other.node, "spec", SELECTORS[one.kind] ?? ""), at(one.node, "metadata", "labels"), "labelSelector"));
  const labels = at(one.node, "metadata", "labels") ?? one.node;
  if (answers.length === 0) return scalar(null, labels.origin);
  if (answers.includes(true)) return scalar(true, labels.origin);
  return answers.includes(undefined) ? unknown("what a Prometheus selects is not known", labels.origin) : scalar(false, labels.origin);
}

function containerPorts(pod: MapNode): Node | undefined {
  const containers = at(pod, "containers");
  if (containers?.kind !== "list") return containers;
  const lists = containers.items.map((one) => at(one, "ports"));
  const unsure = [...containers.items, ...lists].find((one) => one?.kind === "unknown");
  return (
    unsure ??
    list(
      lists.flatMap((one) => (one?.kind === "list" && !isUnset(one) ? one.items : [])),
      containers.origin,
    )
  );
}
