// Findings made by hand, for tests that are about where and how they are told and not about what they say.
import type { Finding } from "../../../service/finding/finding.ts";
import type { CommentPlace, Desired, DesiredFinding } from "../../../service/report/pull-request/desired.ts";
import type { Rule, Severity } from "../../../service/rule/rule.ts";

export function rule(id: string, description = "It hurts. Nobody knows why."): Rule {
  return {
    id,
    family: "clustering",
    title: id,
    description,
    severity: { default: "error" },
    messages: { default: "" },
    judge: "policy",
    reads: [],
    refuses: { default: false },
    fix: "none",
    since: "0.1.0",
    priority: "P1",
    precision: "very-high",
    dialects: ["nats-1x"],
    tags: [],
    natsAudit: null,
    aliases: [],
    options: {},
    sources: [],
  };
}

export function finding(over: Partial<Finding> & { readonly line?: number; readonly severity?: Severity } = {}): Finding {
  const { line = 4, ...rest } = over;
  return {
    path: "values.yaml",
    start: { line, column: 3 },
    end: { line, column: 9 },
    rule: rule("some-rule"),
    severity: "error",
    message: "2 replicas cannot keep a quorum",
    at: [],
    related: [],
    environments: ["production"],
    fingerprint: "f0",
    suppressed: null,
    ...rest,
  };
}

export function wanted(
  one: Finding,
  place: CommentPlace = { kind: "inline", line: one.start.line, startLine: null },
  over: Partial<DesiredFinding> = {},
): DesiredFinding {
  return { finding: one, fingerprint: one.fingerprint, place, previousPath: null, suggestion: null, ...over };
}

export const HEAD = "0123456789abcdef0123456789abcdef01234567";

export function desired(findings: readonly DesiredFinding[], over: Partial<Desired> = {}): Desired {
  return {
    headSha: HEAD,
    findings,
    failing: findings.filter(({ finding: { severity } }) => severity === "error").length,
    suppressed: 0,
    linted: 1,
    unchecked: [],
    unseen: new Set(),
    others: new Map(),
    isComplete: true,
    notes: [],
    version: "0.1.0",
    ...over,
  };
}
