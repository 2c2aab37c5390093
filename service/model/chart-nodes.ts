// What the model says of the chart behind a server: which it is, and which values it leaves aside.

import { map, type MapNode, type Node, type Origin, scalar, unknown } from "../document/node.ts";
import type { Candidates } from "./chart-facts.ts";
import { CHARTS } from "./charts.ts";
import type { Detected } from "./detect.ts";
import type { Unread } from "./dialects/rendering.ts";
import { isSecretKey } from "./secrets.ts";
import { versionNode } from "./versions.ts";

/** The model's `chart`; what names the version stands at `said`. */
export function chartNode(chart: Candidates, detected: Detected, beside: Origin, said: Origin): MapNode {
  const { chart: name, repository, generation } = CHARTS[detected.dialect];
  const [only, ...others] = chart.versions;
  const version: Node =
    only === undefined || others.length > 0
      ? unknown("nothing says the chart's version", beside)
      : versionNode({ text: only, parts: (/\d+(\.\d+)*/.exec(only)?.[0] ?? "0").split(".").map(Number) }, said);
  return map(
    [
      ["name", scalar(name, beside)],
      ["repository", scalar(repository, beside)],
      ["version", version],
      ["generation", scalar(generation, beside)],
    ],
    beside,
  );
}

/** A member of the model's `unread`. */
export function unreadNode(one: Unread, chart: string): Node {
  const { node } = one;
  const entry = (value: string | number | boolean | null): Node => scalar(value, node.origin);
  const value = node.kind === "scalar" && typeof node.value !== "bigint" ? node.value : null;
  return map(
    [
      ["key", entry(one.key)],
      ["value", node.kind === "unknown" ? node : isSecretKey(one.key) ? unknown("it is a secret", node.origin) : entry(value)],
      ["because", entry(one.because)],
      ["isDefault", entry(one.isDefault ?? null)],
      ["effective", entry(one.effective ?? null)],
      ["generation", entry(one.generation ?? null)],
      ["chart", entry(chart)],
    ],
    node.origin,
  );
}
