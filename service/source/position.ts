// Where something stands in a text. The only place that says how lines and columns count.

/** A stretch of a source's text: offsets in UTF-16 code units, 0-based, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place as people and editors name it: both 1-based, columns in UTF-16 code units; a tab is one column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of one text. A line ends with LF, CRLF or a lone CR; a byte order mark takes no column. */
export class Lines {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    const ends = /\r\n|\r|\n/g;
    while (ends.exec(text) !== null) this.#starts.push(ends.lastIndex);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets beyond the text are those of its end. */
  at(offset: number): Position {
    const bounded = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= bounded) low = middle;
      else high = middle - 1;
    }
    const mark = low === 0 && this.#text.charCodeAt(0) === 0xfeff ? 1 : 0;
    return { line: low + 1, column: Math.max(0, bounded - (this.#starts[low] ?? 0) - mark) + 1 };
  }

  /** The offset of a position that `at` gave. */
  offset({ line, column }: Position): number {
    const mark = line === 1 && this.#text.charCodeAt(0) === 0xfeff ? 1 : 0;
    return (this.#starts[line - 1] ?? this.#text.length) + column - 1 + mark;
  }

  /** The text of a line, 1-based, without its line end and without a byte order mark. */
  text(line: number): string {
    const start = this.#starts[line - 1];
    if (start === undefined) return "";
    const until = this.#starts[line] ?? this.#text.length;
    return this.#text
      .slice(start, until)
      .replace(/[\r\n]+$/, "")
      .replace(/^\uFEFF/, "");
  }
}
