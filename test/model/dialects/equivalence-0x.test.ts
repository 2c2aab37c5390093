// What the dialect makes of values has to equal what Helm rendered from them, object by object, and stay right with less known.

import { describe, expect, test } from "vitest";
import type { Node } from "../../../service/document/node.ts";
import { helms, ours, pair, pairsOf, render, wronglyKnown } from "./equivalence-0x.ts";
import { withHoles } from "./knowledge.ts";

describe.each((["nats", "stan"] as const).map((chart) => ({ chart, names: pairsOf(chart) })))(
  "values of the chart $chart 0.x make what Helm renders",
  ({ names }) => {
    if (names.length === 0) return test.skip("the pairs are not at hand", () => undefined);

    test.each(names)("%s", (name) => {
      const one = pair(name);
      const [made, wanted] = [ours(one), helms(one)];
      expect([...made.keys()].sort()).toEqual([...wanted.keys()].sort());
      for (const [key, object] of wanted) expect(made.get(key), key).toEqual(object);
    });

    test.each(names)("%s: a value that is not known makes nothing else known", (name) => {
      const { given, layers } = pair(name);
      const full = render(given, layers).objects;
      for (const { path, tree } of withHoles(layers.at(-1) as Node)) {
        expect(wronglyKnown(render(given, [...layers.slice(0, -1), tree]).objects, full), `without ${path}`).toEqual([]);
      }
    });

    test.each(names)("%s: what is said of an open chart version or release holds", (name) => {
      const { given, layers } = pair(name);
      const full = render(given, layers).objects;
      expect(wronglyKnown(render({ ...given, version: null }, layers).objects, full)).toEqual([]);
      expect(wronglyKnown(render({ ...given, release: null, namespace: null }, layers).objects, full)).toEqual([]);
    });
  },
);
