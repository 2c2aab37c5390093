// Is what lies unpacked in charts/ the published chart? `helm dependency update` writes it anew, so nobody edits its values there.

import { at, isUnset, type Node, text } from "../../document/node.ts";
import { candidates, placelessDefaults } from "../chart-facts.ts";
import { CHARTS, nameChart } from "../charts.ts";
import type { Knowledge } from "../knowledge.ts";

/** Does a values.yaml say what the version that the dependency names says by default? `chart` is the Chart.yaml beside it. */
export function isPublishedCopy(values: Node, dependency: Node, chart: Node | undefined, charts: Knowledge["charts"]): boolean {
  const read = (node: Node | undefined, key: string): string | null => text(at(node, key)) ?? null;
  const version = read(dependency, "version");
  const named = nameChart(read(dependency, "name") ?? "", read(dependency, "repository"), version);
  const [dialect, ...others] = named.dialects;
  if (dialect === undefined || others.length > 0 || version === null || version !== read(chart, "version")) return false;
  const identity = CHARTS[dialect];
  const facts = charts(identity.facts);
  if (!facts.versions.some((one) => one.version === version)) return false;
  return saysThat(values, placelessDefaults(candidates(facts, version, identity.from, identity.below)));
}

function saysThat(values: Node, usual: Node | undefined): boolean {
  if (values.kind === "map" && usual?.kind === "map") return [...values.entries].every(([key, node]) => saysThat(node, usual.entries.get(key)));
  if (values.kind === "list" && usual?.kind === "list")
    return values.items.length === usual.items.length && values.items.every((item, index) => saysThat(item, usual.items[index]));
  if (isUnset(values)) return isUnset(usual);
  return values.kind === "scalar" && usual?.kind === "scalar" && values.value === usual.value;
}
