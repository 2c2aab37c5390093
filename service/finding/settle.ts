// How grave a violation is: the settings first, then the page and the environment.

import type { Environment, Level, Rule } from "../rule/rule.ts";
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
