// A settings file in its normal form, or one sentence for everything that does not hold in it.

import { posix } from "node:path";
import { distance } from "fastest-levenshtein";
import { type Node, at } from "../document/node.ts";
import { plain } from "../document/plain.ts";
import { readYaml } from "../document/yaml/read-yaml.ts";
import { type Catalogue, findRule, type Level } from "../rule/rule.ts";
import type { Preset } from "../rule/presets.ts";
import { Lines } from "../source/position.ts";
import type { Source } from "../source/source.ts";
import { type AdmissionSettings, DEFAULT_SETTINGS, type ReleaseSettings, type RuleSettings, type Settings } from "./settings.ts";
import settingsSchema from "../../schemas/settings.schema.json" with { type: "json" };

/** What ajv's generated code looks like. */
export interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type ReadSettings = { readonly settings: Settings } | { readonly problems: readonly string[] };

/**
 * Reads natslint.yaml, or the `natslint` of a package.json. `base` says where its patterns start. `chartProblem`: what is
 * wrong with a chart's name, or null. `isThere`: does a values file exist, named as sources are?
 */
export function readSettings(
  source: Source,
  rules: Catalogue,
  validate: Validate,
  base: Settings["base"],
  chartProblem: (chart: string) => string | null,
  isThere: (path: string) => boolean = () => true,
): ReadSettings {
  const lines = new Lines(source.text);
  const say = (node: Node | undefined, what: string, key = false): string => {
    const { line, column } = lines.at((key ? node?.origin.key : undefined)?.start ?? node?.origin.span.start ?? 0);
    return `${source.path}:${line}:${column}: ${what}`;
  };
  const { documents, violations } = readYaml(source);
  const [broken] = violations;
  if (broken !== undefined) {
    const { line, column } = lines.at((broken.on === "key" ? broken.origin.key : undefined)?.start ?? broken.origin.span.start);
    const what = broken.facts["problem"] ?? `the key "${String(broken.facts["key"])}" stands twice`;
    return { problems: [`${source.path}:${line}:${column}: ${String(what)}`] };
  }
  const document = documents[0]?.root ?? undefined;
  const root = source.path.endsWith("package.json") ? at(document, "natslint") : document;
  if (root === undefined || (root.kind === "scalar" && root.value === null)) return { settings: { ...DEFAULT_SETTINGS, base } };
  const data = withOff(plain(root));
  const problems: string[] = [];
  if (!validate(data)) {
    for (const error of validate.errors ?? []) {
      if (error.keyword === "anyOf" || error.keyword === "if") continue;
      const path = pointer(error.instancePath);
      const extra = error.params["additionalProperty"];
      if (typeof extra === "string") problems.push(say(at(root, ...path, extra), `there is no setting "${extra}"${meant(extra, knownKeys(path))}`, true));
      else problems.push(say(at(root, ...path), `${path.length === 0 ? "the file" : `"${path.join(".")}"`} ${sentence(error)}`));
    }
    if (problems.length === 0) problems.push(say(root, "it does not hold to the schema of the settings"));
  }
  const fits = problems.length === 0;
  const { extends: presets = DEFAULT_SETTINGS.extends, ...given } = (fits ? data : { rules: rulesOf(data) }) as Given;
  const own: Record<string, RuleSettings> = {};
  for (const [id, setting] of Object.entries(given.rules ?? {})) {
    const rule = findRule(rules, id);
    if (rule === undefined) {
      problems.push(say(at(root, "rules", id), `there is no rule "${id}"${meant(id, [...rules.keys()])}`, true));
      continue;
    }
    own[rule.id] = typeof setting === "string" ? { level: setting } : setting;
    for (const [name, value] of Object.entries(own[rule.id]?.options ?? {})) {
      const option = rule.options[name];
      const place = at(root, "rules", id, "options", name);
      if (option === undefined) problems.push(say(place, `the rule ${rule.id} has no option "${name}"${meant(name, Object.keys(rule.options))}`, true));
      else if (!holds(value, option))
        problems.push(say(place, `the option "${name}" of ${rule.id} takes ${option.type === "integer" ? "an integer" : `a ${option.type}`}`));
    }
  }
  const noRule = (id: string, ...path: readonly (string | number)[]): void => {
    if (findRule(rules, id) === undefined) problems.push(say(at(root, ...path, id), `there is no rule "${id}"${meant(id, [...rules.keys()])}`, true));
  };
  for (const id of Object.keys(given.admission?.rules ?? {})) noRule(id, "admission", "rules");
  for (const [index, one] of (given.admission?.namespaces ?? []).entries())
    for (const id of Object.keys(one.rules ?? {})) noRule(id, "admission", "namespaces", index, "rules");
  for (const [index, release] of (given.releases ?? []).entries()) {
    const problem = release.chart === undefined ? null : chartProblem(release.chart);
    if (problem !== null) problems.push(say(at(root, "releases", index, "chart"), problem));
    for (const [number, path] of release.values.entries())
      if (!isThere(outward(path, base)))
        problems.push(say(at(root, "releases", index, "values", number), `${path} does not exist, seen from the folder of this file`));
  }
  if (problems.length > 0) return { problems: [...new Set(problems)] };
  const releases = (given.releases ?? []).map((release): ReleaseSettings => ({ ...release, values: release.values.map((path) => outward(path, base)) }));
  return {
    settings: { ...DEFAULT_SETTINGS, ...given, extends: [presets].flat(), rules: own, admission: todaysIds(given.admission ?? {}, rules), releases, base },
  };
}

/** The settings as they are written. */
type Given = Omit<Partial<Settings>, "extends" | "rules"> & {
  readonly extends?: Preset | readonly Preset[];
  readonly rules?: Readonly<Record<string, Level | RuleSettings>>;
};

/** The admission's rules by the ids that they have now. */
function todaysIds(given: AdmissionSettings, rules: Catalogue): AdmissionSettings {
  const renamed = <T extends Pick<AdmissionSettings, "rules">>(one: T): T =>
    one.rules === undefined ? one : { ...one, rules: Object.fromEntries(Object.entries(one.rules).map(([id, mode]) => [findRule(rules, id)?.id ?? id, mode])) };
  return renamed(given.namespaces === undefined ? given : { ...given, namespaces: given.namespaces.map(renamed) });
}

/** The rules of settings that do not hold, so that all that is wrong is said at once; only their names and options count. */
function rulesOf(data: unknown): Readonly<Record<string, unknown>> {
  const rules = isRecord(data) ? data["rules"] : undefined;
  if (!isRecord(rules)) return {};
  return Object.fromEntries(Object.entries(rules).map(([id, one]) => [id, isRecord(one) && isRecord(one["options"]) ? one : {}] as const));
}

/** `off` without quotes is a boolean to YAML 1.1, by which all files are read: levels and modes are words again. */
function withOff(data: unknown): unknown {
  if (!isRecord(data)) return data;
  const { rules, admission } = data;
  const level = (one: unknown): unknown => (isRecord(one) && "level" in one ? { ...one, level: worded(one["level"]) } : worded(one));
  const mended = isRecord(rules) ? { rules: Object.fromEntries(Object.entries(rules).map(([id, one]) => [id, level(one)])) } : {};
  return { ...data, ...mended, ...(admission === undefined ? {} : { admission: deeply(admission) }) };
}

function worded(one: unknown): unknown {
  return one === false ? "off" : one;
}

/** Nothing in the settings of admission is a boolean. */
function deeply(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(deeply);
  return isRecord(one) ? Object.fromEntries(Object.entries(one).map(([key, value]) => [key, deeply(value)])) : worded(one);
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** A path of the settings as the sources are named. */
function outward(path: string, base: Settings["base"]): string {
  return base.prepend === "" ? posix.normalize(base.strip + path) : posix.relative(`/${base.prepend}`, `/${path}`);
}

function holds(value: unknown, option: { readonly type: string; readonly minimum?: number; readonly maximum?: number }): boolean {
  if (option.type === "array") return Array.isArray(value);
  if (option.type !== "integer" && option.type !== "number") return typeof value === option.type;
  if (typeof value !== "number" || (option.type === "integer" && !Number.isInteger(value))) return false;
  return value >= (option.minimum ?? Number.NEGATIVE_INFINITY) && value <= (option.maximum ?? Number.POSITIVE_INFINITY);
}

function sentence(error: SchemaError): string {
  const { keyword, params } = error;
  if (keyword === "enum") return `takes one of ${(params["allowedValues"] as readonly string[]).join(", ")}`;
  if (keyword === "type") return `takes ${TYPES[String(params["type"])] ?? "something else"}`;
  if (keyword === "required") return `lacks "${String(params["missingProperty"])}"`;
  return error.message ?? "does not hold";
}

const TYPES: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a text",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
};

/** `; did you mean "that"?` for the nearest of the known words, or one that the word begins; else nothing. */
export function meant(word: string, known: readonly string[]): string {
  const longer = word.length < 3 ? [] : known.filter((one) => one.startsWith(word));
  if (longer.length === 1) return `; did you mean "${longer[0]}"?`;
  const near = known.map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) })).sort((a, b) => a.far - b.far)[0];
  return near !== undefined && near.far <= Math.max(2, Math.floor(word.length / 3)) ? `; did you mean "${near.one}"?` : "";
}

interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: boolean | Part;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
}

/** The keys that the schema knows at a path. */
function knownKeys(path: readonly (string | number)[]): readonly string[] {
  let here: readonly Part[] = [settingsSchema as Part];
  for (const step of path)
    here = here
      .flatMap((part) => [...(part.anyOf ?? []), part])
      .flatMap((part) => {
        const next = part.properties?.[step] ?? (typeof part.additionalProperties === "object" ? part.additionalProperties : part.items);
        return next === undefined ? [] : [next];
      });
  return here.flatMap((part) => [...(part.anyOf ?? []), part]).flatMap((part) => Object.keys(part.properties ?? {}));
}

function pointer(path: string): (string | number)[] {
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
