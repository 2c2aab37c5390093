// A line as it would read with the cure applied, for a button that does it. Offered only where nothing is in doubt:
// the diff shows the line, and it is the very line that was linted.

import { type Finding, frameKey } from "../../finding/finding.ts";
import { type Hunk, linesInOneHunk } from "./changed-file.ts";
import { hasSecret, isVisible } from "./sanitise.ts";

/** The line of a finding with its fix applied; null where there is none to offer. */
export function suggestionOf(finding: Finding, hunks: readonly Hunk[], frames: ReadonlyMap<string, string>): string | null {
  const { fix, path } = finding;
  if (fix === undefined || fix.start.line !== fix.end.line || fix.start.line !== finding.start.line) return null;
  const [shown] = linesInOneHunk(hunks, fix.start.line, fix.start.line) ?? [];
  // A frame is redacted: a line with something hidden in it equals no line of the diff. A CR would be lost on the way.
  if (shown === undefined || shown.text !== frames.get(frameKey(path, fix.start.line))) return null;
  const line = shown.text.slice(0, fix.start.column - 1) + fix.replacement + shown.text.slice(fix.end.column - 1);
  if (line === shown.text || !isVisible(line) || hasSecret(line) || line.length > 1_000) return null;
  return line;
}
