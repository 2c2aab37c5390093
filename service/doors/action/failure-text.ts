// What is told when natslint itself fails: enough to report it, and nothing of what it read.

import { redactLine } from "../../model/secrets.ts";
import { line } from "../../report/pull-request/sanitise.ts";

/** The stack names natslint's own places. The message may quote a file, so it is cut and redacted. */
export function failureText(thrown: unknown): string {
  if (!(thrown instanceof Error))
    return "it failed itself: something was thrown that is no error; please report this: https://github.com/natslint/natslint/issues";
  const places = (thrown.stack ?? "")
    .split("\n")
    .filter((one) => /^\s+at /.test(one))
    .slice(0, 4)
    .map((one) => one.trim().replace(/\(?[^\s()]*\/(?=[^/]+$)/, "("));
  return `it failed itself: ${thrown.name}: ${line(redactLine(thrown.message), 300)} [${places.join("; ")}]; please report this: https://github.com/natslint/natslint/issues`;
}
