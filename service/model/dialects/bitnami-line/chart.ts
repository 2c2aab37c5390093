// What the charts that descend from stable/nats see while they render: values, names, labels, and the version's answers.
// Decisions may be unknown; what hangs on them is then unknown in its place.

import { at, map, type MapNode, type Node, type Origin, text, unknown } from "../../../document/node.ts";
import { appVersion, type Candidates } from "../../chart-facts.ts";
import { goText, plain } from "../nats-0x/printed.ts";
import type { Release } from "../rendering.ts";
import {
  chartName,
  chartTitle,
  choose,
  computed,
  type Decision,
  fullname,
  joined,
  releaseName,
  releaseNamespace,
  since,
  truth,
  type Write,
  type Written,
  written,
} from "../template.ts";

export type Path = readonly string[];

export interface Chart {
  readonly values: Node;
  readonly versions: Candidates;
  readonly release: Release;
  readonly title: string;
  /** The chart's own name, which is the value of the label `app` or `app.kubernetes.io/name`. */
  readonly app: Node;
  /** The name of the release's objects. */
  readonly name: Node;
  /** From 6.0.0 on: recommended labels, a namespace in every object, values as templates. */
  readonly isCommon: Decision;
  get(...path: Path): Node | undefined;
  /** Is the value true for a template's `if`? */
  on(...path: Path): Decision;
  /** The value at the path where it is true for a template's `if`. */
  given(...path: Path): Node | undefined;
  /** What YAML reads where a template prints the value without quotes. */
  plain(...path: Path): Node;
  /** Does the value print as that text? */
  says(wanted: string, ...path: Path): Decision;
  /** Writes what the template writes itself, beside the nearest value on the path. */
  near(...path: Path): Write;
  /** Writes what the template computes from a value. */
  from(node: Node): Write;
  since(version: string): Decision;
  /** A name of an object: the release's full name with a suffix. */
  named(suffix: string): Node;
}

export interface Line {
  /** Have names the release's name in front even where that contains the chart's? */
  readonly isAlwaysPrefixed: Decision;
  /** From which version on the chart has recommended labels; null for never. */
  readonly commonSince: string | null;
}

export function chartOf(merged: Node, versions: Candidates, release: Release, line: Line): Chart {
  const title = chartTitle(versions);
  const atLeast = (version: string): Decision => since(versions, version, merged.origin);
  const isCommon = line.commonSince === null ? false : atLeast(line.commonSince);
  const values = isCommon === false ? merged : untemplated(merged, title);
  const get = (...path: Path): Node | undefined => at(values, ...path);
  const near = (...path: Path): Write => written(title, nearest(values, path));
  const root = near();
  const name = fullNameOf();
  const on = (...path: Path): Decision => {
    const node = get(...path);
    return isDisputedDefault(node) && isNeverOn(versions, path.join(".")) ? false : truth(node);
  };
  return {
    values,
    versions,
    release,
    title,
    app: chartName(get("nameOverride"), release, root),
    name,
    isCommon,
    get,
    near,
    since: atLeast,
    on,
    given: (...path) => choose(on(...path), () => get(...path)),
    plain: (...path) => plain(title, get(...path), near(...path)),
    says: (wanted, ...path) => same(get(...path), wanted),
    from: (node) => computed(title, node.origin),
    named: (suffix) => joined(root, name, suffix),
  };

  function fullNameOf(): Node {
    const override = { name: get("nameOverride"), fullname: get("fullnameOverride") };
    const usual = (): Node => fullname(override, release, root);
    const prefixed = (): Node => joined(root, releaseName(release, root), "-", chartName(get("nameOverride"), release, root));
    const found = choose(line.isAlwaysPrefixed, prefixed, usual) ?? usual();
    // One name for all objects, whichever it is, so that they still find each other.
    return found === line.isAlwaysPrefixed ? unknown(found.because, found.origin, "{name}") : found;
  }
}

/** Labels that every object has. */
export function labels(chart: Chart, ...more: readonly (Node | undefined)[]): Node {
  const write = chart.near();
  const release = releaseName(chart.release, write);
  const old = (): Node => overlaid(write, write({ app: chart.app, chart: chartLabel(chart), release, heritage: "Helm" }), ...more);
  return choose(chart.isCommon, () => overlaid(write, standard(chart), chart.get("commonLabels"), ...more), old) ?? old();
}

/** Labels that selectors ask for. */
export function selectorLabels(chart: Chart): Node {
  const write = chart.near();
  const release = releaseName(chart.release, write);
  const custom = (label: string, otherwise: Node): Node => {
    const own = (): Node => chart.given("podLabels", label) ?? chart.given("commonLabels", label) ?? otherwise;
    return choose(chart.since("7.9.0"), own, () => otherwise) ?? otherwise;
  };
  const old = (): Node => write({ app: chart.app, release });
  const common = (): Node =>
    write({
      "app.kubernetes.io/name": custom("app.kubernetes.io/name", chart.app),
      "app.kubernetes.io/instance": custom("app.kubernetes.io/instance", release),
    });
  return choose(chart.isCommon, common, old) ?? old();
}

/** Labels of the pods. */
export function podLabels(chart: Chart): Node {
  const write = chart.near("podLabels");
  const own = chart.given("podLabels");
  const old = (): Node =>
    overlaid(write, write({ app: chart.app, chart: choose(chart.since("0.0.4"), () => chartLabel(chart)), release: releaseName(chart.release, write) }), own);
  const common = (): Node =>
    overlaid(
      write,
      standard(chart),
      choose(chart.since("7.9.0"), () => chart.given("commonLabels")),
      own,
    );
  return choose(chart.isCommon, common, old) ?? old();
}

/** An object's `metadata`. `annotations` are its own, to which the common ones are added. */
export function metadata(chart: Chart, name: Node, annotations?: Node, ...more: readonly (Node | undefined)[]): Written {
  const common = choose(chart.isCommon, () => chart.given("commonAnnotations"));
  return {
    name,
    namespace: choose(chart.isCommon, () => chart.given("namespaceOverride") ?? releaseNamespace(chart.release, chart.near())),
    labels: labels(chart, ...more),
    annotations: annotations === undefined && common === undefined ? undefined : overlaid(chart.near(), common, annotations),
  };
}

/** One map over another, later ones winning; an unknown one leaves the result open. */
export function overlaid(write: Write, ...maps: readonly (Node | undefined)[]): Node {
  const entries = new Map<string, Node>();
  let { origin } = write(null);
  let incomplete: string | undefined;
  for (const one of maps) {
    if (one?.kind === "unknown") incomplete ??= one.because;
    if (one?.kind !== "map") continue;
    if (entries.size > 0) for (const [key, value] of one.entries) entries.set(key, value);
    else {
      for (const [key, value] of one.entries) entries.set(key, value);
      ({ origin } = one);
    }
    incomplete ??= one.incomplete;
  }
  if (incomplete === undefined) return map(entries, origin);
  return entries.size === 0 ? unknown(incomplete, origin) : { ...map(entries, origin), incomplete };
}

/** An object that a decision makes: none, the object, or one of which only kind, name and selector are known. */
export function objectIf(decision: Decision, make: () => Node, open: readonly Path[] = []): MapNode[] {
  if (decision === false) return [];
  const made = make();
  if (made.kind !== "map") return [];
  return [decision === true ? made : open.reduce((here, path) => opened(here, path, decision.because), made)];
}

/** A default on which versions disagree, as opposed to a value that somebody wrote and nobody can know. */
export function isDisputedDefault(node: Node | undefined): boolean {
  return node?.kind === "unknown" && node.origin.via?.some((one) => one.kind === "chart default") === true;
}

function standard(chart: Chart): Node {
  const write = chart.near();
  const version = appVersion(chart.versions);
  const hasVersion = chart.since("7.9.3");
  return write({
    "app.kubernetes.io/name": chart.app,
    "helm.sh/chart": chartLabel(chart),
    "app.kubernetes.io/instance": releaseName(chart.release, write),
    "app.kubernetes.io/managed-by": "Helm",
    "app.kubernetes.io/version": choose(hasVersion, () =>
      version === null ? unknown("the chart's version is not known", write(null).origin) : write(version),
    ),
  });
}

function chartLabel(chart: Chart): Node {
  const write = chart.near();
  const [only, ...others] = chart.versions.versions;
  const isKnown = only !== undefined && others.length === 0;
  return joined(write, chart.release.chartName, "-", isKnown ? only : unknown("the chart's version is not known", write(null).origin, "{version}"));
}

function same(node: Node | undefined, wanted: string): Decision {
  const found = goText(node);
  return typeof found === "string" ? found === wanted : found;
}

/** Without the keys below the path, which are then not known. */
function opened(node: MapNode, [step, ...rest]: Path, because: string): MapNode {
  const child = step === undefined ? undefined : node.entries.get(step);
  if (step === undefined)
    return { ...node, entries: new Map([...node.entries].filter(([key]) => key === "selector" || key === "podSelector")), incomplete: because };
  return child?.kind === "map" ? { ...node, entries: new Map([...node.entries, [step, opened(child, rest, because)]]) } : node;
}

/**
 * Charts with common templates read many values as templates themselves. One that only names another value is
 * followed; what any other becomes is not known.
 */
function untemplated(node: Node, title: string, values: Node = node): Node {
  const inside = (child: Node): Node => untemplated(child, title, values);
  if (node.kind === "scalar") {
    if (text(node)?.includes("{{") !== true) return node;
    const path = /^\{\{-?\s*\.Values\.([\w.]+)\s*-?\}\}$/.exec(String(node.value))?.[1];
    const found = path === undefined ? undefined : goText(at(values, ...path.split(".")));
    return found === undefined || typeof found !== "string" || found.includes("{{")
      ? unknown("a template of the values makes it", node.origin)
      : computed(title, node.origin)(found);
  }
  if (node.kind === "list") {
    const items = node.items.map(inside);
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== "map") return node;
  const entries = new Map([...node.entries].map(([key, value]) => [key, inside(value)] as const));
  return [...entries].some(([key, value]) => value !== node.entries.get(key)) ? { ...node, entries } : node;
}

/** Is the default of a key, or its absence, false for a template's `if` in all the versions? */
function isNeverOn({ facts, versions }: Candidates, key: string): boolean {
  let now: unknown;
  return facts.versions.every(({ version, defaults, since: change }) => {
    now = defaults?.[key] ?? change?.added?.[key] ?? change?.changed?.[key] ?? (change?.removed?.includes(key) === true ? undefined : now);
    const isOff = now === undefined || now === null || now === false || now === "" || now === 0 || (typeof now === "object" && Object.keys(now).length === 0);
    return isOff || !versions.includes(version);
  });
}

function nearest(values: Node, path: Path): Origin {
  let here = values;
  for (const step of path) {
    const next = here.kind === "map" ? here.entries.get(step) : undefined;
    if (next === undefined) break;
    here = next;
  }
  return here.origin;
}
