// Decodes block scalars (`|` and `>`) as go-yaml does, keeping track of where each line was written.

import { Decoding } from "./decoding.ts";

/** A tab in front of the first content, of which go-yaml cannot tell how far it is indented. */
export function leadingTab(source: string, start: number): number | undefined {
  if (/[1-9]/.test(header(source, start))) return undefined;
  for (let at = nextLine(source, start); at < source.length; ) {
    const content = afterBlanks(source, at);
    if (source.charCodeAt(content) === 0x09) return content;
    if (content >= source.length || !isBreak(source.charCodeAt(content))) return undefined;
    at = nextLine(source, content);
  }
  return undefined;
}

/** Blanks in front of each content line of the block scalar at `start`; `parent` is the column of the collection around it, -1 for none. */
export function blockIndent(source: string, start: number, parent: number): number {
  const given = /[1-9]/.exec(header(source, start));
  if (given !== null) return Math.max(parent, 0) + Number(given[0]);
  let widest = 0;
  for (let at = nextLine(source, start); at < source.length; at = nextLine(source, at)) {
    const content = afterBlanks(source, at);
    if (content - at > widest) widest = content - at;
    if (content >= source.length || !isBreak(source.charCodeAt(content))) break;
  }
  return Math.max(widest, parent + 1, 1);
}

/**
 * The text of the block scalar whose header is at `start` and whose content ends at or before `end`.
 * Empty lines that follow count where the header keeps them.
 */
export function decodeBlock(source: string, start: number, end: number, indent: number): Decoding {
  const decoding = new Decoding(source, end);
  const mark = header(source, start);
  const folded = mark.startsWith(">");
  const pending = new Pending(decoding);
  let wasBlank = false;
  let at = nextLine(source, start);
  at = emptyLines(source, at, indent, pending);
  while (at + indent < source.length && afterBlanks(source, at) - at >= indent && (at < end || isBlankLine(source, at))) {
    const content = at + indent;
    const first = source.charCodeAt(content);
    const blank = first === 0x20 || first === 0x09;
    pending.flush(folded && !wasBlank && !blank, content);
    wasBlank = blank;
    const stop = lineEnd(source, content);
    decoding.copy(content, stop);
    at = nextLine(source, content);
    if (at > stop) pending.line(stop, at);
    at = emptyLines(source, at, indent, pending);
  }
  pending.finish(mark.includes("-") ? "strip" : mark.includes("+") ? "keep" : "clip");
  return decoding;
}

/** Line ends that have been read, of which the next line decides what they become. */
class Pending {
  readonly #decoding: Decoding;
  #line: readonly [number, number] | undefined;
  #empty: (readonly [number, number])[] = [];

  constructor(decoding: Decoding) {
    this.#decoding = decoding;
  }

  line(from: number, to: number): void {
    this.#line = [from, to];
  }

  emptyLine(from: number, to: number): void {
    this.#empty.push([from, to]);
  }

  flush(fold: boolean, content: number): void {
    const line = this.#line;
    if (line !== undefined && fold) {
      if (this.#empty.length === 0) this.#decoding.write(" ", line[0], content);
    } else if (line !== undefined) this.#decoding.write("\n", line[0], line[1]);
    for (const [from, to] of this.#empty) this.#decoding.write("\n", from, to);
    this.#line = undefined;
    this.#empty = [];
  }

  finish(chomping: "strip" | "clip" | "keep"): void {
    if (chomping === "strip") return;
    if (this.#line !== undefined) this.#decoding.write("\n", ...this.#line);
    if (chomping === "keep") for (const [from, to] of this.#empty) this.#decoding.write("\n", from, to);
  }
}

/** The mark of the block, such as `|2-`. */
function header(source: string, start: number): string {
  return /^[|>][-+0-9]*/.exec(source.slice(start, start + 4))?.[0] ?? "|";
}

/** Takes lines of nothing but blanks, no more of them than the indentation. */
function emptyLines(source: string, start: number, indent: number, pending: Pending): number {
  let at = start;
  while (at < source.length) {
    const content = afterBlanks(source, at);
    if (content - at > indent || !isBreak(source.charCodeAt(content))) break;
    const next = nextLine(source, content);
    pending.emptyLine(content, next);
    at = next;
  }
  return at;
}

function isBlankLine(source: string, at: number): boolean {
  const content = afterBlanks(source, at);
  return content >= source.length || isBreak(source.charCodeAt(content));
}

function afterBlanks(source: string, at: number): number {
  let content = at;
  while (source.charCodeAt(content) === 0x20) content++;
  return content;
}

function lineEnd(source: string, at: number): number {
  let end = at;
  while (end < source.length && !isBreak(source.charCodeAt(end))) end++;
  return end;
}

function nextLine(source: string, at: number): number {
  const end = lineEnd(source, at);
  if (end >= source.length) return end;
  return source.charCodeAt(end) === 0x0d && source.charCodeAt(end + 1) === 0x0a ? end + 2 : end + 1;
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85;
}
