// Guesses about a nats.conf that the server refuses: what was meant, where to go on, and what is only a consequence.
// The grammar asks; without a Mending it reads strictly and ends at the first problem.

import { Lines } from "../../source/position.ts";
import type { Span } from "../../source/position.ts";
import {
  closeBrace,
  closeBracket,
  codeAt,
  comma,
  isBlank,
  isEnd,
  isNewline,
  isSpace,
  lineEnd,
  openBrace,
  openBracket,
  semicolon,
  slash,
} from "./characters.ts";
import type { Lexeme } from "./lexeme.ts";
import { looksLikePair, nonsenseEnd } from "./guess.ts";
import type { Key } from "./sink.ts";

export type Place = "top" | "block" | "map" | "list";

/** An opening bracket. Indentations count characters. */
export interface Bracket {
  readonly kind: "map" | "list";
  readonly start: number;
  /** Of its line. */
  readonly indent: number;
  /** Of its first entry, where that stands on a line of its own. */
  readonly entry?: number;
}

/** Where nonsense ends besides at its line end. */
const stops: Readonly<Record<Place, string>> = { top: "", block: "}", map: ",;}", list: ",]}" };

export class Mending {
  readonly #text: string;
  readonly #lines: Lines;
  readonly #unclosed: boolean;
  #quietUntil = -1;
  #across = true;
  #blocks = true;
  #line = { start: 0, end: -1 };

  constructor(text: string, unclosed: boolean) {
    this.#text = text;
    this.#lines = new Lines(text);
    this.#unclosed = unclosed;
  }

  get heard(): boolean {
    return this.#quietUntil >= 0;
  }

  /** Is the problem worth telling, rather than a consequence of one that was told? One a line is enough. */
  hears(span: Span, at: number): boolean {
    if (span.start <= this.#quietUntil) return false;
    this.#quietUntil = this.lineEnd(Math.max(span.start, at));
    return true;
  }

  bracket(kind: Bracket["kind"], start: number): Bracket {
    const next = this.#next(start + 1);
    const indent = this.#next(this.#lineStart(start)) - this.#lineStart(start);
    return { kind, start, indent, ...(this.#opensLine(next) ? { entry: next - this.#lineStart(next) } : {}) };
  }

  /** Does the key stand too far to the left to be in the map? */
  dedented(at: number, bracket: Bracket): boolean {
    return this.#unclosed && this.#leftOf(at, bracket);
  }

  /** Is what stands where an element is due rather a pair, or the end of something around the list? */
  outsideList(at: number, bracket: Bracket): boolean {
    return codeAt(this.#text, at) === closeBrace || (this.#leftOf(at, bracket) && looksLikePair(this.#text, at));
  }

  /** A separator behind the one that ended the last pair, which the server takes for a key. */
  surplus(code: number): boolean {
    return code === comma || code === semicolon;
  }

  /** Where a block string that never ends may have been meant to: behind the next line that starts with its bracket. */
  blockEnd(at: number): number | undefined {
    if (!this.#blocks) return undefined;
    const close = /\n[ \t]*\)[^\r\n]*/g;
    close.lastIndex = at;
    this.#blocks = close.test(this.#text);
    return this.#blocks ? close.lastIndex : undefined;
  }

  /** A bare key whose last character was meant to open a map. */
  gluedBrace(key: Key): boolean {
    return key.name.length > 1 && key.name.endsWith("{") && isNewline(codeAt(this.#text, key.span.end));
  }

  /** What to do about a value that is not there: go on at `at`, where the next key stands, or the value after all. */
  missingValue(at: number, key: Key, place: Place): { readonly at: number; readonly key: boolean } | undefined {
    const text = this.#text;
    if (text.startsWith("#", at) || text.startsWith("//", at)) {
      const word = /[^\s;,\]}']*/y;
      word.lastIndex = at;
      word.test(text);
      return this.ends(word.lastIndex, place) ? undefined : { at: this.lineEnd(at), key: true };
    }
    if (key.span.end < this.#lineStart(at)) return looksLikePair(text, at) ? { at, key: true } : undefined;
    if (!isNewline(codeAt(text, at))) return undefined;
    const next = this.#next(at);
    if (next >= text.length) return undefined;
    const value = "{[".includes(text.charAt(next)) || !(looksLikePair(text, next) || "}]#/".includes(text.charAt(next)));
    return value ? { at: next, key: false } : { at, key: true };
  }

  /** The bracket that a number of a list took for a part of itself, where it was meant to close the list. `nested`: in another list. */
  swallowedBracket(lexeme: Lexeme, nested: boolean): number | undefined {
    if (lexeme.kind !== "value" || lexeme.swallowed !== true) return undefined;
    const bracket = this.#text.indexOf("]", lexeme.start);
    let next = lexeme.end;
    while (isBlank(codeAt(this.#text, next))) next += 1;
    const separator = codeAt(this.#text, next) === comma || isNewline(codeAt(this.#text, next));
    if (separator) next = this.#next(next + 1);
    const code = codeAt(this.#text, next);
    const goesOn = separator
      ? !isEnd(code) && code !== closeBrace && code !== openBracket && code !== openBrace && !looksLikePair(this.#text, next)
      : code === closeBracket && !nested;
    return goesOn ? undefined : bracket;
  }

  /** Is a value over where its text ends? */
  ends(at: number, place: Place): boolean {
    let end = at;
    while (isBlank(codeAt(this.#text, end))) end += 1;
    const code = codeAt(this.#text, end);
    if (isEnd(code) || isNewline(code)) return true;
    // The server skips a lone slash, but one glued to both sides was meant as a part of the value.
    if (code === slash && end === at && !"/*".includes(this.#text.charAt(end + 1)) && !isSpace(codeAt(this.#text, end + 1))) return false;
    return (place === "list" ? ",]#/" : ",;}#/").includes(String.fromCharCode(code));
  }

  /** Does a quoted value go on behind its line? */
  runsOver(lexeme: Lexeme): boolean {
    return lexeme.kind === "value" && "\"'".includes(this.#text.charAt(lexeme.start)) && this.lineEnd(lexeme.start) < lexeme.end;
  }

  nonsenseEnd(at: number, place: Place): number {
    const end = nonsenseEnd(this.#text, at, stops[place], this.#across, (of) => this.lineEnd(of));
    if (end >= 0) return end;
    // A bracket that never closes is looked for once, not once a line.
    this.#across = false;
    return nonsenseEnd(this.#text, at, stops[place], false, (of) => this.lineEnd(of));
  }

  /** The end of the line of an offset. Looked for once a line, as a whole configuration may stand on one. */
  lineEnd(at: number): number {
    if (at < this.#line.start || at > this.#line.end) this.#line = { start: at, end: lineEnd(this.#text, at) };
    return this.#line.end;
  }

  #leftOf(at: number, bracket: Bracket): boolean {
    if (bracket.entry === undefined || bracket.entry <= bracket.indent || !this.#opensLine(at)) return false;
    return at - this.#lineStart(at) <= bracket.indent;
  }

  #next(at: number): number {
    let next = at;
    while (next < this.#text.length && isSpace(this.#text.charCodeAt(next))) next += 1;
    return next;
  }

  #lineStart(at: number): number {
    return Math.min(at, this.#text.length) - (this.#lines.at(at).column - 1);
  }

  #opensLine(at: number): boolean {
    return this.#next(this.#lineStart(at)) === at;
  }
}
