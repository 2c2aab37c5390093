// stable/nats from 0.0.1 to 4.3.7 and Bitnami's continuation up to 6.x: three Services with their own types,
// a configuration in a ConfigMap that always has a cluster block, and random passwords where none are set.

import { map, type MapNode, type Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { agreedObjects, narrowed, parted } from "./bitnami-line/agreed.ts";
import { type Chart, chartOf, metadata, objectIf, type Path } from "./bitnami-line/chart.ts";
import { commonIngress } from "./bitnami-line/common-objects.ts";
import { commonWorkload } from "./bitnami-line/common-workload.ts";
import { conf, type ConfKeys } from "./bitnami-line/conf.ts";
import { disruptionBudget, headlessService, hostIngresses, monitoring, networkPolicy, type Role, roleService } from "./bitnami-line/objects.ts";
import { simpleWorkload } from "./bitnami-line/simple-workload.ts";
import { unreadLogin, unreadMonitor, unreadOf } from "./bitnami-line/unread.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { both, choose, type Decision, joined, not, since } from "./template.ts";

export const stableNats: Dialect = { chart: "nats", repository: "stable", generation: "legacy", render };

/** Versions before 6.0.0 and from there on differ in nearly every object, so an open version is rendered as both. */
function render(values: Node, versions: Candidates, release: Release): Rendering {
  const candidates = narrowed(versions, values);
  const from = (version: string): Decision => since(candidates, version, values.origin);
  // Names began to leave the doubled "nats-nats" out, came back to it for a while, and left it out for good.
  const isAlwaysPrefixed = both(not(from("4.0.0")), not(both(from("3.0.2"), not(from("3.0.4")))));
  const [one, other] = parted(candidates, "6.0.0").map((part) => renderOne(values, part, release, isAlwaysPrefixed));
  if (one === undefined) return { objects: [], unread: [], violations: [] };
  return other === undefined ? one : { ...one, objects: agreedObjects(one.objects, other.objects), unread: [] };
}

function renderOne(values: Node, versions: Candidates, release: Release, isAlwaysPrefixed: Decision): Rendering {
  const chart = chartOf(values, versions, release, { commonSince: "6.0.0", isAlwaysPrefixed });
  const ports = { client: servicePath(chart, "client"), cluster: servicePath(chart, "cluster"), monitoring: servicePath(chart, "monitoring") };
  const portOf = (role: Role): Path => [...ports[role], "port"];
  const keys: ConfKeys = {
    line: "stable",
    client: portOf("client"),
    cluster: portOf("cluster"),
    monitoring: portOf("monitoring"),
    clusterAuth: ["clusterAuth"],
  };
  const portPaths = { client: keys.client, cluster: keys.cluster, monitoring: keys.monitoring };
  const file = fileName(chart);
  const tree = conf(chart, keys);
  const hasHeadless = chart.since("0.1.0");
  const objects: MapNode[] = [
    configMap(chart, file, tree),
    chart.isCommon === true
      ? commonWorkload(chart, { ports: portPaths, file, headless: chart.named("-headless") })
      : simpleWorkload(chart, {
          ports: portPaths,
          command:
            choose(
              chart.since("3.0.0"),
              () => chart.get("natsFilename"),
              () => chart.near()("gnatsd"),
            ) ?? chart.near()("gnatsd"),
          file,
          folder: both(chart.since("2.4.2"), not(chart.since("2.5.0"))) === true ? "/opt/nats" : "/opt/bitnami/nats",
          mountsFolder: false,
          apiVersion: choose(
            chart.since("4.1.4"),
            () => chart.near()("apps/v1"),
            () => chart.near()("apps/v1beta2"),
          ),
          hasHeadless,
        }),
    roleService(chart, "client", ports.client),
    roleService(chart, "cluster", ports.cluster),
    ...objectIf(hasHeadless, () => headlessService(chart, keys.client, keys.cluster, not(chart.since("2.4.1")))),
    ...monitoring(chart),
    roleService(chart, "monitoring", ports.monitoring),
    ...disruptionBudget(chart, "4.5.0"),
    ...networkPolicy(chart, portPaths),
    ...(chart.isCommon === false
      ? hostIngresses(chart)
      : commonIngress(
          chart,
          choose(
            chart.since("6.2.6"),
            () => chart.named("-monitoring"),
            () => chart.name,
          ) ?? chart.name,
        )),
  ];
  return {
    objects,
    unread: [...unreadOf(chart, "stable"), ...unreadMonitor(chart), ...unreadLogin(chart, tree)],
    switches: { disruptionBudget: chart.get("pdb", "create") },
    violations: [],
  };
}

/** `client.service`, or `clientService` before 2.0.0. While the version is open, the keys that people write tell it. */
function servicePath(chart: Chart, role: Role): Path {
  const isNew = chart.since("2.0.0");
  const old = [`${role}Service`];
  if (typeof isNew === "boolean") return isNew ? [role, "service"] : old;
  const node = chart.get(...old);
  const isWritten = node?.kind === "map" && [...node.entries.values()].some((one) => one.kind !== "unknown");
  return isWritten ? old : [role, "service"];
}

/** Which name the file has matters to nobody outside the pod, so an open one is taken to be the newer. */
function fileName(chart: Chart): Node {
  const write = chart.near("natsFilename");
  const name = choose(
    chart.since("3.0.0"),
    () => chart.get("natsFilename"),
    () => write("gnatsd"),
  );
  return joined(write, name?.kind === "scalar" ? name : "nats-server", ".conf");
}

/** The ConfigMap with the configuration; its one key is the file's name. */
function configMap(chart: Chart, file: Node, tree: MapNode): MapNode {
  const write = chart.near();
  const data = map([[file.kind === "scalar" ? String(file.value) : "nats-server.conf", tree]], write(null).origin);
  return write({ apiVersion: "v1", kind: "ConfigMap", metadata: metadata(chart, chart.name), data }) as MapNode;
}
