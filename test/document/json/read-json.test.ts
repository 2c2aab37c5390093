// JSON read by itself makes the tree that the YAML reader makes of the same text. The oracle is the YAML reader: a comment
// behind the text makes it no JSON.

import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../../service/document/json/read-json.ts";
import type { Origin } from "../../../service/document/node.ts";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { shown } from "../yaml/read.ts";
import type { Span } from "../../../service/source/position.ts";

const place = (span: Span, key?: Span): Origin => (key === undefined ? { path: "a.json", span } : { path: "a.json", span, key });

/** Whatever is read as JSON is read alike as YAML. Returns whether it was. */
function agrees(text: string): boolean {
  const own = readJson(text, place);
  if (own === null) return false;
  const { documents, violations } = readYaml({ path: "a.json", text: `${text}\n#` });
  // Quicker by far than what explains the difference.
  if (!isDeepStrictEqual([own.root, own.duplicates], [documents[0]?.root, violations])) {
    expect(own.root).toEqual(documents[0]?.root);
    expect(own.duplicates).toEqual(violations);
  }
  expect(documents).toHaveLength(1);
  return true;
}

const WORDS = ["", "a", "<<", "on", "{{ x }}", "${A}", "ENC[AES256_GCM,x]", "é😀", "a\nb {{ c }}", '"', "\\", "\t", "# no", "~", "---", "\u2028"];
const PIECES = [
  ...["{", "}", "[", "]", "{}", "[]", ",", ":", " ", "  ", "\n", "\r\n", "\t", '"a"', '"b"', '"a": ', '"b":', '"":', "1", "-0", "0.50", "1e400", "1E+2"],
  ...["12345678901234567890", "true", "null", "false", "nul", '"x\\ny"', '"\\u00e9"', '"\\ud83d"', '"\\/"', '"\\\\"', '"{{ x }}"', '"<<": ', '"${A}": '],
  ...["# c", "'a'", "---\n", "\ufeff", "\u0085", "\0", '"\u007f"', "- ", "&x ", "!t ", "01", ".5", "{{ if x }}"],
];

describe("JSON", () => {
  test("makes the tree that YAML makes of it", () => {
    const text = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "binary" }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), tie("list"), tie("map")),
      list: fc.array(tie("value")),
      map: fc.dictionary(text, tie("value")),
    }));
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(fc.array(value), fc.dictionary(text, value)), fc.constantFrom(undefined, 2, "\t"), (data, indent) => {
        if (agrees(JSON.stringify(data, null, indent))) taken++;
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  test("or is left to it, whatever is thrown together", () => {
    let taken = 0;
    const piece = fc.constantFrom(...PIECES);
    const entries = fc.array(fc.tuple(fc.constantFrom('"a"', '"b"', '"<<"', '"${A}"', '"\\u0061"'), fc.constantFrom(":", ": ", " :", ":\n", "\n:"), piece));
    const written = entries.map((all) => `{${all.map((one) => one.join("")).join(",")}}`);
    fc.assert(
      fc.property(
        fc.oneof(
          written,
          fc.array(piece, { maxLength: 12 }).map((all) => `{${all.join("")}}`),
          fc.array(piece, { maxLength: 8 }).map((all) => `[${all.join(",")}]`),
        ),
        (text) => {
          if (agrees(text)) taken++;
        },
      ),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  test("as machines write it is read", () => {
    for (const text of ['{"a":1}', '{\n\t"a": [\n\t\t-1.50,\n\t\t"x\\ny"\n\t]\n}\n', '\r\n[{"a": null}, {}, []]\r\n']) expect(agrees(text), text).toBe(true);
  });

  test("that says a key twice says so, the last one wins", () => {
    const { documents, violations } = readYaml({ path: "a.json", text: '{"a": 1, "b": {"c": 2, "c": 3}, "a": 4}' });
    expect(violations.map((one) => [one.rule, one.origin.key?.start])).toEqual([
      ["yaml-duplicate-key", 23],
      ["yaml-duplicate-key", 32],
    ]);
    expect(shown(documents[0]?.root)).toEqual({ a: 4, b: { c: 3 } });
  });

  test("that nests without measure is left to YAML, which says so", () => {
    const text = "[".repeat(10_000) + "]".repeat(10_000);
    expect(readJson(text, place)).toBeNull();
    expect(readYaml({ path: "a.json", text }).documents[0]?.state).toBe("broken");
  });
});
