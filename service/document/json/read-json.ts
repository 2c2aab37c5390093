// JSON is YAML too, and machines hand over little else: read by itself it takes a tenth of the time.
// The tree is the one that the YAML reader makes; a text that might be read otherwise there is left to it.

import type { Span } from "../../source/position.ts";
import { list, type Node, type Origin, scalar } from "../node.ts";
import type { TextViolation } from "../violation.ts";
import { UNPRINTABLE } from "../yaml/parse.ts";
import { resolvePlain } from "../yaml/scalars.ts";
import { unknownText } from "../yaml/unknown-text.ts";

export interface JsonText {
  readonly root: Node;
  readonly duplicates: readonly TextViolation[];
}

/** A map or a list in JSON; null for everything else, and where JSON and YAML may differ. `place` makes origins of offsets. */
export function readJson(text: string, place: (span: Span, key?: Span) => Origin): JsonText | null {
  const start = /^[ \r\n]*(?=[{[])/.exec(text)?.[0].length;
  if (start === undefined || UNPRINTABLE.test(text) || text.includes(YAML_LINE_END)) return null;
  const reader = new Reader(text, start, place);
  const root = reader.value(undefined, 0);
  return root !== null && reader.isAtEnd() ? { root, duplicates: reader.duplicates } : null;
}

/** Deeper than anybody writes, and less than what either reader takes. */
const DEEPEST = 200;
/** YAML takes no longer text for a key, unless it is told to. */
const LONGEST_KEY = 1000;

const YAML_LINE_END = "\u0085";

const GAP = /[ \t\r\n]*/y;
const PLAIN = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=[ \r\n,\]}])/y;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Each method begins at `#at` and leaves it behind what it has read; null gives the whole text up. */
class Reader {
  readonly duplicates: TextViolation[] = [];
  readonly #text: string;
  readonly #place: (span: Span, key?: Span) => Origin;
  #at: number;

  constructor(text: string, start: number, place: (span: Span, key?: Span) => Origin) {
    this.#text = text;
    this.#at = start;
    this.#place = place;
  }

  value(key: Span | undefined, depth: number): Node | null {
    const code = this.#text.charCodeAt(this.#at);
    if (depth > DEEPEST) return null;
    if (code === BRACE) return this.#map(key, depth);
    if (code === BRACKET) return this.#list(key, depth);
    return code === QUOTE ? this.#string(key) : this.#plain(key);
  }

  isAtEnd(): boolean {
    return /^[ \r\n]*$/.test(this.#text.slice(this.#at));
  }

  #map(key: Span | undefined, depth: number): Node | null {
    const start = this.#at++;
    const entries = new Map<string, Node>();
    const written = new Map<string, { readonly key: Span; readonly value: Span }>();
    let incomplete: string | undefined;
    for (let isFirst = true; !this.#closes(BRACE_END, isFirst); isFirst = false) {
      if (!isFirst && !this.#comma()) return null;
      const from = this.#at;
      const name = this.#text.charCodeAt(from) === QUOTE ? this.#string(undefined) : null;
      const own = { start: from, end: this.#at };
      if (name === null || own.end - own.start > LONGEST_KEY || this.#text.charCodeAt(this.#at++) !== COLON) return null;
      this.#gap();
      const value = { start: this.#at, end: this.#at };
      const node = this.value(own, depth + 1);
      if (node === null) return null;
      value.end = this.#at;
      if (name.kind === "unknown") incomplete ??= name.because;
      else if (name.kind === "scalar") {
        const text = String(name.value);
        entries.set(text, node);
        const first = written.get(text);
        if (first === undefined) written.set(text, { key: own, value });
        else this.#duplicate(text, own, value, first);
      }
    }
    if (this.#text.charCodeAt(this.#at++) !== BRACE_END) return null;
    const map = { kind: "map" as const, entries, origin: this.#place({ start, end: this.#at }, key) };
    return incomplete === undefined ? map : { ...map, incomplete };
  }

  #list(key: Span | undefined, depth: number): Node | null {
    const start = this.#at++;
    const items: Node[] = [];
    for (let isFirst = true; !this.#closes(BRACKET_END, isFirst); isFirst = false) {
      if (!isFirst && !this.#comma()) return null;
      const item = this.value(undefined, depth + 1);
      if (item === null) return null;
      items.push(item);
    }
    if (this.#text.charCodeAt(this.#at++) !== BRACKET_END) return null;
    return list(items, this.#place({ start, end: this.#at }, key));
  }

  #string(key: Span | undefined): Node | null {
    const start = this.#at;
    let at = start + 1;
    let isEscaped = false;
    for (let code = this.#text.charCodeAt(at); code !== QUOTE; code = this.#text.charCodeAt(at)) {
      // The end of the text is NaN.
      if (!(code >= 0x20)) return null;
      if (code === BACKSLASH) {
        isEscaped = true;
        at++;
      }
      at++;
    }
    this.#at = at + 1;
    const raw = this.#text.slice(start + 1, at);
    const text = isEscaped ? this.#decoded(raw) : raw;
    if (text === null) return null;
    const origin = this.#place({ start, end: this.#at }, key);
    const unknown = text.includes("\n") ? undefined : unknownText(text, origin);
    return unknown ?? scalar(text, origin, { text: raw, style: "double" });
  }

  /** YAML knows more escapes, and fewer: half a pair of surrogates and an escaped slash are none. And it has a line end more. */
  #decoded(raw: string): string | null {
    const isSame = !/\\(?!["\\bfnrt]|u[0-9a-fA-F]{4})|\\u[dD][89a-fA-F]|\u0085/.test(raw.replaceAll("\\\\", ""));
    return isSame ? (JSON.parse(`"${raw}"`) as string) : null;
  }

  #plain(key: Span | undefined): Node | null {
    const start = this.#at;
    PLAIN.lastIndex = start;
    if (!PLAIN.test(this.#text)) return null;
    this.#at = PLAIN.lastIndex;
    const text = this.#text.slice(start, this.#at);
    return scalar(resolvePlain(text), this.#place({ start, end: this.#at }, key), { text, style: "plain" });
  }

  /** Is the collection over? A comma in front of the bracket is read as the next entry, which is none then. */
  #closes(bracket: number, isFirst: boolean): boolean {
    this.#gap();
    const code = this.#text.charCodeAt(this.#at);
    return code === bracket || (!isFirst && code !== COMMA);
  }

  #comma(): boolean {
    if (this.#text.charCodeAt(this.#at) !== COMMA) return false;
    this.#at++;
    this.#gap();
    return true;
  }

  #gap(): void {
    GAP.lastIndex = this.#at;
    GAP.test(this.#text);
    this.#at = GAP.lastIndex;
  }

  #duplicate(name: string, key: Span, value: Span, first: { readonly key: Span; readonly value: Span }): void {
    this.duplicates.push({
      rule: "yaml-duplicate-key",
      origin: this.#place(value, key),
      on: "key",
      facts: { key: name },
      related: [{ origin: this.#place(first.value, first.key), message: "the key stands here already" }],
    });
  }
}
