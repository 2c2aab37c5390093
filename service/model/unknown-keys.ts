// Keys in a chart's values that the chart does not read. Helm is silent about them, and what they were meant to set stays off.

import { distance } from "fastest-levenshtein";
import { isUnset, type Node, type Origin } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import { type Candidates, placelessDefaults } from "./chart-facts.ts";
import { CHARTS, type DialectName } from "./charts.ts";
import { foreignKeys } from "./detect.ts";
import { findKey } from "./fingerprints.ts";
import { movesOf } from "./key-moves.ts";
import { later } from "./parts.ts";
import { deadKeys, generationOf, isKnown, type KnownKeys, knownKeys, laterVersions } from "./known-keys.ts";

export interface UnknownKey {
  /** Dotted, from where the chart's values begin. */
  readonly key: string;
  readonly origin: Origin;
  readonly because: "unknown" | "version" | "dead";
  /** The key that was probably meant; the chart reads it. */
  readonly meant?: string;
  /** The first version that reads it, for `version`. */
  readonly since?: string;
}

export interface ForeignKey {
  readonly key: string;
  readonly origin: Origin;
  readonly generation: DialectName;
}

export interface KeyFindings {
  readonly unknown: readonly UnknownKey[];
  readonly foreign: readonly ForeignKey[];
}

export interface Reading {
  /** The values stand below a key of an umbrella, whose own templates may read them too: without a likely meaning nothing is said. */
  readonly nested?: boolean;
  /** Dotted keys that other templates at hand read. */
  readonly alsoRead?: ReadonlySet<string>;
}

interface Search {
  readonly dialect: DialectName;
  readonly chart: Candidates;
  readonly known: KnownKeys;
  /** What the oldest candidate reads: advice has to hold for it too. */
  readonly oldest: KnownKeys;
  readonly moves: () => ReadonlyMap<string, readonly string[]>;
  /** Versions that came after all candidates, the oldest first. */
  readonly newer: () => readonly string[];
}

/**
 * The keys as a person wrote them, in one file and before any default, that no candidate of the chart reads: of each branch the topmost.
 * Values that stand beside somebody's own copy of the chart must not be asked about: its templates may read anything.
 */
export function unknownKeys(values: Node, dialect: DialectName, chart: Candidates, reading: Reading = {}): KeyFindings {
  const oldest = knownKeys(dialect, { ...chart, versions: chart.versions.slice(0, 1) });
  const moves = later(() => movesOf(dialect));
  const search: Search = { dialect, chart, known: knownKeys(dialect, chart), oldest, moves, newer: later(() => laterVersions(dialect, chart)) };
  const found: UnknownKey[] = [];
  walk(values, search.known, [], (key, node, siblings) => {
    if (reading.alsoRead?.has(key) !== true) found.push(explain(key, node, siblings, search));
  });
  const foreign = foreignAmong(found, values, search);
  const taken = new Set(foreign.map((one) => one.key));
  const unknown = found.filter((one) => !taken.has(one.key) && !isHarmless(one, values, search) && (reading.nested !== true || one.meant !== undefined));
  return { unknown: [...unknown, ...dead(values, search)].sort((a, b) => place(a) - place(b)), foreign };
}

/**
 * The findings as the rules `values-unknown-key` and `values-wrong-generation` report them.
 * Where only the keys tell which chart it is (not `declared`), the second speaks of a mixture (`case: "mixed"`).
 */
export function keyViolations({ unknown, foreign }: KeyFindings, chart: Candidates, declared: boolean): TextViolation[] {
  const name = chartTitle(chart);
  const violations: TextViolation[] = unknown.map(({ key, origin, because, meant, since }) => ({
    rule: "values-unknown-key",
    case: because === "unknown" ? (meant === undefined ? "default" : "near") : because === "dead" && meant !== undefined ? "instead" : because,
    origin,
    on: "key",
    facts: { key, chart: name, ...(meant === undefined ? {} : { meant }), ...(since === undefined ? {} : { since }) },
  }));
  const [first, ...others] = foreign;
  if (first === undefined) return violations;
  const generation = CHARTS[first.generation].title;
  const related = others.map(({ key, origin }) => ({
    origin: { path: origin.path, span: origin.key ?? origin.span },
    message: `${key} is a key of ${generation} too`,
  }));
  const keys = foreign.map((one) => one.key);
  const facts = { chart: name, keys, generation };
  return [{ rule: "values-wrong-generation", case: declared ? "default" : "mixed", origin: first.origin, on: "key", facts, related }, ...violations];
}

/** "nats 2.14.2", or the ends of the range where the version is not known. */
function chartTitle(chart: Candidates): string {
  const [first, last] = [chart.versions[0], chart.versions.at(-1)];
  return first === last ? `${chart.facts.chart} ${first ?? ""}`.trim() : `${chart.facts.chart} ${first} to ${last}`;
}

type Visit = (key: string, node: Node, siblings: KnownKeys) => void;

function walk(node: Node, known: KnownKeys, path: readonly string[], visit: Visit): void {
  if (known.open) return;
  if (node.kind === "list" && known.each !== undefined) for (const item of node.items) walk(item, known.each, path, visit);
  if (node.kind !== "map") return;
  for (const [name, child] of node.entries) {
    // An anchor's home is no setting, and 1.x evaluates these two keys wherever they stand.
    if (/^(x-|[._])/.test(name) || name === "$tplYaml" || name === "$tplYamlSpread") continue;
    const below = known.keys.get(name) ?? known.each;
    const here = [...path, name.replaceAll(".", "\\.")];
    if (below !== undefined) walk(child, below, here, visit);
    else if (!isEmpty(child)) visit(here.join("."), child, known);
  }
}

/** Written, but sets nothing: people comment out what is below a key and leave the key. */
function isEmpty(node: Node): boolean {
  return (
    isUnset(node) || (node.kind === "map" && node.entries.size === 0 && node.incomplete === undefined) || (node.kind === "list" && node.items.length === 0)
  );
}

/** Why the key is not read, and what was meant. */
function explain(key: string, node: Node, siblings: KnownKeys, search: Search): UnknownKey {
  const [{ dialect, chart }, newer] = [search, search.newer()];
  const meant = meaning(key, siblings, search);
  const found = { key, origin: node.origin, ...(meant === undefined ? {} : { meant }) };
  const later = { ...chart, versions: newer };
  const isRead = newer.length > 0 && isKnown(knownKeys(dialect, later), key) && !deadKeys(dialect, later).some((one) => one.key === key);
  if (!isRead) return { ...found, because: "unknown" };
  const since = newer.find((version) => isKnown(knownKeys(dialect, { ...chart, versions: [version] }), key));
  return { ...found, because: "version", ...(since === undefined ? {} : { since }) };
}

/** The same word in other letters, then a known move, then a near word, then the only other place of the same word. */
function meaning(key: string, siblings: KnownKeys, { known, oldest, moves }: Search): string | undefined {
  const parts = key.split(".");
  const last = parts.pop() ?? "";
  const beside = (name: string): string => [...parts, name].join(".");
  const names = namesIn(siblings);
  const wanted = bare(last);
  const same = names.find((name) => name.bare === wanted)?.name;
  if (same !== undefined) return beside(same);
  const moved =
    moves()
      .get(key)
      ?.filter((meant) => meant !== key && isKnown(known, meant)) ?? [];
  if (moved[0] !== undefined) return moved.find((meant) => isKnown(oldest, meant)) ?? moved[0];
  const near = nearest(last, names);
  if (near !== undefined) return beside(near);
  if (last.length < 6 || COMMON.has(last)) return undefined;
  const elsewhere = placesIn(known).get(last) ?? [];
  return elsewhere.length === 1 ? elsewhere[0] : undefined;
}

/** A known name, and how it is compared. */
interface Name {
  readonly name: string;
  readonly lower: string;
  readonly bare: string;
}

function namesIn(known: KnownKeys): readonly Name[] {
  let names = namesOf.get(known);
  if (names === undefined) {
    names = [...known.keys.keys()].map((name) => ({ name, lower: name.toLowerCase(), bare: bare(name) }));
    namesOf.set(known, names);
  }
  return names;
}

/** A file may have a hundred thousand keys beside the same few known ones. */
const namesOf = new WeakMap<KnownKeys, readonly Name[]>();

/** The name that is a slip of the pen away: two letters changed places, one in four or so is wrong. */
function nearest(written: string, names: readonly Name[]): string | undefined {
  const letters = (name: string): string => [...name].sort().join("");
  const lower = written.toLowerCase();
  const allowed = written.length < 4 ? 0 : written.length < 8 ? 1 : 2;
  const [first] = names
    // Two at most may be wrong, and then at most two letters may be missing.
    .filter((one) => one.name.length >= 4 && Math.abs(one.lower.length - lower.length) <= 2)
    .map((one) => ({ ...one, far: distance(one.lower, lower) }))
    .filter((one) => one.far <= allowed || (one.far === 2 && letters(one.lower) === letters(lower)))
    .sort((a, b) => a.far - b.far);
  return first?.name;
}

/** Words that stand in so many maps that the one other place means nothing. */
const COMMON = new Set([
  "enabled",
  "annotations",
  "labels",
  "resources",
  "secretName",
  "password",
  "repository",
  "pullPolicy",
  "registry",
  "securityContext",
  "service",
  "ingress",
  "metrics",
  "create",
  "timeout",
]);

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** All places of each word, dotted. */
function placesIn(known: KnownKeys): ReadonlyMap<string, readonly string[]> {
  let places = placesOf.get(known);
  if (places === undefined) {
    places = new Map();
    collect(known, [], places);
    placesOf.set(known, places);
  }
  return places;
}

const placesOf = new WeakMap<KnownKeys, Map<string, string[]>>();

function collect(known: KnownKeys, path: readonly string[], places: Map<string, string[]>): void {
  for (const [key, below] of known.keys) {
    const here = [...path, key];
    places.set(key, [...(places.get(key) ?? []), here.join(".")]);
    collect(below, here, places);
  }
}

/** A key of a later version that says what the chart does anyway: people copy the newest defaults whole. */
function isHarmless(one: UnknownKey, values: Node, { chart }: Search): boolean {
  if (one.because !== "version" || one.since === undefined) return false;
  const later = findKey(placelessDefaults({ ...chart, versions: [one.since] }), one.key);
  return later !== undefined && data(later) === data(findKey(values, one.key));
}

/** Keys with a default that nothing reads, where a person changed it. */
function dead(values: Node, { dialect, chart, known, oldest, moves }: Search): UnknownKey[] {
  return deadKeys(dialect, chart).flatMap(({ key, meant: usually }) => {
    const node = isKnown(known, key) ? findKey(values, key) : undefined;
    if (node === undefined || !differs(node, findKey(placelessDefaults(chart), key))) return [];
    const meant = [...(usually === undefined ? [] : [usually]), ...(moves().get(key) ?? [])].find((one) => isKnown(oldest, one));
    return [{ key, origin: node.origin, because: "dead" as const, ...(meant === undefined ? {} : { meant }) }];
  });
}

/** Did a person change a default? Where versions differ in it, only a whole map or list that was filled in tells. */
function differs(written: Node, usual: Node | undefined): boolean {
  if (isEmpty(written) || written.kind === "unknown") return false;
  if (usual?.kind === "unknown") return written.kind !== "scalar";
  if (written.kind === "map" && usual?.kind === "map") return [...written.entries].some(([key, node]) => differs(node, usual.entries.get(key)));
  return data(written) !== data(usual);
}

/** Unknown keys that another chart reads, if there is one among them that hardly anything but that chart has. */
function foreignAmong(found: readonly UnknownKey[], values: Node, { dialect, chart, known }: Search): ForeignKey[] {
  const strong = foreignKeys(values, dialect).filter(({ key }) => !isKnown(known, key) && !hasTwin(known, key));
  const counts = new Map<DialectName, number>();
  for (const one of strong) counts.set(one.dialect, (counts.get(one.dialect) ?? 0) + 1);
  const [generation] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (generation === undefined) return [];
  const versions = generationOf(generation, chart);
  const theirs = versions.length === 0 ? null : knownKeys(generation, { ...chart, versions });
  const telling = strong.filter((one) => one.dialect === generation).map((one) => one.key);
  return found
    .filter(
      ({ key }) => telling.some((one) => one === key || one.startsWith(`${key}.`) || key.startsWith(`${one}.`)) || (theirs !== null && isKnown(theirs, key)),
    )
    .map(({ key, origin }) => ({ key, origin, generation }))
    .sort((a, b) => place(a) - place(b));
}

/** `natsbox` in a chart that has `natsBox` is a slip of the pen, not another generation. */
function hasTwin(known: KnownKeys, key: string): boolean {
  const [top = ""] = key.split(".");
  return [...known.keys.keys()].some((name) => name !== top && bare(name) === bare(top));
}

/** What a node says, for comparing; nothing equals what is not known. */
function data(node: Node | undefined): string {
  if (node === undefined) return "absent";
  if (node.kind === "unknown") return "unknown";
  if (node.kind === "scalar") return JSON.stringify(String(node.value));
  if (node.kind === "list") return `[${node.items.map(data).join()}]`;
  return `{${[...node.entries]
    .map(([key, child]) => `${key}:${data(child)}`)
    .sort()
    .join()}}`;
}

function place({ origin }: { readonly origin: Origin }): number {
  return origin.key?.start ?? origin.span.start;
}
