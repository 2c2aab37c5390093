// What stands around a values file and tells whose values it holds: the nearest Chart.yaml, and those of its dependencies.

import { posix } from "node:path";
import type { Node } from "../document/node.ts";
import type { Hints } from "./detect.ts";
import type { ReadSources } from "./read-sources.ts";

/** For a values file at a path; the Chart.yaml of a folder further out counts less than one beside it. */
export function hintsFor(path: string, read: ReadSources): Hints {
  for (let folder = posix.dirname(path), beside = true; ; folder = posix.dirname(folder), beside = false) {
    const root = read.charts.get(posix.join(folder, "Chart.yaml"));
    if (root !== undefined || folder === "." || folder === "/" || folder === "..") {
      return {
        path,
        ...(root === undefined ? {} : { chartYaml: { root, beside }, local: localChart(read, folder) }),
      };
    }
  }
}

/** The Chart.yaml of a dependency of the chart in a folder. */
function localChart(read: ReadSources, folder: string): (name: string, repository: string | null) => Node | undefined {
  return (name, repository) => {
    const there = (repository ?? "").replace(/^file:(?:\/\/)?/, "") || `charts/${name}`;
    return read.charts.get(posix.join(folder, there, "Chart.yaml"));
  };
}
