// The grammar of nats.conf below the document: pairs, maps and lists. Follows the server character by character, and guesses
// what was meant only where it is asked to mend a text that the server refuses.

import { closeBrace, closeBracket, comma, isBlank, isEnd, isNewline, isSeparator, isSpace, openBrace, openBracket, semicolon, slash } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import type { Bracket, Place } from "./mending.ts";
import type { WalkOptions } from "./reader.ts";
import { Scalars } from "./scalars.ts";
import { scanIncludePath, scanKey, shown } from "./scan-key.ts";
import type { Key, Sink } from "./sink.ts";

/** How deep lists and maps may nest, included files counted in. */
const deepest = 200;

export class Pairs extends Scalars {
  /** The kinds of the open brackets, outermost first. */
  readonly #open: Bracket["kind"][] = [];
  readonly #depth: number;

  constructor(text: string, dialect: Dialect, sink: Sink, options: WalkOptions) {
    super(text, dialect, sink, options);
    this.#depth = options.depth;
  }

  /** A key and its value, or an include directive. Without `quotes` even a quote is the first character of a bare key. */
  pair(place: Place, quotes = true): void {
    const { cursor } = this;
    if (quotes && isSeparator(cursor.code)) {
      this.refuse("A separator stands where a key is due", cursor.here);
      this.skipNonsense(place);
      return;
    }
    if (quotes && this.mend?.surplus(cursor.code) === true) {
      this.refuse("A separator more than needed stands here, which the server takes for a key", cursor.here);
      this.fresh = true;
      cursor.step();
      return;
    }
    const key = scanKey(cursor.text, cursor.at, place === "map", quotes);
    cursor.move(key.span.end);
    if (key.kind === "ended") this.ended(key.span.start);
    else if (key.kind === "error") this.refuse(key.message, key.span);
    else if (key.kind === "include") this.#include(place);
    else if (key.kind === "key") {
      if (key.bare && this.mend?.gluedBrace(key) === true) this.#glued(key);
      else this.#valueOf(key, place);
    }
  }

  /** `cluster{` at the end of a line opens a map for its writer, and is all of it a key for the server. */
  #glued(key: Key): void {
    const brace = key.span.end - 1;
    this.refuse(`No blank stands before the brace, so ${shown(this.cursor.text, key)} is all of it the key`, { start: brace, end: brace + 1 });
    this.sink.key({ name: key.name.slice(0, -1), span: { start: key.span.start, end: brace } });
    this.cursor.move(brace);
    this.#map();
  }

  #include(place: Place): void {
    const path = scanIncludePath(this.cursor.text, this.cursor.at);
    if (path.kind === "path") {
      this.cursor.move(path.end);
      this.sink.include(path.path, path.span);
    } else {
      this.refuse(path.message, path.span);
      this.skipNonsense(place);
    }
  }

  #valueOf(key: Key, place: Place): void {
    const { cursor } = this;
    this.lone = key;
    this.sink.key(key);
    cursor.skip(isSpace);
    if (isSeparator(cursor.code)) cursor.step();
    else if (isEnd(cursor.code) && place !== "map") {
      this.finish();
      return;
    }
    // In maps the value may stand on a later line than its separator.
    if (place === "map") cursor.skip(isSpace);
    if (place === "map" && cursor.code === closeBrace) {
      this.lone = undefined;
      this.sink.valueless();
    } else if (place === "map" && cursor.code === comma) {
      this.refuse(`No value stands between ${shown(cursor.text, key)} and the comma`, cursor.here);
      this.sink.unreadable(key.span);
    } else if (!this.#missing(key, place)) this.#value(place);
  }

  /** True when the next key stands where the value is due; a value that is only on a wrong line is gone to. */
  #missing(key: Key, place: Place): boolean {
    const { cursor } = this;
    cursor.skip(isBlank);
    const missing = this.mend?.missingValue(cursor.at, key, place);
    if (missing === undefined) return false;
    this.refuse(`No value stands behind ${shown(cursor.text, key)}`, key.span);
    this.lone = undefined;
    cursor.move(missing.at);
    if (missing.key) {
      this.fresh = true;
      this.sink.unreadable(key.span);
    }
    return missing.key;
  }

  #value(place: Place): void {
    this.cursor.skip(isBlank);
    if (this.cursor.code === openBracket) this.#list();
    else if (this.cursor.code === openBrace) this.#map();
    else this.scalar(place, this.#open.at(-2) === "list");
  }

  #map(): void {
    const bracket = this.#enter("map");
    const { cursor } = this;
    while (bracket !== undefined && !this.done) {
      cursor.skip(isSpace);
      const code = cursor.code;
      if (code === closeBrace) {
        this.#close();
        return;
      }
      if (isEnd(code) || this.mend?.dedented(cursor.at, bracket) === true) {
        this.#unclosed(bracket, "brace");
        return;
      }
      if (cursor.comment()) continue;
      if (code === closeBracket) {
        this.refuse("A bracket closes where a key or the brace of the map is due", cursor.here);
        cursor.step();
        continue;
      }
      // A lone slash goes, and whatever comes next starts a bare key.
      if (code === slash) cursor.step();
      this.pair("map", code !== slash);
      this.#endEntry("map");
    }
  }

  #list(): void {
    const bracket = this.#enter("list");
    const { cursor } = this;
    while (bracket !== undefined && !this.done) {
      cursor.skip(isSpace);
      const code = cursor.code;
      if (code === closeBracket) {
        this.#close();
        return;
      }
      if (isEnd(code) || this.mend?.outsideList(cursor.at, bracket) === true) {
        this.#unclosed(bracket, "bracket");
        return;
      }
      if (cursor.comment()) continue;
      if (code === comma || code === slash) {
        this.refuse("No element stands before the separator", cursor.here);
        cursor.step();
        continue;
      }
      this.#value("list");
      this.#endEntry("list");
    }
  }

  /** Goes to where the next entry may start, or to the closing bracket. */
  #endEntry(place: "map" | "list"): void {
    const { cursor } = this;
    while (!this.takeFresh()) {
      cursor.skip(isBlank);
      if (cursor.comment()) continue;
      const code = cursor.code;
      if (code === (place === "map" ? closeBrace : closeBracket)) return;
      if (code === comma || isNewline(code) || code === slash || (code === semicolon && place === "map")) {
        cursor.step();
        return;
      }
      // Ends are dealt with by the caller, who knows the opening bracket.
      if (isEnd(code) || (code === closeBrace && this.mending)) return;
      this.nonsense(place);
    }
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
