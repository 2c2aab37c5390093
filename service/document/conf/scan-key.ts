// Keys of a nats.conf and the include directive, which is a key that a blank ends. Reads one, changes nothing.

import { codeAt, digitAt, isBlank, isEnd, isNewline, isSeparator, isSpace, lineEnd, openBrace } from "./characters.ts";
import type { Span } from "../../source/position.ts";

export type KeyLexeme =
  | { readonly kind: "key"; readonly name: string; readonly span: Span; readonly bare: boolean }
  /** The word `include`; its path is due. */
  | { readonly kind: "include"; readonly span: Span }
  /** A lone quote at the end of the file, which the server takes for the end. */
  | { readonly kind: "ended"; readonly span: Span }
  /** The text ends inside a map; its opening brace is what to speak of. */
  | { readonly kind: "unclosed"; readonly span: Span }
  | { readonly kind: "error"; readonly message: string; readonly span: Span };

/** The key at an offset. Whatever stands there first belongs to it, unless it is a quote and `quotes` are looked for. */
export function scanKey(text: string, at: number, inMap: boolean, quotes: boolean): KeyLexeme {
  const quote = text.charAt(at);
  if (quotes && (quote === '"' || quote === "'")) return scanQuotedKey(text, at, quote, inMap);
  let end = at + 1;
  while (!isSpace(codeAt(text, end)) && !isSeparator(codeAt(text, end)) && !isEnd(codeAt(text, end))) end += 1;
  end = Math.min(end, text.length);
  const span = { start: at, end };
  const name = text.slice(at, end);
  if (inMap && isEnd(codeAt(text, end))) return { kind: "unclosed", span };
  // The capital I with a dot has the plain i as its small letter for the server.
  if (name.length === 7 && isSpace(codeAt(text, end)) && /^[i\u0130]nclude$/i.test(name)) return { kind: "include", span };
  return { kind: "key", name, span, bare: true };
}

/**
 * How a message may call a key. What is left of a password with a comma in it looks like a key too, so a name is printed only
 * where it is written as one: in quotes, or first on its line or in its map.
 */
export function shown(text: string, key: { readonly name: string; readonly span: Span }): string {
  if (key.span.end - key.span.start === key.name.length) {
    let before = key.span.start - 1;
    while (isBlank(codeAt(text, before))) before -= 1;
    if (before >= 0 && !isNewline(codeAt(text, before)) && codeAt(text, before) !== openBrace) return "a key";
  }
  return key.name.length <= 60 ? `"${key.name}"` : "a key";
}

function scanQuotedKey(text: string, at: number, quote: string, inMap: boolean): KeyLexeme {
  const close = text.indexOf(quote, at + 1);
  const inner = close < 0 ? "\0" : text.slice(at + 1, close);
  if (!inner.includes("\0")) return { kind: "key", name: inner, span: { start: at, end: close + 1 }, bare: false };
  const span = { start: at, end: Math.max(at + 1, lineEnd(text, at)) };
  if (!inMap && isEnd(codeAt(text, at + 1))) return { kind: "ended", span };
  return { kind: "error", message: "The quote that opens this key is never closed", span };
}

export type PathLexeme =
  | { readonly kind: "path"; readonly path: string; readonly span: Span; readonly end: number }
  | { readonly kind: "error"; readonly message: string; readonly span: Span };

/** The path of an include directive; `at` is behind the word. */
export function scanIncludePath(text: string, at: number): PathLexeme {
  let start = at;
  while (isBlank(codeAt(text, start))) start += 1;
  const first = text.charAt(start);
  const here = { start, end: Math.min(start + 1, text.length) };
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, start + 1);
    const path = close < 0 ? "\0" : text.slice(start + 1, close);
    if (path.includes("\0")) return { kind: "error", message: "The quote that opens this path is never closed", span: here };
    return { kind: "path", path, span: { start, end: close + 1 }, end: close + 1 };
  }
  if (isNewline(codeAt(text, start))) return { kind: "error", message: "No path stands on the line of include", span: here };
  if ((first !== "" && "[{(-\\".includes(first)) || digitAt(text, start) > 0) {
    return { kind: "error", message: "An unquoted include path starts with a digit, a minus, a bracket or a backslash", span: here };
  }
  let end = start;
  while (!endsPath(codeAt(text, end))) end += 1;
  return { kind: "path", path: text.slice(start, end), span: { start, end }, end: text.charAt(end) === "'" ? end + 1 : end };
}

function endsPath(code: number): boolean {
  // In this order: ; } '
  return isEnd(code) || isNewline(code) || isBlank(code) || code === 59 || code === 125 || code === 39;
}
