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

/**
 * An object that is written under a condition. Where that is not known the object has its name and nothing else,
 * so that whatever it may concern is not known either.
 */
export function object(scope: Scope, exists: Decision, content: WrittenObject): readonly MapNode[] {
  if (exists === false) return [];
  if (exists === true) return [scope.write(content) as MapNode];
  const { apiVersion, kind, metadata } = content;
  return [{ ...(scope.write({ apiVersion, kind, metadata, spec: exists }) as MapNode), incomplete: exists.because }];
}
