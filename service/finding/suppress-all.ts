// Suppressions applied to findings, and what is wrong with the suppressions themselves: each of that is a finding too.

import { type Catalogue, findRule, messageOf, type Rule } from "../rule/rule.ts";
import type { Settings } from "../settings/settings.ts";
import type { Lines, Span } from "../source/position.ts";
import type { Source } from "../source/source.ts";
import type { Fact } from "../document/violation.ts";
import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";
import { placeOf } from "./locate.ts";
import { isHeard, levelOf } from "./settle.ts";
import { type Ignore, ignoreComments, isExpired, readIgnore, targetLine } from "./suppress.ts";

/** The annotation `natslint/ignore` of an object: its text and place, and the object that it speaks of. */
export interface IgnoreAnnotation {
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly object: Span;
}

/** One suppression: where it stands, and which findings it reaches. */
interface Suppressing extends Ignore {
  readonly path: string;
  readonly span: Span;
  readonly reaches: (finding: Finding) => boolean;
}

export function suppressAll(
  findings: readonly Finding[],
  sources: readonly Source[],
  annotations: readonly IgnoreAnnotation[],
  settings: Settings,
  rules: Catalogue,
  lines: (path: string) => Lines,
): Finding[] {
  let kept = [...findings];
  const about: Finding[] = [];
  for (const one of [...sources.flatMap((source) => commentsOf(source, lines)), ...annotations.map((annotation) => annotated(annotation, lines))]) {
    const say = (id: string, facts: Readonly<Record<string, Fact>>, which?: string): void => {
      const rule = rules.get(id);
      const finding = rule === undefined ? null : ownFinding(rule, which, facts, one, settings, lines(one.path));
      if (finding !== null) about.push(finding);
    };
    if (one.reason === "") say("suppression-without-reason", {});
    else if (one.ids.length === 0) say("suppression-unknown-rule", {}, "none");
    else if (isExpired(one.until, settings.today)) say("suppression-expired", { until: one.until ?? "" });
    else
      for (const id of one.ids) {
        const rule = findRule(rules, id);
        if (rule === undefined) {
          say("suppression-unknown-rule", { rule: id });
          continue;
        }
        let used = false;
        kept = kept.map((finding) => {
          if (finding.rule !== rule || finding.suppressed !== null || !one.reaches(finding)) return finding;
          used = true;
          return { ...finding, suppressed: { reason: one.reason, until: one.until } };
        });
        if (!used && isHeard(rule, settings)) say("suppression-unused", { rule: id });
      }
  }
  return [...kept, ...about];
}

function commentsOf({ path, text }: Source, lines: (path: string) => Lines): Suppressing[] {
  return ignoreComments(text).map((comment) => {
    const line = comment.file ? 0 : targetLine(comment, (one) => lines(path).text(one), lines(path).count);
    return { ...comment, path, reaches: (finding) => finding.path === path && (comment.file || finding.start.line === line) };
  });
}

function annotated({ path, text, span, object }: IgnoreAnnotation, lines: (path: string) => Lines): Suppressing {
  const first = lines(path).at(object.start).line;
  const last = lines(path).at(object.end).line;
  return { ...readIgnore(text), path, span, reaches: (finding) => finding.path === path && finding.start.line >= first && finding.start.line <= last };
}

function ownFinding(
  rule: Rule,
  which: string | undefined,
  facts: Readonly<Record<string, Fact>>,
  by: Suppressing,
  settings: Settings,
  lines: Lines,
): Finding | null {
  const severity = levelOf(rule, which, null, settings);
  if (severity === "off") return null;
  const message = messageOf(rule, which, facts);
  return {
    ...placeOf(by.path, by.span, lines),
    rule,
    severity,
    message,
    at: [],
    related: [],
    environments: [],
    fingerprint: createHash("sha256").update(`${rule.id}\n${by.path}\n${message}\n${by.reason}`).digest("hex").slice(0, 32),
    suppressed: null,
  };
}
