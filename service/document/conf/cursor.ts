// A place in a text, and what the nats.conf grammar skips from it.

import type { Span } from "../../source/position.ts";
import { codeAt, isEnd, isNewline } from "./characters.ts";

export class Cursor {
  readonly text: string;
  #at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get at(): number {
    return this.#at;
  }

  /** The code unit here, -1 at the end. */
  get code(): number {
    return codeAt(this.text, this.#at);
  }

  /** The character here; empty at the end. */
  get here(): Span {
    return { start: this.#at, end: Math.min(this.#at + 1, this.text.length) };
  }

  move(to: number): void {
    this.#at = Math.min(to, this.text.length);
  }

  step(): void {
    this.move(this.#at + 1);
  }

  skip(what: (code: number) => boolean): void {
    while (this.#at < this.text.length && what(this.text.charCodeAt(this.#at))) this.#at += 1;
  }

  /** Skips a comment up to its line end; false when none starts here. */
  comment(): boolean {
    const code = this.code;
    if (code !== 35 && !(code === 47 && codeAt(this.text, this.#at + 1) === 47)) return false;
    this.skip((next) => !isNewline(next) && !isEnd(next));
    return true;
  }
}
