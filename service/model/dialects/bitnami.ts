// bitnami/nats from 7.0.0 on: the configuration in a Secret, one Service for clients, routes and monitoring,
// JetStream from 7.5.0 on, and random passwords where none are set.

import { at, isUnset, map, type MapNode, type Node, text } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { type Chart, chartOf, isDisputedDefault, metadata } from "./bitnami-line/chart.ts";
import { commonHeadless, commonIngress, commonPolicy, commonService, serviceAccount } from "./bitnami-line/common-objects.ts";
import { commonWorkload } from "./bitnami-line/common-workload.ts";
import { conf, type ConfKeys } from "./bitnami-line/conf.ts";
import { versionOfCopy } from "./bitnami-line/copied-configuration.ts";
import { disruptionBudget, monitoring } from "./bitnami-line/objects.ts";
import { unreadLogin, unreadMonitor, unreadOf } from "./bitnami-line/unread.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { joined } from "./template.ts";

export const bitnami: Dialect = { chart: "nats", repository: "bitnami", generation: "bitnami", render };

const KEYS: ConfKeys = {
  line: "bitnami",
  client: ["containerPorts", "client"],
  cluster: ["containerPorts", "cluster"],
  monitoring: ["containerPorts", "monitoring"],
  clusterAuth: ["cluster", "auth"],
};

function render(values: Node, versions: Candidates, release: Release): Rendering {
  const line = { commonSince: "6.0.0", isAlwaysPrefixed: false };
  const chart = chartOf(values, versions, release, line);
  const copied = versionOfCopy(text(at(values, "configuration")) ?? "");
  // Whichever version it is given to, a copy of an older template is what writes the configuration.
  const writer = copied === undefined ? undefined : chartOf(values, { ...versions, versions: [copied] }, release, line);
  const own = chart.given("existingSecret");
  const file = joined(chart.near("natsFilename"), chart.get("natsFilename"), ".conf");
  const objects: MapNode[] = [
    ...(own === undefined ? [secret(chart, file, writer)] : []),
    commonWorkload(chart, { ports: KEYS, file, headless: chart.named("-headless"), secret: own ?? chart.name }),
    ...commonHeadless(chart),
    ...monitoring(chart),
    commonService(chart),
    ...disruptionBudget(chart, "7.0.0"),
    ...commonPolicy(chart),
    ...serviceAccount(chart),
    ...commonIngress(chart, chart.name),
  ];
  const isChartsOwn = own === undefined && (writer !== undefined || text(chart.get("configuration")) === "");
  const login = isChartsOwn ? unreadLogin(chart, conf(writer ?? chart, KEYS)) : [];
  return {
    objects,
    unread: [...unreadOf(writer ?? chart, "bitnami"), ...unreadMonitor(chart), ...login],
    switches: { disruptionBudget: chart.get("pdb", "create") },
    violations: [],
  };
}

/**
 * The Secret with the configuration: what the user writes in `configuration`, as plain text, else what the chart makes.
 * Until 8.x the chart's own stands as the default of that value, and null or an empty text leaves the Secret out.
 */
function secret(chart: Chart, file: Node, writer: Chart | undefined): MapNode {
  const write = chart.near("configuration");
  const head = { apiVersion: "v1", kind: "Secret", metadata: metadata(chart, chart.name) };
  const written = chart.get("configuration");
  // While the version is open, a default that some versions have and others have not says nothing.
  const own = isDisputedDefault(written) ? undefined : written;
  const name = file.kind === "scalar" ? String(file.value) : "nats-server.conf";
  if (writer !== undefined) return write({ ...head, data: map([[name, conf(writer, KEYS)]], write(null).origin) }) as MapNode;
  if (!isUnset(own) && (own?.kind === "unknown" || text(own) !== "")) return write({ ...head, stringData: { [name]: own } }) as MapNode;
  const isLeftOut = own !== undefined && chart.since("9.0.0") === false;
  if (isLeftOut) return write(head) as MapNode;
  return write({ ...head, data: map([[name, conf(chart, KEYS)]], write(null).origin) }) as MapNode;
}
