// Anchors, aliases, merge keys and keys that stand twice.

import { describe, expect, test } from "vitest";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { nodeAt, rootOf, shown } from "./read.ts";
import { worked } from "../../worked.ts";

function problems(text: string): unknown[] {
  return readYaml({ path: "a.yaml", text }).violations.map((one) => one.facts["problem"] ?? one.facts["key"]);
}

describe("an alias", () => {
  const text = "base: &b\n  x: 1\nuse: *b\n";

  test("points at the anchored value, and tells of itself", () => {
    const { origin } = nodeAt(rootOf(text), "use");
    expect(text.slice(origin.span.start, origin.span.end)).toBe("x: 1");
    expect(text.slice(origin.key?.start, origin.key?.end)).toBe("use");
    expect(origin.via).toEqual([{ kind: "anchor", path: "a.yaml", span: { start: 21, end: 23 } }]);
  });

  test("shares what stands below the anchor", () => {
    const root = rootOf(text);
    expect(nodeAt(root, "use", "x")).toBe(nodeAt(root, "base", "x"));
  });

  test("means the last anchor of its name above it", () => {
    expect(shown(rootOf("a: &x 1\nb: *x\nc: &x 2\nd: *x\n"))).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test("can be a key, and an anchor can stand at one", () => {
    expect(shown(rootOf("&k a: 1\nb: {*k : 2}\n"))).toEqual({ a: 1, b: { a: 2 } });
  });

  test.each([
    ["a: *x\n", "an alias names an anchor that is not set above it in this document"],
    ["a: &x 1\n---\na: *x\n", "an alias names an anchor that is not set above it in this document"],
    ["a: &x [*x]\n", "an anchored value contains its own alias"],
    ["a: &x.y 1\n", "an anchor has a name that is not made of letters, digits, _ and -"],
  ])("of %j is refused", (bad, problem) => {
    expect(problems(bad)).toEqual([problem]);
  });

  test("may not multiply a document beyond measure", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 40; level++) lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`);
    const before = worked();
    expect(problems(lines.join("\n"))).toEqual(["aliases multiply the document beyond all measure"]);
    expect(worked() - before).toBeLessThan(500);
  });
});

describe("a merge key", () => {
  test("brings in entries that point at their definition, and tells of the alias", () => {
    const text = "base: &b {x: 1, z: 2}\nuse:\n  <<: *b\n  z: 3\n";
    const root = rootOf(text);
    expect(shown(nodeAt(root, "use"))).toEqual({ x: 1, z: 3 });
    const { origin } = nodeAt(root, "use", "x");
    expect(text.slice(origin.span.start, origin.span.end)).toBe("1");
    expect(text.slice(origin.key?.start, origin.key?.end)).toBe("x");
    expect(origin.via).toEqual([{ kind: "merge key", path: "a.yaml", span: { start: 33, end: 35 } }]);
    expect(nodeAt(root, "use", "z").origin.via).toBeUndefined();
  });

  test.each([
    ["a: &a {x: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n", { x: 1, z: 2 }],
    ["c: {<<: {x: 1}, z: 2}\n", { x: 1, z: 2 }],
    ["a: &a {x: {p: 1}}\nc:\n  <<: *a\n  x: {q: 1}\n", { x: { q: 1 } }],
    // As Helm reads it: what comes later in the text wins.
    ["c:\n  x: 1\n  <<: {x: 2}\n", { x: 2 }],
    ["c:\n  '<<': {x: 1}\n", { "<<": { x: 1 } }],
    ["c:\n  <<: {x: 1}\n  <<: {z: 2}\n", { x: 1, z: 2 }],
  ])("of %j", (text, expected) => {
    const root = rootOf(text);
    expect(shown(nodeAt(root, "c"))).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  test.each(["<<: 1\n", "<<:\n", "<<: [1]\n", "a: &a [{b: 1}]\nc:\n  <<: *a\n"])("of %j is refused", (text) => {
    expect(problems(text)).toEqual(["a merge key (<<) brings in something that is no map"]);
  });
});

describe("a key that stands twice", () => {
  test("is told at the later one, with the first beside it; the last counts", () => {
    const text = "a:\n  memory: 1\n  memory: 2\n";
    const { documents, violations } = readYaml({ path: "a.yaml", text });
    expect(shown(documents[0]?.root)).toEqual({ a: { memory: 2 } });
    expect(violations).toEqual([
      {
        rule: "yaml-duplicate-key",
        origin: { path: "a.yaml", span: { start: 25, end: 26 }, key: { start: 17, end: 23 } },
        on: "key",
        facts: { key: "memory" },
        related: [{ origin: { path: "a.yaml", span: { start: 13, end: 14 }, key: { start: 5, end: 11 } }, message: "the key stands here already" }],
      },
    ]);
  });

  test.each([
    ["y: 1\non: 2\n", ["on"]],
    ["1: a\n'1': b\n", ["1"]],
    ["1: a\n0x1: b\n", ["0x1"]],
    ["{a: 1, a: 2}\n", ["a"]],
    ["a: 1\na: 2\na: 3\n", ["a", "a"]],
    ["x: &x {a: 1, a: 2}\nz: *x\n", ["a"]],
    ["y: 1\n'y': 2\n", []],
    ["<<: {a: 1}\na: 2\n", []],
    ["a: 1\nA: 2\n", []],
  ])("in %j", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});
