// What is YAML and what is not. Each line was compared with what Helm's YAML library says.

import { describe, expect, test } from "vitest";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { shown } from "./read.ts";

const READ: readonly (readonly [text: string, value: unknown])[] = [
  ["a: [\n1\n]\n", { a: [1] }],
  ["a: {\n}\n", { a: {} }],
  ["a: [\n\t1,\n\t2\n]\n", { a: [1, 2] }],
  ["a:\n  b: [\n  1\n  ]\n  c: 2\n", { a: { b: [1], c: 2 } }],
  ["a: {x: 1,\nz: 2}\n", { a: { x: 1, z: 2 } }],
  ["a: 'foo\nbar'\n", { a: "foo bar" }],
  ['a: "foo\n\tbar"\nb: 1\n', { a: "foo bar", b: 1 }],
  ["a: 'b'#c\n", { a: "b" }],
  ["a: [1]# c\n", { a: [1] }],
  ["a: |# c\n  x\n", { a: "x\n" }],
  ['a: "\\\'"\n', { a: "'" }],
  ['a: "\\x41\\u0041\\U0001F600"\n', { a: "AA😀" }],
  ["a: 1\rb: 2\r", { a: 1, b: 2 }],
  ["a: |\r  x\r  z\r", { a: "x\nz\n" }],
  ["\ufeff  a: 1\n  b: 2\n", { a: 1, b: 2 }],
  ["a:\t1\t\nb: 2\n", { a: 1, b: 2 }],
  ["- - a\n  - b\n- c\n", [["a", "b"], "c"]],
  ["a:\n- b\n- c: 1\n  d: 2\n", { a: ["b", { c: 1, d: 2 }] }],
  ["? a\n: b\n", { a: "b" }],
  ["{a, b}\n", { a: null, b: null }],
  ["[a: 1]\n", [{ a: 1 }]],
  ['{"a":1}\n', { a: 1 }],
  ["a: |2\n    x\n", { a: "  x\n" }],
  ["a: |\n  x", { a: "x" }],
  ["a: |\n\n\n  x\n", { a: "\n\nx\n" }],
  ["a: |+\n  x\n\n", { a: "x\n\n" }],
  ["a: >\n  x\n    y\n  z\n", { a: "x\n  y\nz\n" }],
  ["a: >-\n  x\n  \n  y\n", { a: "x\ny" }],
  ["a:\n  &x b: |\n    c\n", { a: { b: "c\n" } }],
  ["a:\n- |1\n x\n- z\n", { a: ["x\n", "z"] }],
  ["%YAML 1.1\n---\na: 1\n", { a: 1 }],
  ["a: !!set {x}\n", { a: { x: null } }],
];

const REFUSED: readonly (readonly [text: string, at: number])[] = [
  ['key1 : "value1",\n', 15],
  ["a: 1\n  b: 2\n", 3],
  ["a:\n    b: 1\n  c: 2\n", 12],
  ["a: b: c\n", 3],
  ["a: [1,,2]\n", 6],
  ["a: {b: 1\nc: 2\n", 7],
  ["a: 'foo\nb: 1\n", 3],
  ["a: 1\nb\n", 5],
  ["a: 'y''", 3],
  ["a: @x\n", 3],
  ["a: `x\n", 3],
  ["a:\n\tb: 1\n", 3],
  ["a: foo\n\tbar\n", 7],
  ["a: 1\n\t\nb: 2\n", 5],
  ["-\t1\n", 1],
  ["a: |\n\tfoo\n", 5],
  ["a: \x01\n", 3],
  ["# \x1b\na: 1\n", 2],
  ["a: \0\n", 3],
  ['a: "\\q"\n', 4],
  ['a: "\\/"\n', 4],
  ['a: "\\ud83d\\ude00"\n', 4],
  ["? [a]\n: b\n", 2],
  ["{a: 1}: b\n", 0],
  ["~: 1\n", 0],
  [": a\n", 0],
  ["18446744073709551615: x\n", 0],
  ["a: .inf\n", 3],
  ["%FOO bar\n---\na: 1\n", 0],
  ["%YAML 2.0\n---\na: 1\n", 6],
  ["a: 1\n...\nb: 2\n", 9],
  ["|\nx\n", 0],
];

describe("YAML", () => {
  test.each(READ)("that Helm reads: %j", (text, value) => {
    const { documents, violations } = readYaml({ path: "a.yaml", text });
    expect(violations).toEqual([]);
    expect(shown(documents[0]?.root)).toEqual(value);
  });

  test.each(REFUSED)("that Helm refuses: %j at %i", (text, at) => {
    const { violations } = readYaml({ path: "a.yaml", text });
    expect(violations.map((one) => [one.rule, one.origin.span.start])).toEqual([["yaml-invalid", at]]);
  });

  test("is refused with a sentence that quotes nothing", () => {
    const { documents, violations } = readYaml({ path: "a.yaml", text: "password: secret: hunter2\n" });
    expect(violations[0]?.facts).toEqual({ problem: "a second key stands on the line of another; a value that holds a colon and a blank needs quotes" });
    expect(documents[0]).toMatchObject({ root: null, state: "broken", why: "it is not valid YAML" });
  });

  test.each([["["], ["- "], ["{a: "], ["? "]])(
    "of %j a hundred thousand times is too deep, and told so",
    (piece) => {
      const { violations } = readYaml({ path: "a.yaml", text: piece.repeat(100_000) });
      expect(violations.map((one) => one.facts["problem"])).toEqual(["lists and maps are nested too deeply"]);
    },
    30_000,
  );

  test("five hundred levels deep is read", () => {
    const { violations } = readYaml({ path: "a.yaml", text: `${"[".repeat(400)}${"]".repeat(400)}` });
    expect(violations).toEqual([]);
  });
});
