// One scalar of a nats.conf as the server's lexer sees it, before variables are looked up and nodes are made.

import type { ScalarValue, Spelling } from "../node.ts";
import type { Span } from "../../source/position.ts";
import { codeAt, digitAt, isNewline } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import { scanNegative, scanPositive } from "./scan-number.ts";
import { scanBare, scanBlock, scanQuoted } from "./scan-text.ts";

/** `start` and `end` cover all that was consumed, quotes included. */
export type Lexeme =
  | {
      readonly kind: "value";
      readonly value: ScalarValue;
      readonly type?: NonNullable<Spelling["type"]>;
      readonly style: Spelling["style"];
      readonly start: number;
      readonly end: number;
      /** Without quotes. */
      readonly inner: Span;
      /** What is surprising about it though the server takes it. */
      readonly odd?: string;
      /** Why something may stand right behind it, for the error when something does. */
      readonly cut?: "fraction" | "address" | "negative" | "size" | "date";
      /** The number took a closing bracket for a part of itself. */
      readonly swallowed?: true;
    }
  | { readonly kind: "reference"; readonly name: string; readonly start: number; readonly end: number }
  /** A size whose letters mean nothing: the server forgets the pair without a word. */
  | { readonly kind: "dropped"; readonly start: number; readonly end: number }
  /** A quote that nothing but the end follows: the server takes it for the end of the file. */
  | { readonly kind: "ended"; readonly start: number; readonly end: number }
  | {
      readonly kind: "error";
      /** `value`: the text is well-formed but stands for nothing, such as a 13th month. */
      readonly problem: "unclosed" | "escape" | "number" | "missing" | "value";
      readonly message: string;
      /** Where the message points. */
      readonly span: Span;
      readonly start: number;
      /** Where reading may go on. */
      readonly end: number;
    };

/** Reads the scalar at an offset where neither a list nor a map opens. `blocks`: can the end of a block string be ahead? */
export function scanScalar(text: string, at: number, dialect: Dialect, blocks = true): Lexeme {
  const code = codeAt(text, at);
  if (code === 39 || code === 34) return scanQuoted(text, at);
  if (code === 40) return scanBlock(text, at, blocks);
  if (code === 45) return scanNegative(text, at, dialect);
  if (digitAt(text, at) > 0) return scanPositive(text, at, dialect);
  const span = { start: at, end: Math.min(at + 1, text.length) };
  if (code === 46) {
    return { kind: "error", problem: "number", message: "An unquoted value starts with a dot", span, start: at, end: at + 1 };
  }
  if (isNewline(code)) {
    return { kind: "error", problem: "missing", message: "No value stands on the line of its key", span, start: at, end: at };
  }
  return scanBare(text, at, at);
}
