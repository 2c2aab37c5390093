// What the nats.conf grammar does with one scalar: hands it on, or says why it cannot be read and where to go on.

import { type Lexeme, scanScalar } from "./lexeme.ts";
import type { Place } from "./mending.ts";
import { Reader } from "./reader.ts";

export class Scalars extends Reader {
  /** Can a block string end anywhere ahead? */
  #blocks = true;

  /** `nested`: in a list that is an element of another. */
  protected scalar(place: Place, nested: boolean): void {
    const { cursor } = this;
    const lexeme = scanScalar(cursor.text, cursor.at, this.dialect, this.#blocks);
    if (lexeme.kind === "ended") {
      this.ended(lexeme.start);
      return;
    }
    cursor.move(lexeme.end);
    this.lone = undefined;
    this.last = lexeme;
    const span = { start: lexeme.start, end: lexeme.end };
    if (lexeme.kind === "error") this.#unreadable(lexeme, place);
    else if (this.mend !== undefined && this.#guess(lexeme, place, nested)) return;
    else if (lexeme.kind === "reference") this.sink.reference(lexeme.name, span);
    else if (lexeme.kind === "dropped") this.sink.dropped(span);
    else this.sink.value(lexeme);
  }

  #unreadable(lexeme: Extract<Lexeme, { kind: "error" }>, place: Place): void {
    const { message, problem, span } = lexeme;
    if (this.cursor.text.charAt(lexeme.start) === "(") {
      // Where one block does not end no later one does, and nobody should look for its end once more.
      this.#blocks = false;
      this.cursor.move(this.mend?.blockEnd(lexeme.start) ?? lexeme.end);
    }
    if (problem === "value") this.sink.report({ kind: "value", message, span });
    else this.refuse(message, span);
    this.sink.unreadable({ start: lexeme.start, end: lexeme.end });
    if (problem === "number" || problem === "escape") this.skipNonsense(place);
  }

  /** True when the value is not what its writer meant, and was dealt with. */
  #guess(lexeme: Lexeme, place: Place, nested: boolean): boolean {
    const { cursor, mend } = this;
    const { end, start } = lexeme;
    const bracket = place === "list" ? mend?.swallowedBracket(lexeme, nested) : undefined;
    if (bracket !== undefined) {
      this.refuse("The number takes the bracket right behind it for a part of itself", { start: bracket, end: bracket + 1 });
      cursor.move(bracket);
    } else if (mend?.ends(end, place) !== false) return false;
    else if (mend.runsOver(lexeme)) {
      this.refuse("The quote that opens here is not closed on its line", { start, end: start + 1 });
      cursor.move(mend.lineEnd(start));
    }
    this.sink.unreadable({ start, end: cursor.at });
    return true;
  }

  protected ended(quote: number): void {
    const message = "The quote that opens here is never closed, and the server takes it for the end of the file";
    this.sink.report({ kind: "lost", message, span: { start: quote, end: quote + 1 } });
    this.finish();
  }
}
