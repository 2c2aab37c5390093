// natslint for programs: what the package exports. It reads nothing but what natslint carries with it.

import { chartFacts, modelSchema, policyWasm, rules } from "./host/assets.ts";
import { type Engine, lint } from "./lint.ts";
import { loadEngine } from "./policy/engine.ts";
import type { Report } from "./report/report.ts";
import { catalogue, type Rule } from "./rule/rule.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings/settings.ts";
import type { Source } from "./source/source.ts";
import { wanted } from "./wanted.ts";

/** natslint with its policies loaded. One serves any number of calls. */
export interface Natslint {
  /** Judges texts; what `settings` does not say is the default. Throws only when natslint itself fails. */
  readonly lint: (sources: readonly Source[], settings?: Partial<Settings>) => Report;
  /** Paths of files that would add to what is known of the sources, whether they exist or not: read them, and lint with them. */
  readonly wanted: (sources: readonly Source[]) => string[];
  readonly rules: readonly Rule[];
}

/** Loads the policies and the catalogue, in some 20 ms. */
export async function loadNatslint(): Promise<Natslint> {
  const all = rules();
  const engine: Engine = { policies: await loadEngine(policyWasm()), rules: catalogue(all), schema: modelSchema(), charts: chartFacts };
  return { lint: (sources, settings = {}) => lint(sources, { ...DEFAULT_SETTINGS, ...settings }, engine), wanted, rules: all };
}

export type { Finding, Fix, Place, RelatedPlace, Suppression } from "./finding/finding.ts";
export type { Report } from "./report/report.ts";
export type { Preset } from "./rule/presets.ts";
export type { Dialect, Environment, Level, Rule, RuleOption, Severity, SeverityByEnvironment } from "./rule/rule.ts";
export type { Assumptions, ClusterFacts, ClusterNode, ClusterStorageClass, ReleaseSettings, RuleSettings, Settings } from "./settings/settings.ts";
export type { FileLook } from "./source/file-look.ts";
export type { Position } from "./source/position.ts";
export type { Source } from "./source/source.ts";
