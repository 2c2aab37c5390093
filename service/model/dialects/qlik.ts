// Qlik's fork of stable/nats, as far as its README and what it rendered tell: the parent's shape with clients' users in
// a list, routes that need not be advertised, authentication off by default, and a server of its own (qnatsd).

import { at, map, type MapNode, type Node, scalar } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { type Chart, chartOf, metadata } from "./bitnami-line/chart.ts";
import { conf, type ConfKeys } from "./bitnami-line/conf.ts";
import { headlessService, hostIngresses, networkPolicy, roleService } from "./bitnami-line/objects.ts";
import { simpleWorkload } from "./bitnami-line/simple-workload.ts";
import { unreadLogin, unreadOf } from "./bitnami-line/unread.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { choose } from "./template.ts";

export const qlik: Dialect = { chart: "nats", repository: "qlik", generation: "qlik", render };

const KEYS: ConfKeys = {
  line: "qlik",
  client: ["client", "service", "port"],
  cluster: ["cluster", "service", "port"],
  monitoring: ["monitoring", "service", "port"],
  clusterAuth: ["clusterAuth"],
};

function render(values: Node, versions: Candidates, release: Release): Rendering {
  const chart = chartOf(values, versions, release, { commonSince: null, isAlwaysPrefixed: true });
  const write = chart.near();
  const tree = conf(chart, KEYS);
  const objects: MapNode[] = [
    configMap(chart, tree),
    simpleWorkload(chart, {
      ports: KEYS,
      command: write("qnatsd"),
      file: write("gnatsd.conf"),
      folder: "/opt/bitnami/nats",
      mountsFolder: true,
      apiVersion: write("apps/v1"),
      hasHeadless: true,
    }),
    roleService(chart, "client", ["client", "service"]),
    roleService(chart, "cluster", ["cluster", "service"]),
    headlessService(chart, KEYS.client, KEYS.cluster, false),
    roleService(chart, "monitoring", ["monitoring", "service"]),
    ...networkPolicy(chart, KEYS),
    ...hostIngresses(chart),
  ];
  return { objects, unread: [...unreadOf(chart, "stable"), ...unreadLogin(chart, tree)], violations: [] };
}

/** The configuration, and the users that come with a token of another service, as the server's fork reads them. */
function configMap(chart: Chart, tree: MapNode): MapNode {
  const write = chart.near();
  const users = choose(chart.on("auth", "jwtUsers"), () => chart.get("auth", "jwtUsers"));
  const json = users === undefined || users.kind === "unknown" ? users : scalar(JSON.stringify(data(users)), users.origin);
  const files = map([["gnatsd.conf", tree], ...(json === undefined ? [] : [["users.json", json] as const])], write(null).origin);
  return write({ apiVersion: "v1", kind: "ConfigMap", metadata: metadata(chart, chart.name), data: files }) as MapNode;
}

/** What of the list is known; of the rest only that it is there. */
function data(node: Node): unknown {
  if (node.kind === "list") return node.items.map(data);
  if (node.kind === "map") return Object.fromEntries([...node.entries.keys()].map((key) => [key, data(at(node, key) ?? node)]));
  return node.kind === "scalar" ? (typeof node.value === "bigint" ? Number(node.value) : node.value) : null;
}
