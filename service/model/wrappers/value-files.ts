// A values file that a wrapper names: found as the wrapper means it, or unknown with why.

import { posix } from "node:path";
import { hidden, map, type Node, type Origin, unknown } from "../../document/node.ts";
import type { Installation, Layer, Sight } from "./installation.ts";

/** The layer of the file at a path; `named` is where the wrapper names it. */
export function fileLayer(path: string, named: Origin, sight: Sight): Layer {
  // A file with nothing but comments holds no document, and is there all the same.
  const root = sight.tree(path) ?? (sight.has(path) ? map([], { path, span: { start: 0, end: 0 } }) : undefined);
  if (root === undefined && path.startsWith("../")) return unknownLayer(`${path} is outside of what natslint looks at`, named);
  if (root === undefined) return { path: named.path, root: hidden(`${path} is not at hand`, named), isFile: false, missing: path };
  if (root.kind === "map" || root.kind === "unknown") return { path, root, isFile: true };
  if (root.kind === "scalar" && root.value === null) return { path, root: map([], root.origin), isFile: true };
  return { path, root: unknown("it is no map of values", root.origin), isFile: true };
}

/** The files that an installation is written in: the wrapper, what fills it in, its layers. */
export function filesOf({ path, parameters = [], layers }: Installation): readonly string[] {
  return [path, ...parameters, ...layers.map((layer) => layer.path)];
}

/** A layer of which nothing is known. */
export function unknownLayer(because: string, named: Origin): Layer {
  return { path: named.path, root: hidden(because, named), isFile: false };
}

/** Part of a wrapper as a layer. What is missing from it belongs to its beginning, as in a file of values. */
export function ownLayer(root: Node): Layer {
  return { path: root.origin.path, root: { ...root, origin: beginning(root.origin) }, isFile: false };
}

/** Where something begins, as a place with no extent: its key, where it has one. */
export function beginning({ path, span, key }: Origin): Origin {
  const { start } = key ?? span;
  return { path, span: { start, end: start } };
}

/**
 * A path from the repository's root as the sources are named. Where the root is cannot be seen: it is the outermost
 * folder above `from` under which the file is, and the working directory where none is. Null for a path that leads out.
 */
export function fromRoot(path: string, from: string, sight: Sight): string | null {
  const below = posix.normalize(path.replace(/^\/+/, ""));
  if (below.startsWith("..")) return null;
  const folders = foldersAbove(from);
  return folders.map((folder) => posix.join(folder, below)).find((one) => sight.has(one)) ?? below;
}

/** The same for a folder, which is there if a file of it is. */
export function folderFromRoot(path: string, from: string, file: string, sight: Sight): string | null {
  const found = fromRoot(posix.join(path, file), from, sight);
  return found === null ? null : posix.dirname(found);
}

/** Outermost first; the working directory is `.`. */
export function foldersAbove(path: string): string[] {
  const found: string[] = [];
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    found.unshift(folder);
    if (folder === "." || folder === "/" || folder.endsWith("..")) return found;
  }
}
