// fleet.yaml, a bundle of Rancher Fleet: `helm` with chart, values and files. What single targets change is for those targets.

import { posix } from "node:path";
import { at, isUnset, members, type Node } from "../../document/node.ts";
import { known } from "./embedded-values.ts";
import type { ChartReference, Installation, Layer, Sight } from "./installation.ts";
import { fileLayer, ownLayer, unknownLayer } from "./value-files.ts";

/** Is it a bundle's file by its name? */
export function isFleet(path: string): boolean {
  return posix.basename(path) === "fleet.yaml";
}

/** Lowest first: valuesFiles, values, valuesFrom; for each target that customises them once more on top. */
export function fleetInstallations(path: string, sight: Sight): Installation[] {
  const root = sight.tree(path);
  const helm = at(root, "helm");
  const chart = at(helm, "chart");
  const name = known(chart);
  if (name === null || chart === undefined) return [];
  const folder = posix.dirname(path);
  const reference = chartOf(name, helm, folder, sight);
  if (reference === null) return [];
  const below = layersOf(helm, folder, sight);
  const namespace = known(at(root, "namespace")) ?? known(at(root, "defaultNamespace"));
  const one = (layers: readonly Layer[]): Installation => ({
    path,
    origin: chart.origin,
    chart: reference,
    ...(helm !== undefined && { wrapper: { kind: "fleet.yaml", object: helm, version: at(helm, "version"), repository: at(helm, "repo") } }),
    layers,
    release: known(at(helm, "releaseName")),
    namespace,
    ...(isUnset(at(root, "kustomize")) ? {} : { changed: "Kustomize changes what the chart renders" }),
  });
  const targets = members(at(root, "targetCustomizations")).map((target) => at(target, "helm"));
  const customised = targets.filter((target) => target !== undefined && !isUnset(target)).map((target) => one([...below, ...layersOf(target, folder, sight)]));
  return customised.length > 0 ? customised : [one(below)];
}

function chartOf(name: string, helm: Node | undefined, folder: string, sight: Sight): ChartReference | null {
  const version = known(at(helm, "version"));
  if (name.startsWith("oci://")) return { kind: "published", chart: name.split("/").at(-1) ?? name, repository: name, version };
  const repository = known(at(helm, "repo"));
  if (repository !== null) return { kind: "published", chart: name, repository, version };
  const local = posix.join(folder, name);
  return sight.has(posix.join(local, "Chart.yaml")) ? { kind: "folder", folder: local } : null;
}

function layersOf(helm: Node | undefined, folder: string, sight: Sight): Layer[] {
  const from = at(helm, "valuesFrom");
  const values = at(helm, "values");
  return [
    ...members(at(helm, "valuesFiles")).map((file) => {
      const name = known(file);
      return name === null ? unknownLayer("which file is meant is not known", file.origin) : fileLayer(posix.join(folder, name), file.origin, sight);
    }),
    ...(values === undefined || isUnset(values) ? [] : [ownLayer(values)]),
    ...(from === undefined || isUnset(from) ? [] : [unknownLayer("they are in the cluster", from.origin)]),
  ];
}
