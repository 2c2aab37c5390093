// What a finding does to a request: the nearest word of the settings counts, and the service's cap above all.

import type { Severity } from "../../rule/rule.ts";
import type { AdmissionMode, AdmissionSettings } from "../../settings/settings.ts";

export type Cap = Exclude<AdmissionMode, "off">;

const ORDER: readonly AdmissionMode[] = ["off", "dryrun", "warn", "deny"];

const BY_SEVERITY: Readonly<Record<Severity, AdmissionMode>> = { error: "deny", warning: "warn", info: "dryrun" };

/** A rule where the namespace is, the namespace, the rule anywhere, anywhere; else what the severity says. */
export function modeOf(settings: AdmissionSettings, rule: string, severity: Severity, namespace: string | null, cap: Cap): AdmissionMode {
  const here = settings.namespaces?.find(({ match }) => match.some((pattern) => fits(pattern, namespace ?? "")));
  const said = here?.rules?.[rule] ?? here?.mode ?? settings.rules?.[rule] ?? settings.mode ?? BY_SEVERITY[severity];
  return capped(said, cap);
}

export function capped<T extends AdmissionMode>(mode: T, cap: Cap): T | Cap {
  return ORDER.indexOf(mode) > ORDER.indexOf(cap) ? cap : mode;
}

function fits(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
