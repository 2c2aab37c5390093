// Argo CD Applications: which chart they install, and the values that they give it.
// Lowest first: valueFiles, then values or valuesObject, then parameters and fileParameters.

import { posix } from "node:path";
import { at, isUnset, map, type MapNode, members, type Node, type Origin, scalar, text } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { type Assignment, readName, typed } from "./assignments.ts";
import { embeddedValues, known } from "./embedded-values.ts";
import { gitChart } from "./git-chart.ts";
import { ignoredByArgo } from "./ignored-replicas.ts";
import type { ChartReference, Installation, Layer, Sight } from "./installation.ts";
import { fileLayer, folderFromRoot, fromRoot, ownLayer, unknownLayer } from "./value-files.ts";

/** The installations of an Application, one for each source that has a chart. `node` may be an ApplicationSet's template. */
export function applicationInstallations(node: MapNode, sight: Sight, violations: TextViolation[]): Installation[] {
  const spec = at(node, "spec");
  const several = members(at(spec, "sources"));
  const sources = several.length > 0 ? several : members1(at(spec, "source"));
  const refs = new Map(sources.flatMap((source) => (known(at(source, "ref")) === null ? [] : [[known(at(source, "ref")) ?? "", source] as const])));
  const name = known(at(node, "metadata", "name"));
  const namespace = known(at(spec, "destination", "namespace"));
  const ignored = ignoredByArgo(spec);
  return sources.flatMap((source) => {
    const path = node.origin.path;
    const chart = chartOf(source, path, sight);
    if (chart === null) return [];
    const helm = at(source, "helm");
    const release = at(helm, "releaseName");
    const named = at(source, chart.kind === "published" && chart.inGit !== true ? "chart" : "path")?.origin ?? source.origin;
    const layers = layersOf(helm, chart, { path, refs, sight, violations });
    const wrapper = {
      kind: known(at(node, "kind")) ?? "ApplicationSet",
      object: node,
      version: at(source, "targetRevision"),
      repository: at(source, "repoURL"),
    };
    return [{ path, origin: named, layers, chart, wrapper, release: isUnset(release) ? name : known(release), namespace, ignored }];
  });
}

function members1(node: Node | undefined): readonly Node[] {
  return node?.kind === "map" ? [node] : [];
}

/** A chart of a Helm repository, a folder with a Chart.yaml, or one of the NATS project's own; null for a source that is none of them. */
function chartOf(source: Node, path: string, sight: Sight): ChartReference | null {
  const chart = known(at(source, "chart"));
  if (chart !== null && chart !== "")
    return { kind: "published", chart, repository: known(at(source, "repoURL")), version: known(at(source, "targetRevision")) };
  const folder = known(at(source, "path"));
  if (folder === null || !isUnset(at(source, "chart"))) return null;
  const found = folderFromRoot(folder, path, "Chart.yaml", sight);
  if (found !== null && sight.has(posix.join(found, "Chart.yaml"))) return { kind: "folder", folder: found };
  return gitChart(known(at(source, "repoURL")), folder, known(at(source, "targetRevision")));
}

interface Asked {
  readonly path: string;
  readonly refs: ReadonlyMap<string, Node>;
  readonly sight: Sight;
  readonly violations: TextViolation[];
}

function layersOf(helm: Node | undefined, chart: ChartReference, asked: Asked): Layer[] {
  if (helm === undefined) return [];
  if (helm.kind === "unknown") return [ownLayer(helm)];
  const files = at(helm, "valueFiles");
  const layers: Layer[] =
    files?.kind === "unknown"
      ? [ownLayer(files)]
      : withoutIgnored(
          members(files).map((file) => valueFile(file, chart, asked)),
          helm,
        );
  const object = at(helm, "valuesObject");
  const values = at(helm, "values");
  if (!isUnset(object) && object !== undefined) layers.push(ownLayer(object));
  else if (values !== undefined) layers.push(ownLayer(embeddedValues(values, asked.sight.text(values.origin.path), asked.violations)));
  const parameters = at(helm, "parameters");
  const assignments = members(parameters).map(parameter);
  const fromFiles = members(at(helm, "fileParameters")).map((one) => fileParameter(one, asked));
  const all = [...assignments, ...fromFiles];
  if (parameters?.kind === "unknown") layers.push(ownLayer(parameters));
  else if (all.includes(null)) layers.push(unknownLayer("a parameter has a name that is not known", parameters?.origin ?? helm.origin));
  else if (all.length > 0) layers.push({ path: asked.path, assignments: all.filter((one) => one !== null), isFile: false });
  return layers;
}

/** Files that may be missing and are set nothing, where others of the same repository are there. */
function withoutIgnored(layers: Layer[], helm: Node): Layer[] {
  const ignores = at(helm, "ignoreMissingValueFiles");
  const isIgnored = ignores?.kind === "scalar" && ignores.value === true && layers.some(({ isFile }) => isFile);
  return layers.map((layer) => (isIgnored && "missing" in layer && layer.missing !== undefined ? { ...layer, root: map([], layer.root.origin) } : layer));
}

/** `$ref/path` is in another source, `/path` and `path` in the chart's own repository, or in the chart's package. */
function valueFile(node: Node, chart: ChartReference, { path, refs, sight }: Asked): Layer {
  const name = known(node);
  if (name === null) return unknownLayer(node.kind === "unknown" ? node.because : "it is no path", node.origin);
  if (/^[a-z]+:\/\//i.test(name)) return unknownLayer("it is fetched from the network", node.origin);
  if (/[*?[{]/.test(name)) return unknownLayer("which files the pattern means is decided later", node.origin);
  const [, ref, below] = /^\$([^/]+)\/(.+)$/.exec(name) ?? [];
  if (ref !== undefined && below !== undefined) {
    if (!refs.has(ref)) return unknownLayer(`no source has the ref ${ref}`, node.origin);
    return rooted(below, node, path, sight);
  }
  if (chart.kind === "published") return unknownLayer("the file is in the chart's package", node.origin);
  if (name.startsWith("/")) return rooted(name, node, path, sight);
  return fileLayer(posix.join(chart.folder, name), node.origin, sight);
}

function rooted(below: string, node: Node, path: string, sight: Sight): Layer {
  const found = fromRoot(below, path, sight);
  return found === null ? unknownLayer("the path leads out of the repository", node.origin) : fileLayer(found, node.origin, sight);
}

/** Null where the name is not known: it may set anything. */
function parameter(node: Node): Assignment | null {
  const name = at(node, "name");
  const path = readName(known(name) ?? "=");
  const value = at(node, "value");
  if (path === null || name === undefined) return null;
  const forced = at(node, "forceString");
  if (value === undefined || value.kind === "unknown" || forced?.kind === "unknown")
    return { path, value: value?.kind === "unknown" ? value : scalar("", node.origin) };
  const written = known(value) ?? (value.kind === "scalar" ? String(value.value ?? "") : "");
  const origin = asParameter(value.origin, name.origin);
  const isList = /^\{.*\}$/.test(written);
  if (isList) return { path, value: { kind: "unknown", because: "the parameter is a list in Helm's short form", origin } };
  const isForced = forced?.kind === "scalar" && forced.value === true;
  return { path, value: scalar(isForced ? written : typed(written), origin) };
}

function fileParameter(node: Node, { path: from, sight }: Asked): Assignment | null {
  const path = readName(known(at(node, "name")) ?? "=");
  if (path === null) return null;
  const origin = asParameter((at(node, "path") ?? node).origin, (at(node, "name") ?? node).origin);
  const file = fromRoot(text(at(node, "path")) ?? "..", from, sight);
  const content = file === null ? undefined : sight.text(file);
  return { path, value: content === undefined ? { kind: "unknown", because: "its file is not at hand", origin } : scalar(content, origin) };
}

/** Helm types the text of a parameter as it does on its command line. */
function asParameter(origin: Origin, key: Origin): Origin {
  return { path: origin.path, span: origin.span, key: key.span, via: [{ kind: "command line", flag: "parameters" }] };
}
