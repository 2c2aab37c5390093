// From a model path to the place in a file: the value where one was written, else the nearest thing above it.

import type { Origin } from "../document/node.ts";
import { type Model, type ModelPath, pathKey } from "../model/model.ts";
import type { Lines, Span } from "../source/position.ts";
import type { Place } from "./finding.ts";

/** The origin of a model path, and whether it is that path's own or an ancestor's. */
export function originOf(model: Model, at: ModelPath): { readonly origin: Origin; readonly own: boolean } | null {
  for (let length = at.length; length > 0; length--) {
    const origin = model.origins.get(pathKey(at.slice(0, length)));
    if (origin !== undefined) return { origin, own: length === at.length };
  }
  return null;
}

/**
 * The span to show. A scalar's own span; a map or list by its key, because nobody wants a whole block underlined;
 * an ancestor by its key too, because what is missing belongs there.
 */
export function spanOf(origin: Origin, own: boolean, on: "key" | "value" | undefined, isBlock: boolean): Span {
  if (on === "value") return origin.span;
  if (on === "key" || !own || isBlock) return origin.key ?? { start: origin.span.start, end: origin.span.start };
  return origin.span;
}

/** A span as positions. An empty one, or one over many lines, ends with its first line. */
export function placeOf(path: string, span: Span, lines: Lines): Place {
  const start = lines.at(span.start);
  const end = lines.at(span.end);
  if (end.line === start.line && end.column > start.column) return { path, start, end };
  const width = lines.text(start.line).trimEnd().length + 1;
  return { path, start, end: { line: start.line, column: span.end > span.start ? Math.max(width, start.column) : start.column } };
}

/** Does the value at a model path have parts? */
export function isBlock(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** The value at a model path; undefined where there is none. */
export function valueAt(json: unknown, at: ModelPath): unknown {
  let here = json;
  for (const step of at) here = typeof here === "object" && here !== null ? (here as Record<string | number, unknown>)[step] : undefined;
  return here;
}
