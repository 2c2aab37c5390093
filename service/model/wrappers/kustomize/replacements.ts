// Values that Kustomize copies from one object into others: `replacements` and the older `vars`. What is copied is not
// followed; only where it may arrive, which is not known afterwards.

import { posix } from "node:path";
import { at, isUnset, type MapNode, members, type Node, text, unknown } from "../../../document/node.ts";
import { known } from "../embedded-values.ts";
import type { Sight } from "../installation.ts";
import { everywhere, type Item } from "./item.ts";
import { type GiveUp, isTarget } from "./patches.ts";

const REPLACED = "a replacement of the Kustomization sets it";
const VARIABLE = "a variable of the Kustomization is in it";

/** The objects with everything unknown that the replacements of a Kustomization write to. */
export function withReplacements(items: readonly Item[], root: Node, folder: string, sight: Sight, giveUp: GiveUp): readonly Item[] {
  const list = at(root, "replacements");
  if (list?.kind === "unknown") giveUp(list.because);
  const entries = members(list).flatMap((entry): readonly Node[] => {
    const file = at(entry, "path");
    if (isUnset(file)) return [entry];
    const path = posix.join(folder, known(file) ?? "?");
    const documents = sight.documents(path);
    if (documents === undefined) giveUp(`${path} is not at hand`);
    return (documents ?? []).flatMap((one) => (one.kind === "list" ? one.items : [one]));
  });
  return entries.flatMap((entry) => members(at(entry, "targets"))).reduce<readonly Item[]>((before, target) => written(before, target, giveUp), items);
}

function written(items: readonly Item[], target: Node, giveUp: GiveUp): readonly Item[] {
  const select = at(target, "select");
  const paths = at(target, "fieldPaths");
  const steps = paths === undefined ? [["metadata", "name"]] : members(paths).map((one) => stepsOf(known(one)));
  if (select === undefined || paths?.kind === "unknown" || steps.includes(null)) {
    giveUp("where a replacement writes to is not known");
    return items;
  }
  const isRejected = (item: Item): boolean => members(at(target, "reject")).some((one) => isTarget(one, item) === true);
  const create = at(target, "options", "create");
  const creates = create?.kind === "unknown" || (create?.kind === "scalar" && create.value === true);
  return items.map((item) => {
    if (isTarget(select, item) === false || isRejected(item)) return item;
    return steps.reduce<Item>((before, path) => {
      if (path === null) return before;
      if (path.length < 2 || (path[0] === "metadata" && path[1] === "name")) giveUp("a replacement gives an object its name");
      return { ...before, node: unknownAt(before.node, path, creates) as MapNode };
    }, item);
  });
}

/** `spec.containers.[name=nats].image`, in whose keys a dot has a backslash; null for what is not known. */
function stepsOf(path: string | null): readonly string[] | null {
  return path?.match(/(?:\\.|\[[^\]]*\]|[^.\\])+/g)?.map((one) => one.replaceAll("\\.", ".")) ?? null;
}

function unknownAt(node: Node, path: readonly string[], creates: boolean): Node {
  const [step, ...rest] = path;
  if (step === undefined) return unknown(REPLACED, node.origin);
  if (node.kind === "map") {
    const old = node.entries.get(step);
    if (step === "*") return { ...node, entries: new Map([...node.entries].map(([key, child]) => [key, unknownAt(child, rest, creates)])) };
    if (old === undefined) return creates ? { ...node, entries: new Map([...node.entries, [step, unknown(REPLACED, node.origin)]]) } : node;
    return { ...node, entries: new Map([...node.entries, [step, unknownAt(old, rest, creates)]]) };
  }
  if (node.kind !== "list") return unknown(REPLACED, node.origin);
  const [, key, value] = /^\[([^=]+)=(.*)\]$/.exec(step) ?? [];
  if (key === undefined && step !== "*" && !/^\d+$/.test(step)) return unknown(REPLACED, node.origin);
  const isMeant = (item: Node, index: number): boolean => {
    if (key === undefined) return step === "*" || Number(step) === index;
    const own = at(item, key);
    return own?.kind === "unknown" || known(own) === value;
  };
  if (creates && !node.items.some(isMeant)) return unknown(REPLACED, node.origin);
  return { ...node, items: node.items.map((item, index) => (isMeant(item, index) ? unknownAt(item, rest, creates) : item)) };
}

/** The names of a Kustomization's variables. */
export function variablesOf(root: Node, giveUp: GiveUp): readonly string[] {
  const list = at(root, "vars");
  const names = members(list).map((one) => known(at(one, "name")));
  if (list?.kind === "unknown" || names.includes(null)) giveUp("the names of its variables are not known");
  return names.flatMap((name) => name ?? []);
}

/** The objects with every text unknown that names one of the variables: in which fields they count, each Kustomization may say. */
export function withoutVariables(items: readonly Item[], names: ReadonlySet<string>, giveUp: GiveUp): readonly Item[] {
  if (names.size === 0) return items;
  const isFilledIn = (words: string): boolean => [...words.matchAll(/\$\(([^)]+)\)/g)].some(([, name = ""]) => names.has(name));
  return items.map((item) => {
    if (isFilledIn(text(at(item.node, "metadata", "name")) ?? "")) giveUp("a variable is in an object's name");
    const node = everywhere(item.node, (one) => (isFilledIn(text(one) ?? "") ? unknown(VARIABLE, one.origin) : one));
    return { ...item, node: node as MapNode };
  });
}
