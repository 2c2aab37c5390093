// The repository as readers of wrappers see it: files by path, read when they are asked for, and a note of what is not there.

import type { Node } from "../../document/node.ts";
import { readYaml } from "../../document/yaml/read-yaml.ts";
import type { Source } from "../../source/source.ts";
import type { Sight } from "./installation.ts";

/** `read` are trees that are there already. */
export function sightOf(sources: readonly Source[], read: ReadonlyMap<string, Node>): Sight & { readonly wants: ReadonlySet<string> } {
  const texts = new Map(sources.map((source) => [source.path, source] as const));
  const trees = new Map<string, Node | undefined>(read);
  const wants = new Set<string>();
  const find = (path: string): Source | undefined => {
    const source = texts.get(path);
    if (source === undefined) wants.add(path);
    return source;
  };
  return {
    wants,
    has: (path) => find(path) !== undefined,
    text: (path) => find(path)?.text,
    tree: (path) => {
      if (trees.has(path)) return trees.get(path);
      const source = find(path);
      const document = source === undefined ? undefined : readYaml(source).documents[0];
      const root: Node | undefined =
        source === undefined
          ? undefined
          : (document?.root ?? { kind: "unknown", because: document?.why ?? "it holds nothing", origin: { path, span: { start: 0, end: 0 } } });
      trees.set(path, root);
      return root;
    },
  };
}
