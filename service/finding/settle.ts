// How grave a violation is: the settings first, then the presets, the page and the environment. And what the server makes of it.

import { levelIn, stanceOf } from "../rule/presets.ts";
import type { Environment, Level, Refusal, Rule } from "../rule/rule.ts";
import type { Settings } from "../settings/settings.ts";

/** The level of a rule's case: what the settings say of the rule, else `off` where no preset has it, else what its page says. */
export function levelOf(rule: Rule, which: string | undefined, environment: Environment | null, settings: Settings): Level {
  const set = settings.rules[rule.id]?.level;
  if (set !== undefined) return set;
  const stance = stanceOf(rule, settings.extends);
  if (stance === "off") return "off";
  const severity = rule.severity[which ?? "default"] ?? rule.severity["default"] ?? "warning";
  return levelIn(severity, stance === "full" ? "production" : environment);
}

/** Can the rule speak at all, or does no preset have it, and do the settings not say how grave it is? */
export function isHeard(rule: Rule, settings: Settings): boolean {
  return settings.rules[rule.id]?.level !== undefined || stanceOf(rule, settings.extends) !== "off";
}

/** What the server does that reads what a rule's case is about. */
export function refusalOf(rule: Rule, which: string | undefined): Refusal {
  return rule.refuses[which ?? "default"] ?? rule.refuses["default"] ?? false;
}

/** The graver of two: a server that starts for one of them does not start for both. */
export function graver(one: Refusal, other: Refusal): Refusal {
  return one === true || other === true ? true : one || other;
}
