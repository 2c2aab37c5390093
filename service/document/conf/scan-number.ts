// What starts like a number in nats.conf: integers, sizes, fractions, dates, addresses, and the strings that only look so.

import { codeAt, digitAt, endsNumber, skipDigits } from "./characters.ts";
import type { Dialect } from "./dialect.ts";
import type { Lexeme } from "./lexeme.ts";
import { scanBare } from "./scan-text.ts";

type ValueLexeme = Extract<Lexeme, { kind: "value" }>;

/** A value whose first character is a digit. */
export function scanPositive(text: string, at: number, dialect: Dialect): Lexeme {
  const digits = skipDigits(text, at);
  const code = codeAt(text, digits);
  if (code === 45) return scanDate(text, at, digits);
  if (code === 46) return scanFraction(text, at, digits);
  if (isSizeLetter(code, dialect)) return scanSize(text, at, digits, dialect);
  if (endsNumber(code) || !dialect.digitStrings) return integer(text, at, digits, digits);
  // Whatever stands here becomes content, even what would end a string anywhere else.
  const word = scanBare(text, at, digits + 1);
  return code === 93 && word.kind === "value" ? { ...word, swallowed: true } : word;
}

/** A value that starts with a minus; nothing but a number may. */
export function scanNegative(text: string, at: number, dialect: Dialect): Lexeme {
  if (digitAt(text, at + 1) === 0) {
    return misread(text, at, at + 1, "An unquoted value starts with a minus and goes on without a digit");
  }
  const digits = skipDigits(text, at + 1);
  const code = codeAt(text, digits);
  if (code === 46) return scanFraction(text, at, digits);
  if (isSizeLetter(code, dialect)) return scanSize(text, at, digits, dialect);
  return integer(text, at, digits, digits, "negative");
}

function scanSize(text: string, at: number, letter: number, dialect: Dialect): Lexeme {
  let end = letter + 1;
  while ((dialect.largeSizes ? /[bi]/i : /b/i).test(text.charAt(end))) end += 1;
  const digit = digitAt(text, end) > 0;
  const number = endsNumber(codeAt(text, end)) || (digit ? !dialect.digitAfterSuffix : !dialect.suffixStrings);
  return number ? integer(text, at, letter, end, "size") : scanBare(text, at, end);
}

function scanFraction(text: string, at: number, dot: number): Lexeme {
  if (digitAt(text, dot + 1) === 0) return misread(text, at, dot + 1, "A number goes on with a dot and no digit behind it");
  let end = skipDigits(text, dot + 1);
  const inner = { start: at, end };
  if (codeAt(text, end) === 46) {
    do end = Math.max(end + 1, skipDigits(text, end));
    while (digitAt(text, end) > 0 || ".:-".includes(text.charAt(end) || "x"));
    return { ...plain(at, end), value: text.slice(at, end), cut: "address" };
  }
  const value = Number(text.slice(at, end));
  if (Number.isFinite(value)) return { kind: "value", value, type: "float", style: "plain", start: at, end, inner, cut: "fraction" };
  return worthless(at, end, "The number is none that a server can hold");
}

/** `2006-01-02T15:04:05Z` to the letter; the server takes no other form and no other text with this start. */
function scanDate(text: string, at: number, dash: number): Lexeme {
  const start = "An unquoted value starts with digits and a minus, as only dates such as 2006-01-02T15:04:05Z do";
  if (new TextEncoder().encode(text.slice(at, dash)).length !== 4) return misread(text, at, dash, start);
  let end = dash + 1;
  for (const expected of "00-00T00:00:00Z") {
    const width = expected === "0" ? digitAt(text, end) : text.charAt(end) === expected ? 1 : 0;
    if (width === 0) return misread(text, at, end, start);
    end += width;
  }
  const value = text.slice(at, end);
  if (!isDate(value)) return worthless(at, end, "The date is none of the calendar");
  return { ...plain(at, end), value, type: "date", cut: "date" };
}

function isDate(value: string): boolean {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(value);
  if (found === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

const powers = "kmgtpe";

/** Most numbers: of few digits, all of them ASCII. Undefined where that does not hold. */
function short(text: string, at: number, end: number): number | undefined {
  const first = text.charCodeAt(at) === 45 ? at + 1 : at;
  if (end === first || end - first > 15) return undefined;
  let value = 0;
  for (let index = first; index < end; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return first === at || value === 0 ? value : -value;
}

function integer(text: string, at: number, digits: number, end: number, cut?: NonNullable<ValueLexeme["cut"]>): Lexeme {
  const value = digits === end ? short(text, at, end) : undefined;
  const behind = cut === undefined ? {} : { cut };
  if (value !== undefined) return { kind: "value", style: "plain", start: at, end, inner: { start: at, end }, value, type: "integer", ...behind };
  const written = text.slice(at, digits);
  const suffix = text.slice(digits, end).toLowerCase();
  const [, sign = "", significant = ""] = /^(-?)0*(\d*)$/.exec(written) ?? [];
  const number = /^-?[0-9]+$/.test(written) && significant.length < 20 ? BigInt(`${sign}${significant || "0"}`) : undefined;
  if (number === undefined || BigInt.asIntN(64, number) !== number) {
    return worthless(at, end, "The number is none that 64 bits can hold");
  }
  if (!/^(?:[kmgtpe](?:b|i|ib)?)?$/.test(suffix)) return { kind: "dropped", start: at, end };
  const base = suffix.length > 1 ? 1024n : 1000n;
  const product = number * base ** BigInt(powers.indexOf(suffix.charAt(0)) + (suffix === "" ? 0 : 1));
  const wrapped = BigInt.asIntN(64, product);
  const safe = wrapped >= BigInt(Number.MIN_SAFE_INTEGER) && wrapped <= BigInt(Number.MAX_SAFE_INTEGER);
  return {
    ...plain(at, end),
    value: safe ? Number(wrapped) : wrapped,
    type: "integer",
    ...behind,
    ...(wrapped === product ? {} : { odd: "The size is more than 64 bits hold, and the server goes on with what is left of it" }),
  };
}

function isSizeLetter(code: number, dialect: Dialect): boolean {
  if (code < 65 || code > 122) return false;
  return (dialect.largeSizes ? "kmgtpeKMGTPE" : "kmgKMG").includes(String.fromCharCode(code));
}

function plain(start: number, end: number): Pick<ValueLexeme, "kind" | "style" | "start" | "end" | "inner"> {
  return { kind: "value", style: "plain", start, end, inner: { start, end } };
}

function misread(text: string, start: number, at: number, message: string): Lexeme {
  return { kind: "error", problem: "number", message, start, span: { start, end: Math.min(at + 1, text.length) }, end: at };
}

function worthless(start: number, end: number, message: string): Lexeme {
  return { kind: "error", problem: "value", message, start, span: { start, end }, end };
}
