// `# natslint-ignore <id>[, <id>] until 2027-01-31 -- reason`: what comments in a file, and annotations of objects, say about findings.

import type { Span } from "../source/position.ts";

/** What is suppressed, and why, wherever that is said. */
export interface Ignore {
  readonly ids: readonly string[];
  readonly reason: string;
  readonly until: string | null;
}

export interface IgnoreComment extends Ignore {
  /** The line it stands on, 1-based. */
  readonly line: number;
  /** Does it hold for the whole file? */
  readonly file: boolean;
  /** Is there something else on its line? Then it is about that line, otherwise about the next that is no comment. */
  readonly trailing: boolean;
  readonly span: Span;
}

const COMMENT = /(^|[ \t])(?:#|\/\/)[ \t]*natslint-ignore(-file)?(?![\w-])[ \t]*([^\r\n]*)/gm;

/** The suppressions of a text. Cheap where there are none. */
export function ignoreComments(text: string): IgnoreComment[] {
  if (!text.includes("natslint-ignore")) return [];
  const found: IgnoreComment[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const start = (match.index ?? 0) + (match[1]?.length ?? 0);
    const before = text.slice(0, start);
    const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
    found.push({
      ...readIgnore(match[3] ?? ""),
      line: before.split(/\r\n|\r|\n/).length,
      file: match[2] !== undefined,
      trailing: before.slice(lineStart).trim() !== "",
      span: { start, end: start + match[0].trimEnd().length - (match[1]?.length ?? 0) },
    });
  }
  return found;
}

/** `<id>[, <id>] until 2027-01-31 -- reason`, as comments and annotations have it. */
export function readIgnore(text: string): Ignore {
  const [left = "", ...reason] = text.split(/[ \t]--[ \t]?|^--[ \t]?/);
  const until = /[ \t]until[ \t]+(\S+)[ \t]*$/.exec(` ${left}`);
  const ids = (until === null ? left : left.slice(0, left.lastIndexOf("until"))).split(/[\s,]+/).filter((id) => id !== "");
  return { ids, reason: reason.join(" -- ").trim(), until: until?.[1] ?? null };
}

/** The line that a comment is about: its own, or the next one that is neither empty nor a comment. */
export function targetLine(comment: IgnoreComment, lineText: (line: number) => string, count: number): number {
  if (comment.trailing) return comment.line;
  let line = comment.line + 1;
  while (line < count && /^\s*(#|\/\/|$)/.test(lineText(line))) line++;
  return line;
}

/** Is the day past? `today` reads 2026-11-21; an unreadable day is past, so that nothing is hidden by a typo. */
export function isExpired(until: string | null, today: string): boolean {
  if (until === null) return false;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until))) return true;
  return until < today;
}
