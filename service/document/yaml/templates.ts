// Template code in YAML text (Go templates and Jinja): finds it, and takes it out of the text without moving anything.

import type { Span } from "../../source/position.ts";

export const TEMPLATE = "a template decides it";

/** Stands for template code that leaves something on its line; a character of private use, which YAML allows everywhere. */
export const PLACEHOLDER = "\ue000";

/** A text without its template code. All offsets are those of the whole text. */
export interface Masked {
  readonly text: string;
  /** What stands between `if`, `range` and the like and their `end`; apart from each other, in order. */
  readonly regions: readonly Span[];
  /** Lines whose template code writes lines of its own; `column` is where those begin, where that is known. */
  readonly inserts: readonly Insert[];
}

export interface Insert {
  readonly at: number;
  readonly column: number | undefined;
}

interface Action {
  readonly start: number;
  readonly end: number;
  readonly language: "go" | "jinja";
  /** Without the braces and their dashes. */
  readonly code: string;
}

/** Bounds on what is looked at: actions of a text, characters of an action. */
const MOST = 2000;
const LONGEST = 10_000;

const OPENS = {
  go: new Set(["if", "range", "with", "define", "block"]),
  jinja: new Set(["if", "for", "block", "macro", "filter", "call", "raw", "with", "autoescape"]),
};
const SILENT = /^(?:else|elif|end|end[a-z]+|set|import|from|extends|break|continue)\b|^\$[\w.]*\s*:?=|^\/\*|^#|^$/;

/** May the text hold template code elsewhere than in its comments? */
export function holdsTemplate(text: string): boolean {
  return /^[ \t]*(?:[^\s#].*)?\{[{%]/m.test(text) || /^[ \t]*%\{/m.test(text) || holdsBareVariable(text);
}

/** `${NAME}` without quotes where its brace ends a list or a map: not YAML before somebody fills it in. */
function holdsBareVariable(text: string): boolean {
  return [...text.matchAll(/^([^"'#$\n]*)\$\{\w/gm)].some(([, before = ""]) => {
    const last = (...brackets: string[]): number => Math.max(...brackets.map((one) => before.lastIndexOf(one)));
    return last("{", "[") > last("}", "]");
  });
}

/** Does a line begin with template code? Then it may decide about what stands on other lines. */
export function holdsDirective(text: string): boolean {
  return /^[ \t]*\{[{%]/m.test(text);
}

/** Undefined where there is more template code than a person writes. */
export function mask(text: string): Masked | undefined {
  const found = actions(text);
  if (found.length > MOST) return undefined;
  const inserts: Insert[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (let index = 0; index < found.length; ) {
    const line = wholeLine(text, found, index);
    const last = found[line > 0 ? index + line - 1 : index] as Action;
    const first = found[index] as Action;
    pieces.push(text.slice(at, first.start));
    if (line === 0) pieces.push(PLACEHOLDER.repeat(first.end - first.start));
    else {
      pieces.push(text.slice(first.start, last.end).replace(/[^\n\r]/g, " "));
      const writing = found.slice(index, index + line).filter((one) => !isSilent(one));
      const [only] = writing;
      if (only !== undefined) inserts.push({ at: first.start, column: writing.length === 1 ? columnOf(text, only) : undefined });
    }
    at = last.end;
    index += Math.max(line, 1);
  }
  pieces.push(text.slice(at));
  const masked = pieces.join("");
  return { text: masked, regions: joined([...regions(text, found), ...deeper(masked, inserts)]), inserts };
}

/** All actions of the text, comments included, or a few too many; one that is never closed is none. */
function actions(text: string): Action[] {
  const found: Action[] = [];
  const jinja = text.includes("{%");
  const opening = jinja ? /\{[{%#]/g : /\{\{/g;
  let unclosed = 0;
  for (let open = opening.exec(text); open !== null && found.length <= MOST && unclosed < 100; open = opening.exec(text)) {
    const end = closing(text, open.index);
    if (end < 0) {
      unclosed++;
      continue;
    }
    const code = text
      .slice(open.index + 2, end - 2)
      .replace(/^-?\s*/, "")
      .replace(/\s*-?$/, "");
    found.push({ start: open.index, end, language: open[0] === "{{" ? "go" : "jinja", code: open[0] === "{#" ? "#" : code });
    opening.lastIndex = end;
  }
  return found;
}

/** Where the action ends; its strings and comments may hold what would close it. */
function closing(text: string, start: number): number {
  const sign = text[start + 1];
  if (sign === "#") {
    const end = text.indexOf("#}", start + 2);
    return end < 0 ? -1 : end + 2;
  }
  if (/^-?\s*\/\*/.test(text.slice(start + 2, start + 12))) {
    const end = /\*\/\s*-?\}\}/g;
    end.lastIndex = start + 2;
    return end.test(text) ? end.lastIndex : -1;
  }
  const close = sign === "{" ? "}}" : "%}";
  const parts = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|[%}]/g;
  parts.lastIndex = start + 2;
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    if (text.startsWith(close, part.index)) return part.index + 2;
    if (part.index - start > LONGEST) return -1;
  }
  return -1;
}

/** How many actions from this one on make up the rest of its line, but for a comment; 0 where more stands on it. */
function wholeLine(text: string, found: readonly Action[], index: number): number {
  const first = found[index] as Action;
  if (/\S/.test(text.slice(text.lastIndexOf("\n", first.start - 1) + 1, first.start))) return 0;
  let count = 0;
  for (let at = first.start; ; count++) {
    const action = found[index + count];
    const until = lineEnd(text, at);
    if (action === undefined || action.start >= until) return /^\s*(?:\s#.*)?$/.test(text.slice(at, until)) ? count : 0;
    if (/\S/.test(text.slice(at, action.start))) return 0;
    at = action.end;
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function isSilent(action: Action): boolean {
  return SILENT.test(action.code) || OPENS[action.language].has(word(action));
}

function word(action: Action): string {
  return /^[a-z]+/.exec(action.code)?.[0] ?? "";
}

function columnOf(text: string, action: Action): number | undefined {
  const column = action.start - text.lastIndexOf("\n", action.start - 1) - 1;
  const indent = /\b(n?)indent\s+(\d+)\s*$/.exec(action.code);
  if (indent !== null && (indent[1] === "n" || column === 0)) return Number(indent[2]);
  return indent === null && !text.startsWith("{{-", action.start) ? column : undefined;
}

function regions(text: string, found: readonly Action[]): Span[] {
  const spans: Span[] = [];
  const open: number[] = [];
  for (const action of found) {
    if (OPENS[action.language].has(word(action))) open.push(action.start);
    else if (word(action).startsWith("end")) spans.push({ start: open.pop() ?? 0, end: action.end });
  }
  for (const start of open) spans.push({ start, end: text.length });
  return spans;
}

/** Lines that stand deeper than what a line of code above them writes: they belong to what it writes. */
function deeper(masked: string, inserts: readonly Insert[]): Span[] {
  const spans: Span[] = [];
  for (const { at, column } of inserts) {
    const start = lineEnd(masked, at) + 1;
    let end = start;
    while (end < masked.length) {
      const stop = lineEnd(masked, end);
      const indent = masked.slice(end, stop).search(/\S/);
      if (indent >= 0 && (column === undefined || indent <= column)) break;
      end = stop + 1;
    }
    if (/\S/.test(masked.slice(start, end))) spans.push({ start, end });
  }
  return spans;
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start < last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}
