// What holds for any text: reading ends, never throws, is quick, and spans say where values really stand.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Node } from "../../../service/document/node.ts";
import type { ConfDocument } from "../../../service/document/conf/read-conf.ts";
import { typed } from "../../../service/document/conf/typed.ts";
import { read } from "./context.ts";

const pieces = [
  "a",
  "b: ",
  "name = ",
  "m {",
  "}",
  "[",
  "]",
  "l: [",
  "(",
  "\n)\n",
  '"',
  "'",
  "\\",
  "\\x41",
  "\\n",
  "#",
  "//",
  "/",
  " # x\n",
  ",",
  ";",
  ":",
  "=",
  " ",
  "\t",
  "\n",
  "\r",
  "\r\n",
  "\u00a0",
  "\u2028",
  "\0",
  "\ufeff",
  "\ud83d\ude80",
  "\ud83d",
  "é",
  "٣",
  "1",
  "1k",
  "2mb",
  "1kbb",
  "1.5",
  "1.2.3",
  "-",
  "-4",
  "yes",
  "$b",
  "$x",
  "$2a$x",
  "include ",
  "include f\n",
  "2020-01-02T03:04:05Z",
  "2020-",
  "9999999999999999999",
  '"q"',
  "'s'",
  "{",
  "k: v\n",
  "k: v, ",
];
const conf = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
const anything = fc.oneof(conf, fc.string({ unit: "binary", maxLength: 60 }));

const outside = {
  environment: (name: string) => (name === "x" ? "12e4\ny: $b" : name === "b" ? null : undefined),
  include: (path: string) => (path === "f" ? { path: "f", text: "b: 1\ninclude f" } : undefined),
};

function* scalars(node: Node): Generator<Node & { kind: "scalar" }> {
  if (node.kind === "scalar") yield node;
  const inner = node.kind === "map" ? node.entries.values() : node.kind === "list" ? node.items : [];
  for (const child of inner) yield* scalars(child);
}

describe("any text", () => {
  it("is read without throwing, with errors in order and inside it", () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(undefined, [2, 9, 10], [2, 10, 20], [2, 15, 1]), (text, version) => {
        const { errors }: ConfDocument = read(text, { ...outside, ...(version === undefined ? {} : { version }) });
        const starts = errors.map((error) => error.span.start);
        expect(starts).toEqual(starts.toSorted((one, other) => one - other));
        for (const { message, span } of errors) {
          expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
          expect(message).not.toMatch(/[.\n]$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("has scalars that read alike when they are cut out", () => {
    fc.assert(
      fc.property(conf, (text) => {
        for (const node of scalars(read(text).root)) {
          const { span } = node.origin;
          const cut = text.slice(span.start, span.end);
          // An empty value has no text, and a copied one stands elsewhere.
          if (cut === "" || node.origin.via !== undefined) continue;
          // A size with a bracket right behind it is a string.
          if (typeof node.value === "string" && /^-?[0-9]+[kmgtpe][bi]*$/i.test(cut) && text.startsWith("]", span.end)) continue;
          expect(typed(read(`v: ${cut}\n`).root)).toEqual({ v: typed(node) });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("has children inside their parents, and keys before their values", () => {
    const inside = (node: Node): void => {
      for (const child of node.kind === "map" ? node.entries.values() : node.kind === "list" ? node.items : []) {
        const { key, span, via } = child.origin;
        if (via !== undefined) continue;
        expect(span.start >= node.origin.span.start && span.end <= node.origin.span.end).toBe(true);
        if (key !== undefined && child.kind !== "unknown") expect(key.end <= span.start).toBe(true);
        inside(child);
      }
    };
    fc.assert(
      fc.property(conf, (text) => inside(read(text).root)),
      { numRuns: 1000 },
    );
  });
});

describe("a hostile text", () => {
  const many = 10_000;
  it.each([
    "m {",
    "l: [",
    "a: [ {",
    'a: "\n',
    "a: (\n",
    "a: (x)\n",
    "a{\n",
    "}\n",
    "x y }\n",
    "a: [1]\n",
    "a b {",
    "a: b c\n",
    "a:\n",
    '{"a":[1,2],',
    "\0",
    ",",
    "$a ",
    "a: 'x\nb: \"y\n",
    "a: b \"c' d\n",
    "include x\n",
  ])("of many %j is read in time", (piece) => {
    const start = performance.now();
    read(piece.repeat(many));
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("is given up where it nests too deep, in included files as well", () => {
    expect(read("a [".replace(" ", ": ") + "[".repeat(1000)).errors.map((error) => error.kind)).toContain("limit");
    const include = (_: string, from: string): { path: string; text: string } => ({
      path: `${from}+`,
      text: `${"a {".repeat(150)} include x\n${"}".repeat(150)}`,
    });
    expect(read("include x", { include }).errors).toMatchObject([{ kind: "limit", refused: false }]);
  });

  it("does not grow without bounds by its variables", () => {
    const lines = Array.from({ length: 60 }, (_, level) => `a${level + 1}: [$a${level}, $a${level}, x]`);
    expect(read(`a0: x\n${lines.join("\n")}\n`).errors.map((error) => error.kind)).toContain("limit");
    const environment = (name: string): string => `[$${name}a, $${name}b, x]`;
    expect(read("a: $X", { environment }).errors.map((error) => error.kind)).toEqual(["limit"]);
  });
});
