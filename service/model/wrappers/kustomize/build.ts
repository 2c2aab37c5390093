// A Kustomization and all below it, as `kustomize build` puts them together.

import { posix } from "node:path";
import { at, isUnset, type MapNode, members, type Node } from "../../../document/node.ts";
import { readObjects } from "../../kubernetes/objects.ts";
import { known } from "../embedded-values.ts";
import type { Sight } from "../installation.ts";
import { withGenerated } from "./generators.ts";
import { type Item, itemOf } from "./item.ts";
import { withPatches } from "./patches.ts";
import { variablesOf, withoutVariables, withReplacements } from "./replacements.ts";
import { transformed } from "./transformers.ts";

export interface Built {
  readonly items: readonly Item[];
  /** Files that went into it. */
  readonly files: ReadonlySet<string>;
  /** Is everything in sight that belongs to it? */
  readonly complete: boolean;
  /** What it names above the folder that is looked at. */
  readonly outside: ReadonlySet<string>;
  /** Set where what comes out is not known. Ends "not linted, because ...". */
  readonly because?: string;
  readonly charts: readonly ChartEntry[];
}

/** An entry of `helmCharts`. */
export interface ChartEntry {
  readonly id: string;
  readonly node: Node;
  readonly folder: string;
  /** The Kustomization that it stands in. */
  readonly root: Node;
}

/** The names that a Kustomization's file may have. */
export const FILES: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Files and folders that the text of a Kustomization lists, and perhaps a few other words: what it is not worth parsing for. */
export function listedIn(text: string): string[] {
  return [
    ...text.matchAll(
      /^[ \t]*(?:-[ \t]+)?(?:(?:path|valuesFile|file):[ \t]*)?["']?([\w./=-]*[\w.]\/?)["']?[ \t]*(?:#.*)?$|[[{,][ \t]*(?:(?:path|valuesFile|file):[ \t]*)?["']?([\w./=-]*[\w.]\/?)["']?[ \t]*(?=[\],}])/gm,
    ),
  ].map(([, line, inline]) => (line ?? inline ?? "").split("=").at(-1) ?? "");
}

/** What else changes the objects in ways that are not followed. */
const UNFOLLOWED = ["transformers"];

/** `rendered` are the objects of charts, by the id of their entry. */
export function build(file: string, sight: Sight, rendered: ReadonlyMap<string, readonly MapNode[]> = new Map()): Built {
  const files = new Set<string>();
  const charts: ChartEntry[] = [];
  const outside = new Set<string>();
  let complete = true;
  let because: string | undefined;
  const giveUp = (why: string): void => {
    because ??= why;
  };
  const variables = new Set<string>();
  const items = withoutVariables(whole(file, [], []), variables, giveUp);
  return { items, files, complete, outside, charts, ...(because === undefined ? {} : { because }) };

  function whole(path: string, below: readonly Item[], above: readonly string[]): readonly Item[] {
    const root = sight.tree(path);
    const folder = posix.dirname(path);
    files.add(path);
    if (root?.kind !== "map" || above.includes(path)) {
      giveUp(above.includes(path) ? `${path} refers to itself` : `${path} cannot be read`);
      return below;
    }
    const inside = [...above, path];
    let here: readonly Item[] = [
      ...below,
      ...[...members(at(root, "resources")), ...members(at(root, "bases"))].flatMap((one) => resource(one, folder, inside)),
    ];
    for (const [index, node] of members(at(root, "helmCharts")).entries()) {
      const id = `${path}#${index}`;
      charts.push({ id, node, folder, root });
      here = [...here, ...(rendered.get(id) ?? []).map((one) => itemOf(one, path, id))];
    }
    if (!isUnset(at(root, "helmChartInflationGenerator"))) complete = false;
    if (!isUnset(at(root, "generators"))) complete = false;
    if (UNFOLLOWED.some((key) => !isEmpty(at(root, key)))) giveUp(`it has ${UNFOLLOWED.filter((key) => !isEmpty(at(root, key))).join(" and ")}`);
    for (const one of members(at(root, "components"))) {
      const target = kustomizationIn(posix.join(folder, known(one) ?? "?"), sight);
      if (target === undefined) giveUp("a component is not at hand");
      else here = whole(target, here, inside);
    }
    here = withGenerated(here, root, folder, sight);
    here = withPatches(here, root, folder, sight, giveUp);
    for (const path of filesOf(root, folder))
      if (sight.has(path)) files.add(path);
      else if (path.startsWith("../")) outside.add(path);
    for (const name of variablesOf(root, giveUp)) variables.add(name);
    return withReplacements(transformed(here, root, giveUp), root, folder, sight, giveUp);
  }

  function resource(node: Node, folder: string, above: readonly string[]): readonly Item[] {
    const name = known(node);
    const path = posix.join(folder, name ?? "?");
    const isRemote = name === null || /^[a-z]+:\/\/|^[\w.-]+@|^[\w.-]+\.\w+\/|\?ref=/.test(name);
    if (isRemote || path.startsWith("..")) {
      if (!isRemote) outside.add(path);
      complete = false;
      return [];
    }
    const documents = /\.(ya?ml|json)$/i.test(name) ? sight.documents(path) : undefined;
    if (documents !== undefined) {
      files.add(path);
      if (documents.some((one) => one.kind === "unknown")) complete = false;
      return documents.flatMap((document) => readObjects(document).map(({ node: object }) => itemOf(object, path)));
    }
    const target = kustomizationIn(path, sight);
    if (target !== undefined) return whole(target, [], above);
    complete = false;
    return [];
  }
}

/** The Kustomization in a folder. */
export function kustomizationIn(folder: string, sight: Sight): string | undefined {
  return FILES.map((name) => posix.join(folder, name)).find((path) => sight.has(path));
}

/** Files besides the resources that a Kustomization reads. */
function filesOf(root: Node, folder: string): string[] {
  const named = [
    ...members(at(root, "patchesStrategicMerge")),
    ...[...members(at(root, "patches")), ...members(at(root, "patchesJson6902"))].map((entry) => at(entry, "path")),
    ...[...members(at(root, "configMapGenerator")), ...members(at(root, "secretGenerator"))].flatMap((entry) => members(at(entry, "files"))),
  ];
  return named.flatMap((node) => {
    const name = known(node);
    return name === null || name.includes("\n") ? [] : [posix.join(folder, name.split("=").at(-1) ?? name)];
  });
}

function isEmpty(node: Node | undefined): boolean {
  return isUnset(node) || (node?.kind === "list" && node.items.length === 0);
}
