// Where nodes are written: every span, cut out of the text, is what a person would point at.

import { describe, expect, test } from "vitest";
import type { Node } from "../../../service/document/node.ts";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { nodeAt, rootOf } from "./read.ts";

function cut(text: string, node: Node): string {
  return text.slice(node.origin.span.start, node.origin.span.end);
}

function cutKey(text: string, node: Node): string | undefined {
  return node.origin.key === undefined ? undefined : text.slice(node.origin.key.start, node.origin.key.end);
}

describe("a span covers", () => {
  test.each<[string, (string | number)[], string]>([
    ["a: 1 # c\n", ["a"], "1"],
    ["a:   'x y'  \n", ["a"], "'x y'"],
    ['a: "x"\n', ["a"], '"x"'],
    ["a:\n  b: 1\n  c: 2 # c\n# d\ne: 3\n", ["a"], "b: 1\n  c: 2"],
    ["a:\n  - x\n  - y\n\n\nb: 1\n", ["a"], "- x\n  - y"],
    ["a: {b: [1, 2 ]} # c\n", ["a"], "{b: [1, 2 ]}"],
    ["a: {b: [1, 2 ]} # c\n", ["a", "b"], "[1, 2 ]"],
    ["a: |  # c\n  x\n  y\n\n\nb: 1\n", ["a"], "|  # c\n  x\n  y"],
    ["a: !!str |-\n  x\n", ["a"], "|-\n  x"],
    ["a: >+\n  x\n\n", ["a"], ">+\n  x"],
    ["a: &n x\n", ["a"], "x"],
    ["a:\n  x\n  y\nb: 1\n", ["a"], "x\n  y"],
    ["a:\r\n  b: |\r\n    x\r\n    y\r\nc: 1\r\n", ["a", "b"], "|\r\n    x\r\n    y"],
    ["a: 1\rb: 'é'\r", ["b"], "'é'"],
    ["\ufeffa: x\n", ["a"], "x"],
    ["a:\t\tx\t# c\n", ["a"], "x"],
    ["😀: 日本\n", ["😀"], "日本"],
    ['a: "😀" # 😀\nb: x\n', ["b"], "x"],
    ["- a: 1\n  b:\n  - x\n", [0, "b", 0], "x"],
  ])("%j %j", (text, path, expected) => {
    expect(cut(text, nodeAt(rootOf(text), ...path))).toBe(expected);
  });

  test("nothing, behind the key, where no value is written", () => {
    const text = "a:\n  b:\nc: 1\n";
    const node = nodeAt(rootOf(text), "a", "b");
    expect([node.origin.span, cutKey(text, node)]).toEqual([{ start: 7, end: 7 }, "b"]);
  });

  test("the key, quotes included, beside the value", () => {
    const text = "a:\n  'b c': 1\n";
    expect(cutKey(text, nodeAt(rootOf(text), "a", "b c"))).toBe("'b c'");
  });
});

describe("documents", () => {
  test.each([
    ["", ["read null"]],
    ["# c\n", ["read null"]],
    ["---\n---\n", ["read null", "read null"]],
    ["# c\n---\n# d\n---\na: 1\n", ["read null", "read map"]],
    ["a: 1\n---\n# c\n", ["read map", "read null"]],
    ["a: 1\n...\n---\nb: 1\n", ["read map", "read map"]],
    ["%YAML 1.1\n---\na: 1\n...\n# c\n%YAML 1.1\n---\nb: 1\n", ["read map", "read map"]],
    ["--- a\n--- |\n  b\n", ["read scalar", "read scalar"]],
    ["a: |\n  x\n  ---\n  y\n---\nb: 1\n", ["read map", "read map"]],
    ["a: 1\r---\rb: 1\r", ["read map", "read map"]],
    ["---a: 1\n", ["read map"]],
  ])("of %j", (text, expected) => {
    const { documents, violations } = readYaml({ path: "a.yaml", text });
    expect(documents.map((one) => `${one.state} ${one.root?.kind ?? "null"}`)).toEqual(expected);
    expect(violations).toEqual([]);
  });

  test("have spans that begin with their comments and markers, and end where the next begins", () => {
    const text = "\ufeff# c\n---\na: 1\n---\nb: 2\n";
    const { documents } = readYaml({ path: "a.yaml", text });
    expect(documents.map((one) => text.slice(one.span.start, one.span.end))).toEqual(["# c\n---\na: 1\n", "---\nb: 2\n"]);
    expect(cut(text, nodeAt(documents[1]?.root, "b"))).toBe("2");
  });

  test("that are not relevant are skipped without being parsed", () => {
    const text = "a: [\n---\nnats: 1\n";
    const { documents, violations } = readYaml({ path: "a.yaml", text }, { relevant: (one) => one.includes("nats") });
    expect(documents.map((one) => [one.index, one.state])).toEqual([
      [0, "skipped"],
      [1, "read"],
    ]);
    expect(violations).toEqual([]);
  });

  test("behind a broken one are read", () => {
    const { documents, violations } = readYaml({ path: "a.yaml", text: 'a: "x\n---\nb: 1\n---\nkey : "v",\n' });
    expect(documents.map((one) => one.state)).toEqual(["broken", "read", "broken"]);
    expect(violations.map((one) => one.rule)).toEqual(["yaml-invalid", "yaml-invalid"]);
  });
});

test("all spans pass through the origin of the text around", () => {
  const move = (offset: { start: number; end: number }): { start: number; end: number } => ({ start: offset.start + 100, end: offset.end + 100 });
  const { documents, violations } = readYaml({
    path: "inner",
    text: "a: &x 1\na: *x\n---\n'",
    origin: (span, key) => ({ path: "outer.yaml", span: move(span), ...(key === undefined ? {} : { key: move(key) }) }),
  });
  expect(nodeAt(documents[0]?.root, "a").origin).toEqual({
    path: "outer.yaml",
    span: { start: 106, end: 107 },
    key: { start: 108, end: 109 },
    via: [{ kind: "anchor", path: "outer.yaml", span: { start: 111, end: 113 } }],
  });
  expect(documents.map((one) => one.span)).toEqual([
    { start: 100, end: 114 },
    { start: 114, end: 119 },
  ]);
  expect(violations.map((one) => one.origin.path)).toEqual(["outer.yaml", "outer.yaml"]);
});
