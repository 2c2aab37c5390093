// A finding: a violation with its place, its severity and its text. The only thing that reporters see.

import type { Refusal, Rule, Severity } from "../rule/rule.ts";
import type { Position } from "../source/position.ts";

export interface Place {
  readonly path: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export interface RelatedPlace extends Place {
  readonly message: string;
}

/** What to write in place of a stretch of the finding's file, where that is certain to cure it. */
export interface Fix {
  readonly replacement: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export interface Suppression {
  readonly reason: string;
  /** The day it ends, as written: 2027-01-31. */
  readonly until: string | null;
}

export interface Finding extends Place {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  /** Set where the server refuses to start for it, or its own check of the file fails. */
  readonly refuses?: Exclude<Refusal, false>;
  /** The model path it is about; empty where the service judges a text. */
  readonly at: readonly (string | number)[];
  readonly related: readonly RelatedPlace[];
  readonly environments: readonly string[];
  /** Stays the same when lines move. */
  readonly fingerprint: string;
  readonly suppressed: Suppression | null;
  readonly fix?: Fix;
}

const ORDER: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1 };

/** Is the severity at or above the threshold? */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return ORDER[severity] >= ORDER[threshold];
}

/** By path, place, rule and text: one order for every run. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.path, b.path) ||
    a.start.line - b.start.line ||
    a.start.column - b.start.column ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The key under which the line that a finding points at is kept for its code frame. */
export function frameKey(path: string, line: number): string {
  return `${path}:${line}`;
}
