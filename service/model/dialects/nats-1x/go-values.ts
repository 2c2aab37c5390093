// What Go templates and the YAML parse after them make of values: a string `{{ . }}` is typed anew, quotes make text.

import { type Node, scalar } from "../../../document/node.ts";
import { choose, joined, printed, truth, type Write } from "../template.ts";

/** A value printed without quotes into YAML: text that reads as another type becomes that type. */
export function retyped(node: Node | undefined): Node | undefined {
  if (node?.kind !== "scalar" || typeof node.value !== "string") return node;
  const { value, origin } = node;
  if (/^(y|yes|on|true)$/i.test(value)) return scalar(true, origin);
  if (/^(n|no|off|false)$/i.test(value)) return scalar(false, origin);
  if (/^(|~|null)$/i.test(value)) return scalar(null, origin);
  return /^[-+]?(0|[1-9]\d*)(\.\d*)?(e[-+]?\d+)?$/i.test(value) ? scalar(Number(value), origin) : node;
}

/** A value that the template quotes: always text, and none is the empty text. */
export function printedValue(node: Node | undefined): Node | undefined {
  return node?.kind === "scalar" && typeof node.value !== "string" ? scalar(printed(node), node.origin) : node;
}

/** `printf "%s"` of a value: what is no text shows Go's complaint. */
export function formatted(node: Node | undefined): string | Node {
  if (node === undefined) return "%!s(<nil>)";
  if (node.kind !== "scalar" || typeof node.value === "string") return node;
  if (node.value === null) return "%!s(<nil>)";
  return typeof node.value === "boolean" ? `%!s(bool=${printed(node)})` : `%!s(float64=${printed(node)})`;
}

/** `int` of a value: 0 for what is no number. */
export function intOf(node: Node | undefined): number {
  if (node?.kind !== "scalar") return 0;
  const number = typeof node.value === "string" ? (/^[-+]?\d+(\.0*)?$/.test(node.value) ? Number(node.value) : 0) : Number(node.value ?? 0);
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** A file in a directory of the values, by a key that has a default. */
export function pathIn(write: Write, dir: Node | undefined, file: Node | undefined, otherwise: string): Node {
  const trimmed = dir?.kind === "scalar" && typeof dir.value === "string" ? dir.value.replace(/\/$/, "") : formatted(dir);
  const name = choose(
    truth(file),
    () => file,
    () => write(otherwise),
  );
  return joined(write, trimmed, "/", typeof name === "object" ? formatted(name) : otherwise);
}

/** A part of a URL as Go's QueryEscape writes it. */
export function queryEscaped(node: Node | undefined): Node | string {
  if (node === undefined) return "";
  if (node.kind !== "scalar") return node;
  return encodeURIComponent(printed(node))
    .replaceAll("%20", "+")
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
