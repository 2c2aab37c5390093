// natslint rules, natslint explain RULE.

import { page, rules } from "../../host/assets.ts";
import { pageReport } from "../../report/page.ts";
import { levelIn, PRESETS, presetsOf } from "../../rule/presets.ts";
import { catalogue, DIALECTS, type Environment, findRule, helpUri, type Level, type Rule } from "../../rule/rule.ts";
import { meant } from "../../settings/read-settings.ts";
import { hasColors } from "./colors.ts";
import { oneOf } from "./flags.ts";
import type { World } from "./run.ts";
import { UsageError } from "../../host/usage-error.ts";

/** Which rules are listed: those for which all that is given holds. */
export interface RulesFlags {
  readonly format: string;
  readonly family?: string;
  readonly preset?: string;
  readonly environment?: string;
  readonly dialect?: string;
  readonly fixable?: boolean;
}

export function rulesCommand(flags: RulesFlags, world: World): number {
  const every = rules();
  if (flags.format !== "text" && flags.format !== "json") throw new UsageError(`rules --format takes text or json, not "${flags.format}"`);
  const family = oneOf("--family", flags.family, [...new Set(every.map((rule) => rule.family))].sort());
  const preset = oneOf("--preset", flags.preset, PRESETS);
  const environment = oneOf<Environment>("--environment", flags.environment, ["production", "staging", "development"]);
  const dialect = oneOf("--dialect", flags.dialect, DIALECTS);
  const asked = every
    .filter((rule) => family === null || rule.family === family)
    .filter((rule) => preset === null || presetsOf(rule).includes(preset))
    .filter((rule) => environment === null || Object.values(rule.severity).some((one) => levelIn(one, environment) !== "off"))
    .filter((rule) => dialect === null || rule.dialects.includes(dialect))
    .filter((rule) => flags.fixable !== true || rule.fix !== "none")
    .sort((a, b) => (a.family === b.family ? (a.id < b.id ? -1 : 1) : a.family < b.family ? -1 : 1));
  const json = asked.map((rule) => ({ ...rule, presets: presetsOf(rule), helpUri: helpUri(rule) }));
  world.stdout.write(flags.format === "json" ? `${JSON.stringify(json, null, 2)}\n` : table(asked, environment ?? "production"));
  return 0;
}

export function explainCommand(id: string, flags: { readonly color: boolean }, world: World): number {
  const known = catalogue(rules());
  const rule = findRule(known, id);
  if (rule === undefined) throw new UsageError(`there is no rule "${id}"${meant(id, [...known.keys()])} (natslint rules lists them)`);
  world.stdout.write(pageReport(rule, page(rule), hasColors(flags.color, world)));
  return 0;
}

/** The rules by family, each with its severity in an environment. */
function table(asked: readonly Rule[], environment: Environment): string {
  if (asked.length === 0) return "no rules\n";
  const width = Math.max(...asked.map((rule) => rule.id.length));
  const families = [...new Set(asked.map((rule) => rule.family))].map((family) => {
    const own = asked.filter((rule) => rule.family === family);
    return [family, ...own.map((rule) => `  ${rule.id.padEnd(width)}  ${levelOf(rule, environment).padEnd(7)}  ${rule.title}${remark(rule)}`)].join("\n");
  });
  const count = asked.length === 1 ? "1 rule, with its" : `${asked.length} rules, with their`;
  return `${families.join("\n\n")}\n\n${count} severity in ${environment}; natslint explain RULE tells more\n`;
}

function levelOf(rule: Rule, environment: Environment): Level {
  return levelIn(rule.severity["default"] ?? "warning", environment);
}

/** Says of a rule that nobody has by default where it is. */
function remark(rule: Rule): string {
  const presets = presetsOf(rule);
  return presets.includes("recommended") ? "" : ` (${presets.join(", ")})`;
}
