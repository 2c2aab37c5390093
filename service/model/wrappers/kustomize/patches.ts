// The patches of a Kustomization: which objects each is for, and what it makes of them.

import { posix } from "node:path";
import { at, isUnset, type MapNode, members, type Node, text } from "../../../document/node.ts";
import { patched, type PatchProblem } from "../../dialects/json-patch.ts";
import { embeddedDocuments, known } from "../embedded-values.ts";
import type { Sight } from "../installation.ts";
import { type Item, kindOf, nameOf } from "./item.ts";
import { strategicMerge } from "./strategic-merge.ts";

/** Called where something cannot be followed: what is built is not known then. Ends "not known, because ...". */
export type GiveUp = (because: string) => void;

interface Patch {
  /** A list of operations, or a part of an object. */
  readonly body: Node;
  readonly target: Node | undefined;
}

/** The objects after all patches of a Kustomization, in Kustomize's order. */
export function withPatches(items: readonly Item[], root: Node, folder: string, sight: Sight, giveUp: GiveUp): readonly Item[] {
  const file = (node: Node): Node[] => documentsAt(posix.join(folder, known(node) ?? "?"), sight, giveUp);
  // Flux had patches as YAML, not as text with YAML in it.
  const inline = (node: Node): Node[] =>
    node.kind === "map" || node.kind === "list" ? [node] : (embeddedDocuments(node, sight.text(node.origin.path)) ?? unread(giveUp));
  const patches: Patch[] = [
    ...members(at(root, "patchesStrategicMerge")).flatMap((node) => {
      const isFile = node.kind === "scalar" && typeof node.value === "string" && !node.value.includes("\n");
      return (isFile ? file(node) : inline(node)).map((body) => ({ body, target: undefined }));
    }),
    ...[...members(at(root, "patches")), ...members(at(root, "patchesJson6902"))].flatMap((entry) => {
      const named = at(entry, "path");
      const body = at(entry, "patch");
      const bodies = !isUnset(named) && named !== undefined ? file(named) : body === undefined ? unread(giveUp) : inline(body);
      const target = at(entry, "target");
      return bodies.map((one) => ({ body: one, target: isUnset(target) ? undefined : target }));
    }),
  ];
  return patches.reduce<readonly Item[]>((before, patch) => applied(before, patch, giveUp), items);
}

function unread(giveUp: GiveUp): Node[] {
  giveUp("a patch cannot be read");
  return [];
}

function documentsAt(path: string, sight: Sight, giveUp: GiveUp): Node[] {
  const documents = sight.documents(path);
  if (documents === undefined) giveUp(`${path} is not at hand`);
  return documents === undefined ? [] : [...documents];
}

function applied(items: readonly Item[], { body, target }: Patch, giveUp: GiveUp): readonly Item[] {
  if (body.kind === "unknown") {
    giveUp(body.because);
    return items;
  }
  return items.flatMap((item) => {
    const hit = target === undefined ? isPatchOf(body, item) : isTarget(target, item);
    if (hit === "unknown") giveUp("which objects a patch is for is not known");
    if (hit !== true) return [item];
    if (body.kind === "list") {
      const problems: PatchProblem[] = [];
      const node = patched(item.node, body, problems);
      if (problems.length > 0 || node.kind !== "map") giveUp("a patch cannot be applied");
      return node.kind === "map" ? [{ ...item, node }] : [];
    }
    if (body.kind !== "map") return [item];
    const node = strategicMerge(item.node, target === undefined ? body : withoutNames(body));
    return node === undefined ? [] : [{ ...item, node: named(node, item.node) }];
  });
}

/** With a target the patch may name any object, and its names are not applied. */
function withoutNames(body: MapNode): MapNode {
  const metadata = body.entries.get("metadata");
  const kept = [...body.entries].filter(([key]) => key !== "apiVersion" && key !== "kind" && key !== "metadata");
  if (metadata?.kind !== "map") return { ...body, entries: new Map(kept) };
  const own = { ...metadata, entries: new Map([...metadata.entries].filter(([key]) => key !== "name" && key !== "namespace")) };
  return { ...body, entries: new Map([...kept, ["metadata", own]]) };
}

/** A patch without a target changes no object's identity: it may call it by an older name. */
function named(node: MapNode, before: MapNode): MapNode {
  const metadata = node.entries.get("metadata");
  const old = before.entries.get("metadata");
  if (metadata?.kind !== "map" || old?.kind !== "map") return node;
  const entries = new Map(metadata.entries);
  for (const key of ["name", "namespace"]) {
    const was = old.entries.get(key);
    if (was === undefined) entries.delete(key);
    else entries.set(key, was);
  }
  return { ...node, entries: new Map([...node.entries, ["metadata", { ...metadata, entries }]]) };
}

type Hit = boolean | "unknown";

function isPatchOf(body: Node, item: Item): Hit {
  if (body.kind !== "map" || text(body.entries.get("kind")) !== kindOf(item)) return false;
  const name = known(at(body, "metadata", "name"));
  if (name === null || nameOf(item) === undefined) return "unknown";
  if (!item.names.includes(name)) return false;
  const [own, other] = [text(at(body, "metadata", "namespace")), text(at(item.node, "metadata", "namespace"))];
  return own === undefined || other === undefined || own === other;
}

/** Kind, group and name are patterns for the whole word. */
export function isTarget(target: Node, item: Item): Hit {
  if (target.kind !== "map" || target.incomplete !== undefined) return "unknown";
  const apiVersion = text(item.node.entries.get("apiVersion")) ?? "";
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const tests: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ["group", [group]],
    ["version", [version]],
    ["kind", [kindOf(item)]],
    ["namespace", [text(at(item.node, "metadata", "namespace")) ?? "default"]],
    ["name", item.names.length === 0 ? [undefined] : item.names],
  ];
  let answer: Hit = true;
  for (const [key, values] of tests) {
    const wanted = target.entries.get(key);
    if (isUnset(wanted)) continue;
    const pattern = patternOf(known(wanted));
    if (pattern === null || values.includes(undefined)) answer = "unknown";
    else if (!values.some((value) => pattern.test(value ?? ""))) return false;
  }
  for (const [key, place] of [
    ["labelSelector", "labels"],
    ["annotationSelector", "annotations"],
  ] as const) {
    const wanted = target.entries.get(key);
    if (isUnset(wanted)) continue;
    const hit = hasLabels(known(wanted), at(item.node, "metadata", place));
    if (hit === false) return false;
    if (hit === "unknown") answer = "unknown";
  }
  return answer;
}

function patternOf(word: string | null): RegExp | null {
  try {
    return word === null ? null : new RegExp(`^(?:${word})$`);
  } catch {
    return null;
  }
}

/** `a=b,c!=d,e`; more than that is not followed. */
function hasLabels(selector: string | null, labels: Node | undefined): Hit {
  if (selector === null || labels?.kind === "unknown") return "unknown";
  for (const part of selector.split(",")) {
    const [, key = "", sign = "", value = ""] = /^\s*([\w./-]+)\s*(?:(=|==|!=)\s*([\w.-]*))?\s*$/.exec(part) ?? [];
    const label = at(labels, key);
    if (key === "" || label?.kind === "unknown") return "unknown";
    const own = known(label);
    if (sign === "" ? own === null : (own === value) === (sign === "!=")) return false;
  }
  return true;
}
