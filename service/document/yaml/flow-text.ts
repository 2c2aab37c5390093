// Decodes scalars that are plain or stand in quotes, as go-yaml does, keeping track of where each character was written.

import { Decoding } from "./decoding.ts";

/** The library takes a doubled quote at the very end for the closing one. */
const UNCLOSED = "a closing quote is missing";

const BREAK = /\r\n|[\n\r\u0085]/y;
const BLANKS = /[ \t]*/y;

/** A plain scalar between two offsets; its lines are folded. */
export function decodePlain(source: string, start: number, end: number): Decoding {
  const decoding = new Decoding(source, end);
  run(source, start, end, decoding, () => undefined);
  return decoding;
}

/** A scalar in single quotes; the offsets include the quotes. */
export function decodeSingle(source: string, start: number, end: number): Decoding {
  const decoding = new Decoding(source, end - 1);
  run(source, start + 1, end - 1, decoding, (at) => {
    if (source[at] !== "'") return undefined;
    if (at + 2 > end - 1) decoding.problem ??= { span: { start, end: start + 1 }, message: UNCLOSED };
    decoding.write("'", at, at + 2);
    return at + 2;
  });
  return decoding;
}

/** A scalar in double quotes; the offsets include the quotes. An escape that go-yaml refuses is kept as written. */
export function decodeDouble(source: string, start: number, end: number): Decoding {
  const decoding = new Decoding(source, end - 1);
  run(source, start + 1, end - 1, decoding, (at) => (source[at] === "\\" ? readEscape(source, at, end - 1, decoding) : undefined));
  return decoding;
}

/** Copies and folds; `special` may take what begins at an offset and says where to go on. */
function run(source: string, start: number, end: number, decoding: Decoding, special: (at: number) => number | undefined): void {
  let from = start;
  let at = start;
  while (at < end) {
    const code = source.charCodeAt(at);
    if (isBlank(code) || isBreak(code)) {
      let content = at;
      while (content < end && isBlank(source.charCodeAt(content))) content++;
      if (content < end && isBreak(source.charCodeAt(content))) {
        decoding.copy(from, at);
        at = fold(source, content, end, decoding);
        from = at;
      } else at = Math.max(content, at + 1);
    } else if (code === 0x5c || code === 0x27) {
      const taken = peek(decoding, from, at, special);
      if (taken === undefined) at++;
      else {
        at = taken;
        from = taken;
      }
    } else at++;
  }
  decoding.copy(from, Math.min(at, end));
}

function peek(decoding: Decoding, from: number, at: number, special: (at: number) => number | undefined): number | undefined {
  decoding.copy(from, at);
  const next = special(at);
  if (next !== undefined) return next;
  decoding.copy(at, at + 1);
  return at + 1;
}

/** One line end is a blank, each further one a line end. Returns where the next line's content begins. */
function fold(source: string, first: number, end: number, decoding: Decoding): number {
  const at = skip(BLANKS, source, skip(BREAK, source, first, end), end);
  if (at >= end || !isBreak(source.charCodeAt(at))) {
    decoding.write(" ", first, at);
    return at;
  }
  return emptyLines(source, at, end, decoding);
}

function emptyLines(source: string, first: number, end: number, decoding: Decoding): number {
  let at = first;
  while (at < end && isBreak(source.charCodeAt(at))) {
    const next = skip(BREAK, source, at, end);
    decoding.write("\n", at, next);
    at = skip(BLANKS, source, next, end);
  }
  return at;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
};
const LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(source: string, at: number, end: number, decoding: Decoding): number {
  const sign = source[at + 1] ?? "";
  if (at + 1 >= end) decoding.problem ??= { span: { start: at, end: at + 2 }, message: UNCLOSED };
  if (isBreak(source.charCodeAt(at + 1))) {
    const next = skip(BLANKS, source, skip(BREAK, source, at + 1, end), end);
    return emptyLines(source, next, end, decoding);
  }
  const simple = ESCAPES[sign];
  if (simple !== undefined) {
    decoding.write(simple, at, at + 2);
    return at + 2;
  }
  const length = LENGTHS[sign];
  const digits = length === undefined ? "" : source.slice(at + 2, Math.min(at + 2 + length, end));
  const code = length !== undefined && digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : -1;
  if (code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) {
    decoding.write(String.fromCodePoint(code), at, at + 2 + digits.length);
    return at + 2 + digits.length;
  }
  decoding.problem ??= { span: { start: at, end: at + 2 }, message: "the text in double quotes has an escape that YAML does not know" };
  decoding.copy(at, at + 2);
  return at + 2;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85;
}

function skip(what: RegExp, source: string, at: number, end: number): number {
  what.lastIndex = at;
  return what.test(source) ? Math.min(what.lastIndex, end) : at;
}
