// Cuts a text into its documents without parsing it: a document marker can only stand at the start of a line.

/** Offsets of one document; `start` includes the comments and directives in front of its marker. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Text behind the marker `...` that belongs to no document: go-yaml refuses it. */
  readonly stray?: { readonly start: number; readonly end: number };
}

const MARKER = /^(---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const PRELUDE = /^(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*[ \t]*(?:#[^\n]*|%[^\n]*)?$/;

/** At least one part, which may be empty. Line ends are LF or CRLF. `from` skips a byte order mark. */
export function split(text: string, from: number): Part[] {
  const parts: Part[] = [];
  let start = from;
  let open = false;
  MARKER.lastIndex = from;
  for (let found = next(text); found !== null; found = next(text)) {
    const at = found.index;
    if (found[1] === "...") {
      const rest = at + 3;
      const following = next(text);
      const end = following?.index ?? text.length;
      const line = text.indexOf("\n", rest);
      const after = line < 0 || line > end ? end : line + 1;
      const stray = PRELUDE.test(text.slice(after, end)) ? undefined : { start: after + text.slice(after, end).search(/\S/), end: end };
      if (stray !== undefined) parts.push({ start, end: after, stray });
      else if (open || !PRELUDE.test(text.slice(start, at))) parts.push({ start, end: after });
      start = stray === undefined ? after : end;
      open = false;
      MARKER.lastIndex = end;
      continue;
    }
    if (open || !PRELUDE.test(text.slice(start, at))) {
      parts.push({ start, end: at });
      start = at;
    }
    open = true;
  }
  if (open || parts.length === 0 || !PRELUDE.test(text.slice(start))) parts.push({ start, end: text.length });
  return parts;
}

function next(text: string): RegExpExecArray | null {
  return MARKER.exec(text);
}
