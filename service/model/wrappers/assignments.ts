// Helm's `--set name=value`: how such a text is read, and what it does to values. `pkg/strvals` of Helm is the measure.

import { list, map, type Node, type Origin, scalar, type ScalarValue } from "../../document/node.ts";
import type { Span } from "../../source/position.ts";
import { overlay } from "../helm-values.ts";

/** One value for one place. */
export interface Assignment {
  readonly path: readonly (string | number)[];
  readonly value: Node;
}

/** `typed`: true, null and whole numbers are what they look like; `string`: all is text; `json`: JSON; `literal`: nothing is special in the value. */
export type SetKind = "typed" | "string" | "json" | "literal";

export type ReadAssignments = { readonly assignments: readonly Assignment[] } | { readonly problem: string };

/** Reads `a.b=1,c[0]=x,d={1,2}`. Places of keys and values in the text become origins. */
export function readAssignments(text: string, kind: SetKind, origin: (span: Span, key: Span) => Origin): ReadAssignments {
  const assignments: Assignment[] = [];
  for (let at = 0; at < text.length; ) {
    const key = readPath(text, at);
    if ("problem" in key) return key;
    const place = (start: number, end: number): Origin => origin({ start, end }, { start: at, end: key.end });
    const start = key.end + 1;
    const read = kind === "json" ? readJson(text, start, place) : kind === "literal" ? whole(text, start, place) : readValue(text, start, kind, place);
    if ("problem" in read) return { problem: `${text.slice(at, key.end)}: ${read.problem}` };
    assignments.push({ path: key.path, value: read.value });
    at = read.end + 1;
  }
  return assignments.length === 0 ? { problem: "it names no key" } : { assignments };
}

/** The path of a name alone, as an Argo CD parameter has it; null for what is none. */
export function readName(name: string): readonly (string | number)[] | null {
  const read = readPath(`${name}=`, 0);
  return "problem" in read || read.end !== name.length ? null : read.path;
}

/** What a bare text stands for. Numbers with a leading zero and fractions stay text. */
export function typed(text: string): ScalarValue {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (/^null$/i.test(text)) return null;
  if (!/^(?:0|[-+]?[1-9]\d*|[-+]0\d*)$/.test(text)) return text;
  const number = BigInt(text.replace("+", ""));
  if (number !== BigInt.asIntN(64, number)) return text;
  return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}

/** The values with the assignments made, one after the other. */
export function assigned(values: Node, assignments: readonly Assignment[]): Node {
  return assignments.reduce((below, { path, value }) => put(below, path, value), values);
}

type Read = { readonly value: Node; readonly end: number } | { readonly problem: string };
type Place = (start: number, end: number) => Origin;

/** Ends at the `=`. A backslash takes the meaning from what follows it. */
function readPath(text: string, from: number): { readonly path: readonly (string | number)[]; readonly end: number } | { readonly problem: string } {
  const path: (string | number)[] = [];
  let word = "";
  let isOpen = true;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === "\\") word += text[++at] ?? "";
    else if (sign === "=" || sign === "." || sign === "[") {
      if (word !== "" || isOpen) path.push(word);
      if (word === "" && isOpen && path.length > 0) return { problem: `an empty key stands in "${text.slice(from, at + 1)}"` };
      word = "";
      isOpen = sign === ".";
      if (sign === "=") return { path, end: at };
      if (sign === "[") {
        const index = /^\[(\d{1,5})\]/.exec(text.slice(at));
        if (index === null) return { problem: `"${text.slice(at)}" does not begin with an index such as [0]` };
        path.push(Number(index[1]));
        at += index[0].length - 1;
      }
    } else if (sign === ",") return { problem: `the key "${text.slice(from, at)}" has no value` };
    else word += sign;
  }
  return { problem: `the key "${text.slice(from)}" has no value` };
}

function readValue(text: string, from: number, kind: SetKind, place: Place): Read {
  const one = (value: string, start: number, end: number): Node => scalar(kind === "string" ? value : typed(value), place(start, end));
  if (text[from] !== "{") {
    const { value, end } = readWord(text, from, ",");
    return { value: one(value, from, end), end };
  }
  const items: Node[] = [];
  for (let at = from + 1; at <= text.length; ) {
    const { value, end } = readWord(text, at, ",}");
    if (end >= text.length) return { problem: "a list has no closing }" };
    const isLast = text[end] === "}";
    if (!(isLast && items.length === 0 && value === "")) items.push(one(value, at, end));
    at = end + 1;
    if (isLast) {
      if (at < text.length && text[at] !== ",") return { problem: "text stands behind the closing }" };
      return { value: list(items, place(from, at)), end: at };
    }
  }
  return { problem: "a list has no closing }" };
}

function readWord(text: string, from: number, stops: string): { readonly value: string; readonly end: number } {
  let value = "";
  let at = from;
  for (; at < text.length && !stops.includes(text[at] ?? ""); at++) value += text[at] === "\\" ? (text[++at] ?? "") : text[at];
  return { value, end: Math.min(at, text.length) };
}

function whole(text: string, from: number, place: Place): Read {
  return { value: scalar(text.slice(from), place(from, text.length)), end: text.length };
}

/** JSON up to the next comma that is not part of it. */
function readJson(text: string, from: number, place: Place): Read {
  for (let end = text.length; end > from; end = text.lastIndexOf(",", end - 1)) {
    try {
      return { value: nodeOf(JSON.parse(text.slice(from, end)) as unknown, place(from, end)), end };
    } catch {
      // Perhaps a shorter stretch is JSON, and another assignment follows it.
    }
  }
  return { problem: "the value is no JSON" };
}

function nodeOf(value: unknown, origin: Origin): Node {
  if (Array.isArray(value))
    return list(
      value.map((item) => nodeOf(item, origin)),
      origin,
    );
  if (typeof value !== "object" || value === null) return scalar(value as ScalarValue, origin);
  return map(
    Object.entries(value).map(([key, item]) => [key, nodeOf(item, origin)] as const),
    origin,
  );
}

function put(below: Node | undefined, path: readonly (string | number)[], value: Node): Node {
  const [step, ...rest] = path;
  // Unlike a file, an assignment replaces a map as a whole.
  if (step === undefined) return below === undefined || below.kind === "unknown" ? value : { ...overlay(scalar(null, below.origin), value) };
  const { origin } = value;
  if (typeof step === "number") {
    if (below?.kind === "unknown") return below;
    const items = below?.kind === "list" ? [...below.items] : [];
    while (items.length < step) items.push(scalar(null, origin));
    items[step] = put(items[step], rest, value);
    return list(items, below?.kind === "list" ? below.origin : origin);
  }
  if (below?.kind === "unknown") {
    const { because, unseen } = below;
    const inner = put(rest.length === 0 ? undefined : below, rest, value);
    return { ...map([[step, inner]], origin), incomplete: because, ...(unseen !== undefined && { unseen }) };
  }
  const known = below?.kind === "map" ? below : map([], origin);
  const under = known.entries.get(step);
  const lost = under === undefined && known.incomplete !== undefined && rest.length > 0;
  const made = lost
    ? put({ kind: "unknown", because: known.incomplete ?? "", origin, ...(known.unseen !== undefined && { unseen: known.unseen }) }, rest, value)
    : put(under, rest, value);
  return { ...known, entries: new Map([...known.entries, [step, made]]) };
}
