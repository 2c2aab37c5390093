// natslint rules, natslint explain RULE.

import { page, rules } from "../../host/assets.ts";
import { catalogue, findRule, helpUri, type SeverityByEnvironment } from "../../rule/rule.ts";
import { meant } from "../../settings/read-settings.ts";
import type { World } from "./run.ts";
import { UsageError } from "./usage-error.ts";

export function rulesCommand(flags: { readonly format: string }, world: World): number {
  const all = [...rules()].sort((a, b) => (a.family === b.family ? (a.id < b.id ? -1 : 1) : a.family < b.family ? -1 : 1));
  if (flags.format === "json") {
    world.stdout.write(`${JSON.stringify(all.map((rule) => ({ ...rule, helpUri: helpUri(rule) })), null, 2)}\n`);
    return 0;
  }
  if (flags.format !== "text") throw new UsageError(`--format takes text or json, not "${flags.format}"`);
  let family = "";
  for (const rule of all) {
    if (rule.family !== family) world.stdout.write(`${family === "" ? "" : "\n"}${rule.family}\n`);
    family = rule.family;
    world.stdout.write(`  ${rule.id.padEnd(36)} ${level(rule.severity["default"]).padEnd(8)} ${rule.title}\n`);
  }
  world.stdout.write(`\n${all.length} rules; natslint explain RULE tells more\n`);
  return 0;
}

export function explainCommand(id: string, world: World): number {
  const known = catalogue(rules());
  const rule = findRule(known, id);
  if (rule === undefined) throw new UsageError(`there is no rule "${id}"${meant(id, [...known.keys()])} (natslint rules lists them)`);
  const text = page(rule).replace(/^---\n[\s\S]*?\n---\n/, "");
  world.stdout.write(`${rule.id} (${rule.family})\nseverity: ${Object.entries(rule.severity).map(([which, one]) => `${which === "default" ? "" : `${which}: `}${level(one)}`).join("; ")}\n\n${text.trim()}\n\nSources:\n${rule.sources.map((source) => `  ${source}`).join("\n")}\n`);
  return 0;
}

function level(severity: SeverityByEnvironment | undefined): string {
  if (severity === undefined || typeof severity === "string") return severity ?? "warning";
  return `${severity.production}`;
}
