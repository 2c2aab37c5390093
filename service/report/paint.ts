// Colours, and texts that a terminal can show. Whether there are colours is the door's decision.

import type { Severity } from "../rule/rule.ts";

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
}

const same = (text: string): string => text;
const code =
  (start: number, end: number) =>
  (text: string): string =>
    `\u001b[${start}m${text}\u001b[${end}m`;

export const PLAIN: Paint = { bold: same, dim: same, severity: { error: same, warning: same, info: same } };
export const COLORS: Paint = { bold: code(1, 22), dim: code(2, 22), severity: { error: code(31, 39), warning: code(33, 39), info: code(36, 39) } };

/** A text from a file without what would move the cursor, colour the screen or turn the direction of writing. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
