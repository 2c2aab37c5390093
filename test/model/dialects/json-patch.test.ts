// JSON Patch over trees: RFC 6902 where all is known, and silence where it is not.

import { expect, test } from "vitest";
import { at, map, type Node, unknown } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { patched, type PatchProblem } from "../../../service/model/dialects/json-patch.ts";
import { tree } from "./plain-values.ts";

function apply(doc: unknown, ...operations: unknown[]): { made: unknown; problems: PatchProblem[] } {
  const problems: PatchProblem[] = [];
  return { made: plain(patched(tree(doc), tree(operations), problems)), problems };
}

test.each([
  [{ a: 1 }, { op: "add", path: "/b", value: 2 }, { a: 1, b: 2 }],
  [{ a: [1, 3] }, { op: "add", path: "/a/1", value: 2 }, { a: [1, 2, 3] }],
  [{ a: [1] }, { op: "add", path: "/a/-", value: 2 }, { a: [1, 2] }],
  [{ a: { b: 1 } }, { op: "replace", path: "/a/b", value: null }, { a: { b: null } }],
  [{ a: [{ b: 1 }, 2] }, { op: "replace", path: "/a/0/b", value: 9 }, { a: [{ b: 9 }, 2] }],
  [{ a: [1, 2] }, { op: "remove", path: "/a/0" }, { a: [2] }],
  [{ "x/y": 1, "m~n": 2 }, { op: "remove", path: "/x~1y" }, { "m~n": 2 }],
  [{ "x/y": 1, "m~n": 2 }, { op: "remove", path: "/m~0n" }, { "x/y": 1 }],
  [
    { a: { b: 1 }, c: {} },
    { op: "move", from: "/a/b", path: "/c/d" },
    { a: {}, c: { d: 1 } },
  ],
  [{ a: { b: 1 } }, { op: "copy", from: "/a", path: "/c" }, { a: { b: 1 }, c: { b: 1 } }],
  [{ a: [1] }, { op: "test", path: "/a", value: [1] }, { a: [1] }],
  [{ a: 1 }, { op: "replace", path: "", value: { b: 2 } }, { b: 2 }],
])("%j with %j is %j", (doc, operation, wanted) => {
  expect(apply(doc, operation)).toEqual({ made: wanted, problems: [] });
});

test.each([
  [{ op: "remove", path: "/b" }],
  [{ op: "replace", path: "/b", value: 1 }],
  [{ op: "add", path: "/b/c", value: 1 }],
  [{ op: "add", path: "/list/3", value: 1 }],
  [{ op: "add", path: "/list/01", value: 1 }],
  [{ op: "add", path: "a", value: 1 }],
  [{ op: "add", path: "/x" }],
  [{ op: "grow", path: "/x", value: 1 }],
  [{ path: "/x", value: 1 }],
  [{ op: "test", path: "/a", value: 2 }],
  [{ op: "move", from: "/a", path: "/a/b" }],
  ["add"],
])("%j cannot be applied", (operation) => {
  const { made, problems } = apply({ a: 1, list: [1] }, operation);
  expect(made).toBe(UNKNOWN);
  expect(problems).toHaveLength(1);
});

test("below something unknown everything fits and stays unknown", () => {
  const origin = { path: "values.yaml", span: { start: 0, end: 0 } };
  const doc = map(
    [
      ["a", unknown("a template makes it", origin)],
      ["b", tree(1)],
    ],
    origin,
  );
  const made = patched(
    doc,
    tree([
      { op: "replace", path: "/a/x/0", value: 1 },
      { op: "test", path: "/a", value: 7 },
      { op: "remove", path: "/b" },
    ]),
  );
  expect(at(made, "a")?.kind).toBe("unknown");
  expect(at(made, "b")).toBeUndefined();
});

test("behind a member that is not known an index means nothing", () => {
  const doc = map([["a", { kind: "list", items: [tree(1), unknown("it may be none", tree(0).origin), tree(3)], origin: tree(0).origin }]], tree(0).origin);
  expect(plain(patched(doc, tree([{ op: "replace", path: "/a/2", value: 9 }])))).toEqual({ a: UNKNOWN });
  expect(plain(patched(doc, tree([{ op: "replace", path: "/a/0", value: 9 }])))).toEqual({ a: [9, UNKNOWN, 3] });
  expect(plain(patched(doc, tree([{ op: "add", path: "/a/-", value: 9 }])))).toEqual({ a: [1, UNKNOWN, 3, 9] });
});

test("a map that is not complete may have the key", () => {
  const doc: Node = { ...(tree({ a: 1 }) as Extract<Node, { kind: "map" }>), incomplete: "a template adds to it" };
  const problems: PatchProblem[] = [];
  const made = patched(
    doc,
    tree([
      { op: "remove", path: "/b" },
      { op: "add", path: "/c/d", value: 1 },
      { op: "replace", path: "/e", value: 2 },
    ]),
    problems,
  );
  expect(problems).toEqual([]);
  expect(plain(made)).toEqual({ a: 1, e: 2 });
});

test("an operation that is not known leaves nothing known", () => {
  const origin = { path: "values.yaml", span: { start: 0, end: 0 } };
  expect(patched(tree({ a: 1 }), unknown("a template makes it", origin)).kind).toBe("unknown");
});
