// Positions of the recorded probes: what is cut out of the text at a value's place reads as that value again.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { readConf } from "../../../service/document/conf/read-conf.ts";
import { typed } from "../../../service/document/conf/typed.ts";
import type { MapNode, Node } from "../../../service/document/node.ts";
import { haveProbes, type Probe, probes, readProbes } from "../../probes.ts";

const newest = [2, 15, 1];

/** A block or list from a variable of the environment has one place for all of it, and counts as a leaf. */
function leaves(node: Node): readonly Node[] {
  const inner = node.kind === "map" ? [...node.entries.values()] : node.kind === "list" ? node.items : [];
  const { start, end } = node.origin.span;
  const whole = inner.some(({ origin }) => origin.span.start === start && origin.span.end === end);
  return node.kind === "scalar" || node.kind === "unknown" || whole ? [node] : inner.flatMap(leaves);
}

/** The tree, and every text that a value may stand in. */
function readProbe({ file, env }: Probe): { readonly root: MapNode; readonly texts: ReadonlyMap<string, string> } {
  const text = readFileSync(join(probes, file), "utf8");
  const texts = new Map([[file, text]]);
  const { root } = readConf(text, {
    version: newest,
    path: file,
    origin: (span) => ({ path: file, span }),
    environment: (name) => env[name],
    include: (path, from) => {
      const target = join(dirname(join(probes, from)), path);
      if (!existsSync(target) || !statSync(target).isFile()) return undefined;
      const found = { path: relative(probes, target), text: readFileSync(target, "utf8") };
      texts.set(found.path, found.text);
      return found;
    },
    literal: true,
  });
  return { root, texts };
}

/** The value that the text at the node's place has when it stands by itself. A reference to a variable stands for its value. */
function again(node: Node, texts: ReadonlyMap<string, string>, env: Probe["env"]): unknown {
  const text = texts.get(node.origin.path) ?? "";
  const { start, end } = node.origin.span;
  // A number with a bracket right behind it is a string, and an empty value is one where something ends it.
  const behind = text.startsWith("]", end) ? "]" : "\n";
  const alone = readConf(`v: ${behind === "]" ? "[" : ""}${text.slice(start, end)}${behind}\n`, {
    version: newest,
    path: "cut.conf",
    origin: (span) => ({ path: "cut.conf", span }),
    environment: (name) => env[name],
  });
  const value = alone.root.entries.get("v");
  const item = behind === "]" && value?.kind === "list" ? value.items[0] : value;
  return item === undefined ? undefined : typed(item);
}

describe.skipIf(!haveProbes)("every leaf of the recorded probes that parse", () => {
  const parsed = haveProbes ? readProbes().filter((probe) => probe.newest.error === undefined) : [];

  it("stands where its value is written", () => {
    let count = 0;
    const wrong: unknown[] = [];
    for (const probe of parsed) {
      const { root, texts } = readProbe(probe);
      for (const leaf of leaves(root)) {
        count++;
        const { start, end } = leaf.origin.span;
        const value = typed(leaf);
        const cut = again(leaf, texts, probe.env);
        // Nothing is written where an empty value stands.
        if (start === end && value === "") continue;
        if (JSON.stringify(cut) !== JSON.stringify(value)) wrong.push({ file: probe.file, at: start, cut, value });
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(600);
  });
});
