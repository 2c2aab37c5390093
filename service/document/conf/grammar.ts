// The grammar of nats.conf: the document and the braces that may stand around it. Tells a sink what it finds, in linear time.

import { closeBrace, closeBracket, comma, isBlank, isEnd, isNewline, isSpace, openBrace, semicolon, slash } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import type { Dialect } from "./dialect.ts";
import { blockComment } from "./nonsense.ts";
import type { Sink } from "./sink.ts";
import { Pairs } from "./pairs.ts";
import type { WalkOptions } from "./reader.ts";

/** Reads a whole text. Every `open` has its `close`, unless the text just ends; every value in a map has its `key` before it. */
export function walk(text: string, dialect: Dialect, sink: Sink, options: WalkOptions): void {
  const pairs = new Pairs(text, dialect, sink, options);
  const cursor = pairs.cursor;
  const braces: number[] = [];
  // Behind the brace of an inner block other things may stand than at its start.
  let behindBlock = false;
  const leave = (): void => {
    braces.pop();
    behindBlock = braces.length > 0;
  };
  while (!pairs.done) {
    if (behindBlock) {
      behindBlock = false;
      if (endBlock(pairs, cursor)) leave();
      continue;
    }
    cursor.skip(isSpace);
    const code = cursor.code;
    if (code < 0) {
      for (const at of braces) sink.report({ kind: "lost", message: "The brace is never closed", span: { start: at, end: at + 1 } });
      pairs.finish();
    } else if (code === openBrace) {
      if (dialect.blocks) braces.push(cursor.at);
      else pairs.skipBrace();
      cursor.step();
    } else if (code === closeBrace && braces.length > 0) {
      cursor.step();
      leave();
    } else if (!cursor.comment() && !stray(pairs, cursor, code)) {
      const place = braces.length > 0 ? "block" : "top";
      pairs.pair(place);
      if (place === "top") endPair(pairs, cursor);
      else if (endBlockPair(pairs, cursor)) leave();
    }
  }
}

/** What no item may start with. The server takes a bracket for a key, but in a broken text it is more likely a leftover. */
function stray(pairs: Pairs, cursor: Cursor, code: number): boolean {
  if (code === 0) pairs.refuse("A NUL character stands here", cursor.here);
  else if (code === slash) {
    const block = cursor.text.startsWith("/*", cursor.at);
    pairs.refuse(block ? blockComment : "A lone slash stands here, which begins no comment", cursor.here);
  } else if (pairs.mending && (code === closeBrace || code === closeBracket)) {
    if (!pairs.heard) pairs.refuse("The bracket closes nothing", cursor.here);
    cursor.step();
    cursor.skip((next) => isBlank(next) || next === comma || next === semicolon);
    return true;
  } else return false;
  pairs.skipNonsense("top");
  if (cursor.code === 0) cursor.step();
  return true;
}

/** One terminator is consumed, no matter which; a comma more would start a key. */
function endPair(pairs: Pairs, cursor: Cursor): void {
  while (!pairs.takeFresh()) {
    cursor.skip(isBlank);
    if (cursor.comment()) return;
    const code = cursor.code;
    if (isEnd(code) || isNewline(code) || code === semicolon || code === comma || code === closeBrace) {
      cursor.step();
      return;
    }
    if (code === slash) cursor.step();
    else pairs.nonsense("top");
  }
}

/** True when the block is closed here. */
function endBlockPair(pairs: Pairs, cursor: Cursor): boolean {
  while (!pairs.takeFresh()) {
    cursor.skip(isBlank);
    if (cursor.comment()) continue;
    const code = cursor.code;
    if (isEnd(code)) pairs.stop("The file ends inside the braces around it", cursor.here);
    else if (code === slash) cursor.step();
    else if (isNewline(code) || code === semicolon || code === comma || code === closeBrace) {
      cursor.step();
      return code === closeBrace;
    } else pairs.nonsense("block");
  }
  return false;
}

/** True when the block around the one that just ended is closed here. */
function endBlock(pairs: Pairs, cursor: Cursor): boolean {
  while (!pairs.done) {
    cursor.skip((code) => isBlank(code) || isNewline(code));
    if (cursor.comment()) return false;
    const code = cursor.code;
    if (isEnd(code)) pairs.stop("The file ends inside the braces around it", cursor.here);
    else if (code === slash) cursor.step();
    else if (code === semicolon || code === comma || code === closeBrace) {
      cursor.step();
      return code === closeBrace;
    } else {
      pairs.refuse("A pair follows an inner block without a comma", cursor.here);
      return false;
    }
  }
  return false;
}
