// What is said about broken texts: once, at the right place, without the values, and with the rest of the text still read.

import { describe, expect, it } from "vitest";
import { typed } from "../../../service/document/conf/typed.ts";
import { Lines } from "../../../service/source/position.ts";
import { read } from "./context.ts";

/** Text, then the errors as "line:column beginning of the message", then keys that must have been read. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a: x y\nb: 1", ["1:6 An unquoted value ends at the blank"], ["a", "b"]],
  ["cluster{\n  port: 1\n}\nb: 1", ["1:8 No blank stands before the brace"], ["cluster", "b"]],
  ["a:\nb: 1", ['1:1 No value stands behind "a"'], ["a", "b"]],
  ["a # x\nb: 1", ['1:1 No value stands behind "a"'], ["a", "b"]],
  ["m:\n{\n  a: 1\n}\nb: 1", ['1:1 No value stands behind "m"'], ["m", "b"]],
  ["m {\n  a:\n  b: 1\n}\nc: 1", ['2:3 No value stands behind "a"'], ["m", "c"]],
  ["[section]\nb: 1", ['1:1 No value stands behind "[section]"'], ["[section]", "b"]],
  ["a: [1, 2]\nb: 1", ["1:9 The number takes the bracket"], ["a", "b"]],
  ['a: "x\nb: "y"\nc: 1', ["1:4 The quote that opens here is not closed"], ["a", "b", "c"]],
  ["a: 'x\nb: 1", ["1:4 The quote that opens here is never closed"], ["a", "b"]],
  ["m {\n  n {\n    a: 1\n  }\nb: 1\nc: 1", ["1:3 The brace that opens here is never closed"], ["m", "b", "c"]],
  ["m {\n  l: [\n    x\n}\nb: 1", ["2:6 The bracket that opens here is never closed"], ["m", "b"]],
  ["a: 1\n}\nb: 1\n", ["2:1 The bracket closes nothing"], ["a", "b"]],
  ["a: 1 x {\n y: z\n}\nb: 1", ["1:6 An unquoted value ends at the blank"], ["a", "b"]],
  [
    "a: 1.5s\nb: -x\nc: .5\nd: 1",
    ["1:7 An unquoted number ends", "2:4 An unquoted value starts with a minus", "3:4 An unquoted value starts with a dot"],
    ["a", "b", "c", "d"],
  ],
  ["a: 99999999999999999999\nb: 1", ["1:4 The number is none"], ["a", "b"]],
  ["/* x */\nb: 1", ["1:1 A block comment stands here"], ["b"]],
  ["a: 1 /* x */\nb: 1", ["1:7 A block comment stands here"], ["a", "b"]],
  ["a: 1,, b: 1\nc: 1", ["1:6 A separator more than needed"], ["a", "b", "c"]],
  ["a: (\n x\n )\nb: 1", ["1:4 The block that opens here"], ["a", "b"]],
  ["a: b\\cd\nb: 1", ["1:5 A backslash stands before"], ["a", "b"]],
  ["l: [a b c d]\nb: 1", ["1:7 An unquoted value ends at the blank"], ["l", "b"]],
  ["m { a: 1 b: 2 }\nb: 1", ["1:10 An unquoted value ends at the blank"], ["m", "b"]],
  ["include 1.conf\nb: 1", ["1:9 An unquoted include path"], ["b"]],
  ["a", ['1:1 The file ends behind "a"'], []],
];

describe("a refused text", () => {
  it.each(cases.map(([text, errors, keys]) => [JSON.stringify(text), text, errors, keys] as const))("%s", (_, text, errors, keys) => {
    const document = read(text);
    const lines = new Lines(text);
    const said = document.errors.map(({ message, span }) => `${lines.at(span.start).line}:${lines.at(span.start).column} ${message}`);
    expect(said.map((one, index) => one.slice(0, errors[index]?.length))).toEqual(errors);
    expect(document.errors.every((error) => error.refused)).toBe(true);
    expect([...document.root.entries.keys()]).toEqual(keys);
  });

  it("has its broken values unknown", () => {
    expect(typed(read("a: x y\nb: 1").root)).toEqual({ a: { $unknown: "its text cannot be read" }, b: { $int: "1" } });
  });

  it("never has a value in a message", () => {
    const secret = "s3cretPass";
    for (const around of [
      "a: X Y",
      "a: 'X",
      "a: X\\q",
      "a: -X",
      "m { a: X b }",
      "l: [ X X ]",
      "a: 1.X",
      "a: 9-X",
      'a: "X" X',
      "a: $X$",
      "a: $X",
      "a: X'X",
      "a: b,X",
      "m {\n a: b,X }",
      "a: b;X",
    ]) {
      for (const { message } of read(`${around.replaceAll("X", secret)}\n`, { environment: () => undefined }).errors) {
        expect(message).not.toContain(secret);
      }
    }
  });
});

describe("a taken text that is not what it looks like", () => {
  it.each([
    ["m { a: }", 'No value stands behind "a"'],
    ["a: 1kbb", 'The letters behind the number are no size, so the server drops "a"'],
    ["a: 10e", "The size is more than 64 bits hold"],
    ["a: x'", "The quote that ends this unquoted value"],
    ["a: 1\n}", "The brace closes nothing"],
    ["{ a: 1\n", "The brace is never closed"],
    ["\ufeffa: 1", "A byte order mark opens the text"],
    ["a: x\0b: 1", "A NUL character stands here"],
    ['a: 1\n"', "The quote that opens here is never closed, and the server"],
  ])("%j", (text, message) => {
    expect(read(text).errors.map((error) => [error.message.slice(0, message.length), error.refused])).toEqual([[message, false]]);
  });

  it.each([[[2, 9, 20]], [[2, 10, 15]], [[2, 10, 16]]])("says nothing of braces around the whole, which servers of %j skip or read", (version) => {
    const { root, errors } = read('{\n  "a": 1,\n  include b.conf;\n  "c": ["d"]\n}\n', { version });
    expect(errors).toEqual([]);
    expect([...root.entries.keys()]).toEqual(["a", "c"]);
  });

  it("binds keys that lost their value as they were meant", () => {
    expect(typed(read("m { n { a: }, b: 1 }").root)).toEqual({ m: { n: {}, b: { $int: "1" } } });
  });

  it("binds a map to its key where the text ends inside it", () => {
    expect(typed(read("m { a\n'").root)).toEqual({ m: {} });
  });

  it("tells of keys that stand twice", () => {
    const text = "a: 1\nb: 2\na: 3";
    const [twice, ...more] = read(text).overridden;
    expect(more).toEqual([]);
    expect([twice?.name, twice?.first.origin.span, twice?.last.origin.span]).toEqual(["a", { start: 3, end: 4 }, { start: 13, end: 14 }]);
  });
});

describe("a text that only some versions take", () => {
  it("says which refuse it, where no version is known", () => {
    const [error, ...more] = read("a: 9e8d7c6b\n").errors;
    expect(more).toEqual([]);
    expect(error).toMatchObject({ kind: "dialect", refused: false, versions: [{ before: [2, 14, 8] }, { from: [2, 15, 0], before: [2, 15, 1] }] });
    expect(read("{\na: 1\n}\n# x\n").errors).toMatchObject([{ kind: "dialect", versions: [{ before: [2, 10, 16] }] }]);
  });

  it("is silent where the version takes it, and refuses where it does not", () => {
    expect(read("a: 9e8d7c6b\n", { version: [2, 15, 1] }).errors).toEqual([]);
    expect(read("a: 9e8d7c6b\n", { version: [2, 12, 0] }).errors).toMatchObject([{ kind: "syntax", refused: true }]);
  });
});
