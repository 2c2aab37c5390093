// Which files and folders of the repository a pattern of an ApplicationSet means, and what stands where the pattern has
// a parameter that is not known. Where the repository's root is cannot be seen: the outermost folder with a match counts.

import { posix } from "node:path";
import type { Sight } from "../installation.ts";
import { foldersAbove } from "../value-files.ts";
import type { Piece } from "./fill.ts";

export interface Match {
  /** From the repository's root. */
  readonly path: string;
  /** As the sources are named. */
  readonly source: string;
  readonly bound: ReadonlyMap<string, string>;
}

export interface Pattern {
  readonly pieces: readonly Piece[];
  readonly exclude: boolean;
}

/** `files`: only what Argo CD's two ways of reading such a pattern agree on. `plain`: nothing is special in the texts. */
type Reading = "files" | "directories" | "plain";

/** In order of the paths. */
export function matches(patterns: readonly Pattern[], reading: Reading, from: string, sight: Sight): readonly Match[] {
  const compiled = patterns.map(({ pieces, exclude }) => ({ exclude, ...compile(pieces, reading) }));
  for (const folder of foldersAbove(from)) {
    const below = sight.paths.flatMap((path) => (folder === "." ? [path] : path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
    const paths = reading === "directories" ? directories(below) : below;
    const found = paths.flatMap((path): Match[] => {
      if (compiled.some(({ exclude, regex }) => exclude && regex.test(path))) return [];
      const hits = compiled.flatMap(({ exclude, regex, names }) => (exclude ? [] : [{ hit: regex.exec(path), names }])).filter(({ hit }) => hit !== null);
      const [first] = hits;
      if (first === undefined) return [];
      return [{ path, source: posix.join(folder, path), bound: new Map(first.names.map((name, index) => [name, first.hit?.[index + 1] ?? ""])) }];
    });
    if (found.length > 0) return found.sort((one, other) => (one.path < other.path ? -1 : 1));
  }
  return [];
}

/** Argo CD passes over hidden folders. */
function directories(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths)
    for (let folder = posix.dirname(path); folder !== "." && !found.has(folder); folder = posix.dirname(folder))
      if (!/(^|\/)\./.test(folder)) found.add(folder);
  return [...found];
}

function compile(pieces: readonly Piece[], reading: Reading): { readonly regex: RegExp; readonly names: readonly string[] } {
  const names: string[] = [];
  const parts = pieces.map((piece) => {
    if ("text" in piece) return reading === "plain" ? escaped(piece.text) : globbed(piece.text, reading);
    const known = names.indexOf(piece.open);
    if (known >= 0) return `(?:\\${known + 1})`;
    names.push(piece.open);
    return "([^/]+)";
  });
  try {
    return { regex: new RegExp(`^${parts.join("").replace(/^\\\.\//, "")}$`), names };
  } catch {
    return { regex: /^(?!)/, names };
  }
}

function globbed(text: string, reading: Reading): string {
  return text.replace(/\*\*\/|\*\*|\*|\?|\[[^\]/]+\]|[^*?[]+|\[/g, (part) => {
    if (part === "**/") return reading === "files" ? "(?:[^/]+/)+" : "[^/]*/";
    if (part === "**") return reading === "files" ? ".*" : "[^/]*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.length > 2 && part.startsWith("[") ? part.replace(/^\[!/, "[^") : escaped(part);
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
