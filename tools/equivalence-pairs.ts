// Pairs of a chart's values and what helm rendered from them: both are read as natslint reads them, and compared field by
// field over everything that the model's schema has. The form of a folder of pairs is that of ../shared/equivalence.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartProblem } from "../service/model/charts.ts";
import { conform } from "../service/model/conform.ts";
import type { Knowledge } from "../service/model/knowledge.ts";
import { setSources } from "../service/model/layers/set-flags.ts";
import { readReleases } from "../service/model/releases.ts";
import { DEFAULT_SETTINGS, type Settings } from "../service/settings/settings.ts";
import type { Source } from "../service/source/source.ts";

/** What of a server is not compared: only one of the two sides can say it. The rest of the schema's keys is, all the way down. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  scope: "the release's name is in no manifest, and charts seldom write the namespace",
  chart: "manifests name a chart only by a label that anybody may set",
  rollout: "a digest of the whole template, of which the two sides spell what natslint does not read differently",
  unread: "values that no template reads are in no manifest",
  lexical: "how a number is spelt in values and how the template prints it are two texts",
};

/**
 * Lists from which values leave out what the chart itself chose, since nobody wrote it. What they have of them has to be in
 * the rendering, too.
 */
export const IN_PART: readonly string[] = ["images", "previews", "balancedRoutes"];

/** What was rendered, as case.json has it. */
export interface Case {
  readonly chart: string;
  readonly version: string;
  readonly release: string;
  readonly namespace: string;
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly umbrella?: string;
}

/**
 * Members that are compared only where the rendering knows them. Whose account it is hangs on the namespace, which the older
 * charts write for the account alone.
 */
const WHERE_RENDERED: readonly string[] = ["nodeReader.fault"];

/** Means by which a secret comes into values: a manifest says of all of them only that it is written there. */
const MEANS_OF_VALUES: readonly unknown[] = ["default", "parameter"];

/** One field that the two sides do not have in common, as a sentence. */
export type Difference = string;

/** The names of the pairs in a folder, sorted; none where there is no such folder. */
export function pairsIn(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, "case.json")))
        .sort()
    : [];
}

/** What differs in a pair of a folder. A pair that lacks a file throws. */
export function differencesOf(folder: string, name: string, knowledge: Knowledge): readonly Difference[] {
  const source = (path: string): Source => ({ path, text: readFileSync(join(folder, name, path), "utf8") });
  const said = JSON.parse(source("case.json").text) as Case;
  const own = [...valuesOf(said), ...(said.umbrella === undefined ? [] : ["Chart.yaml"])].map(source);
  return differences(said, own, source("rendered.yaml").text, knowledge);
}

/** What differs; nothing when the values (and the Chart.yaml of an umbrella) and their rendering are one model. */
export function differences(said: Case, sources: readonly Source[], rendered: string, knowledge: Knowledge): readonly Difference[] {
  const chart = `${said.chart === "stable-nats" ? "stable/nats" : `nats-io/${said.chart}`}@${said.version}`;
  const problem = chartProblem(chart);
  if (problem !== null) return [problem];
  const files = valuesOf(said);
  const release = {
    name: said.release,
    namespace: said.namespace,
    values: files,
    sets: (said.set ?? []).map((text) => ({ flag: "--set", text }) as const),
    // Of an umbrella the Chart.yaml says which chart and where its values stand.
    ...(said.umbrella === undefined && { chart }),
  };
  const asked: Settings = { ...DEFAULT_SETTINGS, named: files, releases: [release] };
  const fromValues = servers([...sources, ...setSources(asked)], asked, knowledge);
  const fromObjects = servers([{ path: "rendered.yaml", text: rendered }], { ...DEFAULT_SETTINGS, named: ["rendered.yaml"] }, knowledge);
  if (fromObjects.size === 0 && fromValues.size === 0) return ["neither side has a server, an operator or a controller"];
  return [...new Set([...fromValues.keys(), ...fromObjects.keys()])].flatMap((key) =>
    [fromValues.get(key), fromObjects.get(key)].some((one) => one === undefined)
      ? [`${key}: nothing of that name from the ${fromValues.has(key) ? "rendering" : "values"}`]
      : compareServers(fromValues.get(key) as Server, fromObjects.get(key) as Server, key),
  );
}

function valuesOf({ values = ["values.yaml"] }: Case): readonly string[] {
  return values;
}

type Server = Readonly<Record<string, unknown>>;

/** What runs beside servers: lists of the model whose members are compared as servers are. */
const BESIDE = ["natsOperators", "nackControllers"] as const;

/** The servers by their workloads' names, and what runs beside them, each as plain data of the schema's keys. */
function servers(sources: readonly Source[], settings: Settings, knowledge: Knowledge): ReadonlyMap<string, Server> {
  const models = readReleases(sources, settings, knowledge).releases.map((release) => conform(release.tree, knowledge.schema).json);
  const listed = (key: string): readonly Readonly<Record<string, unknown>>[] => models.flatMap((model) => model[key] as Readonly<Record<string, unknown>>[]);
  const found = listed("servers").map((server, index): readonly [string, Readonly<Record<string, unknown>>] => {
    const name = (server["workload"] as { readonly name?: unknown } | undefined)?.name;
    return [typeof name === "string" ? name : `server ${index + 1}`, server];
  });
  const beside = BESIDE.flatMap((key) => listed(key).map((one, index) => [`${key}[${index}]`, one] as const));
  return new Map(
    [...found, ...beside].map(([name, one]) => {
      const kept = Object.entries(one).filter(([key]) => !(key in NOT_COMPARED));
      return [name, Object.fromEntries(kept.map(([key, value]) => [key, unordered(key, value)]))];
    }),
  );
}

/** Objects of a release come in no order that means anything; nor do users, once they are taken out of maps of accounts. */
function unordered(key: string, value: unknown): unknown {
  if (!["services", "disruptionBudgets", "users"].includes(key) || !Array.isArray(value)) return value;
  const keyOf = (one: Readonly<Record<string, unknown>>): string => `${one["account"]} ${one["name"]}`;
  return [...(value as Readonly<Record<string, unknown>>[])].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Equal secrets have one number, by the order in which they are met; the two sides write their keys in different orders. */
function renumbered(server: unknown): unknown {
  const numbers = new Map<number, number>();
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([key, one]) => {
        if (key !== "same" || typeof one !== "number") return [key, visit(one)];
        if (!numbers.has(one)) numbers.set(one, numbers.size + 1);
        return [key, numbers.get(one)];
      }),
    );
  };
  return visit(server);
}

function compareServers(fromValues: Server, fromObjects: Server, at: string): Difference[] {
  // A secret that the chart makes up at each rendering is one like any other in a manifest.
  const isMadeUp = JSON.stringify(fromValues).includes(GENERATED);
  const { credentials } = fromValues;
  const values = renumbered(Array.isArray(credentials) ? { ...fromValues, credentials: credentials.map(asWritten) } : fromValues) as Server;
  const rendered = renumbered(isMadeUp ? madeUpAs(fromValues, fromObjects) : fromObjects) as Server;
  const keys = isMadeUp ? [...IN_PART, "credentials"] : IN_PART;
  const whole = (server: Server): Server => Object.fromEntries(Object.entries(server).filter(([key]) => !keys.includes(key)));
  const inPart = keys.flatMap((key) => {
    const there = new Set(list(rendered[key]).map((one) => JSON.stringify(one)));
    const missing = list(values[key]).filter((one) => !there.has(JSON.stringify(one)));
    return missing.map((one) => `${at}.${key}: ${shown(one)} from the values, not so from the rendering`);
  });
  const isOpen = (difference: Difference): boolean =>
    WHERE_RENDERED.some((path) => difference.startsWith(`${at}.${path}: `) && difference.endsWith("not known from the rendering"));
  return [...compare(whole(values), whole(rendered), at).filter((one) => !isOpen(one)), ...inPart];
}

const GENERATED = '"form":"generated"';

/** The rendering with secrets in it as made up as the values say they are. */
function madeUpAs(values: unknown, rendered: unknown): unknown {
  if (!isGroup(values)) return rendered;
  // One that begins with digits is at times nothing that the server can read.
  if (values["form"] === "generated") return values;
  if (!isGroup(rendered)) return rendered;
  if (Array.isArray(rendered)) return rendered.map((one, index) => madeUpAs(values[index], one));
  const keys = [...new Set([...Object.keys(rendered), ...Object.keys(values)])];
  return Object.fromEntries(keys.map((key) => [key, madeUpAs(values[key], rendered[key])] as const).filter(([, one]) => one !== undefined));
}

function asWritten(credential: unknown): unknown {
  const means = isGroup(credential) && "means" in credential ? credential.means : undefined;
  return MEANS_OF_VALUES.includes(means) ? { ...(credential as Server), means: "written" } : credential;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function compare(values: unknown, rendered: unknown, at: string): Difference[] {
  if (isGroup(values) && isGroup(rendered) && Array.isArray(values) === Array.isArray(rendered)) {
    const keys = new Set([...Object.keys(values), ...Object.keys(rendered)]);
    return [...keys].flatMap((key) => compare(values[key], rendered[key], `${at}.${key}`));
  }
  return Object.is(values, rendered) ? [] : [`${at}: ${shown(values)} from the values, ${shown(rendered)} from the rendering`];
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Long values are cut: what differs is told by the path. */
function shown(value: unknown): string {
  if (value === undefined) return "not known";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
