// Which characters the nats.conf grammar treats alike. It mixes three notions of "blank", so nobody else may have their own.

export const comma = 44;
export const slash = 47;
export const semicolon = 59;
export const openBracket = 91;
export const closeBracket = 93;
export const openBrace = 123;
export const closeBrace = 125;

/** The code unit at an offset, or -1 behind the text. */
export function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : -1;
}

/** The end of the input. A NUL counts as one nearly everywhere, although reading may go on behind it. */
export function isEnd(code: number): boolean {
  return code <= 0;
}

/** LF or CR, each on its own. */
export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

/** A blank or a tab: all that may stand between a key's separator and its value. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Any Unicode space, line ends included: what may stand around keys. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** `=` or `:`. */
export function isSeparator(code: number): boolean {
  return code === 61 || code === 58;
}

/** What ends a bare string. */
export function endsBare(code: number): boolean {
  return endsNumber(code) || code === closeBracket || code === 39;
}

/** What may end a positive number: as for strings, without `]` and `'`. */
export function endsNumber(code: number): boolean {
  return isEnd(code) || isBlank(code) || isNewline(code) || code === closeBrace || code === semicolon || code === comma;
}

/** How many code units the decimal digit at an offset takes, 0 when there is none. Digits of every script count. */
export function digitAt(text: string, at: number): number {
  const code = codeAt(text, at);
  if (code < 0x660) return code >= 48 && code <= 57 ? 1 : 0;
  const point = text.codePointAt(at) ?? 0;
  if (!/^\p{Nd}$/u.test(String.fromCodePoint(point))) return 0;
  return point > 0xffff ? 2 : 1;
}

/** The first offset at or behind `at` that does not hold a digit. */
export function skipDigits(text: string, at: number): number {
  let end = at;
  for (let width = digitAt(text, end); width > 0; width = digitAt(text, end)) end += width;
  return end;
}

/** The offset of the line end at or behind `at`, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isNewline(text.charCodeAt(end))) end += 1;
  return end;
}
