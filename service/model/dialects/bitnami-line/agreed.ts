// While the chart's version is open, what two generations render: known is only what both write.

import { at, list, map, type MapNode, type Node, unknown } from "../../../document/node.ts";
import type { Candidates } from "../../chart-facts.ts";
import { compareParts, readVersion } from "../../versions.ts";
import { findKey } from "../../fingerprints.ts";
import { equal } from "../template.ts";

const OPEN = "the chart's version decides it";

/** Keys that one generation brought or dropped: who writes them has a version that reads them. */
const MARKS: readonly (readonly [key: string, side: "before" | "from", version: string])[] = [
  ...["clientService", "clusterService", "monitoringService"].map((key) => [key, "before", "2.0.0"] as const),
  ...["client.service", "cluster.service", "monitoring.service"].map((key) => [key, "from", "2.0.0"] as const),
  ["resourceType", "from", "2.5.0"],
  ...["antiAffinity", "statefulset", "extraArgs", "ingress.hosts", "deployment"].map((key) => [key, "before", "6.0.0"] as const),
  ...["podAntiAffinityPreset", "podSecurityContext", "extraFlags", "ingress.hostname", "commonLabels", "extraEnvVars"].map(
    (key) => [key, "from", "6.0.0"] as const,
  ),
];

/** The versions that read what people wrote; all of them when no version reads everything. */
export function narrowed(versions: Candidates, values: Node): Candidates {
  if (versions.versions.length < 2) return versions;
  const marks = MARKS.filter(([key]) => isWritten(findKey(values, key)));
  const left = versions.versions.filter((version) => marks.every(([, side, limit]) => isFrom(version, limit) === (side === "from")));
  return left.length === 0 ? versions : { ...versions, versions: left };
}

/** The candidates before a version, and from it on; one part when all are on one side. */
export function parted(versions: Candidates, limit: string): readonly Candidates[] {
  const parts = [false, true].map((side) => ({ ...versions, versions: versions.versions.filter((one) => isFrom(one, limit) === side) }));
  return parts.filter((part) => part.versions.length > 0);
}

/** What both say; where they differ, or one says nothing, it is unknown. */
export function agreedObjects(ones: readonly MapNode[], others: readonly MapNode[]): readonly MapNode[] {
  const left = [...others];
  const found = ones.map((one) => {
    const index = left.findIndex((other) => equal(at(one, "kind"), at(other, "kind")) && equal(at(one, "metadata", "name"), at(other, "metadata", "name")));
    const [other] = index < 0 ? [] : left.splice(index, 1);
    return other === undefined ? headOnly(one) : (agreed(one, other) as MapNode);
  });
  return [...found, ...left.map(headOnly)];
}

function agreed(one: Node | undefined, other: Node | undefined): Node | undefined {
  if (one === undefined || other === undefined) {
    const some = one ?? other;
    return some === undefined ? undefined : unknown(OPEN, some.origin);
  }
  // A value that one prints bare and the other in quotes is taken as text: nothing is said about how it reads.
  if (one.kind === "scalar" && equal(one, other)) return one.spelling?.conf === "bare" ? other : one;
  if (one.kind === "unknown" && equal(one, other)) return one;
  if (one.kind === "map" && other.kind === "map") {
    const keys = new Set([...one.entries.keys(), ...other.entries.keys()]);
    const entries = [...keys].map((key) => [key, agreed(one.entries.get(key), other.entries.get(key))] as const);
    const both = map(
      entries.filter((entry): entry is [string, Node] => entry[1] !== undefined),
      one.origin,
    );
    const incomplete = one.incomplete ?? other.incomplete;
    return incomplete === undefined ? both : { ...both, incomplete };
  }
  if (one.kind === "list" && other.kind === "list" && one.items.length === other.items.length)
    return list(
      one.items.map((item, index) => agreed(item, other.items[index]) ?? item),
      one.origin,
    );
  return unknown(OPEN, one.origin);
}

/** An object that only one of them makes. */
function headOnly(one: MapNode): MapNode {
  const name = at(one, "metadata", "name");
  const metadata = map(name === undefined ? [] : [["name", name]], one.origin);
  const head = ["apiVersion", "kind"].flatMap((key): [string, Node][] => {
    const node = one.entries.get(key);
    return node === undefined ? [] : [[key, node]];
  });
  return { ...map([...head, ["metadata", { ...metadata, incomplete: OPEN }]], one.origin), incomplete: OPEN };
}

function isFrom(version: string, limit: string): boolean {
  return compareParts(readVersion(version)?.parts ?? [0], readVersion(limit)?.parts ?? [0]) >= 0;
}

/** Did a person write it, or anything in it? */
function isWritten(node: Node | undefined): boolean {
  if (node === undefined || node.origin.via?.some((one) => one.kind === "chart default") === true) return false;
  return true;
}
