// What every chart dialect needs to write objects as a template does: nodes with the right origins,
// decisions that may be unknown, and names that hang on an unknown release. It knows no chart.

import {
  isUnset,
  list,
  map,
  type MapNode,
  type Node,
  type Origin,
  type ScalarNode,
  type ScalarValue,
  scalar,
  type UnknownNode,
  unknown,
} from "../../document/node.ts";
import { atLeast, type Candidates } from "../chart-facts.ts";
import { isTruthy } from "../helm-values.ts";
import type { Release } from "./rendering.ts";

/** Data as a template writes it, with nodes of the values wherever it hands them through; undefined is not written. */
export type Written = Node | ScalarValue | undefined | readonly Written[] | { readonly [key: string]: Written };

/** Makes nodes of what a template writes itself; nodes inside stay the very nodes they are. */
export type Write = (content: Written) => Node;

/** What a condition of a template comes to; the unknown node says why it is not known. */
export type Decision = boolean | UnknownNode;

/** "nats 2.14.2", or "nats" while the version is open: what `via` says of a chart. */
export function chartTitle(chart: Candidates): string {
  const [only, ...others] = chart.versions;
  return only === undefined || others.length > 0 ? chart.facts.chart : `${chart.facts.chart} ${only}`;
}

/** Nodes that the chart's template writes whatever the values say; they point at the nearest thing a person wrote. */
export function written(chart: string, beside: Origin): Write {
  const isPlaced = beside.via?.some((one) => one.kind === "chart default" || one.kind === "template") === true;
  const span = isPlaced ? beside.span : (beside.key ?? { start: 0, end: 0 });
  return writeAt({ path: beside.path, span, via: [{ kind: "template", chart }] });
}

/** Nodes that the template computes from one value; they point at that value. */
export function computed(chart: string, from: Origin): Write {
  return writeAt({ ...from, via: [...(from.via ?? []), { kind: "template", chart }] });
}

function writeAt(origin: Origin): Write {
  const write = (content: Written): Node => {
    if (content === undefined || content === null || typeof content !== "object") return scalar(content ?? null, origin);
    if (Array.isArray(content)) return list(content.filter((item) => item !== undefined).map(write), origin);
    if (isNode(content)) return content;
    const entries = Object.entries(content).filter(([, value]) => value !== undefined);
    return map(
      entries.map(([key, value]) => [key, write(value)] as const),
      origin,
    );
  };
  return write;
}

/** Kubernetes objects have a `kind` too, but never an `origin` beside it. */
function isNode(content: object): content is Node {
  return "kind" in content && "origin" in content;
}

/** A value in a template's `if`. */
export function truth(node: Node | undefined): Decision {
  if (node?.kind === "unknown") return node;
  return isTruthy(node) ?? unknown((node as MapNode).incomplete ?? "the values are not complete", (node as MapNode).origin);
}

/** Is the chart at least that version? */
export function since(chart: Candidates, version: string, origin: Origin): Decision {
  return atLeast(chart, version) ?? unknown("the chart's version decides it", origin);
}

export function both(one: Decision, other: Decision): Decision {
  if (one === false || other === false) return false;
  return one === true ? other : one;
}

export function either(one: Decision, other: Decision): Decision {
  if (one === true || other === true) return true;
  return one === false ? other : one;
}

export function not(one: Decision): Decision {
  return typeof one === "boolean" ? !one : one;
}

/** One branch or the other; where that is not known and they differ, something unknown. */
export function choose(decision: Decision, yes: () => Node | undefined, no: () => Node | undefined = () => undefined): Node | undefined {
  if (typeof decision === "boolean") return decision ? yes() : no();
  const one = yes();
  return equal(one, no()) ? one : decision;
}

/** A list as `range` writes it: null when nothing is in it, unknown when nothing in it is known. */
export function listed(items: readonly (Node | undefined)[], write: Write): Node {
  const known = items.filter((item) => item !== undefined);
  const [first] = known;
  if (first === undefined) return write(null);
  return known.every((item) => item.kind === "unknown") ? first : write(known);
}

/** Do two nodes hold the same, wherever they stand? Unknown ones only where `same` says so. */
export function equal(one: Node | undefined, other: Node | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === "scalar") return other.kind === "scalar" && one.value === other.value;
  if (one.kind === "unknown") return other.kind === "unknown" && (one === other || (one.same !== undefined && one.same === other.same));
  if (one.kind === "list")
    return other.kind === "list" && one.items.length === other.items.length && one.items.every((item, index) => equal(item, other.items[index]));
  if (other.kind !== "map" || one.incomplete !== undefined || other.incomplete !== undefined) return false;
  return one.entries.size === other.entries.size && [...one.entries].every(([key, value]) => equal(value, other.entries.get(key)));
}

/** Text put together from parts. With unknown parts it is unknown, and the same as any text of the same parts. */
export function joined(write: Write, ...parts: readonly (string | Node | undefined)[]): Node {
  let text = "";
  let same: string | undefined = "";
  let missing: UnknownNode | undefined;
  for (const part of parts) {
    if (part === undefined || typeof part === "string") {
      text += part ?? "";
      same = same === undefined ? undefined : same + (part ?? "");
    } else if (part.kind === "scalar") {
      text += printed(part);
      same = same === undefined ? undefined : same + printed(part);
    } else {
      missing ??= part.kind === "unknown" ? part : unknown("something else than a single value stands there", part.origin);
      same = same === undefined || part.kind !== "unknown" || part.same === undefined ? undefined : same + part.same;
    }
  }
  return missing === undefined ? write(text) : unknown(missing.because, missing.origin, same);
}

/**
 * A value as `{{ . }}` prints it. Helm reads the numbers of a values file as floats, which Go prints with an exponent
 * from a million on; only `--set` makes integers. Null and what is not there print nothing.
 */
export function printed({ value, origin }: ScalarNode): string {
  if (typeof value !== "number" && typeof value !== "bigint") return String(value ?? "");
  const isInteger = Number.isInteger(Number(value)) && origin.via?.some((one) => one.kind === "command line") === true;
  const size = Math.abs(Number(value));
  if (isInteger || size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  // The shortest form that reads back the same; Go writes at least two digits of the exponent.
  return Number(value)
    .toExponential()
    .replace(/e([+-])(\d)$/, "e$10$2");
}

/** The release's name; unknown but equal to itself when nothing says it. */
export function releaseName(release: Release, write: Write): Node {
  return release.name === null ? unknown("nothing says the release's name", write(null).origin, "{release}") : write(release.name);
}

/** The namespace of the release; undefined when nothing says it, as templates that write none. */
export function releaseNamespace(release: Release, write: Write): Node | undefined {
  return release.namespace === null ? undefined : write(release.namespace);
}

/**
 * The usual name of a release's objects: `fullnameOverride`, else the release's name,
 * with the chart's name (or `nameOverride`) behind it unless the release's name contains that.
 */
export function fullname(values: { name?: Node | undefined; fullname?: Node | undefined }, release: Release, write: Write): Node {
  if (isHidden(values.fullname) || isHidden(values.name)) return hiddenName("{full name}", values.fullname ?? values.name, write);
  return named(values.fullname, write, () =>
    named(
      values.name,
      write,
      () => behind(release.chartName, release, write),
      (name) => behind(name, release, write),
    ),
  );
}

/** The chart's own name: `nameOverride`, else the name under which the parent or the index has it. */
export function chartName(nameOverride: Node | undefined, release: Release, write: Write): Node {
  if (isHidden(nameOverride)) return hiddenName("{name}", nameOverride, write);
  return named(nameOverride, write, () => write(short(release.chartName)));
}

/** Does it stand, if at all, where nobody sees it? */
export function isHidden(node: Node | undefined): boolean {
  return node?.kind === "unknown" && node.unseen === true;
}

/** A name that is not known, and the same wherever the chart writes it. */
function hiddenName(same: string, override: Node | undefined, write: Write): UnknownNode {
  return unknown("values out of sight may set it", (override ?? write(null)).origin, same);
}

function behind(name: string, release: Release, write: Write): Node {
  const known = release.name;
  if (known === null) return joined(write, releaseName(release, write), `-${name}`);
  return write(short(known.includes(name) ? known : `${known}-${name}`));
}

function named(override: Node | undefined, write: Write, otherwise: () => Node, then?: (name: string) => Node): Node {
  const is = truth(override);
  if (typeof is !== "boolean") return is;
  if (!is || override === undefined || isUnset(override)) return otherwise();
  if (override.kind !== "scalar" || typeof override.value !== "string") return unknown("a name has to be text", override.origin);
  const name = override.value;
  if (then !== undefined) return then(name);
  return short(name) === name ? override : write(short(name));
}

/** Names end at 63 characters, as DNS labels do. */
function short(name: string): string {
  return name.slice(0, 63).replace(/-$/, "");
}
