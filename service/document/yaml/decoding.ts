// The decoded text of a scalar, built piece by piece, and for each piece the place it was written at.

import type { Span } from "../../source/position.ts";

interface Piece {
  /** Offset in the decoded text. */
  readonly inner: number;
  /** Offset in the text that it was decoded from. */
  readonly outer: number;
  /** Units written there. */
  readonly width: number;
  /** Copied pieces correspond unit by unit; others (escapes, folded line ends) only as a whole. */
  readonly copied: boolean;
}

/** Offsets are those of the text decoded from; pieces are added from left to right. */
export class Decoding {
  readonly #source: string;
  readonly #pieces: Piece[] = [];
  readonly #end: number;
  /** The decoded text so far. */
  text = "";
  /** The first thing that go-yaml would refuse in the scalar. */
  problem: { readonly span: Span; readonly message: string } | undefined;

  /** `end` is where the scalar's content ends: nothing maps behind it. */
  constructor(source: string, end: number) {
    this.#source = source;
    this.#end = end;
  }

  /** What stands between the two offsets, as it stands there. */
  copy(from: number, to: number): void {
    if (to <= from) return;
    this.#pieces.push({ inner: this.text.length, outer: from, width: to - from, copied: true });
    this.text += this.#source.slice(from, to);
  }

  /** Text that is written differently between the two offsets. */
  write(text: string, from: number, to: number): void {
    if (text === "") return;
    this.#pieces.push({ inner: this.text.length, outer: from, width: to - from, copied: false });
    this.text += text;
  }

  /** The stretch of the source that a stretch of the decoded text came from. */
  span(inner: Span): Span {
    const start = this.#start(inner.start);
    return inner.end <= inner.start ? { start, end: start } : { start, end: Math.max(start, this.#after(inner.end)) };
  }

  #start(offset: number): number {
    const piece = this.#piece(offset);
    if (piece === undefined) return this.#end;
    if (offset >= this.text.length) return Math.min(this.#end, piece.outer + piece.width);
    return piece.copied ? piece.outer + Math.max(0, offset - piece.inner) : piece.outer;
  }

  #after(offset: number): number {
    const piece = this.#piece(offset - 1);
    if (piece === undefined) return this.#end;
    return piece.copied ? Math.min(piece.outer + piece.width, piece.outer + offset - piece.inner) : piece.outer + piece.width;
  }

  /** The last piece that begins at or before an offset. */
  #piece(offset: number): Piece | undefined {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle]?.inner ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#pieces[low];
  }
}
