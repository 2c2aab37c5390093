// Version numbers as the project's parts use them: "2.14.2-alpine" and "v0.20.0" are 2.14.2 and 0.20.0.

import { list, map, type MapNode, type Origin, scalar } from "../document/node.ts";

export interface Version {
  readonly text: string;
  readonly parts: readonly number[];
}

/** Reads `[v]MAJOR.MINOR[.PATCH][suffix]`; null for anything else (latest, a digest, a branch). */
export function readVersion(text: string): Version | null {
  const found = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:[-+.].*)?$/.exec(text);
  if (found === null) return null;
  return { text, parts: [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] };
}

/** Negative, zero or positive as `a` is older than, as old as, or newer than `b`; missing parts are 0. */
export function compareParts(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The model's version: of a server, a chart or an operator. */
export function versionNode({ text, parts }: Version, origin: Origin): MapNode {
  const numbers = list(
    parts.map((part) => scalar(part, origin)),
    origin,
  );
  return map(
    [
      ["text", scalar(text, origin)],
      ["parts", numbers],
    ],
    origin,
  );
}
