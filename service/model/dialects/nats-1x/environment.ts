// Environment variables: a map in the values, a list in Kubernetes.

import { list, type Node, scalar, unknown } from "../../../document/node.ts";
import { truth } from "../template.ts";
import type { Chart, Path } from "./chart.ts";
import { filledIn } from "./merge.ts";

/** The list behind what the template writes itself; undefined when there is neither. */
export function environment(chart: Chart, own: Node | undefined, ...path: Path): Node | undefined {
  const env = chart.get(...path);
  const isSet = truth(env);
  if (isSet === false || env === undefined) return own;
  if (typeof isSet !== "boolean") return isSet;
  const first = own?.kind === "list" ? own.items : [];
  if (env.kind === "map" && env.incomplete !== undefined) return unknown(env.incomplete, env.origin);
  if (env.kind === "map") {
    const names = [...env.entries.keys()].sort();
    return list([...first, ...names.map((name) => variable(chart, path, name, env.entries.get(name) as Node))], env.origin);
  }
  // A list is gone through like a map whose keys are its indexes; only an index of 0 counts as no name.
  // Kubernetes takes no number for a name.
  if (env.kind === "list" && env.items.slice(1).some((item) => item.kind === "map"))
    chart.refuse({ rule: "helm-env-type", case: "list", on: "key", origin: env.origin, facts: { key: path.join(".") } }, ...path.slice(0, -1));
  if (env.kind === "list") return list([...first, ...env.items.map((item, index) => variable(chart, path, index, item))], env.origin);
  return unknown("the chart refuses it", env.origin);
}

function variable(chart: Chart, path: Path, name: string | number, value: Node): Node {
  const write = chart.from(value);
  if (value.kind === "unknown" || value.kind === "map") return filledIn(write({ name }), value);
  if (value.kind === "scalar" && typeof value.value === "string") return write({ name: String(name), value: scalar(value.value, value.origin) });
  chart.refuse({ rule: "helm-env-type", origin: value.origin, facts: { name } }, ...path);
  return unknown("the chart refuses it", value.origin);
}
