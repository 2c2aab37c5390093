// Does the server take a value for a key? If not, what it takes instead, in words, and whether the kind or the value is wrong.

import { isUnset, type Node, type ScalarNode } from "../../document/node.ts";
import { kindOf, kindWords } from "./kinds.ts";
import { PLAIN } from "./plain-values.ts";
import type { Type } from "./read-table.ts";

/**
 * - `kind`: a string where an integer is due, and the like.
 * - `value`: of the right kind, but out of range, no known word, or not in the form.
 * - `unit`: a duration without quotes, which the server reads as a number: `2m` is two million.
 * - `seconds`: an integer for a duration; the server takes it with a warning.
 */
export interface Wrong {
  readonly wrong: "kind" | "value" | "unit" | "seconds";
  /** "an integer from 1 to 255" */
  readonly takes: string;
  /** "a string in quotes" where the kind is wrong, or the value itself where it is no secret. */
  readonly found: string;
}

/** What is wrong with a scalar; null when the server takes it. Maps and lists are judged part by part, elsewhere. */
export function wrongScalar(node: ScalarNode, types: readonly Type[]): Wrong | null {
  if (isUnset(node)) return null;
  const kind = kindOf(node);
  let right: "kind" | "value" = "kind";
  let shown = false;
  let timed = false;
  for (const type of types) {
    if (type.kind === "word" && kind === "string") {
      if (isWord(type, String(node.value))) return null;
      right = "value";
      shown = true;
    }
    if (type.kind !== "plain") continue;
    timed ||= type.of.endsWith("duration");
    const plain = PLAIN[type.of];
    if (type.of === "any" || type.of === "scalar") return null;
    if (kind === "int" && type.of === "duration") return { wrong: isWithUnit(node) ? "unit" : "seconds", takes: wordsOf(types), found: shownValue(node) };
    if (plain === undefined || !plain.kinds.includes(kind)) continue;
    if (holds(node, type)) return null;
    right = "value";
    shown ||= plain.shown === true;
  }
  if (timed && kind === "int" && isWithUnit(node)) return { wrong: "unit", takes: wordsOf(types), found: shownValue(node) };
  return { wrong: right, takes: wordsOf(types), found: right === "kind" ? kindWords(node) : shown ? shownValue(node) : "what stands here" };
}

function holds(node: ScalarNode, type: Extract<Type, { kind: "plain" }>): boolean {
  const { value } = node;
  const plain = PLAIN[type.of];
  if (type.of === "false") return value === false;
  if (typeof value === "string" && plain?.text?.(value) === false) return false;
  if (typeof value !== "string" && plain?.number?.(Number(value)) === false) return false;
  const measured = plain?.measure?.(typeof value === "string" ? value : Number(value));
  if (measured === undefined || measured === null) return true;
  return measured >= (type.least ?? Number.NEGATIVE_INFINITY) && measured <= (type.most ?? Number.POSITIVE_INFINITY);
}

function isWord({ anyCase, words }: Extract<Type, { kind: "word" }>, text: string): boolean {
  return words.includes(anyCase ? text.toLowerCase() : text);
}

/** An integer that was written as a duration is: 2m, 30g. */
function isWithUnit(node: ScalarNode): boolean {
  return node.spelling?.conf === "bare" && /^-?\d+[kmgtpe]/i.test(node.spelling.text);
}

function shownValue(node: ScalarNode): string {
  const { spelling, value } = node;
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  return spelling?.conf === "bare" ? spelling.text : String(value);
}

/** "true or false, or a block": what a key takes, for a sentence. */
function wordsOf(types: readonly Type[]): string {
  const all = [...new Set(types.filter((type) => type.kind !== "plain" || type.of !== "scalar").map(words))];
  return all.length < 3 ? all.join(" or ") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

function words(type: Type): string {
  if (type.kind === "word") {
    const known = type.words.filter((one) => one !== "").map((one) => JSON.stringify(one));
    return known.length < 3 ? known.join(" or ") : `one of ${known.slice(0, -1).join(", ")} and ${known.at(-1)}`;
  }
  if (type.kind === "list") return `a list of ${manyOf(type.of)}${type.filled ? " that is not empty" : ""}`;
  if (type.kind !== "plain") return "a block";
  const one = PLAIN[type.of]?.words ?? type.of;
  const [least, most] = (type.bounds ?? "..").split("..");
  if (least === "" && most === "") return one;
  if (most === "") return least === "0" || least === "0s" ? `${one}, not below zero` : `${one}, at least ${least}`;
  return least === "" ? `${one}, at most ${most}` : `${one} from ${least} to ${most}`;
}

function manyOf([type]: readonly Type[]): string {
  if (type?.kind === "plain") return PLAIN[type.of]?.many ?? type.of;
  return type?.kind === "word" ? `words, ${words(type)}` : "blocks";
}

/** Does a block, a list or a scalar stand where none of the types has one? */
export function wrongShape(node: Node, types: readonly Type[]): Wrong {
  return { wrong: "kind", takes: wordsOf(types), found: kindWords(node) };
}
