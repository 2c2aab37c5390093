// Where something is deployed, as each thing of the model says it.

import { map, type MapNode, type Origin, scalar } from "../document/node.ts";
import type { EnvironmentOf } from "../settings/environment.ts";

export interface Scope extends EnvironmentOf {
  readonly release: string | null;
  readonly namespace: string | null;
  /** Is everything that belongs to it in sight? */
  readonly complete: boolean;
}

export function scopeNode({ release, namespace, environment, from, complete }: Scope, origin: Origin): MapNode {
  const entries = { release, namespace, environment, environmentFrom: from, complete };
  return map(
    Object.entries(entries).map(([key, value]) => [key, scalar(value, origin)] as const),
    origin,
  );
}
