// The chart `nats` of nats-io in its second writing, 1.0.0 to 2.14: every template has a `merge` and a `patch`,
// and strings like `<< 8MB >>` leave the JSON of the configuration.

import { at, map, type MapNode, type Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { type Chart, chart } from "./nats-1x/chart.ts";
import { asConf } from "./nats-1x/conf-spelling.ts";
import { config } from "./nats-1x/config.ts";
import { natsBox } from "./nats-1x/nats-box.ts";
import { headlessService, ingress, podDisruptionBudget, podMonitor, service, serviceAccount } from "./nats-1x/services.ts";
import { replicasOf, statefulSet } from "./nats-1x/stateful-set.ts";
import { type Dialect, monitorWithoutExporter, type Release, type Rendering, type Unread } from "./rendering.ts";

/** The chart's default of `config.cluster.replicas`, the same in every version. */
const DEFAULT_REPLICAS = 3;

export const nats1x: Dialect = { chart: "nats", repository: "nats-io", generation: "1x", render };

function render(values: Node, versions: Candidates, release: Release): Rendering {
  const here = chart(values, versions, release);
  const conf = config(here);
  const servers = statefulSet(here, conf);
  const objects = [
    configMap(here, conf),
    headlessService(here),
    service(here),
    servers,
    podDisruptionBudget(here),
    serviceAccount(here),
    podMonitor(here),
    ingress(here),
    ...natsBox(here),
    ...extraResources(here),
  ];
  const switches = { disruptionBudget: here.get("podDisruptionBudget", "enabled"), reloader: here.get("reloader", "enabled") };
  return {
    objects: objects.filter((one) => one !== undefined),
    unread: [...unread(here, servers), ...unreadMonitor(here), ...unreadIngress(here)],
    switches,
    violations: here.violations,
  };
}

function configMap(here: Chart, conf: Node): MapNode {
  const content = here.near("configMap")({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: here.metadata(here.named("-config", "configMap"), "nats"),
    data: { "nats.conf": asConf(conf) },
  });
  return here.object(content, "configMap");
}

/** Objects that people wrote into the values. Where they are not known, an open map without a kind stands for any. */
function extraResources(here: Chart): readonly MapNode[] {
  const extra = here.get("extraResources");
  const items = extra?.kind === "list" ? extra.items : extra?.kind === "unknown" ? [extra] : [];
  return items.flatMap((item) => {
    if (item.kind === "unknown") return [{ ...map([], item.origin), incomplete: item.because }];
    return item.kind === "map" ? [item] : [];
  });
}

/** A number of replicas that somebody wrote counts only in a cluster. */
function unread(here: Chart, servers: MapNode): readonly Unread[] {
  const node = here.get("config", "cluster", "replicas");
  if (node === undefined || node.kind === "unknown" || here.on("config", "cluster", "enabled") !== false) return [];
  if (node.origin.via?.some((one) => one.kind === "chart default") === true) return [];
  const effective = replicasOf(servers) ?? (at(servers, "spec", "replicas")?.kind === "unknown" ? undefined : 1);
  const isDefault = node.kind === "scalar" && Number(node.value) === DEFAULT_REPLICAS;
  return [{ key: "config.cluster.replicas", node, because: "not clustered", isDefault, ...(effective === undefined ? {} : { effective }) }];
}

/** The Ingress for WebSocket is left out without a word where something that it needs is missing. */
function unreadIngress(here: Chart): readonly Unread[] {
  const path = ["config", "websocket", "ingress", "enabled"] as const;
  const node = here.get(...path);
  if (node === undefined || here.on(...path) !== true) return [];
  const of = (because: Unread["because"]): readonly Unread[] => [{ key: path.join("."), node, because }];
  if (here.on("config", "websocket", "enabled") === false) return of("no websocket");
  if (here.on("service", "enabled") === false || here.on("service", "ports", "websocket", "enabled") === false) return of("no service");
  return here.on("config", "websocket", "ingress", "hosts") === false ? of("no host") : [];
}

function unreadMonitor(here: Chart): readonly Unread[] {
  const path = ["promExporter", "podMonitor", "enabled"] as const;
  return monitorWithoutExporter(path.join("."), here.get(...path), here.on(...path), here.on("promExporter", "enabled"));
}
