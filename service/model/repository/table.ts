// The table of what concerns several releases, as a tree in the model's shape: a release of its own that has no servers.

import { list, map, type MapNode, type Node, type Origin, scalar, type ScalarValue } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import type { Release } from "../releases.ts";

/** A row: each value with the place that it is about; and the environment of what is accused. */
export interface Entry {
  readonly row: MapNode;
  readonly environment: Environment | null;
}

export function entry(environment: Environment | null, values: Readonly<Record<string, readonly [ScalarValue, Origin]>>): Entry {
  const [first] = Object.values(values);
  if (first === undefined) throw new Error("A row of the table is empty");
  const row = map(
    Object.entries(values).map(([key, [value, origin]]) => [key, scalar(value, origin)] as const),
    first[1],
  );
  return { row, environment };
}

/** One for each environment of which there is something to say. */
export function tableReleases(columns: Readonly<Record<string, readonly Entry[]>>): Release[] {
  const environments = new Set(Object.values(columns).flatMap((entries) => entries.map(({ environment }) => environment)));
  return [...environments].map((environment) => {
    const own = Object.entries(columns).map(([key, entries]) => [key, entries.filter((one) => one.environment === environment)] as const);
    return tableRelease(environment, own);
  });
}

function tableRelease(environment: Environment | null, columns: readonly (readonly [string, readonly Entry[]])[]): Release {
  const [first] = columns.flatMap(([, entries]) => entries);
  if (first === undefined) throw new Error("A table without rows");
  const { origin } = first.row;
  const lists = columns.map(([key, entries]): readonly [string, Node] => [
    key,
    list(
      entries.map(({ row }) => row),
      origin,
    ),
  ]);
  const empty = ["servers", "streams", "consumers", "keyValues", "objectStores", "accounts"].map((key) => [key, list([], origin)] as const);
  return {
    environment,
    from: null,
    path: origin.path,
    name: null,
    tree: map([...empty, ["repository", map(lists, origin)]], origin),
    others: [],
  };
}
