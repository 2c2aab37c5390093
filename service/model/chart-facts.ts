// What is published about a chart: its versions and, for each, the defaults of values.yaml.
// Where the version is not known, only what all candidates agree on counts.

import { list, map, type MapNode, type Node, type Origin, scalar, type ScalarValue, unknown } from "../document/node.ts";
import { remembered } from "./remembered.ts";
import { compareParts, readVersion } from "./versions.ts";

/** One file of `charts/`; its format is described in charts/README.md. */
export interface ChartFacts {
  readonly chart: string;
  readonly versions: readonly ChartVersionFacts[];
}

interface ChartVersionFacts {
  readonly version: string;
  readonly appVersion?: string;
  readonly published?: boolean;
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly since?: {
    readonly added?: Readonly<Record<string, unknown>>;
    readonly changed?: Readonly<Record<string, unknown>>;
    readonly removed?: readonly string[];
  };
  readonly readWithoutDefault?: readonly string[];
  readonly readWithoutDefaultSince?: { readonly added?: readonly string[]; readonly removed?: readonly string[] };
}

/** The versions of a chart that may be the one that is used: one when it is known, several when it is not. */
export interface Candidates {
  readonly facts: ChartFacts;
  readonly versions: readonly string[];
}

/**
 * The versions that `wanted` allows, among those from `from` up to but not including `below`.
 * `wanted` is exact ("2.14.2"), a range as Helm takes it ("2.14.*", "~1.2", ">=1.0.0 <2.0.0"), or null when nothing is known.
 * An exact version that no facts know is taken as the nearest older one of the same generation.
 */
export function candidates(facts: ChartFacts, wanted: string | null, from: string, below: string): Candidates {
  const low = partsOf(from);
  const high = partsOf(below);
  const generation = facts.versions.filter(({ version }) => {
    const parts = partsOf(version);
    return compareParts(parts, low) >= 0 && compareParts(parts, high) < 0;
  });
  const names = (some: readonly ChartVersionFacts[]): Candidates => ({ facts, versions: some.map((one) => one.version) });
  if (wanted === null) return names(generation.filter((one) => one.published !== false));
  const exact = generation.filter((one) => one.version === wanted.replace(/^v/, ""));
  if (exact.length > 0) return names(exact);
  const test = range(wanted);
  if (test === null) return names(generation.filter((one) => one.published !== false));
  const inside = generation.filter((one) => test(partsOf(one.version)) && !one.version.includes("-"));
  if (inside.length > 0) return names(inside);
  const exactParts = readVersion(wanted)?.parts;
  const older = exactParts === undefined ? [] : generation.filter((one) => compareParts(partsOf(one.version), exactParts) <= 0);
  return names(older.length > 0 ? older.slice(-1) : generation.slice(-1));
}

/**
 * Versions that stand for all candidates, the newest first, then the oldest: the last of each minor version, and the first
 * where a minor version has many. What all of these agree on, the versions between them hardly ever deny.
 */
export function representatives(chart: Candidates): readonly Candidates[] {
  const minors = new Map<string, string[]>();
  for (const version of chart.versions) {
    const minor = partsOf(version).slice(0, 2).join(".");
    minors.set(minor, [...(minors.get(minor) ?? []), version]);
  }
  const chosen = [...minors.values()].flatMap((all) => (all.length < 6 ? all.slice(-1) : [...all.slice(0, 1), ...all.slice(-1)]));
  const [oldest, ...newer] = chosen;
  const ordered = oldest === undefined || newer.length === 0 ? chosen : [...newer.slice(-1), oldest, ...newer.slice(0, -1).reverse()];
  return ordered.map((version) => ({ facts: chart.facts, versions: [version] }));
}

/** Is the chart at least that version? Undefined when some candidates are and some are not. */
export function atLeast(chart: Candidates, version: string): boolean | undefined {
  const parts = partsOf(version);
  const answers = new Set(chart.versions.map((one) => compareParts(partsOf(one), parts) >= 0));
  return answers.size === 1 ? answers.has(true) : undefined;
}

/** The app version of the chart, null when the candidates differ or do not say. */
export function appVersion(chart: Candidates): string | null {
  const wanted = new Set(chart.versions);
  const found = new Set(chart.facts.versions.filter((one) => wanted.has(one.version)).map((one) => one.appVersion ?? ""));
  const [only] = found;
  return found.size === 1 && only !== undefined && only !== "" ? only : null;
}

/** The defaults as a tree. A key that the candidates do not agree on is unknown. */
export function defaults(chart: Candidates, origin: Origin): MapNode {
  const { agreed, disputed } = dottedDefaults(chart);
  const root: Nested = new Map();
  for (const [key, value] of agreed) if (!disputed.has(key)) put(root, key, nodeOf(value, origin));
  for (const key of disputed) put(root, key, unknown("the chart's version decides the default", origin));
  return nested(root, origin);
}

/** The same at no place, made once: for who only compares with them, or places them anew. */
export const placelessDefaults: (chart: Candidates) => MapNode = remembered((chart) => defaults(chart, { path: "", span: { start: 0, end: 0 } }));

interface DottedDefaults {
  /** Those of the first candidate. */
  readonly agreed: ReadonlyMap<string, unknown>;
  readonly disputed: ReadonlySet<string>;
}

const dottedDefaults: (chart: Candidates) => DottedDefaults = remembered((chart) => {
  const agreed = new Map<string, unknown>();
  const disputed = new Set<string>();
  let first = true;
  for (const now of history(chart)) {
    for (const [key, value] of now) {
      if (first) agreed.set(key, value);
      else if (agreed.get(key) !== value && JSON.stringify(agreed.get(key)) !== JSON.stringify(value)) disputed.add(key);
    }
    for (const key of agreed.keys()) if (!now.has(key)) disputed.add(key);
    first = false;
  }
  return { agreed, disputed };
});

/** Dotted keys that a template reads though values.yaml has no default for them, in any candidate. */
export function readWithoutDefault(chart: Candidates): ReadonlySet<string> {
  const wanted = new Set(chart.versions);
  const now = new Set<string>();
  const all = new Set<string>();
  for (const one of chart.facts.versions) {
    for (const key of one.readWithoutDefault ?? one.readWithoutDefaultSince?.added ?? []) now.add(key);
    for (const key of one.readWithoutDefaultSince?.removed ?? []) now.delete(key);
    if (wanted.has(one.version)) for (const key of now) all.add(key);
  }
  return all;
}

/** Dotted keys of values.yaml in any candidate. */
export const defaultKeys: (chart: Candidates) => ReadonlySet<string> = remembered((chart) => {
  const all = new Set<string>();
  for (const now of history(chart)) for (const key of now.keys()) all.add(key);
  return all;
});

/** A dotted key of the facts in its parts; `\.` is a dot inside a part. */
export function keyParts(key: string): string[] {
  // Nearly all are without, and they are asked for by the ten thousand.
  if (!key.includes("\\")) return key.split(".");
  return key.split(/(?<!\\)\./).map((part) => part.replaceAll("\\.", "."));
}

/** The defaults of each candidate, one after the other; the map is reused. */
function* history(chart: Candidates): Generator<ReadonlyMap<string, unknown>> {
  const wanted = new Set(chart.versions);
  const now = new Map<string, unknown>();
  for (const one of chart.facts.versions) {
    if (wanted.size === 0) return;
    for (const [key, value] of Object.entries(one.defaults ?? {})) now.set(key, value);
    for (const key of one.since?.removed ?? []) now.delete(key);
    for (const [key, value] of Object.entries(one.since?.added ?? {})) now.set(key, value);
    for (const [key, value] of Object.entries(one.since?.changed ?? {})) now.set(key, value);
    if (wanted.delete(one.version)) yield now;
  }
}

type Nested = Map<string, Nested | Node>;

function put(root: Nested, key: string, node: Node): void {
  let here = root;
  const parts = keyParts(key);
  const last = parts.pop() ?? "";
  for (const part of parts) {
    const next = here.get(part);
    if (next instanceof Map) here = next;
    else {
      // One version has a map where another has a leaf: what is below is disputed, and says so itself.
      const made: Nested = new Map();
      here.set(part, made);
      here = made;
    }
  }
  if (!(here.get(last) instanceof Map)) here.set(last, node);
}

function nested(from: Nested, origin: Origin): MapNode {
  return map(
    [...from].map(([key, value]) => [key, value instanceof Map ? nested(value, origin) : value] as const),
    origin,
  );
}

function nodeOf(value: unknown, origin: Origin): Node {
  if (Array.isArray(value))
    return list(
      value.map((item) => nodeOf(item, origin)),
      origin,
    );
  if (typeof value === "object" && value !== null)
    return map(
      Object.entries(value).map(([key, item]) => [key, nodeOf(item, origin)] as const),
      origin,
    );
  return scalar(value as ScalarValue, origin);
}

/** Of the versions that facts and dialects name, which are asked for again and again. */
function partsOf(version: string): readonly number[] {
  let parts = versionParts.get(version);
  if (parts === undefined) {
    parts = readVersion(version)?.parts ?? [0];
    versionParts.set(version, parts);
  }
  return parts;
}

const versionParts = new Map<string, readonly number[]>();

/** Helm's version ranges, as far as people use them; null for what is none. */
function range(text: string): ((parts: readonly number[]) => boolean) | null {
  const tests: ((parts: readonly number[]) => boolean)[] = [];
  for (const word of text.trim().split(/[\s,]+/)) {
    const found = /^(>=|<=|>|<|=|~|\^)?v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+].*)?$/.exec(word);
    if (found === null) return null;
    const numbers = [found[2], found[3], found[4]].filter((one) => one !== undefined && /^\d+$/.test(one)).map(Number);
    const sign = found[1] ?? (numbers.length < 3 ? "~" : "=");
    const order = (parts: readonly number[]): number => compareParts(parts, numbers);
    const prefix = (count: number) => (parts: readonly number[]) => numbers.slice(0, count).every((one, index) => parts[index] === one);
    if (sign === ">=") tests.push((parts) => order(parts) >= 0);
    else if (sign === "<=") tests.push((parts) => order(parts) <= 0);
    else if (sign === ">") tests.push((parts) => order(parts) > 0);
    else if (sign === "<") tests.push((parts) => order(parts) < 0);
    else if (sign === "=") tests.push((parts) => order(parts) === 0);
    else if (sign === "^") tests.push((parts) => order(parts) >= 0 && prefix(1)(parts));
    else tests.push((parts) => order(parts) >= 0 && prefix(Math.min(2, numbers.length))(parts));
  }
  return (parts) => tests.every((test) => test(parts));
}
