// The repository as readers of wrappers see it: files by path, read when they are asked for, and a note of what is not there.

import type { Node } from "../../document/node.ts";
import { readYaml } from "../../document/yaml/read-yaml.ts";
import type { Source } from "../../source/source.ts";
import type { Sight } from "./installation.ts";

/** `read` are trees that are there already. */
export function sightOf(sources: readonly Source[], read: ReadonlyMap<string, Node>): Sight & { readonly wants: ReadonlySet<string> } {
  const texts = new Map(sources.map((source) => [source.path, source] as const));
  const trees = new Map<string, Node | undefined>(read);
  const all = new Map<string, readonly Node[]>();
  const wants = new Set<string>();
  const find = (path: string): Source | undefined => {
    const source = texts.get(path);
    if (source === undefined) wants.add(path);
    return source;
  };
  const documents = (path: string): readonly Node[] | undefined => {
    const source = find(path);
    if (source === undefined) return undefined;
    const known = all.get(path) ?? rootsOf(source);
    all.set(path, known);
    return known;
  };
  return {
    wants,
    paths: [...texts.keys()],
    has: (path) => find(path) !== undefined,
    text: (path) => find(path)?.text,
    documents,
    tree: (path) => {
      if (trees.has(path)) return trees.get(path);
      const root = documents(path)?.[0];
      trees.set(path, root);
      return root;
    },
  };
}

function rootsOf(source: Source): Node[] {
  return readYaml(source).documents.flatMap(({ root, why, state, span: { start } }): Node[] => {
    if (root !== null) return [root];
    return state === "broken" ? [{ kind: "unknown", because: why ?? "it cannot be read", origin: { path: source.path, span: { start, end: start } } }] : [];
  });
}
