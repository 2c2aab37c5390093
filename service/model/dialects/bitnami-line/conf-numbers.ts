// Numbers in the configuration of the stable, Bitnami and Qlik charts, as their templates print them.

import type { Node, ScalarNode } from "../../../document/node.ts";
import { bare, word } from "../nats-0x/printed.ts";
import { choose, type Write } from "../template.ts";
import type { Chart } from "./chart.ts";
import type { ConfKeys } from "./conf.ts";

/** `int` of a template; versions before 2.5.8 print the value as it is. */
export function limit(chart: Chart, { line }: ConfKeys, key: string): Node | undefined {
  const node = chart.get(key);
  const isInt = line === "stable" ? chart.since("2.5.8") : true;
  return choose(chart.on(key), () =>
    choose(
      isInt,
      () => integer(node, chart.near(key)),
      () => (node === undefined ? undefined : bare(node)),
    ),
  );
}

export function integer(node: Node | undefined, write: Write): Node | undefined {
  if (node?.kind === "unknown") return node;
  if (node?.kind !== "scalar") return word("0", write(null).origin);
  return word(String(intOf(node)), node.origin);
}

/** A template's `int`: a number loses its fraction, a text that is no integer becomes 0. */
function intOf({ value }: ScalarNode): number {
  if (typeof value === "string") return /^\d+(\.0*)?$/.test(value) ? Number(value) : 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  return Math.trunc(Number(value ?? 0));
}
