// The model's shapes for TypeScript. schemas/model.schema.json is the definition; nothing here adds to it.

import type { Origin } from "../document/node.ts";

/** A path into the model: ["servers", 0, "workload", "replicas"]. */
export type ModelPath = readonly (string | number)[];

/** What a policy receives as `input.model`: plain JSON that follows model.schema.json. */
export type ModelJson = Readonly<Record<string, unknown>>;

/** Something that the model does not hold because it cannot be known from the files. */
export interface Unresolved {
  readonly at: ModelPath;
  /** Ends the sentence "not known, because ...". */
  readonly because: string;
  readonly origin: Origin;
}

/** One release's model with the place that each leaf came from. */
export interface Model {
  readonly json: ModelJson;
  /** Keyed by `pathKey`. */
  readonly origins: ReadonlyMap<string, Origin>;
  readonly unresolved: readonly Unresolved[];
}

/** The key under which the origin of a model path is kept: a JSON pointer without the first slash. */
export function pathKey(path: ModelPath): string {
  return path.reduce(keyBelow, "");
}

/** The key of a path that is one step longer than that of another key; the whole model's key is empty. */
export function keyBelow(key: string, step: string | number): string {
  const own = typeof step === "number" ? String(step) : step.includes("~") || step.includes("/") ? step.replaceAll("~", "~0").replaceAll("/", "~1") : step;
  return key === "" ? own : `${key}/${own}`;
}
