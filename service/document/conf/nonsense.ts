// Says why something stands where a value of nats.conf is over. The value in front of it usually is to blame.

import { codeAt, isEnd } from "./characters.ts";
import { refusesDigitAfterSuffix } from "./dialect.ts";
import type { Lexeme } from "./lexeme.ts";
import type { Place } from "./mending.ts";
import type { Problem } from "./problem.ts";

const cuts = {
  fraction: "An unquoted number ends behind its fraction, and the rest of the word belongs to nothing",
  address: "An unquoted value of numbers and dots ends here, and the rest of the word belongs to nothing",
  negative: "An unquoted value that starts with a minus ends behind its digits, and the rest of the word belongs to nothing",
  size: "An unquoted size ends behind its letter, and the rest of the word belongs to nothing",
  date: "An unquoted date ends here, and the rest of the word belongs to nothing",
} as const;

export const blockComment = "A block comment stands here, which nats.conf does not know";

/** `at` is the offset of the first character that is too much, `last` the scalar before it. */
export function nonsense(text: string, at: number, last: Lexeme | undefined, place: Place): Pick<Problem, "message" | "versions"> {
  const code = codeAt(text, at);
  if (text.startsWith("/*", at - 1)) return { message: blockComment };
  const glued = last !== undefined && !/\s/.test(text.slice(last.end, at));
  if (last?.kind === "value" && glued) {
    if (last.cut === "size" && code >= 48 && code <= 57) {
      const message = "A digit stands behind the size letter of an unquoted value, and servers before 2.14.8 and 2.15.0 take the size for its end";
      return { message, versions: refusesDigitAfterSuffix };
    }
    if (last.cut !== undefined) return { message: cuts[last.cut] };
    if (last.odd !== undefined && last.style === "plain") {
      return { message: "The quote ends the unquoted value, and the rest of the word belongs to nothing" };
    }
    if (last.style !== "plain") return { message: "The quote ends the value, and what follows belongs to nothing" };
  }
  if (isEnd(code)) return { message: "The text ends where a value is not over" };
  if (last !== undefined && "style" in last && last.style === "plain" && !glued) {
    return { message: "An unquoted value ends at the blank, and what follows belongs to nothing" };
  }
  return { message: `Something stands behind the value where ${place === "list" ? "a comma" : "a comma or a line end"} is due` };
}
