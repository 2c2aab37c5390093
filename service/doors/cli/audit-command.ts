// natslint audit: the objects of a cluster, or of a dump of one, judged and reported as files are.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ignore from "ignore";
import { fieldsOf } from "../../document/field-path.ts";
import type { Finding } from "../../finding/finding.ts";
import { chartFacts, modelSchema, policyWasm, rules, servicePath, version } from "../../host/assets.ts";
import { decode, readFile } from "../../host/files.ts";
import { settingsFinder } from "../../host/settings-file.ts";
import { type Engine, lint } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { fileCounts, type Report } from "../../report/report.ts";
import { catalogue } from "../../rule/rule.ts";
import type { ClusterFacts, Settings } from "../../settings/settings.ts";
import type { FileLook } from "../../source/file-look.ts";
import type { Source } from "../../source/source.ts";
import { type LintFlags, outputsOf, formatOf } from "./flags.ts";
import { bytesOf } from "./inputs.ts";
import { settingsFile, settingsLoader, show } from "./lint-command.ts";
import { progress } from "./progress.ts";
import type { World } from "./run.ts";
import { UsageError } from "../../host/usage-error.ts";

export interface AuditFlags extends LintFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** A dump's files instead of a cluster. */
  readonly from?: readonly string[];
  readonly policyReport?: boolean;
}

/** What the audit's bundle gives: see doors/audit/main.ts. */
interface Door {
  readonly readCluster: (place: Place, namespaces: readonly string[], listed: (objects: number) => void) => Promise<Audited>;
  readonly readDump: (files: readonly Source[], namespaces: readonly string[]) => Audited;
  readonly writePolicyReports: (place: Place, report: Report, audited: Audited) => Promise<readonly string[]>;
}

interface Place {
  readonly kubeconfig?: string;
  readonly context?: string;
}

interface Audited {
  readonly sources: readonly Source[];
  readonly objects: ReadonlyMap<string, { readonly kind: string; readonly namespace: string | null; readonly name: string }>;
  readonly cluster: ClusterFacts | null;
  readonly unseen: readonly FileLook[];
  readonly notes: readonly string[];
}

export async function auditCommand(flags: AuditFlags, world: World): Promise<number> {
  refuseOthers(flags);
  const policies = loadEngine(policyWasm());
  policies.catch(() => undefined);
  const format = formatOf(flags.format);
  const outputs = outputsOf(flags.output);
  const namespaces = flags.namespace?.split(",") ?? [];
  const rulebook = catalogue(rules());
  const { namespace: _namespace, ...others } = flags;
  const config = settingsFile(flags, world) ?? settingsFinder()(world.cwd);
  const settings = settingsLoader(others, rulebook, world)(config);
  if ("problems" in settings) throw new UsageError(settings.problems.join("\nnatslint: "));
  const place: Place = {
    ...given("kubeconfig", flags.kubeconfig === undefined ? undefined : resolve(world.cwd, flags.kubeconfig)),
    ...given("context", flags.context),
  };
  const door = (await import(pathToFileURL(servicePath("audit")).href)) as Door;
  const bar = progress(world, "objects");
  const audited = flags.from === undefined ? await live(door, place, namespaces, bar.seen) : door.readDump(await dump(flags.from, world), namespaces);
  bar.done();
  const engine: Engine = { policies: await policies, rules: rulebook, schema: modelSchema(), charts: chartFacts };
  const report = judged(audited, settings, engine);
  const problems = flags.policyReport === true ? await door.writePolicyReports(place, report, audited) : [];
  if (flags.quiet !== true) for (const note of audited.notes) world.stderr.write(`natslint: ${note}\n`);
  if (fileCounts(report).linted === 0) world.stderr.write("natslint: there is no NATS in what was looked at\n");
  const named = new Set(audited.unseen.map(({ path }) => path));
  const shown = { format, outputs, rulebook, version: version(), flags, named, noun: "object", where: whereIn(audited) } as const;
  const unwritten = show(report, shown, world);
  for (const problem of [...problems, ...unwritten]) world.stderr.write(`natslint: ${problem}\n`);
  if (problems.length + unwritten.length > 0) return 2;
  return report.failing.length > 0 ? 1 : 0;
}

/** What describes files means nothing for a cluster: said, rather than passed over. */
function refuseOthers(flags: AuditFlags): void {
  const { from, kubeconfig, context, policyReport, namespace } = flags;
  const sets = { "--set": flags.set, "--set-string": flags.setString, "--set-json": flags.setJson, "--set-file": flags.setFile };
  const files = {
    "--chart": flags.chart,
    "--values": flags.values[0],
    "--release": flags.release,
    "--stdin-filename": flags.stdinFilename,
    "--base": flags.base,
  };
  const meant = { ...files, ...sets };
  for (const [flag, value] of Object.entries(meant)) if (value !== undefined) throw new UsageError(`audit takes no ${flag}: what runs says it itself`);
  for (const name of namespace?.split(",") ?? [])
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) throw new UsageError(`--namespace takes names of namespaces with commas between, not "${namespace}"`);
  if (from === undefined) return;
  for (const [flag, value] of Object.entries({ "--kubeconfig": kubeconfig, "--context": context, "--policy-report": policyReport || undefined }))
    if (value !== undefined) throw new UsageError(`${flag} needs a cluster, and --from reads a dump without one`);
}

/** A cluster that cannot be asked is a place that does not exist: said, with exit code 2. */
async function live(door: Door, place: Place, namespaces: readonly string[], seen: (count: number) => void): Promise<Audited> {
  try {
    return await door.readCluster(place, namespaces, seen);
  } catch (thrown) {
    // The bundle has classes of its own, so their names tell.
    if (thrown instanceof Error && /^(ClusterTrouble|UsageError)$/.test(thrown.name)) throw new UsageError(thrown.message);
    throw thrown;
  }
}

async function dump(paths: readonly string[], world: World): Promise<Source[]> {
  const sources: Source[] = [];
  for (const path of paths) {
    const read = path === "-" ? decode("stdin", await bytesOf(world.stdin)) : readFile(path, world.cwd);
    if ("problem" in read) throw new UsageError(`--from: ${path}: ${read.problem}`);
    sources.push(read.source);
  }
  return sources;
}

/** Patterns of the settings match the names of objects: `messaging/` is a namespace. The settings' word on the cluster counts. */
function judged({ sources, cluster, unseen }: Audited, settings: Settings, engine: Engine): Report {
  const ignored = ignore().add([...settings.ignore]);
  const looked = sources.filter(({ path }) => !ignored.ignores(path));
  const facts = cluster === null && settings.cluster === null ? null : { ...cluster, ...settings.cluster };
  const report = lint(looked, { ...settings, base: { strip: "", prepend: "" }, releases: [], cluster: facts }, engine);
  return { ...report, files: [...report.files, ...unseen] };
}

/** The object and the field of a finding: no file has the line that it is shown with. */
function whereIn({ sources, objects }: Audited): (finding: Finding) => string | null {
  const texts = new Map(sources.map((source) => [source.path, source] as const));
  return ({ path, start }) => {
    const [source, object] = [texts.get(path), objects.get(path)];
    if (source === undefined || object === undefined) return null;
    const field = fieldsOf(source)(start);
    return `${object.kind} ${object.name} in ${object.namespace ?? "the cluster"}${field === "" ? "" : `: ${field}`}`;
  };
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}
