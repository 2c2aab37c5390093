// The texts of --set, by the grammar of Helm's pkg/strvals.
import { describe, expect, test } from "vitest";
import { map, type Origin } from "../../service/document/node.ts";
import { plain } from "../../service/document/plain.ts";
import { assigned, readAssignments, type SetKind } from "../../service/model/wrappers/assignments.ts";
import { tree } from "./yaml-tree.ts";

const nowhere: Origin = { path: "--set", span: { start: 0, end: 0 } };

function set(text: string, kind: SetKind = "typed", below = ""): unknown {
  const read = readAssignments(text, kind, (span, key) => ({ path: "--set", span, key }));
  if ("problem" in read) return read.problem;
  return plain(assigned(below === "" ? map([], nowhere) : tree(below), read.assignments));
}

describe("typed", () => {
  test.each<readonly [string, unknown]>([
    ["a=1", { a: 1 }],
    ["a=-1,b=+2", { a: -1, b: 2 }],
    ["a=0", { a: 0 }],
    ["a=00123", { a: "00123" }],
    ["a=1.5", { a: "1.5" }],
    ["a=1e3", { a: "1e3" }],
    ["a=true,b=FALSE", { a: true, b: false }],
    ["a=null,b=NULL", { a: null, b: null }],
    ["a=", { a: "" }],
    ["a=,b=1", { a: "", b: 1 }],
    ["a=b=c", { a: "b=c" }],
    ["a=x\\,y,b=z", { a: "x,y", b: "z" }],
    ["a\\.b=1", { "a.b": 1 }],
    ["a.b.c=1,a.b.d=2", { a: { b: { c: 1, d: 2 } } }],
    ["a={}", { a: [] }],
    ["a={1,x,true}", { a: [1, "x", true] }],
    ["a={1,2},b=3", { a: [1, 2], b: 3 }],
    ["a={x\\,y}", { a: ["x,y"] }],
    ["a[0]=1,a[2]=3", { a: [1, null, 3] }],
    ["a[0].b=1,a[0].c=2,a[1].b=3", { a: [{ b: 1, c: 2 }, { b: 3 }] }],
    ["a[0][1]=x", { a: [[null, "x"]] }],
    ["a.b[0].c=x", { a: { b: [{ c: "x" }] } }],
  ])("%s", (text, expected) => expect(set(text)).toEqual(expected));

  test("on top of values", () => {
    expect(set("a.b=2,c[1]=y,d=x", "typed", "a: {b: 1, k: v}\nc: [u, w]\nd: {e: f}\n")).toEqual({ a: { b: 2, k: "v" }, c: ["u", "y"], d: "x" });
  });
});

test("text in any case", () => expect(set("a=1,b=true,c={1,2}", "string")).toEqual({ a: "1", b: "true", c: ["1", "2"] }));

test("JSON, several of it", () =>
  expect(set('a={"b":[1,2,{"c":null}]},d.e="x,y",f=1.5', "json")).toEqual({ a: { b: [1, 2, { c: null }] }, d: { e: "x,y" }, f: 1.5 }));

describe("what is none is said", () => {
  test.each<readonly [string, string]>([
    ["a", 'the key "a" has no value'],
    ["a,b=1", 'the key "a" has no value'],
    ["a[x]=1", '"[x]=1" does not begin with an index such as [0]'],
    ["a={1,2", "a: a list has no closing }"],
    ["=1", 'an empty key stands in "="'],
    ["", "it names no key"],
  ])("%s", (text, expected) => expect(set(text)).toBe(expected));

  test("no JSON", () => expect(set("a={b", "json")).toBe("a: the value is no JSON"));
});
