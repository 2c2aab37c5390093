// JSON Patch (RFC 6902) on trees, as charts apply it to what they write. What is patched in from values
// keeps its own origin. Something unknown swallows what is done below it.

import { list, type MapNode, type Node, type Origin, scalar, text, type UnknownNode, unknown } from "../../document/node.ts";
import { equal } from "./template.ts";

/** An operation that cannot be applied; charts refuse to render then. */
export interface PatchProblem {
  readonly op: string;
  readonly path: string;
  /** The operation, or the path in it. */
  readonly origin: Origin;
}

interface Failed {
  readonly kind: "failed";
}

const FAILED: Failed = { kind: "failed" };
const NOT_APPLIED = "a patch cannot be applied to it";

/** The tree after the operations. After a problem it is unknown, because nothing is rendered. */
export function patched(doc: Node, patch: Node, problems: PatchProblem[] = []): Node {
  if (patch.kind === "unknown") return patch;
  if (patch.kind !== "list") return unknown("the patch is not a list", patch.origin);
  let here = doc;
  for (const operation of patch.items) {
    const next = apply(here, operation);
    if (next.kind === "failed") {
      const path = (operation.kind === "map" ? operation.entries.get("path") : undefined) ?? operation;
      problems.push({ op: member(operation, "op") ?? "", path: member(operation, "path") ?? "", origin: path.origin });
      return unknown(NOT_APPLIED, operation.origin);
    }
    here = next;
  }
  return here;
}

function apply(doc: Node, operation: Node): Node | Failed {
  if (operation.kind === "unknown") return operation;
  if (operation.kind !== "map") return FAILED;
  for (const key of ["op", "path", "from"]) {
    const node = operation.entries.get(key);
    if (node?.kind === "unknown") return node;
    if (node === undefined && operation.incomplete !== undefined) return unknown(operation.incomplete, operation.origin);
  }
  const path = steps(member(operation, "path"));
  const from = steps(member(operation, "from"));
  const value = operation.entries.get("value");
  if (path === undefined) return FAILED;
  switch (member(operation, "op")) {
    case "add":
      return value === undefined ? FAILED : add(doc, path, value);
    case "replace":
      return value === undefined ? FAILED : replace(doc, path, value);
    case "remove": {
      const without = remove(doc, path);
      // To Kubernetes null is unset, and what is missed later is missed at the patch.
      return without.kind === "map" && /Probe$/.test(path.at(-1) ?? "")
        ? add(without, path, scalar(null, (operation.entries.get("path") ?? operation).origin))
        : without;
    }
    case "test":
      return value === undefined ? FAILED : test(doc, path, value);
    case "copy":
      return from === undefined ? FAILED : carry(doc, doc, from, path);
    case "move": {
      if (from === undefined || from.every((step, index) => step === path[index])) return from?.length === path.length ? doc : FAILED;
      const without = remove(doc, from);
      return without.kind === "failed" ? without : carry(doc, without, from, path);
    }
    default:
      return FAILED;
  }
}

function add(doc: Node, path: readonly string[], value: Node): Node | Failed {
  return edit(doc, path, value, (parent, key) => {
    if (parent.kind === "map") return { ...parent, entries: new Map([...parent.entries, [key, value]]) };
    if (parent.kind !== "list") return FAILED;
    const index = key === "-" ? parent.items.length : indexOf(key);
    if (index === undefined || index > parent.items.length) return FAILED;
    return { ...parent, items: [...parent.items.slice(0, index), value, ...parent.items.slice(index)] };
  });
}

function replace(doc: Node, path: readonly string[], value: Node): Node | Failed {
  return edit(doc, path, value, (parent, key) => {
    if (parent.kind === "map") {
      if (!parent.entries.has(key) && parent.incomplete === undefined) return FAILED;
      return { ...parent, entries: new Map([...parent.entries, [key, value]]) };
    }
    const index = indexOf(key);
    if (parent.kind !== "list" || index === undefined || index >= parent.items.length) return FAILED;
    return { ...parent, items: parent.items.map((item, position) => (position === index ? value : item)) };
  });
}

function remove(doc: Node, path: readonly string[]): Node | Failed {
  return edit(doc, path, unknown("a patch removes it", doc.origin), (parent, key) => {
    if (parent.kind === "map") {
      if (!parent.entries.has(key)) return parent.incomplete === undefined ? FAILED : parent;
      return { ...parent, entries: new Map([...parent.entries].filter(([name]) => name !== key)) };
    }
    const index = indexOf(key);
    if (parent.kind !== "list" || index === undefined || index >= parent.items.length) return FAILED;
    return list(
      parent.items.filter((_, position) => position !== index),
      parent.origin,
    );
  });
}

function test(doc: Node, path: readonly string[], value: Node): Node | Failed {
  const found = find(doc, path);
  if (found.kind === "failed") return found;
  return equal(found, value) || isOpen(found) || isOpen(value) ? doc : FAILED;
}

/** `from` of one tree, added to another. */
function carry(source: Node, target: Node, from: readonly string[], path: readonly string[]): Node | Failed {
  const found = find(source, from);
  return found.kind === "failed" ? found : add(target, path, found);
}

/** The tree with one container on the path changed; the whole tree is `root` when the path is empty. */
function edit(here: Node, path: readonly string[], root: Node, change: (parent: Node, key: string) => Node | Failed): Node | Failed {
  if (here.kind === "unknown") return path.length === 0 ? root : here;
  const [step, ...rest] = path;
  if (step === undefined) return root;
  const open = shifted(here, step);
  if (open !== undefined) return unknown(open.because, here.origin);
  if (rest.length === 0) return change(here, step);
  const child = find(here, [step]);
  if (child.kind === "failed") return child;
  if (child.kind === "unknown" && here.kind === "map" && !here.entries.has(step)) return here;
  const changed = edit(child, rest, root, change);
  if (changed.kind === "failed") return changed;
  if (here.kind === "map") return { ...here, entries: new Map([...here.entries, [step, changed]]) };
  if (here.kind !== "list") return FAILED;
  return { ...here, items: here.items.map((item, position) => (position === indexOf(step) ? changed : item)) };
}

function find(doc: Node, path: readonly string[]): Node | Failed {
  let here = doc;
  for (const step of path) {
    const open = here.kind === "unknown" ? here : shifted(here, step);
    if (open !== undefined) return open;
    const next: Node | undefined = here.kind === "map" ? entryOf(here, step) : here.kind === "list" ? here.items[indexOf(step) ?? -1] : undefined;
    if (next === undefined) return FAILED;
    here = next;
  }
  return here;
}

/** A member in front of an index that is not known: it may be none, and the index may mean another one. */
function shifted(here: Node, step: string): UnknownNode | undefined {
  const index = indexOf(step);
  if (here.kind !== "list" || index === undefined) return undefined;
  return here.items.slice(0, index + 1).find((item) => item.kind === "unknown");
}

function entryOf(here: MapNode, key: string): Node | undefined {
  return here.entries.get(key) ?? (here.incomplete === undefined ? undefined : unknown(here.incomplete, here.origin));
}

/** Can it come out as something else, once all is known? */
function isOpen(node: Node): boolean {
  if (node.kind === "unknown") return true;
  if (node.kind === "list") return node.items.some(isOpen);
  return node.kind === "map" && (node.incomplete !== undefined || [...node.entries.values()].some(isOpen));
}

function member(operation: Node, key: string): string | undefined {
  return operation.kind === "map" ? text(operation.entries.get(key)) : undefined;
}

/** The steps of a JSON Pointer; undefined when it is none. */
function steps(pointer: string | undefined): readonly string[] | undefined {
  if (pointer === undefined || pointer === "") return pointer === undefined ? undefined : [];
  if (!pointer.startsWith("/")) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function indexOf(step: string): number | undefined {
  return /^(0|[1-9]\d{0,8})$/.test(step) ? Number(step) : undefined;
}
