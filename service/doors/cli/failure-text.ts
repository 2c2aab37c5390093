// What is told when natslint itself fails: enough to report it, and nothing of what it read.

import { redactLine } from "../../model/secrets.ts";
import { printable } from "../../report/paint.ts";

/** The stack names natslint's own places. The message may quote a file, so it is cut and redacted. */
export function failureText(thrown: unknown): string {
  const said = thrown instanceof Error ? messageOf(thrown) : ["something was thrown that is no error"];
  return `natslint: it failed itself: ${said.join("\n")}\nPlease report this: https://github.com/natslint/natslint/issues\n`;
}

function messageOf(thrown: Error): string[] {
  const places = (thrown.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6);
  return [`${thrown.name}: ${printable(redactLine(thrown.message.replace(/\s+/g, " "))).slice(0, 300)}`, ...places];
}
