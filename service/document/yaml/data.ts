// Data to YAML and back, for objects that no person wrote and whose places in the text nobody edits: what kubectl prints.

import { parseAllDocuments, stringify } from "yaml";

/**
 * YAML as kubectl prints it, so that a line of it is the line that a person finds there: keys in the order of their letters,
 * lists not set in. Words that YAML 1.1 takes for something else (`on`, times) are quoted, so that they are read back as text.
 */
export function printYaml(data: unknown): string {
  const text = printed(data);
  return UNPRINTABLE.test(text) || HALF_PAIR.test(text) ? printed(printable(data)) : text;
}

/** What no YAML may hold, escaped or not, and the API server takes all the same. */
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\\0|\\x0[0-8]/;
const HALF_PAIR = /\\ud[89a-f]/i;
const REPLACED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function printable(data: unknown): unknown {
  if (typeof data === "string") return data.replace(REPLACED, "\ufffd");
  if (Array.isArray(data)) return data.map(printable);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key.replace(REPLACED, "\ufffd"), printable(value)] as const));
}

function printed(data: unknown): string {
  return stringify(data, {
    version: "1.1",
    schema: "yaml-1.1",
    sortMapEntries: true,
    indentSeq: false,
    lineWidth: 0,
    blockQuote: "literal",
    aliasDuplicateObjects: false,
  });
}

/** The data of each document, or one sentence why there is none. JSON is read as such, which is many times quicker. */
export function readData(text: string): { readonly documents: readonly unknown[] } | { readonly problem: string } {
  if (/^\s*[{[]/.test(text)) {
    try {
      return { documents: [JSON.parse(text) as unknown] };
    } catch {
      // Several objects one after the other, or YAML in braces.
    }
  }
  const documents = parseAllDocuments(text, { logLevel: "silent", uniqueKeys: false });
  if (!Array.isArray(documents)) return { documents: [] };
  const [broken] = documents.flatMap(({ errors }) => errors);
  if (broken !== undefined) return { problem: `line ${broken.linePos?.[0].line ?? 1} is no YAML` };
  try {
    return { documents: documents.map((document) => document.toJS() as unknown) };
  } catch {
    return { problem: "its aliases make it larger than anything that a cluster holds" };
  }
}
