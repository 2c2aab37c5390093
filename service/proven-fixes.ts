// Which fixes may be offered with a button: those that, applied alone and linted again, take their finding away and
// bring no other. More servers may need more nodes; then people decide.

import { withFixes } from "./finding/fix.ts";
import { type Beside, type Engine, lint } from "./lint.ts";
import type { Report } from "./report/report.ts";
import type { Settings } from "./settings/settings.ts";
import type { Source } from "./source/source.ts";

export interface Trying {
  /** Each try lints once more: only findings that matter, by their fingerprint, are tried, and at most so many. */
  readonly matters?: (fingerprint: string) => boolean;
  readonly most?: number;
  /** What the report was made with; without it what a change brings would seem gone with any fix. */
  readonly beside?: Beside;
}

/** The fingerprints of the findings whose fix is proven. `report` is what `lint` says of the same sources and settings. */
export function provenFixes(
  report: Report,
  sources: readonly Source[],
  settings: Settings,
  engine: Engine,
  { matters = () => true, most = 25, beside = {} }: Trying = {},
): ReadonlySet<string> {
  const before = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const proven = new Set<string>();
  const tried = report.findings.filter(({ fix, suppressed, fingerprint }) => fix !== undefined && suppressed === null && matters(fingerprint));
  for (const { fix, path, fingerprint } of tried.slice(0, most)) {
    if (fix === undefined) continue;
    const fixed = sources.map((source) => (source.path === path ? { ...source, text: withFixes(source.text, [fix]) } : source));
    const after = lint(fixed, settings, engine, beside).findings.filter(({ suppressed }) => suppressed === null);
    if (after.every((one) => one.fingerprint !== fingerprint && before.has(one.fingerprint))) proven.add(fingerprint);
  }
  return proven;
}
