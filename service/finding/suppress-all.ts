// Comments applied to findings, and what is wrong with the comments themselves: each of that is a finding too.

import { type Catalogue, findRule, messageOf, type Rule } from "../rule/rule.ts";
import type { Settings } from "../settings/settings.ts";
import type { Lines } from "../source/position.ts";
import type { Source } from "../source/source.ts";
import type { Fact } from "../document/violation.ts";
import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";
import { placeOf } from "./locate.ts";
import { levelOf } from "./settle.ts";
import { type IgnoreComment, ignoreComments, isExpired, targetLine } from "./suppress.ts";

export function suppressAll(
  findings: readonly Finding[],
  sources: readonly Source[],
  settings: Settings,
  rules: Catalogue,
  lines: (path: string) => Lines,
): Finding[] {
  let kept = [...findings];
  const about: Finding[] = [];
  for (const { path, text } of sources) {
    for (const comment of ignoreComments(text)) {
      const say = (id: string, facts: Readonly<Record<string, Fact>>, which?: string): void => {
        const rule = rules.get(id);
        const finding = rule === undefined ? null : ownFinding(rule, which, facts, comment, path, settings, lines(path));
        if (finding !== null) about.push(finding);
      };
      if (comment.reason === "") {
        say("suppression-without-reason", {});
        continue;
      }
      if (comment.ids.length === 0) {
        say("suppression-unknown-rule", {}, "none");
        continue;
      }
      if (isExpired(comment.until, settings.today)) {
        say("suppression-expired", { until: comment.until ?? "" });
        continue;
      }
      const line = comment.file ? 0 : targetLine(comment, (one) => lines(path).text(one), lines(path).count);
      for (const id of comment.ids) {
        const rule = findRule(rules, id);
        if (rule === undefined) {
          say("suppression-unknown-rule", { rule: id });
          continue;
        }
        let used = false;
        kept = kept.map((finding) => {
          if (finding.path !== path || finding.rule !== rule || finding.suppressed !== null) return finding;
          if (!comment.file && finding.start.line !== line) return finding;
          used = true;
          return { ...finding, suppressed: { reason: comment.reason, until: comment.until } };
        });
        if (!used) say("suppression-unused", { rule: id });
      }
    }
  }
  return [...kept, ...about];
}

function ownFinding(
  rule: Rule,
  which: string | undefined,
  facts: Readonly<Record<string, Fact>>,
  comment: IgnoreComment,
  path: string,
  settings: Settings,
  lines: Lines,
): Finding | null {
  const severity = levelOf(rule, which, null, settings);
  if (severity === "off") return null;
  const message = messageOf(rule, which, facts);
  return {
    ...placeOf(path, comment.span, lines),
    rule,
    severity,
    message,
    at: [],
    related: [],
    environments: [],
    fingerprint: createHash("sha256").update(`${rule.id}\n${path}\n${message}\n${comment.reason}`).digest("hex").slice(0, 32),
    suppressed: null,
  };
}
