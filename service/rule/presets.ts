// Presets: which rules are heard where the settings say nothing of a rule. A rule's place in them follows from its page.

import type { Environment, Level, Rule, SeverityByEnvironment } from "./rule.ts";

export const PRESETS = ["recommended", "strict", "security", "legacy-stan"] as const;
export type Preset = (typeof PRESETS)[number];

/** `on`: as grave as the page says; `full`: in every environment as grave as in production. */
type Stance = "on" | "full" | "off";

/** What each preset says of a rule; undefined where it says nothing. */
const SAYS: Readonly<Record<Preset, (rule: Rule) => Stance | undefined>> = {
  recommended: (rule) => (isRecommended(rule) ? "on" : undefined),
  strict: () => "on",
  security: (rule) => (isAboutSecurity(rule) && rule.precision !== "medium" ? "on" : undefined),
  "legacy-stan": (rule) => {
    if (rule.tags.includes("end-of-life")) return "off";
    if (rule.family === "streaming") return "full";
    return isRecommended(rule) ? "on" : undefined;
  },
};

/** Is a rule heard with these presets, the last of which that speaks of it counts, and how gravely? */
export function stanceOf(rule: Rule, presets: readonly Preset[]): Stance {
  return presets.reduce<Stance | undefined>((before, preset) => SAYS[preset](rule) ?? before, undefined) ?? "off";
}

/** The presets that have the rule. */
export function presetsOf(rule: Rule): Preset[] {
  return PRESETS.filter((preset) => stanceOf(rule, [preset]) !== "off");
}

/** How grave it is in an environment that is not known: as in production, one step lower, but never below info. */
export function levelIn(severity: SeverityByEnvironment, environment: Environment | null): Level {
  if (typeof severity === "string") return severity;
  if (environment !== null) return severity[environment];
  return ({ error: "warning", warning: "info", info: "info", off: "off" } as const)[severity.production];
}

/** What is said by hint must follow from the files; what is common practice with common exceptions is for `strict` alone. */
function isRecommended({ precision, severity }: Rule): boolean {
  if (precision !== "high") return precision === "very-high";
  const levels = Object.values(severity).flatMap((one) => (typeof one === "string" ? [one] : Object.values(one)));
  return levels.some((level) => level === "error" || level === "warning");
}

const SECURITY: ReadonlySet<string> = new Set(["authentication", "tls", "exposure", "network"]);

function isAboutSecurity({ family, tags }: Rule): boolean {
  return SECURITY.has(family) || tags.includes("security");
}
