// Flux HelmReleases: the chart by its repository object, and values from ConfigMaps, Secrets and the release itself.
// Lowest first: the chart's valuesFiles, valuesFrom in order, values; last every valuesFrom that has a targetPath.

import { posix } from "node:path";
import { at, hidden, isUnset, type MapNode, members, type Node, scalar } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import type { FileObject } from "../read-sources.ts";
import { readName, typed } from "./assignments.ts";
import { embeddedValues, known } from "./embedded-values.ts";
import { gitChart } from "./git-chart.ts";
import { ignoredByFlux } from "./ignored-replicas.ts";
import type { ChartReference, Installation, Layer, Sight } from "./installation.ts";
import { postRendered } from "./flux-post-renderers.ts";
import { fileLayer, folderFromRoot, fromRoot, ownLayer, unknownLayer } from "./value-files.ts";

/** The installation of a HelmRelease of any version, v2beta1 to v2, and of the older `helm.fluxcd.io/v1`. */
export function helmReleaseInstallations(node: MapNode, sight: Sight, violations: TextViolation[], objects: readonly FileObject[]): Installation[] {
  const spec = at(node, "spec");
  const own = known(at(node, "metadata", "namespace"));
  const near = { own, path: node.origin.path, objects, sight, violations };
  const chart = chartOf(spec, near);
  if (chart === null) return [];
  const target = at(spec, "targetNamespace");
  const post = at(spec, "postRenderers");
  const targetName = isUnset(target) ? null : known(target);
  const files = chartFiles(spec, chart.reference, near);
  return [
    {
      path: node.origin.path,
      origin: chart.origin,
      wrapper: { kind: "HelmRelease", object: node, version: chart.version, repository: undefined },
      chart: chart.reference.kind === "folder" && files.length > 0 ? { ...chart.reference, replaced: true } : chart.reference,
      layers: [...files, ...valuesOf(spec, near)],
      release: releaseName(node, spec, target),
      namespace: isUnset(target) ? own : targetName,
      ignored: ignoredByFlux(spec),
      ...(isUnset(post) || post === undefined ? {} : postRendered(post, sight)),
    },
  ];
}

interface Near {
  readonly own: string | null;
  readonly path: string;
  readonly objects: readonly FileObject[];
  readonly sight: Sight;
  readonly violations: TextViolation[];
}

/** `releaseName`, else the target namespace and the object's name. */
function releaseName(node: MapNode, spec: Node | undefined, target: Node | undefined): string | null {
  const said = at(spec, "releaseName");
  if (!isUnset(said)) return known(said);
  const name = known(at(node, "metadata", "name"));
  if (isUnset(target)) return name;
  const namespace = known(target);
  return name === null || namespace === null ? null : `${namespace}-${name}`;
}

interface Chart {
  readonly reference: ChartReference;
  readonly origin: Node["origin"];
  readonly version: Node | undefined;
}

function chartOf(spec: Node | undefined, near: Near): Chart | null {
  const reference = at(spec, "chartRef");
  if (!isUnset(reference)) return referred(reference as Node, near);
  const old = at(spec, "chart", "repository");
  const chart = isUnset(old) ? at(spec, "chart", "spec") : at(spec, "chart");
  const name = at(chart, isUnset(old) ? "chart" : "name");
  const text = known(name);
  if (text === null || name === undefined) return null;
  const said = at(chart, "version");
  const version = known(said);
  if (!isUnset(old)) return { reference: { kind: "published", chart: text, repository: known(old), version }, origin: name.origin, version: said };
  const source = at(chart, "sourceRef");
  const kind = known(at(source, "kind"));
  if (kind === "GitRepository" || kind === "Bucket") return folder(text, name, source, near);
  return { reference: { kind: "published", chart: text, repository: addressOf(source, near), version }, origin: name.origin, version: said };
}

/** The chart of an OCIRepository or a HelmChart object that the release refers to. */
function referred(reference: Node, near: Near): Chart | null {
  const object = find(known(at(reference, "kind")), reference, near);
  const named = at(reference, "name") ?? reference;
  if (object === undefined) return null;
  const spec = at(object, "spec");
  if (known(at(reference, "kind")) === "OCIRepository") {
    const url = known(at(spec, "url"))?.replace(/\/+$/, "") ?? null;
    if (url === null) return null;
    const said = [at(spec, "ref", "tag"), at(spec, "ref", "semver")].find((one) => known(one) !== null);
    return {
      reference: { kind: "published", chart: url.split("/").at(-1) ?? url, repository: url, version: known(said) },
      origin: named.origin,
      version: said,
    };
  }
  const chart = known(at(spec, "chart"));
  if (chart === null) return null;
  if (known(at(spec, "sourceRef", "kind")) !== "HelmRepository") return folder(chart, named, at(spec, "sourceRef"), near);
  return {
    reference: { kind: "published", chart, repository: addressOf(at(spec, "sourceRef"), near), version: known(at(spec, "version")) },
    origin: named.origin,
    version: at(spec, "version"),
  };
}

/** A folder with a Chart.yaml, or a chart of the NATS project in the GitRepository where the project keeps it. */
function folder(path: string, named: Node, source: Node | undefined, near: Near): Chart | null {
  const made = (reference: ChartReference): Chart => ({ reference, origin: named.origin, version: undefined });
  const found = folderFromRoot(path, near.path, "Chart.yaml", near.sight);
  if (found !== null && near.sight.has(posix.join(found, "Chart.yaml"))) return made({ kind: "folder", folder: found });
  const spec = known(at(source, "kind")) === "GitRepository" ? at(find("GitRepository", source, near), "spec") : undefined;
  const chart = gitChart(known(at(spec, "url")), path, known(at(spec, "ref", "tag")) ?? known(at(spec, "ref", "name")));
  return chart === null ? null : made(chart);
}

/** The address of a HelmRepository; its name, where the object is not at hand, since people name it as Helm's own users do. */
function addressOf(source: Node | undefined, near: Near): string | null {
  const object = find("HelmRepository", source, near);
  return object === undefined ? known(at(source, "name")) : known(at(object, "spec", "url"));
}

function find(kind: string | null, reference: Node | undefined, { own, objects }: Near): MapNode | undefined {
  const name = known(at(reference, "name"));
  const namespace = known(at(reference, "namespace")) ?? own;
  const fits = objects.filter(({ object }) => object.kind === kind && object.name === name && name !== null);
  const same = fits.filter(({ object }) => object.namespace === namespace || object.namespace === null || namespace === null);
  return (same[0] ?? (fits.length === 1 ? fits[0] : undefined))?.object.node;
}

/** Files of a chart that is in the repository take the place of its values.yaml. */
function chartFiles(spec: Node | undefined, chart: ChartReference, { path, sight }: Near): Layer[] {
  const files = at(spec, "chart", "spec", "valuesFiles") ?? at(spec, "chart", "spec", "valuesFile");
  if (isUnset(files) || files === undefined) return [];
  const isInGit = chart.kind === "folder" && known(at(spec, "chart", "spec", "sourceRef", "kind")) === "GitRepository";
  return (files.kind === "list" ? files.items : [files]).map((file) => {
    const name = known(file);
    const found = name === null || !isInGit ? null : fromRoot(name, path, sight);
    return found === null ? unknownLayer("the file is in the chart's package", file.origin) : fileLayer(found, file.origin, sight);
  });
}

function valuesOf(spec: Node | undefined, near: Near): Layer[] {
  const from = at(spec, "valuesFrom");
  const values = at(spec, "values");
  const below: Layer[] = from?.kind === "unknown" ? [ownLayer(from)] : [];
  const above: Layer[] = [];
  for (const one of members(from)) {
    const held = heldBy(one, near);
    const path = at(one, "targetPath");
    if (isUnset(path)) below.push(ownLayer(held.kind === "unknown" ? held : embeddedValues(held, near.sight.text(held.origin.path), near.violations)));
    else {
      const name = readName(known(path) ?? "=");
      if (name === null) above.push(unknownLayer("where the value goes is not known", one.origin));
      else above.push({ path: near.path, assignments: [{ path: name, value: asAssigned(held, path ?? one) }], isFile: false });
    }
  }
  return [...below, ...(values === undefined ? [] : [ownLayer(values)]), ...above];
}

/** The text that a ConfigMap or Secret of the repository holds for the release. */
function heldBy(one: Node, near: Near): Node {
  const kind = known(at(one, "kind"));
  const object = find(kind, one, near);
  if (object === undefined) return hidden(`the ${kind ?? "object"} that holds them is not at hand`, one.origin);
  const key = known(at(one, "valuesKey")) ?? "values.yaml";
  const held = at(object, kind === "Secret" ? "stringData" : "data", key);
  if (held !== undefined) return held;
  return hidden(kind === "Secret" ? "they are in a Secret" : `the ConfigMap has no key ${key}`, one.origin);
}

/** Flux sets one value as `helm --set` would. */
function asAssigned(held: Node, path: Node): Node {
  if (held.kind !== "scalar") return held;
  const origin = { ...held.origin, via: [{ kind: "command line" as const, flag: "targetPath" }] };
  return path.kind === "unknown" ? path : scalar(typed(String(held.value ?? "")), origin);
}
