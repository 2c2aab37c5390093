// Which values files make one release together where no wrapper says it: what the settings list, else what their names say.

import { posix } from "node:path";
import type { Node } from "../../document/node.ts";
import type { ReleaseSettings, Settings } from "../../settings/settings.ts";
import type { Installation, Layer } from "../wrappers/installation.ts";
import { setLayers } from "./set-flags.ts";

const ENVIRONMENT = /^(prod|production|prd|live|staging|stage|stg|uat|preprod|qa|dev|develop|development|test|testing|ci|local|sandbox)$/i;

/**
 * Each release once. Files that the settings name belong to those releases, and those that wrappers name (`wrapped`) to
 * theirs; `values-prod.yaml` lies over the `values.yaml` beside it, and neither is a release of its own then.
 * Over the values.yaml of a chart in a folder (`charts`) lies whatever else is given to it; alone it is what Helm installs.
 */
export function layeredFiles(
  values: ReadonlyMap<string, Node>,
  charts: ReadonlyMap<string, Node>,
  settings: Settings,
  wrapped: ReadonlySet<string>,
): Installation[] {
  const found: Installation[] = [];
  const taken = new Set<string>(wrapped);
  for (const release of settings.releases) {
    const paths = release.values.filter((path) => values.has(path));
    for (const path of paths) taken.add(path);
    if (paths.length > 0) found.push(installation(paths, values, settings, release));
  }
  const below = new Map<string, string>();
  const general = new Set<string>();
  for (const path of values.keys()) {
    if (taken.has(path)) continue;
    const base = baseOf(path).find((one) => values.has(one));
    if (base !== undefined) general.add(base);
    const under = base ?? ownValuesBelow(path, (one) => charts.has(one));
    if (under !== undefined && values.has(under)) below.set(path, under);
  }
  const upTo = (path: string): readonly string[] => {
    const base = below.get(path);
    return base === undefined ? [path] : [...upTo(base), path];
  };
  for (const path of values.keys()) if (!general.has(path) && !taken.has(path)) found.push(installation(upTo(path), values, settings));
  return found;
}

function installation(paths: readonly string[], values: ReadonlyMap<string, Node>, settings: Settings, release?: ReleaseSettings): Installation {
  const path = paths.at(-1) ?? "";
  const files = paths.flatMap((one): Layer[] => {
    const root = values.get(one);
    return root === undefined ? [] : [{ path: one, root, isFile: true }];
  });
  return {
    path,
    origin: { path, span: { start: 0, end: 0 } },
    layers: [...files, ...(release === undefined ? [] : setLayers(release))],
    release: release?.name ?? settings.assume.release ?? null,
    namespace: release?.namespace ?? settings.assume.namespace ?? null,
    ...(release === undefined ? {} : { settings: release }),
  };
}

/**
 * The files that may lie below one for an environment, the likeliest first: `values.yaml` for `values-prod.yaml`,
 * `values.prod.yaml`, `values/prod.yaml` and `envs/prod/values.yaml`, `nats-values.yaml` for `nats-values-prod.yaml`.
 */
export function baseOf(path: string): readonly string[] {
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  const [, stem = "", word = "", ending = ""] = /^(.*?)[-._]?([A-Za-z]+)(\.ya?ml)$/.exec(name) ?? [];
  if (/values$/.test(stem) && ENVIRONMENT.test(word)) return [posix.join(folder, `${stem}${ending}`)];
  const above = posix.dirname(folder);
  // values/prod.yaml
  if (stem === "" && ENVIRONMENT.test(word) && posix.basename(folder) === "values")
    return ["base", "common", "default", "values"].map((one) => posix.join(folder, `${one}${ending}`)).concat(posix.join(above, `values${ending}`));
  // envs/prod/values.yaml
  if (/values\.ya?ml$/.test(name) && ENVIRONMENT.test(posix.basename(folder)) && /^(env(ironment)?s?|overlays)$/.test(posix.basename(above)))
    return [posix.join(above, "base", name), posix.join(above, "..", name)].map((one) => posix.normalize(one));
  return [];
}

/**
 * The values.yaml of the chart in whose folder a file of values for it lies: Helm reads it below every other.
 * A file that is named after NATS may be for the chart of NATS by itself.
 */
export function ownValuesBelow(path: string, has: (path: string) => boolean): string | undefined {
  const folder = posix.dirname(path);
  const [, words = ""] = /^values[-._](.+)\.ya?ml$/.exec(posix.basename(path)) ?? [];
  if (words === "" || /nats|stan\b|schema/i.test(words) || !has(posix.join(folder, "Chart.yaml"))) return undefined;
  return posix.join(folder, "values.yaml");
}
