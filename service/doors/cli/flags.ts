// The flags of linting, turned into settings.

import { shownPath } from "../../host/files.ts";
import { readSetFlag } from "../../model/layers/set-flags.ts";
import { chartProblem } from "../../model/charts.ts";
import { readVersion } from "../../model/versions.ts";
import { type Preset, PRESETS } from "../../rule/presets.ts";
import type { Environment, Severity } from "../../rule/rule.ts";
import type { SetFlag, Settings } from "../../settings/settings.ts";
import { UsageError } from "../../host/usage-error.ts";

export interface LintFlags {
  readonly format: string;
  readonly output: readonly string[];
  readonly config?: string;
  readonly environment?: string;
  readonly preset?: string;
  readonly nodes?: string;
  readonly release?: string;
  readonly namespace?: string;
  readonly serverVersion?: string;
  readonly chart?: string;
  readonly values: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setJson?: readonly string[];
  readonly setFile?: readonly string[];
  readonly base?: string;
  readonly failOn?: string;
  readonly stdinFilename?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

const FORMATS = ["text", "json", "sarif"] as const;
export type Format = (typeof FORMATS)[number];

export const LINT_HELP = `
Examples:
  natslint                                   everything below the current folder
  natslint values.yaml --chart nats@2.14.2   one values file of a known chart
  natslint -f base.yaml -f prod.yaml --set config.cluster.replicas=5 --environment production
  natslint deploy/ --nodes 3 --output sarif=natslint.sarif
  natslint deploy/ --base origin/main        also what the change since then breaks
  helm template nats nats/nats | natslint - --stdin-filename nats.yaml
  natslint explain cluster-min-replicas

Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 used wrongly, 3 natslint failed.
`;

export const AUDIT_HELP = `
Examples:
  natslint audit                                  the cluster of the current context
  natslint audit --namespace messaging,shop --context production
  natslint audit --output sarif=natslint.sarif --policy-report
  kubectl get sts,deploy,svc,cm,pvc,pdb,nodes,sc -A -o json | natslint audit --from -

Secrets are never read. Exit codes are those of natslint.
`;

/** The flags as they are parsed: what may be repeated and is not given is missing. */
export type GivenFlags = Omit<LintFlags, "output" | "values"> & Partial<Pick<LintFlags, "output" | "values">>;

export function lintFlags(given: GivenFlags): LintFlags {
  return { output: [], values: [], ...given };
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Settings with what the flags say on top. Throws a UsageError for what no flag can be. */
export function withFlags(settings: Settings, flags: Partial<LintFlags>, layers: readonly string[], sets: readonly SetFlag[] = []): Settings {
  const environment = oneOf<Environment>("--environment", flags.environment, ["production", "staging", "development"]);
  const failOn = oneOf<Severity>("--fail-on", flags.failOn, ["error", "warning", "info"]);
  const preset = oneOf<Preset>("--preset", flags.preset, PRESETS);
  const { nodes, chart, serverVersion } = flags;
  if (nodes !== undefined && !/^\d{1,6}$/.test(nodes)) throw new UsageError(`--nodes takes a number of nodes, not "${nodes}"`);
  if (serverVersion !== undefined && readVersion(serverVersion) === null)
    throw new UsageError(`--server-version takes a version such as 2.10.18, not "${serverVersion}"`);
  for (const [flag, name] of [
    ["--release", flags.release],
    ["--namespace", flags.namespace],
  ])
    if (name !== undefined && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name))
      throw new UsageError(`${flag} takes a name of lower-case letters, digits and dashes, not "${name}"`);
  const problem = chart === undefined ? null : chartProblem(chart);
  if (problem !== null) throw new UsageError(`--chart: ${problem}`);
  return {
    ...settings,
    environment: environment ?? settings.environment,
    extends: preset === null ? settings.extends : [preset],
    failOn: failOn ?? settings.failOn,
    cluster: nodes === undefined ? settings.cluster : { ...settings.cluster, nodes: Number(nodes) },
    releases:
      layers.length === 0
        ? settings.releases
        : [
            { values: layers, sets, ...optional("name", flags.release), ...optional("namespace", flags.namespace), ...optional("chart", chart) },
            ...settings.releases,
          ],
    assume: {
      ...settings.assume,
      ...optional("release", flags.release),
      ...optional("namespace", flags.namespace),
      ...optional("chart", chart),
      ...optional("serverVersion", serverVersion),
    },
  };
}

/** What the flags set, in the order in which Helm applies them. `read`: what a file holds, or one sentence why it cannot be read. */
export function setFlags(flags: Partial<LintFlags>, read: (path: string) => { readonly text: string } | { readonly problem: string }): SetFlag[] {
  const sets: SetFlag[] = [
    ...(flags.setJson ?? []).map((text) => ({ flag: "--set-json" as const, text })),
    ...(flags.set ?? []).map((text) => ({ flag: "--set" as const, text })),
    ...(flags.setString ?? []).map((text) => ({ flag: "--set-string" as const, text })),
    ...(flags.setFile ?? []).map((text) => ({ flag: "--set-file" as const, text })),
  ];
  const [first] = sets;
  if (first !== undefined && (flags.values ?? []).length === 0) throw new UsageError(`${first.flag} goes on top of values files: name them with -f`);
  return sets.map((one) => {
    const parsed = readSetFlag(one);
    if ("problem" in parsed) throw new UsageError(`${one.flag}: ${parsed.problem}`);
    if (one.flag !== "--set-file") return one;
    const contents: Record<string, string> = {};
    for (const { value } of parsed.assignments) {
      const path = value.kind === "scalar" ? String(value.value) : "";
      const file = read(path);
      if ("problem" in file) throw new UsageError(`--set-file: ${path}: ${file.problem}`);
      contents[path] = file.text;
    }
    return { ...one, contents };
  });
}

/** The values files of `-f` as sources are named. */
export function layerPaths(values: readonly string[], stdinName: string, cwd: string): string[] {
  return values.map((path) => (path === "-" ? stdinName : shownPath(path, cwd)));
}

export function formatOf(name: string): Format {
  const found = oneOf<Format>("--format", name, FORMATS);
  if (found === null) throw new UsageError("--format needs a format");
  return found;
}

/** `--output FORMAT=FILE`, several of them. */
export function outputsOf(outputs: readonly string[]): { readonly format: Format; readonly file: string }[] {
  return outputs.map((output) => {
    const [name = "", ...rest] = output.split("=");
    const file = rest.join("=");
    if (file === "") throw new UsageError(`--output takes FORMAT=FILE, for example sarif=natslint.sarif, not "${output}"`);
    return { format: formatOf(name), file };
  });
}

/** The value of a flag that takes one of some words; null where it is not given. Throws a UsageError for another word. */
export function oneOf<T extends string>(flag: string, value: string | undefined, known: readonly T[]): T | null {
  if (value === undefined) return null;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${flag} takes ${known.slice(0, -1).join(", ")} or ${known.at(-1)}, not "${value}"`);
  return found;
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}
