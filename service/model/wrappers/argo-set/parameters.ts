// What an ApplicationSet's generators find: sets of parameters, one for each Application, and how two sets become one.

import { at, isUnset, map, type MapNode, type Node, type Origin, scalar, type ScalarNode, unknown } from "../../../document/node.ts";
import { overlay } from "../../helm-values.ts";

export interface Parameters {
  /**
   * A tree for Go templates; else flat, by names such as `path.basename`. `incomplete` where others may be among them.
   * One that nobody wrote, such as a path, has a place without extent.
   */
  readonly values: MapNode;
  /** The files that hold them. */
  readonly files: readonly string[];
  /** What the parameters that a generator was given must have been, by name, where its own files tell. */
  readonly bound?: ReadonlyMap<string, Node>;
}

/** A set of which nothing is known. */
export function anything(origin: Origin): Parameters {
  return { values: { ...map([], origin), incomplete: "the generator decides it" }, files: [] };
}

/** How Go prints a value; undefined for what is no scalar, not known, or a number that Go spells in its own way. */
export function printed(node: Node | undefined): string | undefined {
  if (node?.kind !== "scalar" || node.value === null || typeof node.value === "bigint") return undefined;
  if (typeof node.value !== "number") return String(node.value);
  const size = Math.abs(node.value);
  return size === 0 || (size >= 1e-4 && size < 1e6) ? String(node.value) : undefined;
}

/** The parameters as fasttemplate has them: texts, by the path to each. */
export function flat(node: Node, path = ""): [string, Node][] {
  if (node.kind === "map" || node.kind === "list") {
    const children = node.kind === "map" ? [...node.entries] : node.items.map((item, index) => [String(index), item] as const);
    return children.flatMap(([key, child]) => flat(child, path === "" ? key : `${path}.${key}`));
  }
  const text = printed(node);
  return [[path, text === undefined ? unknown("it is no text", node.origin) : scalar(text, node.origin)]];
}

/** One parameter by its name, `a.b` for a Go template; undefined where it is certain that there is none. */
export function parameter({ values }: Parameters, name: string, isGo: boolean): Node | undefined {
  const steps = isGo && !values.entries.has(name) ? name.split(".") : [name];
  return at(values, ...steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
}

/** The set with a parameter that turned out to be known. */
export function withParameter({ values, files }: Parameters, name: string, value: Node, isGo: boolean): Parameters {
  return { values: put(values, isGo ? name.split(".") : [name], value), files };
}

function put(below: MapNode, [step = "", ...rest]: readonly string[], value: Node): MapNode {
  const under = below.entries.get(step);
  const inner = under?.kind === "map" ? under : { ...map([], value.origin), ...(under?.kind === "unknown" && { incomplete: under.because }) };
  return { ...below, entries: new Map([...below.entries, [step, rest.length === 0 ? value : put(inner, rest, value)]]) };
}

/** Two sets as one; what is `above` wins. */
export function combined(below: Parameters, above: Parameters, isGo: boolean): Parameters {
  const files = [...below.files, ...above.files];
  if (above.values.incomplete !== undefined) return { ...anything(above.values.origin), files };
  if (isGo) return { values: deeply(below.values, above.values) as MapNode, files };
  return { values: { ...below.values, entries: new Map([...below.values.entries, ...above.values.entries]) }, files };
}

/** Whether an empty value wins over another differs between versions. */
function deeply(below: Node, above: Node): Node {
  if (below.kind !== "map" || above.kind !== "map") return isEmpty(above) ? unknown("it is empty in one of two generators", above.origin) : above;
  const shared = [...below.entries].flatMap(([key, node]) => {
    const over = above.entries.get(key);
    return over === undefined ? [] : [[key, deeply(node, over)] as const];
  });
  return overlay(below, { ...above, entries: new Map([...above.entries, ...shared]) });
}

function isEmpty(node: Node): boolean {
  return isUnset(node) || (node.kind === "scalar" && [false, 0, ""].includes(node.value as string)) || (node.kind === "list" && node.items.length === 0);
}

/** What tells sets apart by these keys; undefined where it is not known. */
export function identity({ values }: Parameters, keys: readonly string[]): string | undefined {
  const found = keys.map((key) => at(values, key));
  if (found.some((node) => node !== undefined && node.kind !== "scalar")) return undefined;
  return JSON.stringify(found.map((node) => String((node as ScalarNode | undefined)?.value)));
}
