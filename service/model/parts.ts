// What the model says of a server, part by part: of a server as it was, only what change rules may ask is made.

import { map, type MapNode, type Node, type Origin } from "../document/node.ts";
import type { RootSchema } from "./schema.ts";

/** A key of the model's server and what makes it; undefined where nothing is written. */
export type Part = readonly [key: string, make: () => Node | undefined];

/** The server's tree, of those parts that the schema has. */
export function serverOf(parts: readonly Part[], schema: RootSchema, origin: Origin): MapNode {
  const asked = schema.$defs["server"]?.properties ?? {};
  const made = parts.flatMap(([key, make]): [string, Node][] => {
    const node = key in asked ? make() : undefined;
    return node === undefined ? [] : [[key, node]];
  });
  return map(made, origin);
}

/** Made when it is first asked for, and once. */
export function later<Made>(make: () => Made): () => Made {
  let made: { readonly is: Made } | undefined;
  return () => {
    made ??= { is: make() };
    return made.is;
  };
}
