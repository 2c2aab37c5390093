// natslint [PATH...]: reads, lints, reports.

import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { chartFacts, modelSchema, policyWasm, rules, validateSettings, version } from "../../host/assets.ts";
import { pathKind, readFile } from "../../host/files.ts";
import { settingsBase } from "../../host/settings-file.ts";
import type { Finding } from "../../finding/finding.ts";
import { type Engine, lint } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { jsonReport } from "../../report/json.ts";
import { fileCounts, merged, type Report } from "../../report/report.ts";
import { sarifReport } from "../../report/sarif.ts";
import { textReport } from "../../report/text.ts";
import { chartProblem } from "../../model/charts.ts";
import { catalogue, type Catalogue } from "../../rule/rule.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../settings/settings.ts";
import { type Format, formatOf, layerPaths, type LintFlags, outputsOf, setFlags, withFlags } from "./flags.ts";
import type { Base } from "./base.ts";
import { hasColors } from "./colors.ts";
import { failureText } from "./failure-text.ts";
import { type Asked, type Group, readInputs, withWanted } from "./inputs.ts";
import { progress } from "./progress.ts";
import type { World } from "./run.ts";
import { UsageError } from "../../host/usage-error.ts";

export async function lintCommand(paths: readonly string[], flags: LintFlags, world: World): Promise<number> {
  const policies = loadEngine(policyWasm());
  policies.catch(() => undefined);
  const format = formatOf(flags.format);
  const outputs = outputsOf(flags.output);
  const rulebook = catalogue(rules());
  const bar = progress(world);
  const inputs = await readInputs(askedFor(paths, flags, world), world, settingsLoader(flags, rulebook, world), bar.seen);
  const engine: Engine = { policies: await policies, rules: rulebook, schema: modelSchema(), charts: chartFacts };
  const base = flags.base === undefined ? null : await (await import("./base.ts")).openBase(flags.base, askedFor(paths, flags, world).paths, world.cwd);
  const { report, failures } = await lintAll(inputs.groups, base, engine, world);
  bar.done();
  if (fileCounts(report).linted > 0) world.linted?.();
  const named = new Set(inputs.groups.flatMap((group) => group.named));
  const shown = { format, outputs, rulebook, version: version(), flags, named };
  const problems = [...inputs.problems, ...write(report, shown, world)];
  for (const problem of problems) world.stderr.write(`natslint: ${problem}\n`);
  const told = format === "text" && flags.quiet !== true && report.files.length > 0 && report.files.every((file) => named.has(file.path));
  if (problems.length + failures.length === 0 && fileCounts(report).linted === 0 && !told) world.stderr.write(`natslint: ${nothingChecked(report)}\n`);
  world.stdout.write(rendered(report, shown, format, hasColors(flags.color, world)));
  for (const failure of failures) world.stderr.write(failure);
  if (failures.length > 0) return 3;
  if (problems.length > 0) return 2;
  return report.failing.length > 0 ? 1 : 0;
}

/** How a report is to be shown. */
export interface Shown {
  readonly format: Format;
  readonly outputs: readonly { readonly format: Format; readonly file: string }[];
  readonly rulebook: Catalogue;
  readonly version: string;
  readonly flags: Pick<LintFlags, "quiet" | "color">;
  /** Each of these gets a sentence of its own when it was not linted. */
  readonly named: ReadonlySet<string>;
  readonly noun?: "file" | "object";
  readonly where?: (finding: Finding) => string | null;
}

/** Writes the reports into files and onto standard output; what kept one from being written, in sentences. */
export function show(report: Report, shown: Shown, world: World): string[] {
  const problems = write(report, shown, world);
  world.stdout.write(rendered(report, shown, shown.format, hasColors(shown.flags.color, world)));
  return problems;
}

function rendered(report: Report, { rulebook, version, flags, named, noun = "file", where = () => null }: Shown, format: Format, colors: boolean): string {
  if (format === "json") return jsonReport(report, version);
  return format === "sarif" ? sarifReport(report, rulebook, version) : textReport(report, { colors, quiet: flags.quiet === true, named, noun, where });
}

/** What the command line names. Without paths and layers everything below the working directory is meant. */
export function askedFor(paths: readonly string[], flags: LintFlags, world: World): Asked {
  const usesStdin = [...paths, ...flags.values].includes("-");
  if (flags.stdinFilename !== undefined && !usesStdin) throw new UsageError("--stdin-filename names standard input, which only the path - reads");
  return {
    paths: paths.length + flags.values.length === 0 ? ["."] : paths,
    layers: flags.values,
    stdinName: flags.stdinFilename ?? "stdin.yaml",
    config: settingsFile(flags, world),
  };
}

/** Reads a settings file and puts the flags on top. Throws a UsageError for what no flag can be. */
export function settingsLoader(
  flags: LintFlags,
  rulebook: Catalogue,
  world: World,
): (file: string | null) => Settings | { readonly problems: readonly string[] } {
  const today = (world.env["NATSLINT_TODAY"] ?? new Date().toISOString()).slice(0, 10);
  const layers = layerPaths(flags.values, flags.stdinFilename ?? "stdin.yaml", world.cwd);
  const sets = setFlags(flags, (path) => {
    const file = readFile(path, world.cwd);
    return "source" in file ? file.source : file.kind === "empty" ? { text: "" } : file;
  });
  const over = (settings: Settings): Settings => withFlags({ ...settings, today }, flags, layers, sets);
  over(DEFAULT_SETTINGS);
  return (file) => {
    if (file === null) return over(DEFAULT_SETTINGS);
    const shown = relative(world.cwd, file).split("\\").join("/");
    const read = readFile(file, world.cwd);
    if ("problem" in read && read.kind !== "empty") return { problems: [`${shown}: ${read.problem}`] };
    const source = "source" in read ? { ...read.source, path: shown } : { path: shown, text: "" };
    const made = readSettings(
      source,
      rulebook,
      validateSettings(),
      settingsBase(file, world.cwd),
      chartProblem,
      (path) => pathKind(path, world.cwd) === "file",
    );
    return "problems" in made ? made : over(made.settings);
  };
}

/** One group's failure is no other's: what can be linted is. */
async function lintAll(
  groups: readonly Group[],
  base: Base | null,
  engine: Engine,
  world: World,
): Promise<{ readonly report: Report; readonly failures: readonly string[] }> {
  const reports: Report[] = [];
  const failures: string[] = [];
  for (const group of groups) {
    try {
      reports.push(await lintGroup(group, base, engine, world));
    } catch (thrown) {
      failures.push(failureText(thrown));
    }
  }
  return { report: merged(reports), failures };
}

/** Lints what one settings file holds for. Files that were only read along are not among those looked at. */
async function lintGroup(group: Group, base: Base | null, engine: Engine, world: World): Promise<Report> {
  const sources = withWanted(group, world.cwd);
  const beside = base === null ? {} : { base: await base.sources(sources) };
  const report = lint(sources, { ...group.settings, named: group.named }, engine, beside);
  const asked = new Set(group.sources.map((source) => source.path));
  return { ...report, files: [...report.files.filter((file) => asked.has(file.path)), ...group.looks] };
}

export function settingsFile(flags: Pick<LintFlags, "config">, world: World): string | undefined {
  if (flags.config === undefined) return undefined;
  const read = readFile(flags.config, world.cwd);
  if ("problem" in read && read.kind !== "empty") throw new UsageError(`--config: ${flags.config}: ${read.problem}`);
  return resolve(world.cwd, flags.config);
}

/** Why a run that looked at nothing did not: a run is never clean in silence. */
function nothingChecked(report: Report): string {
  const [only, ...others] = report.files;
  if (only === undefined) return "nothing was checked: there is no file here that natslint reads (.yaml, .yml, .json, .conf)";
  return `nothing was checked: ${others.length === 0 ? `${only.path}: ${only.why ?? "nothing in it has to do with NATS"}` : `natslint found no NATS in ${report.files.length} files`}`;
}

/** Writes the reports that go into files; what kept one from being written, in one sentence. */
function write(report: Report, shown: Shown, world: World): string[] {
  return shown.outputs.flatMap(({ format, file }) => {
    try {
      writeFileSync(resolve(world.cwd, file), rendered(report, shown, format, false));
      return [];
    } catch (thrown) {
      return [`--output: ${file} cannot be written (${(thrown as { code?: string }).code ?? "unknown error"})`];
    }
  });
}
