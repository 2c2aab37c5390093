// Which values files make one release together: what the settings list, else what their names say.

import { posix } from "node:path";
import type { Node } from "../../document/node.ts";
import type { ReleaseSettings, Settings } from "../../settings/settings.ts";

export interface Layers {
  /** In Helm's order: the last wins. */
  readonly files: readonly { readonly path: string; readonly root: Node }[];
  readonly settings?: ReleaseSettings;
}

const ENVIRONMENT = /^(prod|production|prd|live|staging|stage|stg|uat|preprod|qa|dev|develop|development|test|testing|ci|local|sandbox)$/i;

/**
 * Each release once. Files that the settings name belong to those releases; `values-prod.yaml` lies over the
 * `values.yaml` beside it, and neither is a release of its own then.
 */
export function layeredFiles(values: ReadonlyMap<string, Node>, settings: Settings): Layers[] {
  const found: Layers[] = [];
  const taken = new Set<string>();
  const file = (path: string): { path: string; root: Node }[] => {
    const root = values.get(path);
    return root === undefined ? [] : [{ path, root }];
  };
  for (const release of settings.releases) {
    const files = release.values.flatMap(file);
    for (const { path } of files) taken.add(path);
    if (files.length > 0) found.push({ files, settings: release });
  }
  const overlays = new Map<string, string[]>();
  for (const path of values.keys()) {
    const base = baseOf(path);
    if (base !== null && values.has(base) && !taken.has(path) && !taken.has(base)) overlays.set(base, [...(overlays.get(base) ?? []), path]);
  }
  const above = new Set([...overlays.values()].flat());
  for (const path of values.keys()) {
    if (taken.has(path) || above.has(path)) continue;
    const over = overlays.get(path);
    if (over === undefined) found.push({ files: file(path) });
    else for (const overlay of over) found.push({ files: [...file(path), ...file(overlay)] });
  }
  return found;
}

/** `values-prod.yaml`, `values.prod.yaml`, `nats-values-prod.yaml`, `values.yaml` in `prod/` beside `base/`: the file below. */
export function baseOf(path: string): string | null {
  const folder = posix.dirname(path);
  const found = /^(.*?)[-._]?([A-Za-z]+)(\.ya?ml)$/.exec(posix.basename(path));
  const [, stem = "", word = "", ending = ""] = found ?? [];
  if (!/values$/.test(stem) || !ENVIRONMENT.test(word)) return null;
  return posix.join(folder, `${stem}${ending}`);
}
