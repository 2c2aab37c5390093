// What the grammar of nats.conf tells to whoever builds something from it, in the order of the text.

import type { Span } from "../../source/position.ts";
import type { Lexeme } from "./lexeme.ts";
import type { Problem } from "./problem.ts";

export interface Key {
  readonly name: string;
  /** Quotes included. */
  readonly span: Span;
}

export interface Sink {
  key(key: Key): void;
  value(lexeme: Extract<Lexeme, { kind: "value" }>): void;
  reference(name: string, span: Span): void;
  /** A value stands here that cannot be read; it was reported. */
  unreadable(span: Span): void;
  /** The server forgets the value and leaves its key waiting for the next one. */
  dropped(span: Span): void;
  /** The map ends behind a key without a value. */
  valueless(): void;
  open(kind: "map" | "list", at: number): void;
  /** `end` is behind the closing bracket, or where it was given up. */
  close(end: number): void;
  include(path: string, span: Span): void;
  report(problem: Problem): void;
}

/** Keeps the first problem that makes a server refuse the text, and nothing else. */
export class FirstProblem implements Sink {
  #first: Problem | undefined;

  get first(): Problem | undefined {
    return this.#first;
  }

  report(problem: Problem): void {
    if (problem.kind === "syntax") this.#first ??= problem;
  }
  key(): void {}
  value(): void {}
  reference(): void {}
  open(): void {}
  include(): void {}
  unreadable(): void {}
  dropped(): void {}
  valueless(): void {}
  close(): void {}
}
