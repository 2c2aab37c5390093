// The Kustomizations of the repository: those that nobody builds on are what is deployed, and their bases only through them.

import { posix } from "node:path";
import { at, isUnset, map, type MapNode, members, text } from "../../../document/node.ts";
import { isKnownName } from "../../charts.ts";
import type { FileObject } from "../../read-sources.ts";
import { readObjects, type Unit } from "../../kubernetes/objects.ts";
import { isServer } from "../../kubernetes/units-of.ts";
import { isNackResource } from "../../nack/resource.ts";
import { madeByOperators } from "../../operators/made.ts";
import { isController } from "../../operators/releases.ts";
import { known } from "../embedded-values.ts";
import type { Installation, Layer, Sight } from "../installation.ts";
import { isWrapper } from "../installations.ts";
import { fileLayer, ownLayer, unknownLayer } from "../value-files.ts";
import { build, type Built, type ChartEntry, FILES, kustomizationIn, listedIn } from "./build.ts";

/** What one Kustomization deploys by itself. */
export interface KustomizedUnit {
  /** The Kustomization's file. */
  readonly path: string;
  readonly unit: Unit;
  readonly objects: readonly FileObject[];
}

export interface Kustomized {
  readonly units: readonly KustomizedUnit[];
  readonly installations: readonly Installation[];
  /** Files that are judged through a Kustomization, and not by themselves. */
  readonly consumed: ReadonlySet<string>;
  /** Kustomizations that cannot be followed, with why. */
  readonly notUnderstood: ReadonlyMap<string, string>;
}

/** All Kustomizations among the paths that have to do with NATS. `servers` are files with a server, or what installs one, among their objects. */
export function kustomized(paths: readonly string[], servers: ReadonlySet<string>, sight: Sight): Kustomized {
  const files = paths.filter((path) => FILES.includes(posix.basename(path)));
  const units: KustomizedUnit[] = [];
  const installations: Installation[] = [];
  const consumed = new Set<string>();
  const notUnderstood = new Map<string, string>();
  if (servers.size === 0 && !files.some((path) => sight.text(path)?.includes("helmCharts"))) return { units, installations, consumed, notUnderstood };
  for (const path of roots(likely(files, servers, sight), servers, sight)) {
    const built = build(path, sight);
    const named = built.charts.filter(({ node }) => isKnownName(known(at(node, "name")) ?? ""));
    const objects = madeByOperators(built.items.flatMap(({ node, path: own }) => readObjects(node).map((object) => ({ path: own, object }))));
    const hasServer = objects.some(({ object }) => isServer(object) || isWrapper(object) || isNackResource(object) || isController(object));
    if (!hasServer && named.length === 0) continue;
    for (const file of built.files) consumed.add(file);
    if (built.because !== undefined) notUnderstood.set(path, built.because);
    else if (hasServer) units.push({ path, unit: { objects: objects.map(({ object }) => object), complete: built.complete }, objects });
    const [outside] = built.outside;
    if (built.because === undefined && outside !== undefined) notUnderstood.set(path, `${outside} is outside of what natslint looks at`);
    for (const entry of named) installations.push(installationOf(entry, path, built, sight));
  }
  return { units, installations, consumed, notUnderstood };
}

/** Those that lead to a server or a chart by the look of their texts, so that the others need no parsing. */
function likely(files: readonly string[], servers: ReadonlySet<string>, sight: Sight): readonly string[] {
  const there = new Set(files);
  const users = new Map<string, string[]>();
  const open: string[] = [];
  for (const path of files) {
    const text = sight.text(path) ?? "";
    const targets = listedIn(text).map((name) => posix.join(posix.dirname(path), name));
    if (text.includes("helmCharts") || targets.some((target) => servers.has(target))) open.push(path);
    for (const target of targets)
      for (const name of FILES) {
        const base = posix.join(target, name);
        if (there.has(base)) users.set(base, [...(users.get(base) ?? []), path]);
      }
  }
  const found = new Set<string>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    open.push(...(users.get(path) ?? []));
  }
  return files.filter((path) => found.has(path));
}

/** Kustomizations that lead to a server or a chart of one, and that no other builds on. */
function roots(files: readonly string[], servers: ReadonlySet<string>, sight: Sight): readonly string[] {
  const leadsTo = new Map<string, readonly string[]>();
  const charts = new Set<string>();
  for (const path of files) {
    const root = sight.tree(path);
    if (root?.kind !== "map" || /^kustomize\.toolkit/.test(text(root.entries.get("apiVersion")) ?? "")) continue;
    const folder = posix.dirname(path);
    const named = ["resources", "bases", "components"].flatMap((key) => members(at(root, key))).flatMap((node) => known(node) ?? []);
    leadsTo.set(
      path,
      named.flatMap((name) => {
        const target = posix.join(folder, name);
        return servers.has(target) ? [target] : (kustomizationIn(target, sight) ?? []);
      }),
    );
    if (members(at(root, "helmCharts")).some((one) => isKnownName(known(at(one, "name")) ?? ""))) charts.add(path);
  }
  const used = new Set([...leadsTo].flatMap(([from, targets]) => targets.filter((target) => target !== from)));
  const reaches = (path: string, above: readonly string[]): boolean =>
    servers.has(path) || charts.has(path) || (!above.includes(path) && (leadsTo.get(path) ?? []).some((target) => reaches(target, [...above, path])));
  return [...leadsTo.keys()].filter((path) => !used.has(path) && !isComponent(path, sight) && reaches(path, []));
}

function isComponent(path: string, sight: Sight): boolean {
  return text(at(sight.tree(path), "kind")) === "Component";
}

/** The release that an entry of `helmCharts` makes; what it renders goes the way of all objects of the Kustomization. */
function installationOf({ id, node, folder, root }: ChartEntry, path: string, built: Built, sight: Sight): Installation {
  const name = at(node, "name") ?? node;
  const namespace = at(node, "namespace");
  const repository = known(at(node, "repo"));
  const home = known(at(root, "helmGlobals", "chartHome")) ?? "charts";
  const local = posix.join(folder, home, known(name) ?? "");
  const file = at(node, "valuesFile");
  const inFolder = repository === null && sight.has(posix.join(local, "Chart.yaml"));
  return {
    path,
    origin: name.origin,
    wrapper: { kind: "Kustomization", object: node, version: at(node, "version"), repository: at(node, "repo") },
    chart: inFolder
      ? { kind: "folder", folder: local, replaced: !isUnset(file) }
      : { kind: "published", chart: known(name) ?? "", repository, version: known(at(node, "version")) },
    layers: layersOf(node, folder, sight),
    release: known(at(node, "releaseName")),
    namespace: known(at(root, "namespace")) ?? known(namespace),
    ...(built.because === undefined ? {} : { changed: built.because }),
    transform: (objects) => {
      const made = build(path, sight, new Map([[id, objects]]));
      const part = (own: boolean): MapNode[] => made.items.filter((item) => (item.chart === id) === own).map((item) => item.node);
      return { own: part(true), beside: part(false), ...(made.because === undefined ? {} : { because: made.because }) };
    },
  };
}

/** valuesFile, additionalValuesFiles, and valuesInline above them, below them, or in their place. */
function layersOf(node: MapNode | ChartEntry["node"], folder: string, sight: Sight): Layer[] {
  const files = [at(node, "valuesFile"), ...members(at(node, "additionalValuesFiles"))].filter((one) => one !== undefined && !isUnset(one));
  const layers = files.flatMap((file): Layer[] => {
    const name = known(file);
    if (file === undefined) return [];
    return [
      name === null || /^[a-z]+:\/\//.test(name)
        ? unknownLayer("the file is not in the repository", file.origin)
        : fileLayer(posix.join(folder, name), file.origin, sight),
    ];
  });
  const inline = at(node, "valuesInline");
  if (inline === undefined || isUnset(inline)) return layers;
  const own = ownLayer(inline.kind === "map" || inline.kind === "unknown" ? inline : map([], inline.origin));
  const way = known(at(node, "valuesMerge")) ?? "override";
  if (way === "replace") return [own];
  return way === "merge" ? [own, ...layers] : [...layers, own];
}
