// The library's lexer keeps the members that the tolerant one replaces.

import { expect, test } from "vitest";
import { Lexer } from "yaml";
import { tolerantLexer } from "../../../service/document/yaml/lexer.ts";

test("the library's lexer has what is replaced", () => {
  const inner = new Lexer() as unknown as { parseFlowCollection: unknown; parseQuotedScalar: unknown; indentNext: unknown };
  expect([typeof inner.parseFlowCollection, typeof inner.parseQuotedScalar, inner.indentNext]).toEqual(["function", "function", 0]);
});

test("the tolerant lexer gives back the text", () => {
  const text = "a: [\n1,\n'x\ny']\nb:\n  c: |\n    d\n";
  const lexemes = [...tolerantLexer().lex(text)].filter((one) => !["\x02", "\x18", "\x1f"].includes(one));
  expect(lexemes.join("")).toBe(text);
});
