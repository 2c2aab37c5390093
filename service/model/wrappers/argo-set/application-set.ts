// ApplicationSets: one Application for each set of parameters that their generators find, as far as the repository tells.
// What the parameters do not tell is unknown in it; where the name of a values file has such a parameter, the files that
// are there tell what it may be.

import { posix } from "node:path";
import { at, isUnset, map, type MapNode, members, type Node, scalar } from "../../../document/node.ts";
import type { TextViolation } from "../../../document/violation.ts";
import { overlay } from "../../helm-values.ts";
import { applicationInstallations } from "../argo.ts";
import { embeddedValues, known } from "../embedded-values.ts";
import type { Installation, Layer, Sight } from "../installation.ts";
import { beginning } from "../value-files.ts";
import { filled, type Filling, openPieces, type Piece } from "./fill.ts";
import { type Asked, kindsOf, MOST, setsOf } from "./generators.ts";
import { type Parameters, withParameter } from "./parameters.ts";
import { matches } from "./paths.ts";

export function applicationSetInstallations(node: MapNode, sight: Sight, violations: TextViolation[]): Installation[] {
  const spec = at(node, "spec");
  const common = at(spec, "template");
  const goTemplate = at(spec, "goTemplate");
  if (common?.kind !== "map" || goTemplate?.kind === "unknown") return [];
  const asked = { path: node.origin.path, isGo: goTemplate?.kind === "scalar" && goTemplate.value === true, sight };
  const patch = at(spec, "templatePatch");
  const over = isUnset(patch) || patch === undefined ? undefined : embeddedValues(patch, sight.text(patch.origin.path));
  return members(at(spec, "generators")).flatMap((generator) =>
    kindsOf(generator).flatMap(([kind, body]) => {
      const template = templateOf(common, at(body, "template"));
      if (template === null) return [];
      const sets = setsOf(kind, body, at(generator, "selector"), asked).flatMap((set) => bound(template, set, asked));
      return sets.flatMap((set) => installationsOf(template, over, set, asked, violations));
    }),
  );
}

/** A generator's own template goes over the common one. */
function templateOf(common: MapNode, own: Node | undefined): MapNode | null {
  if (isUnset(own) || own === undefined) return map(common.entries, common.origin);
  const made = overlay(common, own);
  // Values as an object would replace those of the common template, not lie over them.
  return made.kind !== "map" || at(own, "spec", "source", "helm", "valuesObject") !== undefined ? null : { ...made, origin: common.origin };
}

function installationsOf(template: MapNode, patch: Node | undefined, set: Parameters, asked: Asked, violations: TextViolation[]): Installation[] {
  const filling = fillingOf(set, asked);
  const own = filled(template, filling, "text");
  const patched = patch === undefined ? own : overlay(own, filled(patch, filling, "yaml"));
  if (patched.kind !== "map") return [];
  const layer = (one: Layer): Layer => {
    if (!("root" in one) || one.isFile || one.root.kind !== "map") return one;
    // A file that only some of the Applications have is missed by none of the others.
    const isOptional =
      one.missing !== undefined && (filling.text(one.root.origin.path) ?? "").slice(one.root.origin.span.start, one.root.origin.span.end).includes("{{");
    return isOptional ? { path: one.path, root: one.root, isFile: false } : { ...one, root: filled(one.root, filling, "yaml") };
  };
  return applicationInstallations({ ...patched, origin: template.origin }, asked.sight, violations).map((one) => ({
    ...one,
    layers: one.layers.map(layer),
    parameters: set.files,
  }));
}

function fillingOf(parameters: Parameters, { isGo, sight }: Asked): Filling {
  return { parameters, isGo, text: sight.text };
}

/** What lies beside the files of environments and belongs to all of them. */
const SHARED = /^(_.*|base|common|defaults?|all|globals?|shared|template|values)$/;

/** The set once for each file that a name with an unknown parameter may mean. */
function bound(template: MapNode, set: Parameters, asked: Asked, depth = 0): readonly Parameters[] {
  const own = filled(template, fillingOf(set, asked), "text");
  const named = namedFiles(own, fillingOf(set, asked));
  const isOpen = (pieces: readonly Piece[]): boolean => pieces.some((piece) => "open" in piece);
  const literal = new Set(named.filter((one) => !isOpen(one)).map((pieces) => pieces.map((piece) => ("text" in piece ? piece.text : "")).join("")));
  for (const pieces of depth > 3 ? [] : named.filter(isOpen)) {
    const found = matches([{ pieces, exclude: false }], "plain", asked.path, asked.sight).filter(
      ({ path, bound: values }) => !literal.has(path) && ![...values.values()].some((value) => SHARED.test(value)),
    );
    if (found.length === 0 || found.length > MOST) continue;
    const place = beginning(template.origin);
    return found.flatMap((match) => {
      const next = [...match.bound].reduce((below, [name, value]) => withParameter(below, name, scalar(value, place), asked.isGo), set);
      return bound(template, next, asked, depth + 1);
    });
  }
  return [set];
}

/** The files of the repository that the sources name, from its root: charts in folders, and values files. */
function namedFiles(application: Node, filling: Filling): readonly (readonly Piece[])[] {
  const several = members(at(application, "spec", "sources"));
  const source = at(application, "spec", "source");
  const sources = several.length > 0 ? several : source === undefined ? [] : [source];
  return sources.flatMap((one) => {
    const folder = at(one, "path");
    const isFolder = folder !== undefined && isUnset(at(one, "chart"));
    const chart = isFolder ? joined(".", [...(piecesOf(folder, filling) ?? []), { text: "/Chart.yaml" }]) : null;
    const files = members(at(one, "helm", "valueFiles")).map((file) => {
      const [first, ...rest] = piecesOf(file, filling) ?? [];
      if (first === undefined || (!("text" in first) && !isFolder)) return null;
      const [, below] = "text" in first ? (/^(?:\$[^/]+)?\/(.*)$/.exec(first.text) ?? []) : [];
      if (below !== undefined) return joined(".", [{ text: below }, ...rest]);
      const path = known(folder);
      return isFolder && path !== null ? joined(path, [first, ...rest]) : null;
    });
    return [chart, ...files].filter((pieces) => pieces !== null);
  });
}

function piecesOf(node: Node, filling: Filling): readonly Piece[] | undefined {
  const text = known(node);
  return text === null ? openPieces(node, filling) : [{ text }];
}

/** A path below a folder; null where it leads out of it in a way that a parameter decides. */
function joined(folder: string, [first, ...rest]: readonly Piece[]): readonly Piece[] | null {
  if (first === undefined || rest.some((piece) => "text" in piece && piece.text.includes(".."))) return null;
  if ("text" in first) return [{ text: posix.join(folder, first.text) }, ...rest];
  return [{ text: posix.join(folder, "/") }, first, ...rest];
}
