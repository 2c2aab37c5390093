// What the templates in values may ask of the chart: its names and labels as text, the release, and what else stands in the values.

import { at, isUnset, type Node, text } from "../../../document/node.ts";
import { appVersion, type Candidates } from "../../chart-facts.ts";
import type { Release } from "../rendering.ts";
import { chartName, fullname, isHidden, printed, type Write } from "../template.ts";
import type { Asked, Made } from "./go-template.ts";

/** Names that the chart itself fills in, behind the release's full name, before it templates the values. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["config.jetstream.fileStore.pvc", "-js"],
  ["config.resolver.pvc", "-resolver"],
  ["config.websocket.ingress", "-ws"],
  ["configMap", "-config"],
  ["headlessService", "-headless"],
  ["natsBox.contentsSecret", "-box-contents"],
  ["natsBox.contextsSecret", "-box-contexts"],
  ["natsBox.deployment", "-box"],
  ["natsBox.serviceAccount", "-box"],
  ["podDisruptionBudget", ""],
  ["service", ""],
  ["serviceAccount", ""],
  ["statefulSet", ""],
  ["promExporter.podMonitor", ""],
]);

/** `values` are those before any of their templates is filled in. */
export function askedOf(values: Node, versions: Candidates, release: Release, write: Write): Asked {
  const get = (...path: string[]): Node | undefined => at(values, ...path);
  const own = text(fullname({ name: get("nameOverride"), fullname: get("fullnameOverride") }, release, write));
  const [version] = versions.versions.length === 1 ? versions.versions : [];
  const chart = version === undefined ? undefined : `${release.chartName}-${version.replaceAll("+", "_")}`;

  function namespace(): string | undefined {
    const other = get("namespaceOverride");
    if (isHidden(other)) return undefined;
    return isUnset(other) || text(other) === "" ? (release.namespace ?? undefined) : text(other);
  }

  function selector(component: string): string | undefined {
    const name = text(chartName(get("nameOverride"), release, write));
    if (name === undefined || release.name === null) return undefined;
    return `app.kubernetes.io/name: ${name}\napp.kubernetes.io/instance: ${release.name}\napp.kubernetes.io/component: ${component}\n`;
  }

  function labels(component: string): string | undefined {
    const shared = get("global", "labels");
    const given = shared?.kind === "map" && shared.incomplete === undefined ? [...shared.entries] : [];
    const lines = given.map(([key, one]) => (one.kind === "scalar" ? `${JSON.stringify(key)}: ${JSON.stringify(one.value)}\n` : undefined));
    const [selected, app] = [selector(component), appVersion(versions)];
    if (lines.includes(undefined) || (shared !== undefined && shared.kind !== "map" && !isUnset(shared))) return undefined;
    if (shared?.kind === "map" && shared.incomplete !== undefined) return undefined;
    if (chart === undefined || selected === undefined || app === null) return undefined;
    return `${lines.join("")}helm.sh/chart: ${chart}\n${selected}app.kubernetes.io/version: ${JSON.stringify(app)}\napp.kubernetes.io/managed-by: Helm\n`;
  }

  function included(name: string): string | undefined {
    if (name === "nats.fullname") return own;
    if (name === "nats.name") return text(chartName(get("nameOverride"), release, write));
    if (name === "nats.chart") return chart;
    if (name === "nats.namespace") return namespace();
    if (name === "nats.metadataNamespace") return isUnset(get("namespaceOverride")) ? "" : `namespace: ${JSON.stringify(namespace())}\n`;
    if (name === "nats.labels" || name === "natsBox.labels") return labels(name === "nats.labels" ? "nats" : "nats-box");
    if (name === "nats.selectorLabels" || name === "natsBox.selectorLabels") return selector(name === "nats.selectorLabels" ? "nats" : "nats-box");
    return undefined;
  }

  function field([root, ...path]: readonly string[]): Made | undefined {
    if (root === "Release") return { Name: release.name ?? undefined, Namespace: release.namespace ?? undefined, Service: "Helm" }[path.join(".")];
    if (root === "Chart") return { Name: release.chartName, Version: version }[path.join(".")];
    if (root !== "Values") return undefined;
    const node = get(...path);
    const suffix = path.at(-1) === "name" ? NAMES.get(path.slice(0, -1).join(".")) : undefined;
    if (suffix !== undefined && isUnset(node)) return own === undefined ? undefined : own + suffix;
    if (node?.kind !== "scalar") return undefined;
    // A number that Go prints with an exponent is one for texts only.
    if (typeof node.value !== "number" && typeof node.value !== "bigint") return node.value;
    return String(node.value) === printed(node) ? Number(node.value) : printed(node);
  }

  return { included, field };
}
