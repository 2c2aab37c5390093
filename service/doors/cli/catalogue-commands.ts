// natslint rules, natslint explain RULE.

import { page, rules } from "../../host/assets.ts";
import { pageReport } from "../../report/page.ts";
import { catalogue, findRule, helpUri, type Rule, type SeverityByEnvironment } from "../../rule/rule.ts";
import { meant } from "../../settings/read-settings.ts";
import { hasColors } from "./colors.ts";
import type { World } from "./run.ts";
import { UsageError } from "../../host/usage-error.ts";

export function rulesCommand(flags: { readonly format: string }, world: World): number {
  const all = [...rules()].sort((a, b) => (a.family === b.family ? (a.id < b.id ? -1 : 1) : a.family < b.family ? -1 : 1));
  if (flags.format !== "text" && flags.format !== "json") throw new UsageError(`rules --format takes text or json, not "${flags.format}"`);
  world.stdout.write(
    flags.format === "json"
      ? `${JSON.stringify(
          all.map((rule) => ({ ...rule, helpUri: helpUri(rule) })),
          null,
          2,
        )}\n`
      : table(all),
  );
  return 0;
}

export function explainCommand(id: string, flags: { readonly color: boolean }, world: World): number {
  const known = catalogue(rules());
  const rule = findRule(known, id);
  if (rule === undefined) throw new UsageError(`there is no rule "${id}"${meant(id, [...known.keys()])} (natslint rules lists them)`);
  world.stdout.write(pageReport(rule, page(rule), hasColors(flags.color, world)));
  return 0;
}

/** The rules by family, each with its severity in production. */
function table(all: readonly Rule[]): string {
  const width = Math.max(...all.map((rule) => rule.id.length));
  const families = [...new Set(all.map((rule) => rule.family))].map((family) => {
    const own = all.filter((rule) => rule.family === family);
    return [family, ...own.map((rule) => `  ${rule.id.padEnd(width)}  ${inProduction(rule.severity["default"]).padEnd(7)}  ${rule.title}`)].join("\n");
  });
  return `${families.join("\n\n")}\n\n${all.length} rules, with their severity in production; natslint explain RULE tells more\n`;
}

function inProduction(severity: SeverityByEnvironment | undefined): string {
  if (severity === undefined || typeof severity === "string") return severity ?? "warning";
  return severity.production;
}
