// The grammar of nats.conf below the document: pairs, maps and lists. Follows the server character by character, and guesses
// what was meant only where it is asked to mend a text that the server refuses.

import {
  closeBrace,
  closeBracket,
  comma,
  isBlank,
  isEnd,
  isNewline,
  isSeparator,
  isSpace,
  openBrace,
  openBracket,
  semicolon,
  slash,
} from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import { type Lexeme, scanScalar } from "./lexeme.ts";
import type { Bracket, Place } from "./mending.ts";
import { Reader, type WalkOptions } from "./reader.ts";
import { scanIncludePath, scanKey } from "./scan-key.ts";
import type { Key, Sink } from "./sink.ts";

/** How deep lists and maps may nest, included files counted in. */
export const deepest = 200;

export class Pairs extends Reader {
  /** The kinds of the open brackets, outermost first. */
  readonly #open: Bracket["kind"][] = [];
  readonly #depth: number;
  #blocks = true;

  constructor(text: string, dialect: Dialect, sink: Sink, options: WalkOptions) {
    super(text, dialect, sink, options);
    this.#depth = options.depth;
  }

  /** A key and its value, or an include directive. */
  pair(place: Place, quotes = true): void {
    const { cursor } = this;
    if (quotes && isSeparator(cursor.code)) {
      this.refuse("A separator stands where a key is due", cursor.here);
      return this.skipNonsense(place);
    }
    if (quotes && this.mend?.surplus(cursor.code) === true) {
      this.refuse("A separator more than needed stands here, which the server takes for a key", cursor.here);
      this.fresh = true;
      return cursor.step();
    }
    const key = scanKey(cursor.text, cursor.at, place === "map", quotes);
    if (key.kind === "ended") return this.#ended(key.span.start);
    if (key.kind === "unclosed") return cursor.move(key.span.end);
    if (key.kind === "error") {
      this.refuse(key.message, key.span);
      return cursor.move(key.span.end);
    }
    cursor.move(key.span.end);
    if (key.kind === "include") return this.#include(place);
    if (key.bare && this.mend?.gluedBrace(key) === true) return this.#glued(key);
    this.lone = key;
    this.sink.key(key);
    cursor.skip(isSpace);
    if (isSeparator(cursor.code)) cursor.step();
    else if (isEnd(cursor.code) && place !== "map") return this.finish();
    if (place === "map") {
      cursor.skip(isSpace);
      if (cursor.code === closeBrace) {
        this.lone = undefined;
        return this.sink.valueless();
      }
      if (cursor.code === comma) {
        this.refuse(`No value stands between "${key.name}" and the comma`, cursor.here);
        return this.sink.unreadable(key.span);
      }
    }
    this.#value(place, key);
  }

  /** `cluster{` at the end of a line opens a map for its writer, and is all of it a key for the server. */
  #glued(key: Key): void {
    const brace = key.span.end - 1;
    this.refuse(`No blank stands before the brace, so "${key.name}" is all of it the key`, { start: brace, end: brace + 1 });
    this.sink.key({ name: key.name.slice(0, -1), span: { start: key.span.start, end: brace } });
    this.cursor.move(brace);
    this.#map();
  }

  #include(place: Place): void {
    const path = scanIncludePath(this.cursor.text, this.cursor.at);
    if (path.kind === "path") {
      this.cursor.move(path.end);
      return this.sink.include(path.path, path.span);
    }
    this.refuse(path.message, path.span);
    this.skipNonsense(place);
  }

  #value(place: Place, key?: Key): void {
    const { cursor } = this;
    cursor.skip(isBlank);
    const missing = key === undefined ? undefined : this.mend?.missingValue(cursor.at, key, place);
    if (missing !== undefined && key !== undefined) {
      this.refuse(`No value stands behind "${key.name}"`, key.span);
      this.lone = undefined;
      cursor.move(missing.at);
      if (missing.key) {
        this.fresh = true;
        return this.sink.unreadable(key.span);
      }
    }
    if (cursor.code === openBracket) this.#list();
    else if (cursor.code === openBrace) this.#map();
    else this.#scalar(scanScalar(cursor.text, cursor.at, this.dialect, this.#blocks), place);
  }

  #scalar(lexeme: Lexeme, place: Place): void {
    const { cursor } = this;
    if (lexeme.kind === "ended") return this.#ended(lexeme.start);
    const span = { start: lexeme.start, end: lexeme.end };
    cursor.move(lexeme.end);
    this.lone = undefined;
    this.last = lexeme;
    if (lexeme.kind === "error") {
      // Where one block does not end no later one does, and nobody should look for its end once more.
      if (cursor.text.charAt(lexeme.start) === "(") {
        this.#blocks = false;
        cursor.move(this.mend?.blockEnd(lexeme.start) ?? lexeme.end);
      }
      if (lexeme.problem === "value") this.sink.report({ kind: "value", message: lexeme.message, span: lexeme.span });
      else this.refuse(lexeme.message, lexeme.span);
      this.sink.unreadable(lexeme.span);
      if (lexeme.problem === "number" || lexeme.problem === "escape") this.skipNonsense(place);
      return;
    }
    const bracket = place === "list" ? this.mend?.swallowedBracket(lexeme, this.#open.at(-2) === "list") : undefined;
    if (bracket !== undefined) {
      this.refuse("The number takes the bracket right behind it for a part of itself", { start: bracket, end: bracket + 1 });
      this.sink.unreadable({ start: lexeme.start, end: bracket });
      return cursor.move(bracket);
    }
    if (this.mend?.ends(lexeme.end, place) === false) {
      this.sink.unreadable(span);
      if (!this.mend.runsOver(lexeme)) return;
      this.refuse("The quote that opens here is not closed on its line", { start: lexeme.start, end: lexeme.start + 1 });
      return cursor.move(this.mend.lineEnd(lexeme.start));
    }
    if (lexeme.kind === "reference") this.sink.reference(lexeme.name, span);
    else if (lexeme.kind === "dropped") this.sink.dropped(span);
    else this.sink.value(lexeme);
  }

  #ended(quote: number): void {
    const message = "The quote that opens here is never closed, and the server takes it for the end of the file";
    this.sink.report({ kind: "lost", message, span: { start: quote, end: quote + 1 } });
    this.finish();
  }

  #map(): void {
    const bracket = this.#enter("map");
    if (bracket === undefined) return;
    const { cursor } = this;
    for (;;) {
      cursor.skip(isSpace);
      const code = cursor.code;
      if (code === closeBrace) return this.#close();
      if (isEnd(code) || this.mend?.dedented(cursor.at, bracket) === true) return this.#unclosed(bracket, "brace");
      if (cursor.comment()) continue;
      if (code === closeBracket) {
        this.refuse("A bracket closes where a key or the brace of the map is due", cursor.here);
        cursor.step();
        continue;
      }
      // A lone slash goes, and whatever comes next starts a bare key.
      if (code === slash) cursor.step();
      this.pair("map", code !== slash);
      if (this.#endEntry("map")) return this.#close();
      if (this.done) return;
    }
  }

  #list(): void {
    const bracket = this.#enter("list");
    if (bracket === undefined) return;
    const { cursor } = this;
    for (;;) {
      cursor.skip(isSpace);
      const code = cursor.code;
      if (code === closeBracket) return this.#close();
      if (isEnd(code) || this.mend?.outsideList(cursor.at, bracket) === true) return this.#unclosed(bracket, "bracket");
      if (cursor.comment()) continue;
      if (code === comma || code === slash) {
        this.refuse("No element stands before the separator", cursor.here);
        cursor.step();
        continue;
      }
      this.#value("list");
      if (this.#endEntry("list")) return this.#close();
      if (this.done) return;
      if (this.mend !== undefined && cursor.code === closeBrace) return this.#unclosed(bracket, "bracket");
    }
  }

  /** Goes to the next entry, or to the closing bracket, and then says true. */
  #endEntry(place: "map" | "list"): boolean {
    const { cursor } = this;
    while (!this.takeFresh()) {
      cursor.skip(isBlank);
      if (cursor.comment()) continue;
      const code = cursor.code;
      if (code === (place === "map" ? closeBrace : closeBracket)) return true;
      if (code === comma || isNewline(code) || code === slash || (code === semicolon && place === "map")) {
        cursor.step();
        return false;
      }
      // Ends are dealt with by the caller, who knows the opening bracket.
      if (isEnd(code) || (code === closeBrace && this.mending)) return false;
      this.nonsense(place);
    }
    return false;
  }

  #enter(kind: Bracket["kind"]): Bracket | undefined {
    const { cursor } = this;
    this.lone = undefined;
    this.last = undefined;
    if (this.#depth + this.#open.length >= deepest) {
      this.sink.report({ kind: "limit", message: `Nothing is read where more than ${deepest} brackets are open`, span: cursor.here });
      this.sink.unreadable(cursor.here);
      this.end();
      return undefined;
    }
    this.#open.push(kind);
    const start = cursor.at;
    this.sink.open(kind, start);
    cursor.step();
    return this.mend?.bracket(kind, start) ?? { kind, start, indent: 0 };
  }

  #close(): void {
    this.cursor.step();
    this.#leave();
  }

  #leave(): void {
    this.#open.pop();
    this.lone = undefined;
    this.last = undefined;
    this.sink.close(this.cursor.at);
  }

  #unclosed(bracket: Bracket, name: string): void {
    if (this.done) return;
    const span = { start: bracket.start, end: bracket.start + 1 };
    this.refuse(`The ${name} that opens here is never closed`, span, { unclosed: true });
    if (this.done) return;
    if (isEnd(this.cursor.code)) this.end();
    this.#leave();
    this.fresh = this.cursor.code !== closeBrace;
  }
}
