// Affinity in Bitnami's charts from 6.x on: presets for pods and nodes, unless the user writes all of it.

import type { Node } from "../../../document/node.ts";
import { choose, releaseNamespace } from "../template.ts";
import { type Chart, selectorLabels } from "./chart.ts";

/** What the user writes replaces the presets. */
export function affinity(chart: Chart): Node | undefined {
  const { get, near } = chart;
  const pods = (key: string): Node | undefined => podTerms(chart, key);
  return choose(
    chart.on("affinity"),
    () => get("affinity"),
    () =>
      near("podAntiAffinityPreset")({ podAffinity: pods("podAffinityPreset"), podAntiAffinity: pods("podAntiAffinityPreset"), nodeAffinity: nodeTerms(chart) }),
  );
}

function podTerms(chart: Chart, key: string): Node | undefined {
  const write = chart.near(key);
  // Until 7.4.10 the release's own namespace is named, which is what a term without one means as well.
  const namespace = releaseNamespace(chart.release, write);
  const namespaces =
    namespace === undefined
      ? undefined
      : choose(
          chart.since("7.4.11"),
          () => undefined,
          () => write([namespace]),
        );
  const term = { labelSelector: { matchLabels: selectorLabels(chart) }, namespaces, topologyKey: "kubernetes.io/hostname" };
  const soft = (): Node => write({ preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: term, weight: 1 }] });
  const hard = (): Node => write({ requiredDuringSchedulingIgnoredDuringExecution: [term] });
  return choose(chart.says("soft", key), soft, () => choose(chart.says("hard", key), hard));
}

function nodeTerms(chart: Chart): Node | undefined {
  const path = ["nodeAffinityPreset"];
  const write = chart.near(...path);
  const matchExpressions = [{ key: chart.get(...path, "key"), operator: "In", values: chart.get(...path, "values") }];
  const soft = (): Node => write({ preferredDuringSchedulingIgnoredDuringExecution: [{ preference: { matchExpressions }, weight: 1 }] });
  const hard = (): Node => write({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } });
  return choose(chart.says("soft", ...path, "type"), soft, () => choose(chart.says("hard", ...path, "type"), hard));
}
