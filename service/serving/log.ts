// A service's log: JSON lines of names of events, numbers and kinds of failures. No body, no title, no branch, no
// path, no text of a file or a comment is ever given to it; what is given goes through the redaction all the same.

import { pino } from "pino";
import { redactLine } from "../model/secrets.ts";
import { line } from "../report/pull-request/sanitise.ts";

/** Fields of a line. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  readonly debug: (event: string, fields?: Fields) => void;
  readonly info: (event: string, fields?: Fields) => void;
  readonly warn: (event: string, fields?: Fields) => void;
  readonly error: (event: string, fields?: Fields) => void;
}

export function log(level: string, write: (text: string) => unknown): Log {
  const logger = pino(
    { level, base: { service: "natslint" }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    { write },
  );
  const at =
    (name: "debug" | "info" | "warn" | "error") =>
    (event: string, fields: Fields = {}): void =>
      logger[name](
        Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value === "string" ? redactLine(line(value, 300)) : value])),
        event,
      );
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
