// Guesses about broken nats.conf text that need nothing but the text. Only for texts that a server refuses.

import { isNewline } from "./characters.ts";

const closers: Readonly<Record<string, string>> = { "{": "}", "[": "]", '"': '"', "'": "'" };

/**
 * Where nonsense ends: at the line end or one of the characters of `stops`, over anything in brackets or quotes.
 * Brackets may close on a later line when `across` is set; -1 when they never do.
 */
export function nonsenseEnd(text: string, at: number, stops: string, across: boolean, lineEnd: (at: number) => number): number {
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (isNewline(text.charCodeAt(end))) {
      if (depth === 0 || !across) return end;
      continue;
    }
    if (depth === 0 && stops.includes(character)) return end;
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, end + 1);
      if (close > 0 && close < lineEnd(end)) end = close;
    } else if (character === "#" && /\s/.test(text.charAt(end - 1))) end = lineEnd(end) - 1;
    else if (character in closers) depth += 1;
    else if (depth > 0 && (character === "}" || character === "]")) depth -= 1;
  }
  return depth > 0 && across ? -1 : text.length;
}

/** Does a key with something behind it stand here, rather than a lone value? */
export function looksLikePair(text: string, at: number): boolean {
  const pair = /(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s:=,;\]}"']+)(?:[ \t]*[:=](?=[\s"'[{]|$)|[ \t]+[^\s,;#\]}/]|(?<=["'])[:=])/y;
  pair.lastIndex = at;
  return pair.test(text);
}
