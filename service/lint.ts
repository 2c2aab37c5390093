// The whole path, in order, in one pure function: sources, documents, models, policies, findings, report.
// It reads no file, no clock and no environment; the same input gives the same bytes.

import type { TextViolation } from "./document/violation.ts";
import { compareFindings, reaches } from "./finding/finding.ts";
import { type Said, settleAll } from "./finding/findings.ts";
import { conform } from "./model/conform.ts";
import type { Knowledge } from "./model/knowledge.ts";
import type { Model } from "./model/model.ts";
import { type Release, readReleases } from "./model/releases.ts";
import type { Engine as Policies, PolicyInput } from "./policy/engine.ts";
import type { Report } from "./report/report.ts";
import { type Catalogue, optionsOf } from "./rule/rule.ts";
import { environmentOf } from "./settings/environment.ts";
import type { Settings } from "./settings/settings.ts";
import type { Source } from "./source/source.ts";

/** All that natslint knows, loaded once. */
export interface Engine extends Knowledge {
  readonly policies: Policies;
  readonly rules: Catalogue;
}

/** Judges the sources. Throws only when natslint itself fails. */
export function lint(sources: readonly Source[], settings: Settings, engine: Engine): Report {
  const read = readReleases(sources, settings, engine);
  const said: Said[] = read.violations.map((violation: TextViolation) => ({
    kind: "text",
    violation,
    ...environmentOf(settings, violation.origin.path, null, null),
  }));
  for (const { release, model, input } of questions(read.releases, settings, engine))
    for (const violation of engine.policies.evaluate(input))
      said.push({ kind: "model", violation, model, release: release.name, environment: release.environment });
  const { findings, frames } = settleAll(said, sources, settings, engine.rules, read.secretSpans, read.annotations);
  return {
    findings: [...findings].sort(compareFindings),
    files: read.files,
    failing: findings.filter((one) => one.suppressed === null && reaches(one.severity, settings.failOn)),
    frames,
  };
}

/** What the policies are asked about one release, and the model that their answers point into. */
export interface Question {
  readonly release: Release;
  readonly model: Model;
  readonly input: PolicyInput;
}

/** The releases one by one, so that only what is spoken of is kept. */
export function* questions(releases: readonly Release[], settings: Settings, engine: Pick<Engine, "rules" | "schema">): Generator<Question> {
  const secrets = new Map<string, number>();
  const options = optionsOf(engine.rules, settings.rules);
  for (const release of releases) {
    const model = conform(release.tree, engine.schema, secrets);
    yield { release, model, input: { model: model.json, options } };
  }
}
