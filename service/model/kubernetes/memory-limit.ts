// How much memory the server's runtime may take before it collects garbage in earnest: the variable GOMEMLIMIT.

import { map, type MapNode, type Node, scalar, unknown } from "../../document/node.ts";
import type { Environment } from "./environment.ts";

const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** The model's `GOMEMLIMIT`, as Go reads it; null where the variable is not set. */
export function memoryLimit(variables: Environment, container: MapNode): Node {
  const { value, from, origin = container.origin } = variables("GOMEMLIMIT");
  if (from === "undefined" || value === "") return scalar(null, origin);
  if (value === null) return unknown("what the variable holds is not known", origin);
  const [, digits, unit = ""] = /^(\d{1,15})([KMGT]iB|B)?$/.exec(value) ?? [];
  const bytes = digits === undefined ? null : Number(digits) * (UNITS[unit] ?? 1);
  return map(
    [
      ["text", scalar(value, origin)],
      ["bytes", scalar(bytes, origin)],
      ["read", scalar(bytes !== null || value === "off", origin)],
    ],
    origin,
  );
}
