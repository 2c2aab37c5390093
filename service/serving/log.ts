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

/**
 * Standard output that makes nobody wait: while whoever reads it does not, so many bytes are kept, and what is more is
 * lost. Node's own stream stops the process until a full pipe is read.
 */
export function patientWriter(most: number = 1024 * 1024): { readonly write: (text: string) => unknown; readonly end: () => Promise<void> } {
  const destination = pino.destination({ dest: 1, sync: false, maxLength: most });
  // A pipe whose reader is gone is no failure of the service.
  destination.on("error", () => undefined);
  return {
    write: (text) => destination.write(text),
    end: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        destination.flush(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
