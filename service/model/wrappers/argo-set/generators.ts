// The generators of an ApplicationSet, as far as the repository decides what they find: lists, files and folders of it,
// and what matrix and merge make of them. Which clusters there are is known to Argo CD alone, but what is given to each stands here.

import { at, isUnset, list, map, type MapNode, members, type Node, scalar, text, unknown } from "../../../document/node.ts";
import { embeddedDocuments, known } from "../embedded-values.ts";
import type { Sight } from "../installation.ts";
import { beginning } from "../value-files.ts";
import { filled, type Filling, normalize, openPieces } from "./fill.ts";
import { anything, combined, flat, identity, parameter, type Parameters, printed, withParameter } from "./parameters.ts";
import { type Match, matches, type Pattern } from "./paths.ts";

export interface Asked {
  /** The file of the ApplicationSet. */
  readonly path: string;
  readonly isGo: boolean;
  readonly sight: Sight;
}

/** More Applications than this are not told apart. */
export const MOST = 500;

const READERS: Readonly<Record<string, (body: Node, asked: Asked) => readonly Parameters[]>> = {
  list: ofList,
  git: ofGit,
  clusters: ofClusters,
  matrix,
  merge,
};

/** The sets that one kind of generator finds; `selector` is the generator's own. */
export function setsOf(kind: string, body: Node, selector: Node | undefined, asked: Asked): readonly Parameters[] {
  const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  const found = reader === undefined || body.kind !== "map" || body.incomplete !== undefined ? [anything(body.origin)] : reader(body, asked);
  return found.length > MOST ? [anything(body.origin)] : found.filter((set) => isSelected(set, selector, asked));
}

/** The kinds of generator in an entry of `generators`: one, where it was not meant to be strange. */
export function kindsOf(generator: Node): readonly (readonly [string, Node])[] {
  return generator.kind === "map" ? [...generator.entries].filter(([key, node]) => key !== "selector" && !isUnset(node)) : [];
}

function inner(generator: Node, asked: Asked): readonly Parameters[] {
  if (generator.kind !== "map" || generator.incomplete !== undefined) return [anything(generator.origin)];
  return kindsOf(generator).flatMap(([kind, body]) => setsOf(kind, body, at(generator, "selector"), asked));
}

function filling(parameters: Parameters, { isGo, sight }: Asked): Filling {
  return { parameters, isGo, text: sight.text };
}

function ofList(body: Node, asked: Asked): readonly Parameters[] {
  const elements = at(body, "elements");
  const written = at(body, "elementsYaml");
  const [more] = isUnset(written) || written === undefined ? [] : (embeddedDocuments(written, asked.sight.text(written.origin.path)) ?? [written]);
  if ([elements, more].some((one) => !isUnset(one) && one?.kind !== "list")) return [anything(body.origin)];
  return [...members(elements), ...members(more)].map((element) => setOf(element, asked, []));
}

/** A map of parameters as it is written. */
function setOf(element: Node, { isGo }: Asked, files: readonly string[]): Parameters {
  if (element.kind !== "map") return { ...anything(element.origin), files };
  return { values: isGo ? element : { ...element, entries: new Map(flat(element)) }, files };
}

function ofClusters(body: Node, asked: Asked): readonly Parameters[] {
  const flatList = at(body, "flatList");
  if (flatList !== undefined && !(flatList.kind === "scalar" && flatList.value !== true)) return [anything(body.origin)];
  const names = ["name", "nameNormalized", "server", "project", "metadata"];
  const values = map(
    names.map((name) => [name, unknown("Argo CD knows its clusters", beginning(body.origin))]),
    body.origin,
  );
  return [withValues({ values, files: [] }, body, asked)];
}

/** `values` of a generator, each a text that may use its other parameters. */
function withValues(set: Parameters, body: Node, asked: Asked): Parameters {
  const own = at(body, "values");
  if (own === undefined || isUnset(own)) return set;
  const made = filled(own, filling(set, asked), "text");
  if (made.kind !== "map") return { ...anything(body.origin), files: set.files };
  const entries = asked.isGo ? [["values", made] as const] : [...made.entries].map(([key, node]) => [`values.${key}`, node] as const);
  return { ...set, values: { ...set.values, entries: new Map([...set.values.entries, ...entries]) } };
}

function ofGit(body: Node, asked: Asked): readonly Parameters[] {
  const prefix = known(at(body, "pathParamPrefix") ?? scalar("", body.origin));
  const directories = at(body, "directories");
  const reading = members(directories).length > 0 ? "directories" : "files";
  const wanted = reading === "directories" ? directories : at(body, "files");
  const patterns = members(wanted).map((one) => patternOf(one, asked));
  if (prefix === null || patterns.includes(null)) return [anything(body.origin)];
  const place = wanted ?? body;
  const found = matches(
    patterns.filter((one) => one !== null),
    reading,
    asked.path,
    asked.sight,
  ).flatMap((match) => ofMatch(match, reading === "files", { body, place, prefix }, asked));
  // The files may be in another repository, or not be looked at.
  return found.length === 0 ? [anything(body.origin)] : found;
}

function patternOf(one: Node, asked: Asked): Pattern | null {
  const path = at(one, "path");
  const exclude = at(one, "exclude");
  const plain = known(path);
  const pieces = plain === null ? path && openPieces(path, filling(anything(one.origin), asked)) : [{ text: plain }];
  if (pieces === undefined || exclude?.kind === "unknown") return null;
  return { pieces, exclude: exclude?.kind === "scalar" && exclude.value === true };
}

interface Git {
  readonly body: Node;
  readonly place: Node;
  readonly prefix: string;
}

function ofMatch({ path, source, bound }: Match, isFile: boolean, { body, place, prefix }: Git, asked: Asked): readonly Parameters[] {
  const file = isFile ? asked.sight.tree(source) : undefined;
  const objects = !isFile ? [undefined] : file?.kind === "list" ? file.items : file === undefined || isUnset(file) ? [undefined] : [file];
  return objects.map((object) => {
    const set = object === undefined ? { values: map([], beginning(place.origin)), files: [] } : setOf(object, asked, [source]);
    const values = pathParameters(path, isFile, prefix, place, asked.isGo).reduce<MapNode>(
      (below, [name, node]) => withParameter({ values: below, files: [] }, name, node, asked.isGo).values,
      set.values,
    );
    const texts = [...bound].map(([name, value]) => [name, scalar(value, beginning(place.origin))] as const);
    return { ...withValues({ values, files: set.files }, body, asked), bound: new Map(texts) };
  });
}

function pathParameters(path: string, isFile: boolean, prefix: string, place: Node, isGo: boolean): readonly (readonly [string, Node])[] {
  const origin = beginning(place.origin);
  const folder = isFile ? path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || "." : path;
  const base = folder.split("/").at(-1) ?? folder;
  const name = path.split("/").at(-1) ?? path;
  const segments = folder.split("/").map((one) => scalar(one, origin));
  const own: (readonly [string, string])[] = [
    ["basename", base],
    ["basenameNormalized", normalize(base)],
  ];
  if (isFile) own.push(["filename", name], ["filenameNormalized", normalize(name)]);
  const under = prefix === "" ? "path" : `${prefix}.path`;
  const found: (readonly [string, Node])[] = own.map(([key, value]) => [`${under}.${key}`, scalar(value, origin)]);
  if (isGo) return [...found, [`${under}.path`, scalar(folder, origin)], [`${under}.segments`, list(segments, origin)]];
  return [...found, [under, scalar(folder, origin)], ...segments.map((one, index) => [`${under}[${index}]`, one] as const)];
}

/** The second generator may use what the first has found, and where that is not known, its files may tell. */
function matrix(body: Node, asked: Asked): readonly Parameters[] {
  const [first, second, ...more] = members(at(body, "generators"));
  if (first === undefined || second === undefined || more.length > 0) return [anything(body.origin)];
  return inner(first, asked).flatMap((one) =>
    inner(filled(second, filling(one, asked), "text"), asked).map((other) => {
      const both = combined(other, one, asked.isGo);
      return [...(other.bound ?? [])].reduce((below, [name, node]) => withParameter(below, name, node, asked.isGo), both);
    }),
  );
}

/** The first generator's sets, with what the others say of the same ones. */
function merge(body: Node, asked: Asked): readonly Parameters[] {
  const keys = members(at(body, "mergeKeys")).map(known);
  const [base = [], ...others] = members(at(body, "generators")).map((one) => inner(one, asked));
  if (keys.length === 0 || keys.includes(null)) return [anything(body.origin)];
  const names = keys.filter((key) => key !== null);
  return base.map((set) => others.reduce((below, sets) => overridden(below, sets, names, asked), set));
}

function overridden(below: Parameters, sets: readonly Parameters[], keys: readonly string[], { isGo }: Asked): Parameters {
  const own = identity(below, keys);
  const others = sets.map((set) => identity(set, keys));
  if (own !== undefined && !others.includes(undefined)) {
    const above = sets[others.indexOf(own)];
    return above === undefined ? below : combined(below, above, isGo);
  }
  // Which is meant is not known, so neither is what any of them may replace.
  const doubtful = new Set(sets.flatMap(({ values }) => [...values.entries.keys()]));
  if (sets.some(({ values }) => values.incomplete !== undefined)) return { ...anything(below.values.origin), files: below.files };
  const because = "which of several sets of parameters replaces it is not known";
  const entries = [...below.values.entries].map(([key, node]) => [key, doubtful.has(key) ? unknown(because, node.origin) : node] as const);
  return { ...below, values: { ...below.values, entries: new Map(entries) } };
}

/** False only where it is certain that the selector leaves the set out. */
function isSelected(set: Parameters, selector: Node | undefined, { isGo }: Asked): boolean {
  const told = (key: string): string | null | undefined => {
    const node = parameter(set, key, isGo);
    return node === undefined ? null : printed(node);
  };
  const labels = at(selector, "matchLabels");
  const wanted = labels?.kind === "map" ? [...labels.entries] : [];
  const equals = wanted.every(([key, node]) => {
    const value = told(key);
    return value === undefined || text(node) === undefined || value === text(node);
  });
  return equals && members(at(selector, "matchExpressions")).every((one) => holds(one, told));
}

function holds(expression: Node, told: (key: string) => string | null | undefined): boolean {
  const key = known(at(expression, "key"));
  const values = members(at(expression, "values")).map(known);
  const value = key === null ? undefined : told(key);
  if (value === undefined || values.includes(null)) return true;
  const isAmong = value !== null && values.includes(value);
  const answers: Readonly<Record<string, boolean>> = { In: isAmong, NotIn: !isAmong, Exists: value !== null, DoesNotExist: value === null };
  return answers[known(at(expression, "operator")) ?? ""] ?? true;
}
