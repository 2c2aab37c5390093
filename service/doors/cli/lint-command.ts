// natslint [PATH...]: reads, lints, reports.

import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { chartFacts, modelSchema, policyWasm, rules, validateSettings, version } from "../../host/assets.ts";
import { readFile } from "../../host/files.ts";
import { settingsBase } from "../../host/settings-file.ts";
import { type Engine, lint } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { jsonReport } from "../../report/json.ts";
import { merged, type Report } from "../../report/report.ts";
import { sarifReport } from "../../report/sarif.ts";
import { textReport } from "../../report/text.ts";
import { catalogue, type Catalogue } from "../../rule/rule.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../settings/settings.ts";
import { wanted } from "../../wanted.ts";
import { chartProblem, type Format, formatOf, type LintFlags, outputsOf, withFlags } from "./flags.ts";
import { type Group, readInputs } from "./inputs.ts";
import { progress } from "./progress.ts";
import type { World } from "./run.ts";
import { UsageError } from "./usage-error.ts";

export async function lintCommand(paths: readonly string[], flags: LintFlags, world: World): Promise<number> {
  const policies = loadEngine(policyWasm());
  policies.catch(() => undefined);
  const format = formatOf(flags.format);
  const outputs = outputsOf(flags.output);
  const rulebook = catalogue(rules());
  const bar = progress(world);
  const layers = flags.values.map((path) => path.replace(/^\.\//, ""));
  const wholeFolder = layers.length > 0 && paths.length === 1 && paths[0] === ".";
  const inputs = await readInputs(wholeFolder ? [] : paths, layers, world, flags.stdinFilename, settingsFile(flags, world), (file) => loadSettings(file, flags, layers, rulebook, world), bar.seen);
  const engine: Engine = { policies: await policies, rules: rulebook, schema: modelSchema(), charts: chartFacts };
  const report = merged(inputs.groups.map((group) => lintGroup(group, engine, world)));
  bar.done();
  for (const problem of inputs.problems) world.stderr.write(`natslint: ${problem}\n`);
  for (const output of outputs) write(output.file, rendered(report, output.format, rulebook, { colors: false, quiet: flags.quiet === true }), world);
  const colors = flags.color && !world.env["NO_COLOR"] && (world.stdout.isTTY === true || Boolean(world.env["FORCE_COLOR"]));
  world.stdout.write(rendered(report, format, rulebook, { colors, quiet: flags.quiet === true }));
  if (inputs.problems.length > 0) return 2;
  return report.verdict === "fail" ? 1 : 0;
}

/** Lints what one settings file holds for; what reading reveals is read too, as far as it exists. */
function lintGroup(group: Group, engine: Engine, world: World): Report {
  const sources = [...group.sources];
  const tried = new Set<string>();
  for (let more = wanted(sources); more.length > 0; more = wanted(sources).filter((path) => !tried.has(path))) {
    for (const path of more) {
      tried.add(path);
      const read = readFile(path, world.cwd);
      if ("source" in read) sources.push(read.source);
    }
  }
  const report = lint(sources, { ...group.settings, named: group.named }, engine);
  const asked = new Set(group.sources.map((source) => source.path));
  return { ...report, files: [...report.files.filter((file) => asked.has(file.path)), ...group.looks] };
}

function settingsFile(flags: LintFlags, world: World): string | undefined {
  if (flags.config === undefined) return undefined;
  const read = readFile(flags.config, world.cwd);
  if ("problem" in read && read.kind !== "empty") throw new UsageError(`--config: ${flags.config}: ${read.problem}`);
  return resolve(world.cwd, flags.config);
}

export function loadSettings(file: string | null, flags: Partial<LintFlags>, layers: readonly string[], rulebook: Catalogue, world: World): Settings | { readonly problems: readonly string[] } {
  const today = (world.env["NATSLINT_TODAY"] ?? new Date().toISOString()).slice(0, 10);
  if (file === null) return withFlags({ ...DEFAULT_SETTINGS, today }, flags, layers);
  const shown = relative(world.cwd, file).split("\\").join("/");
  const read = readFile(file, world.cwd);
  if ("problem" in read && read.kind !== "empty") return { problems: [`${shown}: ${read.problem}`] };
  const source = "source" in read ? { ...read.source, path: shown } : { path: shown, text: "" };
  const made = readSettings(source, rulebook, validateSettings(), settingsBase(file, world.cwd), chartProblem);
  return "problems" in made ? made : withFlags({ ...made.settings, today }, flags, layers);
}

function rendered(report: Report, format: Format, rulebook: Catalogue, options: { readonly colors: boolean; readonly quiet: boolean }): string {
  if (format === "json") return jsonReport(report, version());
  return format === "sarif" ? sarifReport(report, rulebook, version()) : textReport(report, options);
}

function write(file: string, text: string, world: World): void {
  try {
    writeFileSync(resolve(world.cwd, file), text);
  } catch (thrown) {
    throw new UsageError(`--output: ${file} cannot be written (${(thrown as { code?: string }).code ?? "unknown error"})`);
  }
}

