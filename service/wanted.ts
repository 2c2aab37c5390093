// Files that only reading the sources reveals. Pure, like lint: the host reads what is wanted and asks again until nothing is.

import { posix } from "node:path";
import { includesOf } from "./document/conf/includes-of.ts";
import { readYaml } from "./document/yaml/read-yaml.ts";
import { readObjects } from "./model/kubernetes/objects.ts";
import { baseOf, ownValuesBelow } from "./model/layers/layered-files.ts";
import { looksRelevant } from "./model/looks-relevant.ts";
import { isHelmfile } from "./model/wrappers/helmfile.ts";
import { installationsOf } from "./model/wrappers/installations.ts";
import { FILES, listedIn } from "./model/wrappers/kustomize/build.ts";
import { sightOf } from "./model/wrappers/sight.ts";
import type { Source } from "./source/source.ts";

/** Paths that would add to what is known, and that are not among the sources. Whether they exist only the host knows. */
export function wanted(sources: readonly Source[]): string[] {
  const there = new Set(sources.map((source) => source.path));
  const found = new Set<string>();
  for (const { path, text } of sources) {
    const folder = posix.dirname(path);
    if (/\.(conf|config|cfg)$/i.test(path)) for (const include of includesOf(text)) found.add(posix.join(folder, include));
    else if (/values[^/]*\.ya?ml$/i.test(path)) {
      found.add(posix.join(folder, "Chart.yaml"));
      for (const base of baseOf(path)) found.add(base);
      const own = ownValuesBelow(path, (one) => there.has(one));
      if (own !== undefined) found.add(own);
    } else if (FILES.includes(posix.basename(path)))
      for (const named of listedIn(text)) found.add(posix.join(folder, /\.\w+$/.test(named) ? named : posix.join(named, "kustomization.yaml")));
  }
  for (const path of byWrappers(sources)) found.add(path);
  return [...found].filter((path) => !there.has(path) && !path.startsWith("..") && !path.startsWith("/")).sort();
}

const WRAPPERS = /^["']?kind["']?\s*:\s*["']?(Application|ApplicationSet|HelmRelease|HelmChart)["']?\s*$/m;

/** What the wrappers name and cannot find. */
function byWrappers(sources: readonly Source[]): ReadonlySet<string> {
  const sight = sightOf(sources, new Map());
  const own = sources.filter(({ path, text }) => WRAPPERS.test(text) && looksRelevant(text, path));
  const objects = own.flatMap((source) =>
    readYaml(source, { relevant: (text) => WRAPPERS.test(text) && looksRelevant(text) }).documents.flatMap(({ root }) =>
      readObjects(root).map((object) => ({ path: source.path, object })),
    ),
  );
  const helmfiles = sources.filter(({ path }) => isHelmfile(path)).map(({ path }) => path);
  for (const { chart } of installationsOf(objects, helmfiles, sight).found)
    if (chart?.kind === "folder") for (const name of ["Chart.yaml", "values.yaml"]) sight.has(posix.join(chart.folder, name));
  return sight.wants;
}
