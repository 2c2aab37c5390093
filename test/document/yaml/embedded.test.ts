// Texts inside scalars, and the way back to where each character of them is written.

import { describe, expect, test } from "vitest";
import { embeddedText } from "../../../service/document/yaml/embedded.ts";
import type { YamlText } from "../../../service/document/yaml/read-yaml.ts";
import { nodeAt, rootOf } from "./read.ts";

function embedded(source: string | YamlText, ...path: (string | number)[]): NonNullable<ReturnType<typeof embeddedText>> {
  const node = nodeAt(rootOf(source), ...path);
  const found = node.kind === "scalar" ? embeddedText(node, source) : null;
  if (found === null) throw new Error("no text");
  expect(found.text).toBe((node as { value?: unknown }).value);
  return found;
}

/** Where a piece of the inner text is written outside. */
function outside(outer: string, inner: ReturnType<typeof embedded>, piece: string): string {
  const start = inner.text.indexOf(piece);
  const { span } = inner.origin({ start, end: start + piece.length });
  return outer.slice(span.start, span.end);
}

describe("the text of a scalar", () => {
  test.each<[text: string, inner: string, piece: string, written: string]>([
    ["a: |\n  port: 1\n  host: h\n", "port: 1\nhost: h\n", "host", "host"],
    ["a: |\n  port: 1\n  host: h\n", "port: 1\nhost: h\n", "1\nhost", "1\n  host"],
    ["a: |-\n  x\n\n  y\n", "x\n\ny", "\n\ny", "\n\n  y"],
    ["a: |+\n  x\n\n\nb: 1\n", "x\n\n\n", "x", "x"],
    ["a: |2\n     x\n   y\n", "   x\n y\n", "x\n y", "x\n   y"],
    ["x:\n  - |1-\n     x\n", "  x", "x", "x"],
    ["a: >\n  one\n  two\n\n  three\n", "one two\nthree\n", "two\nthree", "two\n\n  three"],
    ["a: >\n  one\n  two\n", "one two\n", " ", "\n  "],
    ["a: >\n  one\n    deep\n  two\n", "one\n  deep\ntwo\n", "  deep", "  deep"],
    ["a: |\r\n  x\r\n  y\r\n", "x\ny\n", "x\ny", "x\r\n  y"],
    ["a: |\r  x\r  y\r", "x\ny\n", "y", "y"],
    ["a: plain\n  goes on\n", "plain goes on", "goes", "goes"],
    ["a: 'it''s\n\n  here'\n", "it's\nhere", "'s", "''s"],
    ['a: "x\\ny\\tz"\n', "x\ny\tz", "\ty", "\\ty"],
    ['a: "x\\ny\\tz"\n', "x\ny\tz", "y\tz", "y\\tz"],
    ['a: "x\\n\\\n  y"\n', "x\ny", "y", "y"],
    ['a: "x \\\n   \\  y"\n', "x   y", "y", "y"],
    ['a: "\\U0001F600 x"\n', "😀 x", "😀", "\\U0001F600"],
    ["a: 😀 x\n", "😀 x", "x", "x"],
    ["\ufeffa: |\n  é😀 x\n", "é😀 x\n", "x", "x"],
  ])("%j", (text, inner, piece, written) => {
    const found = embedded(text, ...(text.startsWith("x:") ? ["x", 0] : ["a"]));
    expect(found.text).toBe(inner);
    if (piece !== "\ty") expect(outside(text, found, piece)).toBe(written);
  });

  test("maps an empty span to one place, and the end to the content's end", () => {
    const text = "a: |\n  x\n  y\n\n\nb: 1\n";
    const found = embedded(text, "a");
    expect(found.origin({ start: 2, end: 2 }).span).toEqual({ start: 11, end: 11 });
    expect(found.origin({ start: 4, end: 4 }).span).toEqual({ start: 12, end: 12 });
    expect(found.origin({ start: 0, end: 1 }, { start: 2, end: 3 })).toEqual({ path: "a.yaml", span: { start: 7, end: 8 }, key: { start: 11, end: 12 } });
  });

  test("keeps what the value came through", () => {
    const text = "a: &x |\n  p\nb: *x\n";
    expect(embedded(text, "b").origin({ start: 0, end: 1 })).toEqual({
      path: "a.yaml",
      span: { start: 10, end: 11 },
      via: [{ kind: "anchor", path: "a.yaml", span: { start: 15, end: 17 } }],
    });
  });

  test.each(["a: 1\n", "a: !!binary aGVsbG8=\n"])("of %j is none", (text) => {
    const node = nodeAt(rootOf(text), "a");
    expect(node.kind === "scalar" ? embeddedText(node, text) : null).toBeNull();
  });
});

describe("a text in a text", () => {
  const inner = "conf: |\n  port: 1\n  host: 'h'\n";
  test.each([
    ["blocks", `values: |\n${inner.replace(/^(?=.)/gm, "  ")}`],
    ["a block in double quotes", `values: ${JSON.stringify(inner)}\n`],
    ["a block in a folded block", `values: >\n${inner.replace(/^(?=.)/gm, "  ").replaceAll("\n", "\n\n")}`],
    ["CRLF", `values: |\n${inner.replace(/^(?=.)/gm, "  ")}`.replaceAll("\n", "\r\n")],
  ])("maps through all levels: %s", (_, text) => {
    const values = embedded(text, "values");
    expect(values.text.replace(/\n+/g, "\n").trim()).toBe(inner.trim());
    const source: YamlText = { path: "inner", text: values.text, origin: values.origin };
    const conf = embedded(source, "conf");
    expect(conf.text).toMatch(/^\n?port: 1\n+host: 'h'\n$/);
    expect(outside(text, conf, "host")).toBe("host");
    expect(conf.origin({ start: 0, end: 1 }).path).toBe("a.yaml");
    const deepest: YamlText = { path: "conf", text: conf.text, origin: conf.origin };
    const { origin } = nodeAt(rootOf(deepest), "host");
    expect(text.slice(origin.span.start, origin.span.end)).toBe("'h'");
    expect(text.slice(origin.key?.start, origin.key?.end)).toBe("host");
  });

  test("needs only the outermost text where all blocks are literal", () => {
    const text = `values: |\n${inner.replace(/^(?=.)/gm, "    ")}`;
    const values = embedded(text, "values");
    const node = nodeAt(rootOf({ path: "inner", text: values.text, origin: values.origin }), "conf");
    const conf = node.kind === "scalar" ? embeddedText(node, text) : null;
    expect(conf?.text).toBe("port: 1\nhost: 'h'\n");
    expect(conf === null ? "" : outside(text, conf, "host")).toBe("host");
  });
});
