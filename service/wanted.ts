// Files that only reading the sources reveals. Pure, like lint: the host reads what is wanted and asks again until nothing is.

import { posix } from "node:path";
import { includesOf } from "./document/conf/includes-of.ts";
import { baseOf } from "./model/layers/layered-files.ts";
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
    }
  }
  return [...found].filter((path) => !there.has(path)).sort();
}
