// Values that people wrote for another generation of these charts, or for a cluster that there is not.

import type { Node } from "../../../document/node.ts";
import { emptyLogin, monitorWithoutExporter, type Unread } from "../rendering.ts";
import type { Chart, Path } from "./chart.ts";
import { isClustered } from "./conf.ts";
import { both } from "../template.ts";

/** Keys of one generation that the others do not read. */
const LEGACY: readonly Path[] = [
  ["clusterAuth"],
  ["client", "service"],
  ["cluster", "service"],
  ["monitoring", "service"],
  ["antiAffinity"],
  ["statefulset", "updateStrategy"],
  ["extraArgs"],
];
const LATER: readonly Path[] = [
  ["containerPorts"],
  ["service", "ports"],
  ["service", "type"],
  ["cluster", "auth"],
  ["jetstream"],
  ["persistence"],
  ["auth", "credentials"],
];
const BEFORE_9: readonly Path[] = [
  ["auth", "user"],
  ["auth", "password"],
  ["auth", "usersCredentials"],
];

/** What the chart does not read of the values. */
export function unreadOf(chart: Chart, line: "stable" | "bitnami"): readonly Unread[] {
  if (line === "stable") return LATER.flatMap((path) => foreign(chart, path, "bitnami"));
  const since9 = chart.since("9.0.0");
  const found = LEGACY.flatMap((path) => foreign(chart, path, "legacy"));
  if (since9 === true) found.push(...BEFORE_9.flatMap((path) => foreign(chart, path, "bitnami 7 and 8")));
  if (since9 === false) found.push(...foreign(chart, ["auth", "credentials"], "bitnami 9"));
  if (chart.since("8.4.1") === true && isClustered(chart) === false)
    for (const { key, node } of leaves(chart.get("cluster"), ["cluster"]))
      if (!found.some((one) => one.key === key)) found.push({ key, node, because: "not clustered" });
  return found;
}

/** A ServiceMonitor that is asked for is not written while there is no exporter. */
export function unreadMonitor(chart: Chart): readonly Unread[] {
  const path = ["metrics", "serviceMonitor", "enabled"] as const;
  return monitorWithoutExporter(path.join("."), chart.get(...path), both(chart.since("4.4.0"), chart.on(...path)), chart.on("metrics", "enabled"));
}

/** The switch of authentication, where nothing is left to log in with. */
export function unreadLogin(chart: Chart, conf: Node): readonly Unread[] {
  return emptyLogin(chart.get("auth", "enabled"), chart.on("auth", "enabled"), conf);
}

function foreign(chart: Chart, path: Path, generation: string): Unread[] {
  return leaves(chart.get(...path), path).map(({ key, node }) => ({ key, node, because: "other generation" as const, generation }));
}

/** Single values at and below a path that somebody wrote; a list counts as one. */
function leaves(node: Node | undefined, path: Path): { key: string; node: Node }[] {
  if (node === undefined || node.origin.via?.some((one) => one.kind === "chart default") === true) return [];
  if (node.kind !== "map") return [{ key: path.join("."), node }];
  return [...node.entries].flatMap(([name, child]) => leaves(child, [...path, name.replaceAll(".", "\\.")]));
}
