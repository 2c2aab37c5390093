// A failure of natslint itself, as the command line tells it.

import { failureOf, REPORT_TO } from "../../host/failure.ts";

export function failureText(thrown: unknown): string {
  const { said, places } = failureOf(thrown);
  const what = [said, ...places.map((place) => `    ${place}`)].join("\n");
  return `natslint: it failed itself: ${what}\nPlease report this: ${REPORT_TO}\n`;
}
