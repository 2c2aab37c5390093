// Cures that are certain: a truth value or a whole number that somebody wrote in YAML, in place of another. What comes
// by an anchor, a layer, a default or a template, and what stands in a nats.conf, has other readers too and is left to people.

import { type Model, pathKey } from "../model/model.ts";
import type { PolicyViolation } from "../policy/violation.ts";
import type { Lines } from "../source/position.ts";
import type { Fix, Place } from "./finding.ts";
import { placeOf, valueAt } from "./locate.ts";

/** The fix of a violation that is told at `place`; undefined where there is none or where anything is in doubt. */
export function fixOf({ at, fix }: PolicyViolation, model: Model, place: Place, lines: (path: string) => Lines): Fix | undefined {
  if (fix === undefined || !("set" in fix) || !isExact(fix.set)) return undefined;
  const about = fix.at ?? at;
  const origin = model.origins.get(pathKey(about));
  if (origin === undefined || origin.path !== place.path || (origin.via ?? []).length > 0) return undefined;
  const own = lines(origin.path);
  const { start, end } = placeOf(origin.path, origin.span, own);
  const line = own.text(start.line);
  const written = line.slice(start.column - 1, end.column - 1);
  // What stands there must be what the model has, or the model means something else by it: its contrary, another unit.
  const value = readExact(written);
  if (value === undefined || value !== valueAt(model.json, about) || typeof value !== typeof fix.set || value === fix.set) return undefined;
  if (!isPlainValue(line.slice(0, start.column - 1), line.slice(end.column - 1)) || isInBlockText(start.line, own)) return undefined;
  return { replacement: String(fix.set), start, end };
}

/** A text with fixes applied. Of two that overlap the later is left out. */
export function withFixes(text: string, fixes: readonly Fix[]): string {
  const rows = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const taken = new Map<number, number>();
  for (const { replacement, start, end } of [...fixes].sort((a, b) => b.start.line - a.start.line || b.start.column - a.start.column)) {
    const row = rows[start.line - 1];
    if (row === undefined || end.line !== start.line || end.column > (taken.get(start.line) ?? Number.POSITIVE_INFINITY)) continue;
    const mark = start.line === 1 && row.startsWith("\ufeff") ? 1 : 0;
    rows[start.line - 1] = row.slice(0, start.column - 1 + mark) + replacement + row.slice(end.column - 1 + mark);
    taken.set(start.line, start.column);
  }
  return rows.join("");
}

function isExact(value: unknown): value is boolean | number {
  return typeof value === "boolean" || Number.isSafeInteger(value);
}

function readExact(written: string): boolean | number | undefined {
  if (written === "true" || written === "false") return written === "true";
  return /^(?:0|-?[1-9]\d{0,14})$/.test(written) ? Number(written) : undefined;
}

/** Does a key stand right in front, and nothing that belongs to the value behind? No tag, no anchor, no open quote. */
function isPlainValue(before: string, behind: string): boolean {
  const hasOpenQuote = [`"`, `'`].some((quote) => before.split(quote).length % 2 === 0);
  return !hasOpenQuote && /(?:^|[\s{,])(?:[\w./-]+\s*:\s+|(?:"[\w./-]+"|'[\w./-]+')\s*:\s*)$/.test(before) && /^\s*(?:$|\s#|[,}\]])/.test(behind);
}

/** Is the line part of a text block (`key: |`)? Then what looks like YAML in it is some other language. */
function isInBlockText(line: number, lines: Lines): boolean {
  let indent = indentOf(lines.text(line));
  for (let above = line - 1; above >= 1 && indent > 0; above--) {
    const text = lines.text(above);
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    if (/(?:^|[:-]\s)\s*(?:[&!]\S*\s+)*[|>][-+\d]*\s*(?:#.*)?$/.test(text)) return true;
    indent = indentOf(text);
  }
  return false;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
