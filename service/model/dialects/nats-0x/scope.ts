// What the 0.x charts of nats-io see while they render: the values, the chart's version and the release.
// Decisions may be unknown; what hangs on them is then unknown in its place, never guessed.

import { at, map, type MapNode, type Node, scalar, unknown, type UnknownNode } from "../../../document/node.ts";
import { atLeast, type Candidates, defaults } from "../../chart-facts.ts";
import type { Release } from "../rendering.ts";
import { chartTitle, choose, type Decision, since, truth, type Write, written, type Written } from "../template.ts";

export interface Scope {
  readonly values: Node;
  readonly chart: Candidates;
  readonly release: Release;
  /** "nats 0.19.17", as `via` names the chart. */
  readonly title: string;
  /** What it writes points at the beginning of the values. */
  readonly write: Write;
  /** Is the chart at least that version? */
  readonly since: (version: string) => Decision;
}

export function scopeOf(values: Node, chart: Candidates, release: Release): Scope {
  const title = chartTitle(chart);
  // Asked hundreds of times, about a few dozen versions.
  const known = new Map<string, Decision>();
  return {
    values,
    chart,
    release,
    title,
    write: written(title, values.origin),
    since(version) {
      const found = known.get(version) ?? since(chart, version, values.origin);
      known.set(version, found);
      return found;
    },
  };
}

/** The value at a path of keys. */
export function get(scope: Scope, ...path: readonly string[]): Node | undefined {
  return at(scope.values, ...path);
}

/**
 * The value at a path of keys that templates read from a version on. While the chart's version is open a default is not
 * known where some have none; here only those count that read it.
 */
export function getSince(scope: Scope, version: string, ...path: readonly string[]): Node | undefined {
  const node = get(scope, ...path);
  const { facts, versions } = scope.chart;
  if (node?.kind !== "unknown" || versions.length < 2 || node.origin.via?.some((one) => one.kind === "chart default") !== true) return node;
  const readers = versions.filter((one) => atLeast({ facts, versions: [one] }, version) === true);
  const standard = readers.length === 0 ? undefined : at(defaults({ facts, versions: readers }, node.origin), ...path);
  return standard === undefined ? node : standard;
}

/** Is the value at a path of keys true for a template's `if`? */
export function is(scope: Scope, ...path: readonly string[]): Decision {
  return truth(get(scope, ...path));
}

/** The value at a path of keys where it is true for a template's `with`, else nothing. */
export function given(scope: Scope, ...path: readonly string[]): Node | undefined {
  return withTrue(get(scope, ...path), (node) => node);
}

/** What becomes of a value that is true for a template's `with`; nothing for any other. */
export function withTrue(node: Node | undefined, then: (node: Node) => Node | undefined): Node | undefined {
  return choose(truth(node), () => (node === undefined ? undefined : then(node)));
}

/** A key that the template leaves out, as unset by the very value that it left out: there a person switches it on. */
export function orUnset(written: Node | undefined, value: Node | undefined): Node | undefined {
  return written ?? (value?.kind === "scalar" ? scalar(null, value.origin) : undefined);
}

/** A value that is true for a template's `default`, or something else. */
export function orElse(node: Node | undefined, otherwise: () => Node): Node {
  return choose(truth(node), () => node, otherwise) as Node;
}

/** What a template writes under a condition. */
export function when(scope: Scope, decision: Decision, content: () => Written): Node | undefined {
  return choose(decision, () => present(scope, content()));
}

/** One content from a version on, another before. */
export function pick(scope: Scope, version: string, newer: () => Written, older: () => Written): Node | undefined {
  return choose(
    scope.since(version),
    () => present(scope, newer()),
    () => present(scope, older()),
  );
}

/** One decision from a version on, another before. */
export function pickDecision(scope: Scope, version: string, newer: () => Decision, older: () => Decision = () => false): Decision {
  const is = scope.since(version);
  if (typeof is === "boolean") return is ? newer() : older();
  const one = newer();
  return one === older() ? one : is;
}

/** What a template writes from a version on. */
export function from(scope: Scope, version: string, content: () => Written): Node | undefined {
  return when(scope, scope.since(version), content);
}

/** Members of a list that a template writes under a condition; an unknown one stands for what may be there. */
export function some(decision: Decision, content: () => readonly Written[]): readonly Written[] {
  if (typeof decision !== "boolean") return [decision];
  return decision ? content() : [];
}

/** A list that is null, as if it were not there, while it has no members; unknown while it is not known to have any. */
export function unlessEmpty(items: readonly Written[]): Written {
  const unknowns = items.filter((item): item is UnknownNode => typeof item === "object" && item !== null && "origin" in item && item.kind === "unknown");
  if (items.length === 0) return undefined;
  return unknowns.length === items.length ? unknowns[0] : items;
}

/** The same for a map. */
export function unlessVoid(node: MapNode): Node | undefined {
  if (node.entries.size > 0) return node;
  return node.incomplete === undefined ? undefined : unknown(node.incomplete, node.origin);
}

/** The members of a list of the values that a template puts among its own. */
export function spliced(node: Node | undefined): readonly Written[] {
  if (node?.kind === "list") return node.items;
  if (node === undefined || truth(node) === false) return [];
  return [node.kind === "unknown" ? node : unknown("something else than a list stands there", node.origin)];
}

/** Each member of a list of the values; nothing where there is no list. */
export function each(node: Node | undefined, content: (item: Node) => readonly Written[]): readonly Written[] {
  if (node?.kind === "list") return node.items.flatMap((item) => (item.kind === "unknown" ? [item] : content(item)));
  if (node?.kind === "map") return [...node.entries.values()].flatMap((item) => content(item));
  return spliced(node);
}

/** Writes what points at a value, for what a template adds around it. */
export function beside(scope: Scope, node: Node | undefined): Write {
  return node === undefined ? scope.write : written(scope.title, node.origin);
}

/** Several maps in one, the last wins. Where one of them is unknown, keys may be missing. */
export function union(write: Write, ...parts: readonly (Node | undefined)[]): MapNode {
  const entries = new Map<string, Node>();
  let incomplete: string | undefined;
  for (const part of parts) {
    if (part?.kind === "unknown") incomplete ??= part.because;
    if (part?.kind !== "map") continue;
    incomplete ??= part.incomplete;
    for (const [key, node] of part.entries) entries.set(key, node);
  }
  const made = map(entries, write(null).origin);
  return incomplete === undefined ? made : { ...made, incomplete };
}

/** A map with other values under the same keys. */
export function mapped(node: Node | undefined, to: (node: Node) => Node): Node | undefined {
  if (node?.kind !== "map") return node?.kind === "unknown" ? node : undefined;
  return { ...node, entries: new Map([...node.entries].map(([key, value]) => [key, to(value)] as const)) };
}

/** A path of maps with one scalar test: is the text at the end exactly that? */
export function isText(node: Node | undefined, wanted: string): Decision {
  if (node?.kind === "unknown") return node;
  return node?.kind === "scalar" && node.value === wanted;
}

function present(scope: Scope, content: Written): Node | undefined {
  return content === undefined ? undefined : scope.write(content);
}
