// A chart in a folder and what lies in it: its own values.yaml, and below it the values of the charts that it depends on
// and that lie in the repository too. The parent's values win over theirs.

import { posix } from "node:path";
import { at, map, type MapNode, type Node, text } from "../../document/node.ts";
import { overlay } from "../helm-values.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Installation, Layer, Sight } from "../wrappers/installation.ts";
import { isPublishedCopy } from "./published-copy.ts";

/** The values that a chart's folder brings along, lowest first, and the files of values that they come from. */
interface ChartFolder {
  readonly layers: readonly Layer[];
  readonly files: readonly string[];
  readonly copies: readonly string[];
}

interface Around {
  readonly sight: Sight;
  readonly charts: Knowledge["charts"];
  /** The files of values that were found. */
  readonly files: string[];
  /** Those of them that say what the published chart says. */
  readonly copies: string[];
}

type Known = Pick<Around, "sight" | "charts">;

/** What lies below the values that are given to the chart in a folder; `own`: is its values.yaml among it? */
function chartFolder(folder: string, chart: Node, { sight, charts }: Known, own: boolean): ChartFolder {
  const files: string[] = [];
  const copies: string[] = [];
  const below = dependencyValues(folder, chart, { sight, charts, files, copies }, [folder]);
  const path = posix.join(folder, "values.yaml");
  const root = own ? sight.tree(path) : undefined;
  const layers: Layer[] = below === undefined ? [] : [{ path: below.origin.path, root: below, isFile: false }];
  if (root?.kind === "map" || root?.kind === "unknown") {
    layers.push({ path, root, isFile: true });
    files.push(path);
  }
  return { layers, files, copies };
}

/** The values of the dependencies in the repository, each below its key; undefined where there are none. */
function dependencyValues(folder: string, chart: Node, around: Around, above: readonly string[]): MapNode | undefined {
  const { sight, charts, files, copies } = around;
  const list = at(chart, "dependencies");
  if (list?.kind !== "list") return undefined;
  const entries = list.items.flatMap((item): (readonly [string, Node])[] => {
    const name = text(at(item, "name"));
    const key = text(at(item, "alias")) ?? name;
    const inner = name === undefined ? undefined : folderOf(folder, name, text(at(item, "repository")) ?? "", sight);
    if (inner === undefined || key === undefined || above.includes(inner)) return [];
    const path = posix.join(inner, "values.yaml");
    const own = sight.has(path) ? sight.tree(path) : undefined;
    const itself = sight.tree(posix.join(inner, "Chart.yaml"));
    const deeper = dependencyValues(inner, itself ?? item, around, [...above, inner]);
    if (own?.kind !== "map") return deeper === undefined ? [] : [[key, deeper]];
    files.push(path);
    // What it says are the chart's defaults, which the facts have; what is missing belongs to the parent.
    if (isPublishedCopy(own, item, itself, charts)) {
      copies.push(path);
      return [[key, map([], item.origin)]];
    }
    return [[key, deeper === undefined ? own : overlay(deeper, own)]];
  });
  return entries.length === 0 ? undefined : map(entries, list.origin);
}

/** `charts/NAME` where it is unpacked, or the folder of a `file://` repository. */
function folderOf(folder: string, name: string, repository: string, sight: Sight): string | undefined {
  const [, local] = /^file:\/\/(.+)$/.exec(repository) ?? [];
  const likely = [posix.join(folder, "charts", name), ...(local === undefined ? [] : [posix.join(folder, local)])];
  return likely.find((one) => !one.startsWith("..") && sight.has(posix.join(one, "Chart.yaml")));
}

/** Installations with what their charts' folders (each by its Chart.yaml) bring along, and all files of values that belong to one of them. */
export function withChartFolders(
  installations: readonly Installation[],
  folders: ReadonlyMap<string, Node>,
  around: Known,
): { readonly installations: readonly Installation[]; readonly files: ReadonlySet<string>; readonly copies: readonly string[] } {
  const files = new Set<string>();
  const copies: string[] = [];
  const made = installations.map((one): Installation => {
    const own = one.chart?.kind === "folder" ? one.chart : undefined;
    const folder = own?.folder ?? posix.dirname(one.layers[0]?.path ?? one.path);
    const chart = one.chart?.kind === "published" ? undefined : folders.get(posix.join(folder, "Chart.yaml"));
    if (chart === undefined) return one;
    const below = chartFolder(folder, chart, around, own !== undefined && own.replaced !== true);
    for (const file of below.files) files.add(file);
    copies.push(...below.copies);
    return below.layers.length === 0 ? one : { ...one, layers: [...below.layers, ...one.layers] };
  });
  return { installations: made, files, copies };
}
