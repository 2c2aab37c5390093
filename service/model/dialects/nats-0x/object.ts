// Objects that may or may not be there.

import type { MapNode } from "../../../document/node.ts";
import type { Decision, Written } from "../template.ts";
import type { Scope } from "./scope.ts";

/** What every Kubernetes object begins with. */
export interface WrittenObject {
  readonly apiVersion: Written;
  readonly kind: string;
  readonly metadata: Written;
  readonly [key: string]: Written;
}

/** An object that is written under a condition; where that is not known, one of its kind that may be any, or none. */
export function object(scope: Scope, exists: Decision, content: WrittenObject): readonly MapNode[] {
  if (exists === false) return [];
  const made = scope.write(content) as MapNode;
  if (exists === true) return [made];
  const known = [...made.entries].filter(([key, node]) => (key === "apiVersion" || key === "kind") && node.kind === "scalar");
  return [{ ...made, entries: new Map(known), incomplete: exists.because }];
}
