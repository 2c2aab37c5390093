// The text inside a scalar that is itself a document (a nats.conf, more YAML), and the way back to where it is written.

import type { Span } from "../../source/position.ts";
import { type Origin, scalar, type ScalarNode } from "../node.ts";
import { blockIndent, decodeBlock } from "./block-text.ts";
import type { Decoding } from "./decoding.ts";
import { decodeDouble, decodePlain, decodeSingle } from "./flow-text.ts";
import type { YamlText } from "./read-yaml.ts";

export interface EmbeddedText {
  readonly text: string;
  /** Spans of `text` become spans of the file that a person edits; an escape or a folded line end only as a whole. */
  readonly origin: (span: Span, key?: Span) => Origin;
}

/**
 * The decoded text of a string scalar: exactly `node.value`. Null when the node is no string that is written in `source`.
 *
 * `source` is the text that the node was read from. For a text embedded in another, hand over the very `YamlText` that
 * `readYaml` got, with its `origin`: then `{ path, ...embeddedText(node, source) }` is a `YamlText` again, and maps
 * through all levels. The outermost file's text alone does for nested texts too, as long as all blocks around are `|`.
 */
export function embeddedText(node: ScalarNode, source: string | YamlText): EmbeddedText | null {
  if (typeof node.value !== "string") return null;
  const outer = typeof source === "string" ? undefined : source.origin;
  const text = typeof source === "string" ? source : source.text;
  // A whole file that something takes as one text.
  if (outer === undefined && node.value === source && node.origin.span.start === 0 && node.origin.span.end === text.length)
    return { text, origin: (inner, key) => (key === undefined ? { path: node.origin.path, span: inner } : { path: node.origin.path, span: inner, key }) };
  const span = outer === undefined ? node.origin.span : innerSpan(node.origin.span, text.length, outer);
  if (span === undefined) return null;
  const decoding = decode(text, span, node.value);
  if (decoding === undefined) return null;
  const { path, via } = node.origin;
  const place = outer ?? ((inner, key): Origin => (key === undefined ? { path, span: inner } : { path, span: inner, key }));
  return {
    text: decoding.text,
    origin: (inner, key) => {
      const origin = key === undefined ? place(decoding.span(inner)) : place(decoding.span(inner), decoding.span(key));
      return via === undefined ? origin : { ...origin, via };
    },
  };
}

/**
 * The block of text (`|` or `>`) at an origin of `source` as a scalar, template code and all; undefined when none stands
 * there. For what is unknown as a text, but may be a document with unknown leaves.
 */
export function blockScalar(origin: Origin, source: string): ScalarNode | undefined {
  const { start, end } = origin.span;
  if (!/^[|>]/.test(source.slice(start, start + 1))) return undefined;
  return scalar(decodeBlock(source, start, end, blockIndent(source, start, -1)).text, origin);
}

function decode(text: string, { start, end }: Span, value: string): Decoding | undefined {
  const sign = text[start];
  if (sign === "|" || sign === ">") return decodeAnyIndent(text, start, end, value);
  const decoding = sign === '"' ? decodeDouble(text, start, end) : sign === "'" ? decodeSingle(text, start, end) : decodePlain(text, start, end);
  return decoding.text === value ? decoding : undefined;
}

/** What stands around the block is not known here, but the value tells how far it is indented. */
function decodeAnyIndent(text: string, start: number, end: number, value: string): Decoding | undefined {
  const lines = text
    .slice(start, end)
    .split(/\r\n|[\n\r\u0085]/)
    .slice(1);
  const first = lines.find((line) => /[^ ]/.test(line));
  const likely = first === undefined ? undefined : Math.max(leading(first) - leading(value.replace(/^(?: *\n)*/, "")), 1);
  // A block of nothing but blanks: any indentation may have made it, few are possible.
  for (let indent = likely ?? 1; indent <= (likely ?? 60); indent++) {
    const decoding = decodeBlock(text, start, end, indent);
    if (decoding.text === value) return decoding;
  }
  return undefined;
}

function leading(line: string): number {
  return line.length - line.replace(/^ +/, "").length;
}

/** The span in the embedded text of a span outside it. The way out keeps the order, so that it can be searched. */
function innerSpan(span: Span, length: number, outer: (span: Span) => Origin): Span | undefined {
  const start = search(length, (at) => outer({ start: at, end: at }).span.start >= span.start);
  const end = search(length, (at) => at > start && outer({ start, end: at }).span.end >= span.end);
  return outer({ start, end }).span.start === span.start && start < end ? { start, end } : undefined;
}

/** The least offset that holds. */
function search(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
