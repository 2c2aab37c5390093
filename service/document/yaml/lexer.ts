// The library's lexer, made as tolerant as go-yaml is: lines inside brackets and quotes may begin at any column.
// Also finds the tabs that go-yaml refuses and the library takes.

import { Lexer } from "yaml";

type State = Generator<string, unknown>;

/** Members of the library's lexer that its types keep private; `lexer.test.ts` fails when they change. */
interface Inner {
  indentNext: number;
  parseFlowCollection(): State;
  parseQuotedScalar(): State;
}

export function tolerantLexer(): Lexer {
  const lexer = new Lexer();
  const inner = lexer as unknown as Inner;
  inner.parseFlowCollection = anyIndentation(inner, inner.parseFlowCollection);
  inner.parseQuotedScalar = anyIndentation(inner, inner.parseQuotedScalar);
  return lexer;
}

function anyIndentation(lexer: Inner, state: () => State): () => State {
  return function* () {
    const kept = lexer.indentNext;
    lexer.indentNext = 0;
    const next = yield* state.call(lexer);
    lexer.indentNext = kept;
    return next;
  };
}

const SCALAR = "\x1f";
/** Lexemes that are no text: a document, the end of a flow collection that lacks its bracket, a scalar to come. */
const CONTROL: ReadonlySet<string> = new Set(["\x02", "\x18", SCALAR]);
const BLANK = /^[ \t]+$/;

/** Sees the lexemes of a document in their order; `at` is the offset of the first tab that stands for indentation. */
export class TabWatch {
  at: number | undefined;
  #offset = 0;
  #level = 0;
  #lineStart = true;
  #indicator = false;
  #scalarNext = false;
  #indent = 0;
  #plainIndent = -1;

  see(lexeme: string): void {
    if (!this.#scalarNext && CONTROL.has(lexeme)) {
      this.#scalarNext = lexeme === SCALAR;
      return;
    }
    const offset = this.#offset;
    this.#offset += lexeme.length;
    if (this.#scalarNext) {
      this.#scalarNext = false;
      this.#content(lexeme.endsWith("\n"));
      this.#plainIndent = this.#indent;
    } else if (BLANK.test(lexeme)) this.#blank(lexeme, offset);
    else if (lexeme === "\n" || lexeme === "\r\n") {
      this.#lineStart = true;
      this.#indent = 0;
    } else this.#sign(lexeme);
  }

  #blank(lexeme: string, offset: number): void {
    const tab = lexeme.indexOf("\t");
    if (this.#lineStart && this.#level === 0) {
      if (tab >= 0 && this.#indent + tab <= this.#plainIndent) this.at ??= offset + tab;
      else if (tab >= 0 && this.#plainIndent < 0) this.at ??= offset + tab;
      else if (tab < 0) this.#indent += lexeme.length;
    } else if (this.#indicator && tab >= 0) this.at ??= offset + tab;
  }

  #sign(lexeme: string): void {
    if (lexeme === "[" || lexeme === "{") this.#level++;
    else if ((lexeme === "]" || lexeme === "}") && this.#level > 0) this.#level--;
    this.#content(false);
    this.#plainIndent = -1;
    this.#indicator = this.#level === 0 && (lexeme === "-" || lexeme === "?");
  }

  #content(endsLine: boolean): void {
    this.#lineStart = endsLine;
    this.#indicator = false;
    if (endsLine) this.#indent = 0;
  }
}
