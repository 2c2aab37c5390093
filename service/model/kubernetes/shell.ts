// Shell scripts in `sh -c`, as far as they are a plain sequence of commands. Whatever branches, loops or defines
// functions is not followed: nobody can say from the text what it runs.

import type { Origin } from "../../document/node.ts";
import { type Environment, LONGEST_ARGUMENT } from "./environment.ts";

/** One word of a command line. */
export interface Argument {
  /** All of it, or what stands before the first part that is not known. */
  readonly text: string;
  /** Ends the sentence "not known, because ..."; null when the word is whole. */
  readonly because: string | null;
  /** The environment variable that the word consists of, when it is one that is not known. */
  readonly variable: string | null;
  readonly origin: Origin;
}

const RESERVED = /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|\{|\}|!|\[\[)$/;

/** The simple commands of a script in their order, each in words; null when the script cannot be followed. */
export function readScript(script: string, origin: Origin, variables: Environment): readonly (readonly Argument[])[] | null {
  const commands: Argument[][] = [];
  const heredocs: string[] = [];
  const assigned = new Set([...script.matchAll(/(?:^|[\s;&|])(?:export\s+|read\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)(?:=|\s*$)/gm)].map((found) => found[1]));
  // Values that multiply: no process is started with that much.
  let budget = 8 * LONGEST_ARGUMENT;
  const see: Environment = (name) => {
    const found = variables(name);
    budget -= found.value?.length ?? 0;
    return assigned.has(name) || budget < 0 ? { value: null, from: "field" } : found;
  };
  let words: Argument[] = [];
  let at = 0;
  const end = (): void => {
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (at < script.length) {
    const rest = script.slice(at);
    const blank = /^(?:[ \t]|\\\r?\n)+|^#[^\n]*/.exec(rest);
    const operator = /^(?:\r?\n|;(?!;)|&&|\|\||\||&(?!>))/.exec(rest);
    const redirection = /^(?:\d*)(<<-?|<<<|[<>]&|&>>?|>>|>\||<>|<|>)[ \t]*/.exec(rest);
    if (blank !== null) at += blank[0].length;
    else if (operator !== null) {
      end();
      at += operator[0].length;
      if (operator[0].endsWith("\n")) at = skipHeredocs(script, at, heredocs);
    } else if (redirection !== null) {
      const target = readWord(script, at + redirection[0].length, origin, see);
      if (target === null) return null;
      if (redirection[1]?.startsWith("<<") === true && redirection[1] !== "<<<")
        heredocs.push(script.slice(at + redirection[0].length, target.end).replace(/["'\\]/g, ""));
      at = target.end;
    } else {
      const word = readWord(script, at, origin, see);
      if (word === null || (words.length === 0 && RESERVED.test(word.raw))) return null;
      for (const one of word.words) words.push(one);
      at = word.end;
    }
  }
  end();
  return commands;
}

function skipHeredocs(script: string, from: number, delimiters: string[]): number {
  let at = from;
  for (const delimiter of delimiters.splice(0)) {
    for (;;) {
      if (at >= script.length) return at;
      const stop = script.indexOf("\n", at);
      const line = script.slice(at, stop < 0 ? script.length : stop);
      at = stop < 0 ? script.length : stop + 1;
      if (line.trim() === delimiter) break;
    }
  }
  return at;
}

interface Word {
  readonly words: readonly Argument[];
  readonly raw: string;
  readonly end: number;
}

/** One word from `from` on; null at what is no word (a subshell, an open quote). */
function readWord(script: string, from: number, origin: Origin, variables: Environment): Word | null {
  const pieces: string[] = [""];
  let because: string | null = null;
  let variable: string | null = null;
  let quoted = false;
  let at = from;
  const add = (text: string): void => {
    if (because === null) pieces[pieces.length - 1] += text;
  };
  while (at < script.length) {
    const rest = script.slice(at);
    const char = rest[0] ?? "";
    if (/[\s;&|<>]/.test(char)) break;
    if (char === "(" || char === ")") return null;
    if (char === "'") {
      const stop = rest.indexOf("'", 1);
      if (stop < 0) return null;
      add(rest.slice(1, stop));
      quoted = true;
      at += stop + 1;
    } else if (char === "\\") {
      add(rest[1] === "\n" ? "" : (rest[1] ?? ""));
      at += 2;
    } else if (char === '"') {
      const inside = readQuoted(script, at + 1, variables);
      if (inside === null) return null;
      add(inside.text);
      because ??= inside.because;
      variable ??= inside.variable;
      quoted = true;
      at = inside.end;
    } else if (char === "$" || char === "`") {
      const value = readExpansion(rest, variables);
      if (value === null) return null;
      // Outside quotes a value is split into words at its blanks.
      const [first = "", ...others] = value.text.split(/[ \t\n]+/);
      add(first);
      if (because === null) for (const other of others) pieces.push(other);
      because ??= value.because;
      variable ??= value.variable;
      at += value.length;
    } else {
      add(char);
      at += 1;
    }
  }
  if (at === from) return null;
  const raw = script.slice(from, at);
  const last = pieces.length - 1;
  const alone = variable !== null && /^"?\$(?:\w+|\{\w+\})"?$/.test(raw) ? variable : null;
  const words = pieces
    .map((text, index): Argument => ({ text, because: index === last ? because : null, variable: index === last ? alone : null, origin }))
    .filter((word) => quoted || word.text !== "" || word.because !== null);
  return { words, raw, end: at };
}

interface Value {
  readonly text: string;
  readonly because: string | null;
  readonly variable: string | null;
}

function readQuoted(script: string, from: number, variables: Environment): (Value & { end: number }) | null {
  let text = "";
  let because: string | null = null;
  let variable: string | null = null;
  let at = from;
  while (at < script.length) {
    const rest = script.slice(at);
    const char = rest[0] ?? "";
    if (char === '"') return { text, because, variable, end: at + 1 };
    const escaped = /^\\(?:([$`"\\])|\r?\n)/.exec(rest);
    if (escaped !== null) {
      if (because === null) text += escaped[1] ?? "";
      at += escaped[0].length;
    } else if (char === "$" || char === "`") {
      const value = readExpansion(rest, variables);
      if (value === null) return null;
      if (because === null) text += value.text;
      because ??= value.because;
      variable ??= value.variable;
      at += value.length;
    } else {
      if (because === null) text += char;
      at += 1;
    }
  }
  return null;
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `$(command)` and backquotes; a dollar before anything else is itself. */
function readExpansion(rest: string, variables: Environment): (Value & { length: number }) | null {
  const command = /^\$\(([^()]*)\)|^`[^`]*`/.exec(rest);
  if (command !== null) return { text: "", because: "a command in the script computes it", variable: null, length: command[0].length };
  if (rest.startsWith("$(") || rest.startsWith("`")) return null;
  const found = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^}$"'`]{0,256}))?\}|([@*#?$!0-9-])|\{[^}]{0,256}\})/.exec(rest);
  if (found === null) return { text: "$", because: null, variable: null, length: 1 };
  const length = found[0].length;
  const name = found[1] ?? found[2];
  if (name === undefined) return { text: "", because: "the shell computes it", variable: null, length };
  const variable = variables(name);
  if (variable.from === "undefined") return { text: found[3] ?? "", because: null, variable: null, length };
  if (variable.value === null) return { text: "", because: `the variable ${name} is not known`, variable: name, length };
  return { text: variable.value === "" ? (found[3] ?? "") : variable.value, because: null, variable: null, length };
}
