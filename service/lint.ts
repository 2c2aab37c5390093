// The whole path, in order, in one pure function: sources, documents, models, policies, findings, report.
// It reads no file, no clock and no environment; the same input gives the same bytes.

import type { TextViolation } from "./document/violation.ts";
import { compareFindings, reaches } from "./finding/finding.ts";
import { type Said, settleAll } from "./finding/findings.ts";
import { originOf } from "./finding/locate.ts";
import { before } from "./model/before.ts";
import { conform, type SecretNumbers } from "./model/conform.ts";
import type { Knowledge } from "./model/knowledge.ts";
import type { Model } from "./model/model.ts";
import { later } from "./model/parts.ts";
import { type Release, readReleases, type Version } from "./model/releases.ts";
import { type Member, MEMBER_NAMES, memberOf } from "./model/repository/member.ts";
import { type Repository, repositoryReleases } from "./model/repository/repository.ts";
import type { Overlaid } from "./model/repository/weaker.ts";
import { type RootSchema, schemaBefore, schemaOfNamed } from "./model/schema.ts";
import type { Engine as Policies, PolicyInput } from "./policy/engine.ts";
import type { PolicyViolation } from "./policy/violation.ts";
import type { Report } from "./report/report.ts";
import { type Catalogue, optionsOf } from "./rule/rule.ts";
import { environmentOf } from "./settings/environment.ts";
import { policyFacts } from "./settings/policy-facts.ts";
import type { Settings } from "./settings/settings.ts";
import type { Source } from "./source/source.ts";

/** All that natslint knows, loaded once. */
export interface Engine extends Knowledge {
  readonly policies: Policies;
  readonly rules: Catalogue;
}

/** What is known beside the sources. What is absent is not known. */
export interface Beside {
  /** The files as they were before the change; none: there were none. */
  readonly base?: readonly Source[];
}

/** Judges the sources. Throws only when natslint itself fails. */
export function lint(sources: readonly Source[], settings: Settings, engine: Engine, { base }: Beside = {}): Report {
  const read = readReleases(sources, settings, engine);
  const said: Said[] = read.violations.map((violation: TextViolation) => ({
    kind: "text",
    violation,
    ...environmentOf(settings, violation.origin.path, null, null),
  }));
  const secrets = new Map<string, number>();
  for (const question of questions(read.releases, settings, engine, { secrets, repository: read.repository, ...(base && { base }) })) {
    const { release, model } = question;
    for (const violation of agreed(question, engine)) said.push({ kind: "model", violation, model, release: release.name, environment: release.environment });
  }
  const { findings, frames } = settleAll(said, sources, settings, engine.rules, read.secretSpans(), read.annotations);
  return {
    findings: [...findings].sort(compareFindings),
    files: read.files,
    failing: findings.filter((one) => one.suppressed === null && reaches(one.severity, settings.failOn)),
    frames,
  };
}

/** What the policies say of a release, and of each other version of its chart that may be the one that runs. */
function agreed({ model, others, input }: Question, engine: Engine): readonly PolicyViolation[] {
  let said = engine.policies.evaluate(input);
  // Most versions make the same of what is asked: nobody is asked about that twice.
  const answers = new Map<string, readonly PolicyViolation[]>();
  for (const other of others) {
    if (said.length === 0) break;
    const rules = new Set(said.map((one) => one.rule));
    const theirs = other(schemaOfNamed(engine.schema, new Set([...rules].flatMap((rule) => engine.rules.get(rule)?.reads ?? []))));
    if (theirs === null) return [];
    const json = JSON.stringify(theirs.json);
    const answer = answers.get(json) ?? engine.policies.evaluate({ ...input, model: theirs.json });
    answers.set(json, answer);
    const places = new Set(answer.map((one) => placeKey(one, theirs)));
    said = said.filter((one) => places.has(placeKey(one, model)));
  }
  return said;
}

/** A rule and the place that it points at, whatever the model path that leads there. */
function placeKey(violation: PolicyViolation, model: Model): string {
  const found = originOf(model, violation.at);
  return `${violation.rule} ${found?.origin.path} ${found?.origin.span.start} ${found?.origin.span.end}`;
}

/** What the policies are asked about one release, and the model that their answers point into. */
export interface Question {
  readonly release: Release;
  readonly model: Model;
  /** The release as each other version of its chart makes it, with what the schema has; null where one makes no server of it. */
  readonly others: readonly ((schema: RootSchema) => Model | null)[];
  readonly input: PolicyInput;
}

/** The releases one by one, so that only what is spoken of is kept; last what concerns several of them, where `repository` says the rest. */
export function* questions(
  releases: readonly Release[],
  settings: Settings,
  engine: Knowledge & Pick<Engine, "rules">,
  { secrets = new Map(), base, repository }: Beside & { readonly secrets?: SecretNumbers; readonly repository?: Repository } = {},
): Generator<Question> {
  const options = optionsOf(engine.rules, settings.rules);
  const cluster = settings.cluster === null ? {} : { cluster: policyFacts(settings.cluster) };
  const schema = base === undefined ? engine.schema : schemaBefore(engine.schema);
  const old = base === undefined ? undefined : readReleases(base, settings, { ...engine, schema });
  const were = old === undefined ? new Map<Release, Release | null>() : before(releases, old.releases, new Set(base?.map((one) => one.path)));
  const members: Member[] = [];
  const overlaid: Overlaid[] = [];
  for (const release of releases) {
    const model = conform(release.tree, engine.schema, secrets);
    const was = were.get(release);
    const compared = was === undefined ? {} : { base: was === null ? null : conform(was.tree, schema, secrets).json };
    const read = (made: Version | undefined, parts: RootSchema): Model | null => {
      const tree = made?.(parts) ?? null;
      return tree === null ? null : conform(tree, parts, secrets);
    };
    const others = release.others.map((other) => (parts: RootSchema) => read(other, parts));
    yield { release, model, others, input: { model: model.json, ...compared, ...cluster, options } };
    if (repository === undefined) continue;
    const facts = schemaOfNamed(engine.schema, MEMBER_NAMES);
    const member = memberOf(
      model,
      release,
      later(() => others.map((other) => other(facts)).map((theirs) => theirs && memberOf(theirs, release))),
    );
    if (member === null) continue;
    members.push(member);
    const below = release.environment === "production" ? read(release.below, facts) : null;
    const lower = below && memberOf(below, release);
    if (lower !== null) overlaid.push({ member, below: lower });
  }
  if (repository === undefined) return;
  for (const release of repositoryReleases(members, overlaid, repository, old?.repository.holders)) {
    const model = conform(release.tree, engine.schema, secrets);
    yield { release, model, others: [], input: { model: model.json, ...cluster, options } };
  }
}
