// How grave a violation is: the settings first, then the page and the environment. And what the server makes of it.

import type { Environment, Level, Refusal, Rule } from "../rule/rule.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * The level of a rule's case. A page's single word holds everywhere. With levels by environment, an unknown environment
 * counts as production, one step lower, but never below info.
 */
export function levelOf(rule: Rule, which: string | undefined, environment: Environment | null, settings: Settings): Level {
  const set = settings.rules[rule.id]?.level;
  if (set !== undefined) return set;
  const severity = rule.severity[which ?? "default"] ?? rule.severity["default"] ?? "warning";
  if (typeof severity === "string") return severity;
  if (environment !== null) return severity[environment];
  return { error: "warning", warning: "info", info: "info", off: "off" }[severity.production] as Level;
}

/** What the server does that reads what a rule's case is about. */
export function refusalOf(rule: Rule, which: string | undefined): Refusal {
  return rule.refuses[which ?? "default"] ?? rule.refuses["default"] ?? false;
}

/** The graver of two: a server that starts for one of them does not start for both. */
export function graver(one: Refusal, other: Refusal): Refusal {
  return one === true || other === true ? true : one || other;
}
