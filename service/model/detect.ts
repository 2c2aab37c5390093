// Which chart's values a tree is, and where in it they stand. Evidence is heard in order:
// what the user says, what a wrapper or Chart.yaml names, and last the keys. A wrong guess costs more than none.

import { type Node, type Origin, text } from "../document/node.ts";
import { CONTROLLERS, type DialectName, isKnownName, nameChart, type NamedChart } from "./charts.ts";
import { findKey, FINGERPRINTS, matchFingerprint, strongKeys } from "./fingerprints.ts";
import { LOOK_ALIKES } from "./look-alikes.ts";

export interface Hints {
  readonly path?: string;
  /** What `--chart` names; it is believed. */
  readonly chosen?: NamedChart;
  /** What an Argo CD Application, a HelmRelease, `helmCharts` or the like names beside these values. */
  readonly wrapper?: { readonly chart: string; readonly repository: string | null; readonly version: string | null };
  /** The nearest Chart.yaml, and whether it stands in the same folder. */
  readonly chartYaml?: { readonly root: Node; readonly beside: boolean };
  /** The Chart.yaml of a dependency that lies in this repository. */
  readonly local?: (name: string, repository: string | null) => Node | undefined;
}

export interface Detected {
  readonly dialect: DialectName;
  /** Where its values stand: `[]` is the file's root, `["nats"]` below that key of an umbrella. */
  readonly at: readonly string[];
  /** As it is named somewhere, exact or a range; null when nothing says it. */
  readonly version: string | null;
  /** Where a Chart.yaml names it. */
  readonly versionAt?: Origin;
  /** Somebody names the chart; otherwise only its keys tell. */
  readonly declared: boolean;
  /** The templates may be somebody's own copy, so a key unknown to the published chart may well be read. */
  readonly vendored: boolean;
  /** A values path of the parent that switches the dependency on and off. */
  readonly condition?: string;
  /** Words under the parent's `tags` that switch the dependency on, where no condition is set. */
  readonly tags?: readonly string[];
  /** For people: what told it. */
  readonly evidence: readonly string[];
  /** Strong keys of other charts or generations among these values. */
  readonly foreign: readonly { readonly key: string; readonly dialect: DialectName }[];
}

export interface Undecided {
  readonly at: readonly string[];
  /** Ends the sentence "not linted, because ...". */
  readonly undecided: string;
}

export interface Detection {
  readonly charts: readonly Detected[];
  readonly undecided: readonly Undecided[];
}

/** The charts of NATS whose values these are; null when nothing in them has to do with any. */
export function detectValues(root: Node, hints: Hints = {}): Detection | null {
  if (root.kind !== "map" || isObject(root)) return null;
  const charts: Detected[] = [];
  const undecided: Undecided[] = [];
  const add = (one: Detected | Undecided | null): void => {
    if (one === null) return;
    if ("undecided" in one) undecided.push(one);
    else charts.push(one);
  };
  const dependencies = dependenciesOf(hints.chartYaml?.root, hints.local);
  const named = hints.chosen ?? (hints.wrapper && nameChart(hints.wrapper.chart, hints.wrapper.repository, hints.wrapper.version));
  const told = hints.chosen === undefined ? "the wrapper" : "--chart";

  if (named !== undefined && (named.dialects.length > 0 || isKnownName(named.chart))) {
    const nested = hints.chosen === undefined ? null : onlyNested(root, named);
    add(nested ?? declare(root, [], named, told, false));
  } else if (named !== undefined && NOT_SERVERS.test(named.chart)) return null;
  else {
    for (const one of dependencies) {
      const values = root.entries.get(one.key);
      if (values?.kind !== "map" || isOfCopy(root, one, values)) continue;
      add(
        one.isOther
          ? { at: [one.key], undecided: "the folder that Chart.yaml leads to has another chart of the same name" }
          : declare(values, [one.key], one.named, "Chart.yaml", one.local, one),
      );
    }
    const taken = new Set(dependencies.map((one) => one.key));
    const own = ownChart(hints, dependencies.length > 0);
    for (const one of byKeys(root, [], taken, own)) add(own.other === undefined ? one : { at: one.at, undecided: own.other });
  }
  return charts.length + undecided.length === 0 ? null : { charts, undecided };
}

/**
 * Is what stands below a dependency's name a key of that chart itself? Beside an umbrella's own values people keep those
 * of the chart, and the 0.x charts have a key `nats`.
 */
function isOfCopy(root: Node, { named }: Dependency, values: Node): boolean {
  const here = classify(root, [], { vendored: false, version: null });
  return here !== null && "dialect" in here && named.dialects.includes(here.dialect) && score(values, here.dialect).points === 0;
}

/** Charts called so that are no servers; their values resemble the server's. */
const NOT_SERVERS = /^(surveyor|nats-(account-server|kafka|surveyor|exporter)|prometheus-nats-exporter|grafana|wadm)$/;

/** Values of a chart that somebody names. Which of its dialects, when the name leaves it open, the keys say. */
function declare(values: Node, at: readonly string[], named: NamedChart, who: string, local: boolean, switches: Switches = {}): Detected | Undecided {
  const { version, repository } = named;
  const name = `${repository === null ? "" : `${repository}/`}${named.chart}${version === null ? "" : ` ${version}`}`;
  const extra = { at, version, vendored: local || repository === null, ...pick(switches) };
  const [only, ...others] = named.dialects;
  if (only !== undefined && others.length === 0) {
    return { dialect: only, ...extra, declared: true, evidence: [`${who} names ${name}`], foreign: foreignKeys(values, only) };
  }
  const said = `${who} names ${name}`;
  if (only === undefined) {
    const guess = classify(values, at, { vendored: true, version });
    if (guess !== null && "dialect" in guess) return { ...guess, ...extra, evidence: [said, ...guess.evidence] };
    return { at, undecided: guess?.undecided ?? `${said}, and neither that nor the keys say which chart it is` };
  }
  const best = rank(values, named.dialects) ?? rankWeak(values, named.dialects);
  if (best === null) return { at, undecided: `${said} without a version, and its keys do not say which generation of it` };
  return { dialect: best.dialect, ...extra, declared: true, evidence: [said, ...best.evidence], foreign: foreignKeys(values, best.dialect) };
}

/** With `--chart`, values that stand one level down, as in an umbrella: nothing of the chart is at the root. */
function onlyNested(root: Node, named: NamedChart): Detected | null {
  const dialects = named.dialects;
  if (dialects.some((dialect) => score(root, dialect).points > 0 || FINGERPRINTS[dialect].weak.some((key) => findKey(root, key) !== undefined))) return null;
  const found = byKeys(root, [], new Set(), { vendored: false, version: named.version }).filter((one) => "dialect" in one);
  const fitting = found.filter((one) => dialects.includes(one.dialect));
  const [first] = fitting;
  return first === undefined || fitting.length > 1 ? null : { ...first, declared: true };
}

interface Own {
  readonly vendored: boolean;
  readonly version: string | null;
  /** Why its values are not those of a chart that natslint knows. */
  readonly other?: string;
}

/** What Chart.yaml says about values that are none of its dependencies'. */
function ownChart(hints: Hints, hasDependency: boolean): Own {
  const chart = hints.chartYaml;
  if (chart === undefined) return { vendored: false, version: null };
  const read = (key: string): string => text(findKey(chart.root, key)) ?? "";
  if (!isKnownName(read("name"))) return { vendored: !hasDependency, version: null };
  const own = { vendored: true, version: read("version") || null };
  return isOtherChart(chart.root) ? { ...own, other: "Chart.yaml beside it is of another chart with the same name" } : own;
}

/** Does a Chart.yaml say that it comes from elsewhere than the charts that natslint knows? */
function isOtherChart(chart: Node): boolean {
  const sources = findKey(chart, "sources");
  const homes = [text(findKey(chart, "home")), ...(sources?.kind === "list" ? sources.items.map(text) : [])].filter((one) => one !== undefined && one !== "");
  return homes.length > 0 && !homes.some((one) => KNOWN_HOME.test(one ?? ""));
}

/** Copies of a chart keep its home. */
const KNOWN_HOME = /nats-io|nats\.io|bitnami|helm\/charts|qlik/;

/** The charts that the keys alone reveal, at the root or some levels down. */
function byKeys(values: Node, at: readonly string[], taken: ReadonlySet<string>, own: Own): (Detected | Undecided)[] {
  if (values.kind !== "map" || at.length > 4 || isObject(values)) return [];
  const here = classify(values, at, own);
  if (here !== null && "dialect" in here) return [here];
  const below = [...values.entries].filter(([key]) => at.length > 0 || !taken.has(key)).flatMap(([key, node]) => byKeys(node, [...at, key], taken, own));
  return here === null || below.length > 0 ? below : [here];
}

/** One map by its keys: two strong ones, or one with the image or with three weak ones in its favour. */
function classify(values: Node, at: readonly string[], own: Own): Detected | Undecided | null {
  const best = rank(values, Object.keys(FINGERPRINTS) as DialectName[]);
  const last = at.at(-1) ?? "";
  const spoken = at.length === 0 || /nats|stan\b|messag|jetstream|broker/i.test(last);
  // Whose values have a key `config` has them there, whatever their author took for its keys.
  if (best === null || best.points < 1 || last === "config") return null;
  const like = LOOK_ALIKES.find(([one, , ...its]) => !its.includes(best.dialect) && matchFingerprint(values, one) !== null);
  if (like !== undefined) return best.strong < 2 ? null : { at, undecided: `its keys resemble ${best.dialect}, but it is ${like[1]}` };
  if (best.tie) return { at, undecided: `its keys are of ${best.evidence.join(" and ")}` };
  if (best.points < 2 || (!spoken && best.strong < 2)) return spoken ? { at, undecided: `only one key is of ${best.dialect}: ${best.keys.join(", ")}` } : null;
  if (at.length > 1 && at.at(-2) === "nats" && last === "nats")
    return { at, undecided: "the 0.x chart has a key `nats` itself, so it is not clear whether these are its values or stand one level too deep" };
  const version = own.version !== null && fits(own.version, best.dialect) ? own.version : null;
  return { dialect: best.dialect, at, version, declared: false, vendored: own.vendored, evidence: best.evidence, foreign: foreignKeys(values, best.dialect) };
}

/** Forks keep the name and count on their own: a number of the other generation says nothing. */
function fits(version: string, dialect: DialectName): boolean {
  return dialect === "stan" || CONTROLLERS.includes(dialect) || nameChart("nats", "nats-io", version).dialects.join() === dialect;
}

interface Rank {
  readonly dialect: DialectName;
  readonly points: number;
  readonly strong: number;
  readonly tie: boolean;
  readonly keys: readonly string[];
  readonly evidence: readonly string[];
}

/** The dialect with most points among those that have a strong key of their own; null when none has. */
function rank(values: Node, among: readonly DialectName[]): Rank | null {
  const scores = among.filter((dialect) => strongKeys(values, dialect).length > 0).map((dialect) => ({ dialect, ...score(values, dialect) }));
  scores.sort((a, b) => b.points - a.points || b.keys.length - a.keys.length);
  const [first, second] = scores;
  if (first === undefined) return null;
  const tie = second !== undefined && second.keys.length >= first.keys.length;
  const evidence = tie ? [first.dialect, second.dialect] : first.keys.map((key) => `key ${key}`);
  return { dialect: first.dialect, points: first.points, strong: first.keys.length, tie, keys: first.keys, evidence };
}

/** Where the chart is known and only its generation is open, weak keys may tell. */
function rankWeak(values: Node, among: readonly DialectName[]): Rank | null {
  const scores = among.map((dialect) => ({ dialect, keys: FINGERPRINTS[dialect].weak.filter((key) => findKey(values, key) !== undefined) }));
  scores.sort((a, b) => b.keys.length - a.keys.length);
  const [first, second] = scores;
  if (first === undefined || first.keys.length === 0 || second?.keys.length === first.keys.length) return null;
  const evidence = first.keys.map((key) => `key ${key}`);
  return { dialect: first.dialect, points: 0, strong: 0, tie: false, keys: first.keys, evidence };
}

/** Each strong key is a point; the image one more; three weak keys together one more. */
function score(values: Node, dialect: DialectName): { keys: string[]; points: number } {
  const prints = FINGERPRINTS[dialect];
  const inherited = prints.also === undefined ? [] : strongKeys(values, prints.also);
  const image = prints.image.some((key) => IMAGE.test(text(findKey(values, key)) ?? "")) ? 1 : 0;
  const weak = prints.weak.filter((key) => findKey(values, key) !== undefined).length >= 3 ? 1 : 0;
  const keys = [...strongKeys(values, dialect), ...inherited];
  return { keys, points: keys.length + image + weak };
}

const IMAGE = /(^|\/)(q?nats(d|-server|-streaming)?|gnatsd)(?=$|[:@])/;

/** stable/nats and the charts that descend from it. */
const STABLE_LINE: readonly DialectName[] = ["stable-nats", "bitnami", "qlik", "qlik-streaming"];

/** Strong keys of charts other than the one whose values these are. A chart that contains another has its keys too. */
export function foreignKeys(values: Node, dialect: DialectName): { key: string; dialect: DialectName }[] {
  if (CONTROLLERS.includes(dialect)) return [];
  const related = new Set<DialectName | undefined>([dialect, FINGERPRINTS[dialect].also, ...CONTROLLERS]);
  if (STABLE_LINE.includes(dialect)) for (const one of STABLE_LINE) related.add(one);
  return (Object.keys(FINGERPRINTS) as DialectName[])
    .filter((other) => !related.has(other) && FINGERPRINTS[other].also !== dialect)
    .flatMap((other) => strongKeys(values, other).map((key) => ({ key, dialect: other })));
}

type Switches = Pick<Detected, "condition" | "tags" | "versionAt">;

function pick({ condition, tags, versionAt }: Switches): Switches {
  return { ...(condition !== undefined && { condition }), ...(tags !== undefined && { tags }), ...(versionAt !== undefined && { versionAt }) };
}

export interface Dependency extends Switches {
  readonly key: string;
  readonly named: NamedChart;
  readonly local: boolean;
  readonly isOther: boolean;
}

/** The dependencies of a Chart.yaml that are charts of NATS, by name; their values stand under the alias or the name. */
export function dependenciesOf(chart: Node | undefined, local?: Hints["local"]): Dependency[] {
  const list = chart === undefined ? undefined : findKey(chart, "dependencies");
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item) => {
    const read = (key: string): string | null => text(findKey(item, key)) ?? null;
    const name = read("name");
    if (name === null || !isKnownName(name)) return [];
    const repository = read("repository");
    const isLocal = repository === null || repository === "" || /^(file:|\.)/.test(repository);
    const own = isLocal ? local?.(name, repository) : undefined;
    const condition = read("condition");
    const tags = findKey(item, "tags");
    const named = nameChart(name, repository, read("version"));
    const words = tags?.kind === "list" ? { tags: tags.items.flatMap((tag) => text(tag) ?? []) } : {};
    const versionAt = findKey(item, "version")?.origin;
    return [
      {
        key: read("alias") ?? name,
        named,
        local: isLocal,
        isOther: own !== undefined && isOtherChart(own),
        ...(condition !== null && { condition }),
        ...(versionAt !== undefined && { versionAt }),
        ...words,
      },
    ];
  });
}

/** A Kubernetes object, or something made like one, is no chart's values. */
function isObject(values: Node): boolean {
  return text(findKey(values, "apiVersion")) !== undefined && text(findKey(values, "kind")) !== undefined;
}
