// What the template code that was taken out of a document leaves unknown in it.

import type { Span } from "../../source/position.ts";
import type { Insert, Masked } from "./templates.ts";

/** One document of a masked text. All offsets are those of the document. */
export class Gaps {
  readonly #original: string;
  readonly #regions: readonly Span[];
  readonly #inserts: readonly Insert[];
  readonly #texts: Span[] = [];

  constructor(original: string, masked: Masked, start: number) {
    const end = start + original.length;
    this.#original = original;
    this.#regions = masked.regions
      .filter((one) => one.start < end && one.end > start)
      .map((one) => ({ start: Math.max(one.start - start, 0), end: one.end - start }));
    this.#inserts = masked.inserts.filter((one) => one.at >= start && one.at < end).map((one) => ({ ...one, at: one.at - start }));
  }

  /** The end of the conditional region that an offset stands in. */
  regionEnd(offset: number): number | undefined {
    return this.#regions.find((one) => one.start <= offset && offset < one.end)?.end;
  }

  overlaps(start: number, end: number): boolean {
    const touched = (one: Span): boolean => one.start < end && one.end > start;
    return this.#regions.some(touched) || this.#inserts.some((one) => one.at >= start && one.at < end);
  }

  /** Says that a block of text stands here: template code inside it is part of it. */
  isText(start: number, end: number): void {
    this.#texts.push({ start, end });
  }

  /** May a collection that begins at `column`, inside one at `outer`, get more entries between the offsets? */
  growsBetween(start: number, end: number, column: number, outer: number): boolean {
    return this.#between(start, end).some((one) => one.column === undefined || one.column === column || (one.column < column && outer < one.column));
  }

  /** May a value that ends at `start` go on, or a missing one come, below a key at `column`? */
  continuesBetween(start: number, end: number, column: number, missing: boolean): boolean {
    return this.#between(start, end).some((one) => one.column === undefined || one.column > column || (missing && one.column === column));
  }

  /**
   * The text around a block of text with its template code, and where the block ends in it;
   * undefined where the code stands outside the block's lines, so that it decides about the block.
   */
  blockText(start: number, end: number, indent: number): { readonly text: string; readonly end: number } | undefined {
    const text = this.#original;
    let last = end;
    for (let at = text.indexOf("\n", start) + 1; at > 0 && at < text.length; at = text.indexOf("\n", at) + 1) {
      const line = text.slice(at, lineEnd(text, at)).trimEnd();
      if (line === "") continue;
      const deep = line.search(/[^ ]/) >= indent;
      if (at < end && !deep) return undefined;
      // Lines behind the block's visible text are its own where they are code, which was not visible.
      if (at >= end && !(deep && line.trimStart().startsWith("{"))) break;
      last = Math.max(last, at + line.length);
    }
    return { text, end: last };
  }

  #between(start: number, end: number): readonly Insert[] {
    return this.#inserts.filter((one) => one.at >= start && one.at < end && !this.#texts.some((text) => text.start <= one.at && one.at < text.end));
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
