// What every part of the nats.conf grammar shares: the place in the text, the end of reading, and how a text is refused.

import type { Span } from "../../source/position.ts";
import { Cursor } from "./cursor.ts";
import type { Dialect } from "./dialect.ts";
import type { Lexeme } from "./lexeme.ts";
import { Mending, type Place } from "./mending.ts";
import { nonsense } from "./nonsense.ts";
import type { Problem } from "./problem.ts";
import { shown } from "./scan-key.ts";
import type { Key, Sink } from "./sink.ts";

export interface WalkOptions {
  /** Go on behind problems and guess what was meant; `unclosed` when a bracket is never closed. Else reading ends at the first. */
  readonly mend?: { readonly unclosed: boolean };
  /** How deep the text already stands in others. */
  readonly depth: number;
}

export class Reader {
  readonly cursor: Cursor;
  protected readonly dialect: Dialect;
  protected readonly sink: Sink;
  protected readonly mend: Mending | undefined;
  /** The last key, while nothing came behind it. */
  protected lone: Key | undefined;
  protected last: Lexeme | undefined;
  protected fresh = false;
  #done = false;
  #isOpen = false;

  constructor(text: string, dialect: Dialect, sink: Sink, options: WalkOptions) {
    this.cursor = new Cursor(text);
    this.dialect = dialect;
    this.sink = sink;
    if (options.mend !== undefined) this.mend = new Mending(text, options.mend.unclosed);
  }

  get done(): boolean {
    return this.#done;
  }

  get mending(): boolean {
    return this.mend !== undefined;
  }

  /** Has anything been refused? */
  get heard(): boolean {
    return this.mend?.heard ?? false;
  }

  /** Reading stands at a new pair already, or is over: no end of the last one is due. */
  takeFresh(): boolean {
    const fresh = this.fresh || this.#done;
    this.fresh = false;
    return fresh;
  }

  /** An older server skips an opening brace, and takes the closing one for a key without a value: together they do no harm. */
  skipBrace(): void {
    this.#isOpen = true;
  }

  /** The document is over, by its end or by something that the server takes for it. */
  finish(): void {
    const lone = this.lone;
    this.end();
    if (lone === undefined) return;
    const name = shown(this.cursor.text, lone);
    if (lone.name === "}" && this.#isOpen) return;
    if (lone.name === "}") this.sink.report({ kind: "lost", message: "The brace closes nothing", span: lone.span });
    else if (this.dialect.lastKey) this.refuse(`The file ends behind ${name} without a value for it`, lone.span);
    else this.sink.report({ kind: "lost", message: `The file ends behind ${name}, which is dropped`, span: lone.span });
  }

  /** Refuses the text and reads no further. */
  stop(message: string, span: Span): void {
    this.refuse(message, span);
    this.end();
  }

  refuse(message: string, span: Span, more: Partial<Problem> = {}): void {
    if (this.mend === undefined || this.mend.hears(span, this.cursor.at)) {
      this.sink.report({ ...more, kind: "syntax", message, span });
    }
    if (this.mend === undefined) this.end();
  }

  /** Something stands where a value is over. */
  nonsense(place: Place): void {
    const { message, ...more } = nonsense(this.cursor.text, this.cursor.at, this.last, place);
    this.refuse(message, this.cursor.here, more);
    this.skipNonsense(place);
  }

  skipNonsense(place: Place): void {
    if (this.mend !== undefined) this.cursor.move(this.mend.nonsenseEnd(this.cursor.at, place));
  }

  protected end(): void {
    this.#done = true;
    this.cursor.move(this.cursor.text.length);
  }
}
