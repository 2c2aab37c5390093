// A failure of natslint itself, as a step tells it: on one line, because a command of a workflow is one.

import { type Failure, REPORT_TO } from "../../host/failure.ts";
import { line } from "../../report/pull-request/sanitise.ts";

export function failureText({ said, places }: Failure): string {
  const where = places.length === 0 ? "" : ` [${short(places).join("; ")}]`;
  return `it failed itself: ${line(said, 400)}${where}; please report this: ${REPORT_TO}`;
}

/** Without the folders that the bundle happens to lie in. */
function short(places: readonly string[]): readonly string[] {
  return places.slice(0, 4).map((one) => one.replace(/\(?[^\s()]*\/(?=[^/]+$)/, "("));
}
