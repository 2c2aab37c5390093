// The scalars of nats.conf that are text: quoted, bare and block strings with their escapes. Reads one, changes nothing.

import type { Lexeme } from "./lexeme.ts";
import { codeAt, endsBare, isEnd, lineEnd } from "./characters.ts";

const backslash = 92;
const apostrophe = 39;
const doubleQuote = 34;

/** A string in quotes; `at` is the opening one. Single quotes know no escapes at all. */
export function scanQuoted(text: string, at: number): Lexeme {
  const quote = text.charCodeAt(at);
  // The server takes a quote that ends the file for the end of the file.
  if (at + 1 >= text.length) return { kind: "ended", start: at, end: text.length };
  const escapes = quote === doubleQuote;
  let end = at + 1;
  let escaped = false;
  let behindEscape = -1;
  let bad = -1;
  for (let code = codeAt(text, end); code !== quote; code = codeAt(text, end)) {
    // The server forgets that the string began when an escape is the last thing in it.
    if (code < 0 && end === behindEscape && bad < 0) return { kind: "ended", start: at, end };
    if (isEnd(code)) {
      const span = { start: at, end: lineEnd(text, at) };
      return { kind: "error", problem: "unclosed", message: "The quote that opens here is never closed", start: at, span, end: span.end };
    }
    if (escapes && code === backslash) {
      const width = escapeWidth(text, end);
      if (width === 0 && bad < 0) bad = end;
      escaped = true;
      end += Math.max(width, 1);
      behindEscape = end;
    } else end += 1;
  }
  if (bad >= 0) return badEscape(text, at, bad, end + 1);
  const inner = { start: at + 1, end };
  const raw = text.slice(inner.start, inner.end);
  return {
    kind: "value",
    value: escaped ? decode(raw) : raw,
    style: escapes ? "double" : "single",
    start: at,
    inner,
    end: end + 1,
  };
}

/** A bare word from `start`; what stands before `from` is content already, whatever it is. */
export function scanBare(text: string, start: number, from: number): Lexeme {
  let end = from;
  let escaped = false;
  let bad = -1;
  for (let code = codeAt(text, end); !endsBare(code); code = codeAt(text, end)) {
    if (code === backslash) {
      const width = escapeWidth(text, end);
      if (width === 0 && bad < 0) bad = end;
      escaped = true;
      end += Math.max(width, 1);
    } else end += 1;
  }
  if (bad >= 0) return badEscape(text, start, bad, end);
  const inner = { start, end };
  const raw = text.slice(start, end);
  if (codeAt(text, end) === apostrophe) {
    const value = escaped ? text.slice(start, from) + decode(text.slice(from, end)) : raw;
    return { kind: "value", value, style: "plain", start, inner, end: end + 1, odd: "The quote that ends this unquoted value is no part of it" };
  }
  if (escaped) {
    return { kind: "value", value: text.slice(start, from) + decode(text.slice(from, end)), style: "plain", start, inner, end };
  }
  if (raw.startsWith("$")) return { kind: "reference", name: raw.slice(1), start, end };
  const boolean = raw.length > 5 ? null : /^(?:(true|yes|on)|false|no|off)$/i.exec(raw);
  const value = boolean === null ? raw : boolean[1] !== undefined;
  return { kind: "value", value, style: "plain", start, inner, end };
}

/** A block string; `at` is its `(`. It ends at a `)` that has a line of its own, which `ends` says there may be. */
export function scanBlock(text: string, at: number, ends: boolean): Lexeme {
  for (let close = ends ? text.indexOf(")", at + 1) : -1; close >= 0; close = text.indexOf(")", close + 1)) {
    if (text.charCodeAt(close - 1) !== 10) continue;
    const next = codeAt(text, close + 1);
    if (next !== 10 && !isEnd(next)) continue;
    if (text.slice(at, close).includes("\0")) break;
    // As the last character of the file the server counts the bracket in.
    const end = next < 0 ? close + 1 : close;
    const inner = { start: at + 1, end };
    return { kind: "value", value: text.slice(inner.start, end), style: "block", start: at, inner, end: close + 1 };
  }
  const span = { start: at, end: at + 1 };
  const message = "The block that opens here is not closed by a bracket on a line of its own";
  return { kind: "error", problem: "unclosed", message, start: at, span, end: lineEnd(text, at) };
}

function badEscape(text: string, start: number, at: number, end: number): Lexeme {
  const span = { start: at, end: Math.min(at + 2, text.length) };
  const message = "A backslash stands before something other than t, n, r, x and two hexadecimal digits, a double quote or a backslash";
  return { kind: "error", problem: "escape", message, start, span, end };
}

/** How many code units the escape at a backslash takes, 0 when it is none. */
function escapeWidth(text: string, at: number): number {
  const letter = text.charAt(at + 1);
  if (letter === "x") return /^[0-9a-fA-F]{2}$/.test(text.slice(at + 2, at + 4)) ? 4 : 0;
  return letter !== "" && 'tnr"\\'.includes(letter) ? 2 : 0;
}

const simple: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", '"': '"', "\\": "\\" };

/** Escapes name bytes, several of which may be one character, so runs of them are decoded together. */
function decode(raw: string): string {
  return raw.replace(/(?:\\x[0-9a-fA-F]{2})+|\\[^x]/g, (found) => {
    if (found.charAt(1) !== "x") return simple[found.charAt(1)] ?? "";
    const bytes = found
      .slice(2)
      .split("\\x")
      .map((pair) => Number.parseInt(pair, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  });
}
