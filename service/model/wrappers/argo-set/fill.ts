// Texts with the parameters of an ApplicationSet in braces, as fasttemplate and as Go templates read them. What the
// parameters do not tell stays unknown.

import { type Node, type Origin, scalar, type ScalarNode, type UnknownNode } from "../../../document/node.ts";
import { readYaml } from "../../../document/yaml/read-yaml.ts";
import { parameter, type Parameters, printed } from "./parameters.ts";

export interface Filling {
  readonly parameters: Parameters;
  readonly isGo: boolean;
  /** The text of a file. */
  readonly text: (path: string) => string | undefined;
}

/** A stretch of text, whole parameters that are known among them, or the name of one that is not. */
export type Piece = { readonly text: string; readonly from?: ScalarNode } | { readonly open: string };

/**
 * A tree with the parameters filled in. `text`: a template of an object, where what is filled in is always text;
 * `yaml`: a text of YAML that was filled in before it was read.
 */
export function filled<T extends Node>(node: T, filling: Filling, form: "text" | "yaml"): T | Node {
  if (node.kind === "list") return { ...node, items: node.items.map((item) => filled(item, filling, form)) };
  if (node.kind === "map") return { ...node, entries: new Map([...node.entries].map(([key, child]) => [key, filled(child, filling, form)] as const)) };
  return node.kind === "unknown" ? leaf(node, filling, form) : node;
}

function leaf(node: UnknownNode, filling: Filling, form: "text" | "yaml"): Node {
  const written = writtenAt(node, filling);
  const pieces = written === undefined ? undefined : piecesOf(written.text, filling);
  if (written === undefined || pieces === undefined) return node;
  const made = pieces.map((piece) => ("text" in piece ? piece.text : "{{")).join("");
  if (made.includes("{{")) return node;
  const [only] = pieces;
  const from = pieces.length === 1 && only !== undefined && "from" in only ? only.from : undefined;
  const origin = from === undefined || from.origin.span.start === from.origin.span.end ? node.origin : usedAt(from.origin, node.origin);
  if (form === "text") return scalar(made, origin);
  if (written.quote !== "") return /["'\\\n]/.test(made) ? node : scalar(made, origin);
  const root = readYaml({ path: node.origin.path, text: made }).documents[0]?.root;
  return root?.kind === "scalar" ? scalar(root.value, origin) : node;
}

/** A person edits the parameter, not where it is used. */
function usedAt(origin: Origin, at: Origin): Origin {
  return { ...origin, via: [{ kind: "anchor", path: at.path, span: at.span }] };
}

/** The pieces of a text of which a template decides something; undefined where more is in braces than names. */
export function openPieces(node: Node, filling: Filling): readonly Piece[] | undefined {
  const written = node.kind === "unknown" ? writtenAt(node, filling) : undefined;
  return written === undefined ? undefined : piecesOf(written.text, filling);
}

/** A text on one line with a template in it, and without anything that YAML would have to decode. */
function writtenAt({ origin: { path, span } }: UnknownNode, { text }: Filling): { readonly text: string; readonly quote: string } | undefined {
  const written = text(path)?.slice(span.start, span.end) ?? "";
  if (!written.includes("{{") || /^[|>]|\n|\\/.test(written)) return undefined;
  const [, quote = "", inner = ""] = /^(["']?)(.*)\1$/.exec(written) ?? [];
  return quote === "'" && inner.includes("''") ? undefined : { text: inner, quote };
}

const ACTION = /\{\{(-(?=\s))?((?:"[^"]*"|`[^`]*`|[^"`{}])*?)((?<=\s)-)?\}\}/g;

function piecesOf(text: string, filling: Filling): Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = 0;
  let trims = false;
  const still = (end: number, trimmed: boolean): void => {
    const stretch = text.slice(at, end);
    const cut = trims ? stretch.trimStart() : stretch;
    if (cut !== "") pieces.push({ text: trimmed ? cut.trimEnd() : cut });
  };
  for (const { index, 0: all, 1: before, 2: code = "", 3: behind } of text.matchAll(ACTION)) {
    still(index, before !== undefined);
    const value = filling.isGo ? piped(code, filling) : before === undefined && behind === undefined ? named(code.trim(), filling) : undefined;
    if (value === undefined) return undefined;
    pieces.push(value);
    at = index + all.length;
    trims = behind !== undefined;
  }
  still(text.length, false);
  return pieces;
}

function named(name: string, { parameters, isGo }: Filling): Piece | undefined {
  const node = parameter(parameters, name, isGo);
  const text = printed(node);
  if (text !== undefined && node?.kind === "scalar") return { text, from: node };
  return /^[\w.[\]-]+$/.test(name) ? { open: name } : undefined;
}

const FUNCTIONS: Readonly<Record<string, (text: string) => string>> = {
  toString: (text: string) => text,
  quote: (text) => JSON.stringify(text),
  squote: (text) => `'${text}'`,
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  normalize,
};

/** `.a.b`, `index .a "b" 0`, either with functions behind it that take a text and make one. */
function piped(code: string, filling: Filling): Piece | undefined {
  const [first = "", ...behind] = code.split("|").map((part) => part.trim());
  const [, name] = /^\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)$/.exec(first) ?? indexed(first);
  const value = name === undefined ? undefined : named(name, filling);
  if (value === undefined || behind.length === 0) return value;
  if ("open" in value || !behind.every((one) => Object.hasOwn(FUNCTIONS, one))) return undefined;
  let { text } = value;
  for (const one of behind) text = FUNCTIONS[one]?.(text) ?? text;
  return { ...value, text };
}

function indexed(code: string): readonly string[] {
  const [, name, steps = ""] = /^index\s+\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)((?:\s+(?:"[\w/-]+"|\d+))+)$/.exec(code) ?? [];
  return name === undefined ? [] : ["", [name, ...steps.trim().split(/\s+/)].join(".").replaceAll('"', "")];
}

/** As Argo CD makes a name for DNS of a text. */
export function normalize(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, "-")
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, "");
}
