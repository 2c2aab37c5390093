// How a Go template prints a value into a text, and what YAML and nats.conf see of it there.
// A bare value of nats.conf keeps the text: what the server makes of it depends on the server, and is read later.

import { list, type MapNode, type Node, type Origin, scalar, type ScalarNode, type UnknownNode, unknown } from "../../../document/node.ts";
import { computed, joined, printed as printedScalar, type Write } from "../template.ts";
import { readPlain } from "./plain-yaml.ts";
import { withTrue } from "./scope.ts";

/** The text that `{{ . }}` gives; nothing at all for null and for what is not there. */
export function goText(node: Node | undefined): string | UnknownNode {
  if (node === undefined) return "";
  if (node.kind === "unknown") return node;
  if (node.kind === "scalar") return printedScalar(node);
  const parts: string[] = [];
  const children = node.kind === "list" ? node.items.map((item) => ["", item] as const) : [...node.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, child] of children) {
    const text = child.kind === "scalar" && child.value === null ? "<nil>" : goText(child);
    if (typeof text !== "string") return text;
    parts.push(node.kind === "list" ? text : `${key}:${text}`);
  }
  if (node.kind === "map" && node.incomplete !== undefined) return unknown(node.incomplete, node.origin);
  return node.kind === "list" ? `[${parts.join(" ")}]` : `map[${parts.join(" ")}]`;
}

/** What YAML reads where a template prints a value without quotes. */
export function plain(title: string, node: Node | undefined, write: Write): Node {
  if (node === undefined) return write(null);
  if (node.kind === "scalar" && typeof node.value !== "string") return node;
  const text = goText(node);
  if (typeof text !== "string") return text;
  if (node.kind === "list") return list([computed(title, node.origin)(text.slice(1, -1))], node.origin);
  return reread(title, text, node);
}

/** The same for text that a template puts together itself: a number or a switch, if it looks like one. */
export function plainText(title: string, node: Node): Node {
  return node.kind === "scalar" && typeof node.value === "string" ? reread(title, node.value, node) : node;
}

function reread(title: string, text: string, node: Node): Node {
  const read = readPlain(text);
  if (read === undefined) return unknown("it turns into YAML of its own", node.origin);
  return node.kind === "scalar" && read === node.value ? node : computed(title, node.origin)(read);
}

/** What YAML reads where a template puts quotes around a value: a text in any case. */
export function between(title: string, node: Node | undefined, write: Write): Node {
  return node === undefined || (node.kind === "scalar" && node.value === null) ? write("") : quoted(title, node, write);
}

/** What YAML reads where a template has a value quoted: a text, and nothing at all for null. */
export function quoted(title: string, node: Node | undefined, write: Write): Node {
  if (node === undefined || (node.kind === "scalar" && node.value === null)) return write(null);
  if (node.kind === "scalar" && typeof node.value === "string") return node;
  const text = goText(node);
  return typeof text === "string" ? computed(title, node.origin)(text) : text;
}

/** A value that stands bare in nats.conf. */
export function bare(node: Node): Node {
  const text = goText(node);
  return typeof text === "string" ? word(text, node.origin) : text;
}

/** A value that stands in quotes in nats.conf, escaped as it has to be. */
export function inQuotes(node: Node): Node {
  const text = goText(node);
  return typeof text === "string" ? phrase(text, node.origin) : text;
}

/** A value that stands in quotes in nats.conf as it is; a quote inside ends them, and a backslash begins an escape. */
export function inRawQuotes(node: Node): Node {
  const text = goText(node);
  if (typeof text !== "string") return text;
  return /["\\]/.test(text) ? unknown("the text breaks out of its quotes", node.origin) : phrase(text, node.origin);
}

/** A value that stands bare in nats.conf whatever it is; without one its key stands alone. */
export function bareAlways(node: Node | undefined, write: Write): Node {
  return node === undefined ? word("", write(null).origin) : bare(node);
}

/** A value that is written bare where it is true for a template's `with`. */
export function shown(node: Node | undefined): Node | undefined {
  return withTrue(node, bare);
}

/** A value that is written in quotes where it is true for a template's `with`. */
export function shownInQuotes(node: Node | undefined): Node | undefined {
  return withTrue(node, inQuotes);
}

/** A value that stands in nats.conf as JSON. There `null` is a word like any other. */
export function json(node: Node): Node {
  if (node.kind === "unknown") return node;
  if (node.kind === "list") return { ...node, items: node.items.map(json) };
  if (node.kind === "map") return { ...node, entries: new Map([...node.entries].map(([key, value]) => [key, json(value)] as const)) };
  if (node.value === null) return word("null", node.origin);
  return { ...node, spelling: { text: String(node.value), style: "double", conf: "quoted" } };
}

/**
 * The same where Go escapes `<`, `>` and `&` for HTML: in a key they stay what they then are, and a text with such an escape is
 * nothing that the server reads.
 */
export function escapedJson(node: Node): Node {
  if (node.kind === "list") return { ...node, items: node.items.map(escapedJson) };
  if (node.kind === "map") return { ...node, entries: new Map([...node.entries].map(([key, value]) => [escapedKey(key), escapedJson(value)] as const)) };
  if (node.kind === "scalar" && typeof node.value === "string" && /[<>&]/.test(node.value))
    return unknown("the chart writes it with an escape that the server refuses", node.origin);
  return json(node);
}

function escapedKey(key: string): string {
  return key.replaceAll(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}

/** A word of nats.conf without quotes. */
export function word(text: string, origin: Origin): ScalarNode {
  return scalar(text, origin, { text, style: "plain", conf: "bare" });
}

/** A text of nats.conf in quotes. */
export function phrase(text: string, origin: Origin): ScalarNode {
  return scalar(text, origin, { text, style: "double", conf: "quoted" });
}

/** Text that a template puts together in nats.conf, bare or in quotes. */
export function confJoined(style: "bare" | "quoted", write: Write, ...parts: readonly (string | Node | undefined)[]): Node {
  const node = joined(write, ...parts.map((part) => (part === undefined || typeof part === "string" ? part : printed(part))));
  if (node.kind !== "scalar") return node;
  const text = String(node.value ?? "");
  return style === "bare" ? word(text, node.origin) : phrase(text, node.origin);
}

/** A map of nats.conf; what is undefined is not written. */
export function block(write: Write, entries: Readonly<Record<string, Node | undefined>>, incomplete?: string): MapNode {
  const node = write(entries) as MapNode;
  return incomplete === undefined ? node : { ...node, incomplete };
}

/** The same between braces: what ends it without a value has none for the server, which refuses a key that says nothing. */
export function braced(write: Write, entries: Readonly<Record<string, Node | undefined>>): MapNode {
  const node = write(entries) as MapNode;
  const [last, value] = [...node.entries].at(-1) ?? [];
  const isValueless = value?.kind === "scalar" && value.value === "" && value.spelling?.conf === "bare";
  return last === undefined || !isValueless ? node : { ...node, entries: new Map([...node.entries, [last, scalar(null, value.origin, value.spelling)]]) };
}

function printed(node: Node): Node {
  const text = goText(node);
  return typeof text === "string" ? scalar(text, node.origin) : text;
}
