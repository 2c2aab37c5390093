// HelmChart and HelmChartConfig, which the Helm controller of k3s and RKE2 installs.
// Lowest first: valuesContent, the HelmChartConfig's valuesContent, set.

import { at, isUnset, type MapNode, type Node, scalar } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import type { FileObject } from "../read-sources.ts";
import { type Assignment, readName, typed } from "./assignments.ts";
import { embeddedValues, known } from "./embedded-values.ts";
import type { Installation, Layer, Sight } from "./installation.ts";
import { ownLayer, unknownLayer } from "./value-files.ts";

export function helmChartInstallations(node: MapNode, sight: Sight, violations: TextViolation[], objects: readonly FileObject[]): Installation[] {
  const spec = at(node, "spec");
  const chart = at(spec, "chart");
  const name = known(chart);
  // A chart can stand in the object itself, packed.
  if (name === null || chart === undefined || /^https?:/.test(name) || !isUnset(at(spec, "chartContent"))) return [];
  const own = known(at(node, "metadata", "namespace"));
  const release = known(at(node, "metadata", "name"));
  const config = objects.find(({ object }) => object.kind === "HelmChartConfig" && release !== null && object.name === release && object.namespace === own);
  const above = at(config?.object.node, "spec");
  const oci = name.startsWith("oci://");
  const target = at(spec, "targetNamespace");
  return [
    {
      path: node.origin.path,
      origin: chart.origin,
      wrapper: { kind: "HelmChart", object: node, version: at(spec, "version"), repository: at(spec, "repo") },
      chart: {
        kind: "published",
        chart: oci ? (name.split("/").at(-1) ?? name) : name,
        repository: oci ? name : known(at(spec, "repo")),
        version: known(at(spec, "version")),
      },
      layers: [...contents(spec, sight, violations), ...contents(above, sight, violations), ...sets(spec)],
      release,
      namespace: isUnset(target) ? own : known(target),
    },
  ];
}

function contents(spec: Node | undefined, sight: Sight, violations: TextViolation[]): Layer[] {
  const content = at(spec, "valuesContent");
  const secrets = at(spec, "valuesSecrets");
  return [
    ...(isUnset(secrets) || secrets === undefined ? [] : [unknownLayer("they are in a Secret", secrets.origin)]),
    ...(isUnset(content) || content === undefined ? [] : [ownLayer(embeddedValues(content, sight.text(content.origin.path), violations))]),
  ];
}

/** `set` is a map from paths to values, which are typed as on Helm's command line. */
function sets(spec: Node | undefined): Layer[] {
  const set = at(spec, "set");
  if (set === undefined || isUnset(set)) return [];
  if (set.kind !== "map" || set.incomplete !== undefined) return [unknownLayer("what is set is not known", set.origin)];
  const assignments = [...set.entries].map(([name, value]): Assignment | null => {
    const path = readName(name);
    return path === null ? null : { path, value: asSet(value) };
  });
  if (assignments.includes(null)) return [unknownLayer("a name in it is not known", set.origin)];
  return [{ path: set.origin.path, assignments: assignments.filter((one) => one !== null), isFile: false }];
}

function asSet(value: Node): Node {
  if (value.kind !== "scalar") return value;
  const origin = { ...value.origin, via: [{ kind: "command line" as const, flag: "set" }] };
  return scalar(typeof value.value === "string" ? typed(value.value) : value.value, origin);
}
