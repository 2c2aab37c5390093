// Trees for tests of dialects: values from YAML or plain data, and what a dialect makes of them over a chart's defaults.

import { readFileSync } from "node:fs";
import { list, map, type Node, type Origin, scalar, type ScalarValue } from "../../../service/document/node.ts";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { candidates, type Candidates, type ChartFacts, defaults } from "../../../service/model/chart-facts.ts";
import { mergeValues } from "../../../service/model/helm-values.ts";
import type { Dialect, Rendering } from "../../../service/model/dialects/rendering.ts";

const facts = JSON.parse(readFileSync(new URL("../../../charts/nats.json", import.meta.url), "utf8")) as ChartFacts;

/** Plain data as a tree; every key of it has a span of its own, so that places can be told apart. */
export function tree(value: unknown, path = "values.yaml"): Node {
  let next = 1;
  const visit = (here: unknown, origin: Origin): Node => {
    if (Array.isArray(here))
      return list(
        here.map((item) => visit(item, place())),
        origin,
      );
    if (typeof here === "object" && here !== null)
      return map(
        Object.entries(here).map(([key, item]) => [key, visit(item, place())] as const),
        origin,
      );
    return scalar(here as ScalarValue, origin);
  };
  const place = (): Origin => {
    const start = next;
    next += 10;
    return { path, span: { start: start + 5, end: start + 9 }, key: { start, end: start + 4 } };
  };
  return visit(value, { path, span: { start: 0, end: 0 } });
}

export function valuesOf(text: string, path = "values.yaml"): Node {
  const [document] = readYaml({ path, text }).documents;
  return document?.root ?? tree({}, path);
}

/** The versions that `wanted` may be, in the generation 1.x and 2.x; null for an open version. */
function versionsOf(wanted: string | null): Candidates {
  return candidates(facts, wanted, "1.0.0", "3.0.0");
}

export interface Given {
  readonly version?: string | null;
  readonly release?: string | null;
  readonly namespace?: string | null;
  readonly chartName?: string;
}

/** What the dialect makes of layers of values over the defaults. */
export function rendered(dialect: Dialect, layers: readonly Node[], given: Given = {}): Rendering {
  const versions = versionsOf(given.version === undefined ? "2.14.2" : given.version);
  const [only] = versions.versions;
  const root = layers[0]?.origin ?? { path: "values.yaml", span: { start: 0, end: 0 } };
  const merged = mergeValues(defaults(versions, root), layers, versions.versions.length === 1 ? `nats ${only}` : "nats");
  const { release = "nats", namespace = "messaging", chartName = "nats" } = given;
  return dialect.render(merged, versions, { name: release, namespace, chartName });
}
