// An object from a cluster as the text that natslint reads, one value a line, and from a line of it back to the field.
// Texts of several lines stand as blocks, so that a comment in a nats.conf speaks of its own line here too.

import type { JsonObject } from "./review.ts";

/** What no rule reads, and what is the API server's own. */
const UNREAD = ["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink"];
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Deeper than this, or with a longer key, nothing is an object that NATS has to do with, and YAML has limits of its own. */
const DEEPEST = 200;
const LONGEST_KEY = 900;

/** The object without what no rule reads; it is given its namespace, which it need not say itself. */
export function projected(object: JsonObject, namespace: string | null): JsonObject {
  const { status: _, ...kept } = object;
  const metadata = { ...(object["metadata"] as JsonObject | undefined) } as Record<string, unknown>;
  for (const key of UNREAD) delete metadata[key];
  const annotations = metadata["annotations"];
  if (typeof annotations === "object" && annotations !== null && LAST_APPLIED in annotations) {
    const { [LAST_APPLIED]: _applied, ...others } = annotations as JsonObject;
    metadata["annotations"] = others;
  }
  if (namespace !== null) metadata["namespace"] = namespace;
  return { ...kept, metadata };
}

/** The text of plain JSON data; null when it would be longer than `most` characters, or is too deep. */
export function printed(value: unknown, most: number): string | null {
  const lines: string[] = [];
  let left = most;
  const put = (line: string): boolean => {
    left -= line.length + 1;
    lines.push(line);
    return left >= 0;
  };
  const put1 = (one: unknown, indent: string, lead: string): boolean => {
    if (indent.length > 2 * DEEPEST) return false;
    if (typeof one === "string") return put(`${lead} ${textOf(one, indent)}`);
    if (typeof one !== "object" || one === null) return put(`${lead} ${JSON.stringify(one)}`);
    const isList = Array.isArray(one);
    const members: readonly (readonly [string, unknown])[] = isList ? one.map((item) => ["-", item] as const) : Object.entries(one);
    if (members.length === 0) return put(`${lead} ${isList ? "[]" : "{}"}`);
    if (lead !== "" && !put(lead)) return false;
    const inner = lead === "" ? "" : `${indent}  `;
    return members.every(([key, member]) => {
      if (isList) return put1(member, inner, `${inner}-`);
      return key.length <= LONGEST_KEY && put1(member, inner, `${inner}${quoted(key)}:`);
    });
  };
  return put1(value, "", "") ? `${lines.join("\n")}\n` : null;
}

/** Where a line of a printed text stands in its object, as Kubernetes writes it: `spec.template.spec.containers[0].image`. */
export function fieldAt(text: string, line: number): string {
  const way: { readonly indent: number; readonly step: string; readonly index: number }[] = [];
  /** Where the key stands on which a block of text hangs; lines further in are the text's. */
  let block = Number.POSITIVE_INFINITY;
  for (const row of text.split("\n", line)) {
    const indent = indentOf(row);
    if (row.trim() === "" || indent > block) continue;
    block = / \|-?$/.test(row) ? indent : Number.POSITIVE_INFINITY;
    while ((way.at(-1)?.indent ?? -1) > indent) way.pop();
    const index = way.at(-1)?.indent === indent ? (way.pop()?.index ?? 0) + 1 : 0;
    const key = /^ *("(?:[^"\\]|\\.)*"):/.exec(row)?.[1];
    way.push({ indent, index, step: key === undefined ? `[${index}]` : named(JSON.parse(key) as string) });
  }
  return way.reduce((field, { step }) => (field === "" || step.startsWith("[") ? `${field}${step}` : `${field}.${step}`), "");
}

function named(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : `[${key}]`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A text in double quotes, or as a block when it has several lines of printable characters. */
function textOf(text: string, indent: string): string {
  const isBlock = text.includes("\n") && !/^[\s]|[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|\n[ \t]*$/.test(text.replace(/\n$/, ""));
  if (!isBlock) return quoted(text);
  const body = text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => (line === "" ? "" : `${indent}  ${line}`));
  return `${text.endsWith("\n") ? "|" : "|-"}\n${body.join("\n")}`;
}

/** JSON, which YAML takes for the same as long as nothing in it is unprintable. Half a surrogate pair is no character. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
