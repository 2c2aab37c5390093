// What stands in a text where a scalar of the model says that it comes from, read again by another reader.
import { parse } from "yaml";
import { map, scalar, type ScalarValue } from "../service/document/node.ts";
import { conform, type RootSchema } from "../service/model/conform.ts";
import { type Model, pathKey } from "../service/model/model.ts";
import type { Known } from "./knowledge.ts";

export interface Written {
  readonly at: string;
  readonly text: string;
  readonly value: unknown;
  /** All that the text can be read as: YAML 1.1 and 1.2, nats.conf. */
  readonly read: readonly unknown[];
}

/**
 * Null for what nobody wrote as it is: defaults, what templates make, what natslint concluded (its place is an empty one
 * nearby), secrets, and what is no scalar.
 */
export function readsAs({ at, value, schema }: Known, model: Model, texts: ReadonlyMap<string, string>, root: RootSchema): Written | null {
  const origin = model.origins.get(pathKey(at));
  if (typeof value === "object" || origin === undefined || origin.span.start === origin.span.end || schema.redact !== undefined) return null;
  if (origin.via?.some(({ kind }) => kind !== "anchor" && kind !== "merge key" && kind !== "layer")) return null;
  const text = texts.get(origin.path)?.slice(origin.span.start, origin.span.end) ?? "";
  const read = scalarsOf(text).map((one) => {
    const tree = map([["value", scalar(one, origin)]], origin);
    return conform(tree, { $defs: root.$defs, properties: { value: schema } }).json["value"];
  });
  return { at: pathKey(at), text, value, read };
}

function scalarsOf(text: string): ScalarValue[] {
  const found: ScalarValue[] = [text, text.replace(/^(["'])(.*)\1$/s, "$2")];
  for (const version of ["1.1", "1.2"] as const) {
    try {
      const one: unknown = parse(text, { version });
      if (one === null || typeof one !== "object") found.push(one as ScalarValue);
    } catch {
      // Not everything in nats.conf is YAML.
    }
  }
  return found;
}
