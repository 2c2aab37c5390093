// Values inside another document: YAML in a block of text, a map, or something that only a template knows.

import { map, type Node, type ScalarNode, text as textOf, unknown } from "../../document/node.ts";
import { blockScalar, embeddedText } from "../../document/yaml/embedded.ts";
import { readYaml, type YamlText } from "../../document/yaml/read-yaml.ts";
import type { TextViolation } from "../../document/violation.ts";

/**
 * The YAML in a text as a tree with its places in the file. Template code in it leaves what it touches unknown; what
 * cannot be read is unknown as a whole. `source` is the text of the file that the node stands in.
 */
export function embeddedValues(node: Node, source: string | undefined, violations?: TextViolation[]): Node {
  const held = node.kind === "unknown" && source !== undefined ? blockScalar(node.origin, source) : node;
  if (held === undefined || held.kind !== "scalar") return held === undefined || held.kind === "unknown" ? node : unknown("it is no text", node.origin);
  if (held.value === null) return map([], node.origin);
  const inner = source === undefined ? null : yamlIn(held, source);
  if (inner === null) return unknown("the text cannot be followed back to its file", node.origin);
  const read = readYaml(inner);
  for (const one of read.violations) violations?.push(one);
  const [document] = read.documents;
  if (document === undefined || document.state === "broken") return unknown(document?.why ?? "it cannot be read", node.origin);
  const root = document.root ?? map([], node.origin);
  if (root.kind === "scalar" && root.value === null) return map([], node.origin);
  // What is missing from the values belongs to the key that holds them.
  if (root.kind === "map") return { ...root, origin: node.origin };
  return root.kind === "unknown" ? root : unknown("it is no map of values", node.origin);
}

/** The same text for the same node, which is asked for when files are looked for and when they are read. */
function yamlIn(held: ScalarNode, source: string): YamlText | null {
  const known = texts.get(held);
  if (known !== undefined) return known;
  const inner = embeddedText(held, source);
  if (inner === null) return null;
  const text = { path: held.origin.path, ...inner };
  texts.set(held, text);
  return text;
}

const texts = new WeakMap<ScalarNode, YamlText>();

/** The documents in a text, each as a tree; undefined where the text cannot be read. */
export function embeddedDocuments(node: Node, source: string | undefined): Node[] | undefined {
  const held = node.kind === "unknown" && source !== undefined ? blockScalar(node.origin, source) : node;
  const inner = held?.kind !== "scalar" || source === undefined ? null : yamlIn(held, source);
  if (inner === null) return undefined;
  const { documents } = readYaml(inner);
  return documents.some(({ state }) => state === "broken") ? undefined : documents.flatMap(({ root }) => root ?? []);
}

/** A tree in which the texts that a tool fills in are unknown, and maps with such keys incomplete. */
export function withoutTemplates(node: Node, isTemplate: (text: string) => boolean, because: string): Node {
  if (node.kind === "list") return { ...node, items: node.items.map((item) => withoutTemplates(item, isTemplate, because)) };
  if (node.kind === "scalar") return typeof node.value === "string" && isTemplate(node.value) ? unknown(because, node.origin) : node;
  if (node.kind !== "map") return node;
  const entries = [...node.entries].filter(([key]) => !isTemplate(key)).map(([key, child]) => [key, withoutTemplates(child, isTemplate, because)] as const);
  const made = { ...node, entries: new Map(entries) };
  return entries.length === node.entries.size ? made : { ...made, incomplete: because };
}

/** A text that is known as it stands; null for what is missing, unknown or no text. */
export function known(node: Node | undefined): string | null {
  if (node?.kind === "scalar" && typeof node.value === "number") return node.spelling?.text ?? String(node.value);
  return textOf(node) ?? null;
}
