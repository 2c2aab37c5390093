// Which keys that stand twice are natslint's business. In a file of many programs those of the others are not.

import type { Node } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import type { YamlDocument } from "../document/yaml/read-yaml.ts";
import type { Source } from "../source/source.ts";
import { detectValues } from "./detect.ts";
import { namesNats } from "./looks-relevant.ts";

export const DUPLICATE = "yaml-duplicate-key";

/** Is what a text says wrong about NATS? Only of duplicate keys that can be told; whatever else is wrong breaks the whole document. */
export function concernsNats(one: TextViolation, { path, text }: Source, documents: readonly YamlDocument[]): boolean {
  if (one.rule !== DUPLICATE || namesNats("", path)) return true;
  const { start } = one.origin.span;
  const document = documents.find(({ span }) => span.start <= start && start <= span.end);
  const root = document?.root;
  if (document === undefined || root?.kind !== "map") return true;
  if (root.entries.has("apiVersion") && root.entries.has("kind")) return namesNats(text.slice(document.span.start, document.span.end));
  return namesNats(blockAt(root.entries, one.origin.span.start, text)) || detectValues(root)?.charts.some(({ at }) => at.length === 0) === true;
}

/** What stands below the topmost key around a place, the key included. */
function blockAt(entries: ReadonlyMap<string, Node>, place: number, text: string): string {
  for (const { origin } of entries.values()) {
    const { start } = origin.key ?? origin.span;
    if (start <= place && place <= origin.span.end) return text.slice(start, origin.span.end);
  }
  return text;
}
