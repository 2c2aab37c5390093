// What is told when natslint itself fails: enough to report it, and nothing of what it read.

import { redactLine } from "../model/secrets.ts";
import { printable } from "../report/paint.ts";

/** A failure as data, so that it can be told by another thread than the one that failed. */
export interface Failure {
  /** TypeError */
  readonly name: string;
  /** Its name and what it says, on one line: it may quote a file, so it is cut and redacted. */
  readonly said: string;
  /** natslint's own places, the innermost first: `at lint (/opt/natslint/dist/cli.js:1:2)`. */
  readonly places: readonly string[];
}

export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { name: "no error", said: "something was thrown that is no error", places: [] };
  const places = (thrown.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6);
  return {
    name: thrown.name,
    said: `${thrown.name}: ${printable(redactLine(thrown.message.replace(/\s+/g, " "))).slice(0, 300)}`,
    places: places.map((line) => line.trim()),
  };
}

/** Where people tell of it. */
export const REPORT_TO = "https://github.com/natslint/natslint/issues";
