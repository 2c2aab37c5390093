// The one place that runs the library's parser, and says in plain words what it found wrong.
// Accepts what go-yaml accepts where the library is stricter, and the other way round.

import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from "yaml";
import { tolerantLexer, TabWatch } from "./lexer.ts";

/** Offsets are those of the parsed text. The sentence quotes nothing of it. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

const OPTIONS = {
  schema: "failsafe",
  uniqueKeys: false,
  merge: false,
  resolveKnownTags: false,
  logLevel: "silent",
  prettyErrors: false,
  strict: true,
} as const;

/** go-yaml refuses these anywhere, comments included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about control characters
export const UNPRINTABLE: RegExp = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** One document's nodes, or the first problem in it. Line ends are LF or CRLF. */
export function parse(text: string): { readonly root: ParsedNode | null; readonly problem?: Problem } {
  const control = UNPRINTABLE.exec(text);
  if (control === null) return compose(text, tolerantLexer());
  return { root: null, problem: { start: control.index, end: control.index + 1, message: "a control character stands in the text" } };
}

/** The problem at the place where a person made it: an open bracket or quote swallows all that follows. */
export function located(text: string, problem: Problem): Problem {
  // A stricter reading ends it at the first line that is not indented.
  const strict = compose(text, new Lexer()).problem;
  const { start, end, message } = strict !== undefined && strict.start < problem.start ? strict : problem;
  return { start: Math.min(start, text.length), end: Math.min(Math.max(end, start + 1), text.length), message };
}

function compose(text: string, lexer: Lexer): { readonly root: ParsedNode | null; readonly problem?: Problem } {
  const parser = new Parser();
  const composer = new Composer(OPTIONS);
  const complaints = new Complaints();
  // The library would make an error object of each, which a text full of errors takes seconds for.
  (composer as unknown as { onError: Complain }).onError = (at, code, message, warning) => complaints.add(at, code, message, warning);
  const tabs = new TabWatch();
  const watch = text.includes("\t");
  const documents: Document.Parsed[] = [];
  let quote = 0;
  try {
    for (const lexeme of lexer.lex(text)) {
      if (watch) tabs.see(lexeme);
      if (lexeme.startsWith('"') || lexeme.startsWith("'")) quote = parser.offset;
      for (const token of parser.next(lexeme)) documents.push(...next(token));
    }
    for (const token of parser.end()) documents.push(...next(token));
    documents.push(...composer.end(true, text.length));
  } catch (error) {
    // The library gives up on some texts by throwing, a stack overflow among them.
    if (complaints.problems.length === 0) complaints.problems.push({ start: 0, end: text.length, message: error instanceof RangeError ? TOO_DEEP : ELSE });
  }
  const { problems } = complaints;
  if (tabs.at !== undefined) problems.push({ start: tabs.at, end: tabs.at + 1, message: PROBLEMS.TAB_AS_INDENT });
  const [first, second] = documents;
  if (second !== undefined) problems.push({ start: second.range[0], end: second.range[1], message: ELSE });
  if (problems.length === 0) return { root: first?.contents ?? null };
  // A quote that is never closed reaches to the end of the text: what matters is where it opens.
  const placed = problems.map((one) => (one.message === QUOTE && one.start >= text.length ? { ...one, start: quote, end: quote + 1 } : one));
  return { root: null, problem: placed.reduce((one, other) => (other.start < one.start ? other : one)) };

  function next(token: CST.Token): Iterable<Document.Parsed> {
    if (token.type !== "error") return composer.next(token);
    complaints.add(token, "UNEXPECTED_TOKEN", token.message);
    return [];
  }
}

type Place = number | readonly number[] | { readonly offset: number; readonly source?: string };
type Complain = (at: Place, code: string, message: string, warning?: boolean) => void;

/** More problems than this are not looked for; the first of them is what counts. */
const ENOUGH = 50;

class Complaints {
  readonly problems: Problem[] = [];

  add(at: Place, code: string, message: string, warning = false): void {
    if (!counts(code, message, warning)) return;
    const [start, end] = typeof at === "number" ? [at, at + 1] : "offset" in at ? [at.offset, at.offset + (at.source?.length ?? 1)] : at;
    const special = SPECIAL.find((one) => one[0] === code && message.includes(one[1]));
    this.say(start ?? 0, end ?? 0, special?.[2] ?? PROBLEMS[code as keyof typeof PROBLEMS] ?? ELSE);
  }

  say(start: number, end: number, message: string): void {
    // Beyond that the library only tells of the throwing itself.
    if (this.problems.length <= ENOUGH) this.problems.push({ start, end, message });
    if (this.problems.length > ENOUGH) throw new Error("enough");
  }
}

/** Some of the library's errors are none for go-yaml, some of its warnings are. */
function counts(code: string, message: string, warning: boolean): boolean {
  if (warning) return code === "BAD_DIRECTIVE" && !message.startsWith("Unsupported YAML version 1.");
  if (code === "MISSING_CHAR") return !message.startsWith("Comments must be separated");
  return code !== "BAD_DQ_ESCAPE";
}

export const TOO_DEEP = "lists and maps are nested too deeply";
const ELSE = "this is not YAML";
const QUOTE = "a closing quote is missing";
const TWO = "a value has two anchors or two tags";

const PROBLEMS = {
  ALIAS_PROPS: "an alias has an anchor or a tag of its own",
  BAD_ALIAS: "an anchor or an alias has no name",
  BAD_DIRECTIVE: "a line that begins with % is no directive that YAML knows",
  BAD_INDENT: "the indentation does not fit the lines above",
  BAD_PROP_ORDER: "an anchor or a tag stands at the wrong place",
  BAD_SCALAR_START: "a value without quotes begins with a character that YAML reserves",
  BLOCK_AS_IMPLICIT_KEY: "a second key stands on the line of another; a value that holds a colon and a blank needs quotes",
  BLOCK_IN_FLOW: "a list or map of several lines stands inside brackets",
  KEY_OVER_1024_CHARS: "a key is longer than 1024 characters",
  MISSING_CHAR: "a bracket, a comma, a colon or a blank is missing",
  MULTILINE_IMPLICIT_KEY: "a key goes over more than one line, or the line above lacks its colon",
  MULTIPLE_ANCHORS: TWO,
  MULTIPLE_TAGS: TWO,
  RESOURCE_EXHAUSTION: TOO_DEEP,
  TAB_AS_INDENT: "a tab stands where YAML wants blanks",
  TAG_RESOLVE_FAILED: "a tag is not declared",
  UNEXPECTED_TOKEN: "something stands here that does not belong to the value or the line above",
} as const;

const SPECIAL: readonly (readonly [code: string, words: string, message: string])[] = [
  ["MISSING_CHAR", "Block scalars with", "the first lines of a block of text are indented further than its text"],
  ["MISSING_CHAR", "quote", QUOTE],
  ["MISSING_CHAR", "must end with", "a closing bracket is missing"],
  ["BAD_INDENT", "must be sufficiently indented and end with", "a closing bracket is missing"],
  ["MISSING_CHAR", "Missing , between", "a comma is missing between two items"],
  ["MISSING_CHAR", "Missing , or :", "a comma or a colon is missing between two items"],
  ["MISSING_CHAR", "Missing space after :", "a blank is missing behind a colon"],
  ["MISSING_CHAR", "Implicit map keys", "the line is no key with a value: its colon is missing, or the blank behind it"],
  ["MISSING_CHAR", "Sequence item without", "the line is no item of the list above: its dash is missing"],
  ["MISSING_CHAR", "separated from the next token", "a blank is missing behind an anchor or a tag"],
  ["MISSING_CHAR", "directives-end", "the line --- is missing behind the directives"],
  ["UNEXPECTED_TOKEN", "Unexpected ,", "a comma too many"],
  ["UNEXPECTED_TOKEN", "Unexpected empty item", "a comma too many"],
  ["UNEXPECTED_TOKEN", "Block scalar header", "the mark of a block of text is followed by something else"],
];
