// Values of an umbrella that stand at its root, though Helm hands a dependency only what stands below its name.

import { posix } from "node:path";
import type { MapNode, Node } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { CHARTS, type DialectName } from "../charts.ts";
import { type Dependency, dependenciesOf } from "../detect.ts";
import { FINGERPRINTS, findKey, matchFingerprint } from "../fingerprints.ts";
import type { Installation } from "../wrappers/installation.ts";

const RULE = "gitops-umbrella-nesting";

/** What is wrong in the values of umbrellas: their own values.yaml, and what wrappers give them. */
export function misnested(
  charts: ReadonlyMap<string, Node>,
  installations: readonly Installation[],
  values: ReadonlyMap<string, Node>,
  texts: ReadonlyMap<string, string>,
): readonly TextViolation[] {
  const roots = new Map<Node, string>();
  for (const path of charts.keys()) {
    const own = values.get(posix.join(posix.dirname(path), "values.yaml"));
    if (own !== undefined) roots.set(own, path);
  }
  for (const { chart, layers } of installations) {
    const umbrella = chart?.kind === "folder" ? posix.join(chart.folder, "Chart.yaml") : "";
    if (charts.has(umbrella)) for (const layer of layers) if ("root" in layer) roots.set(layer.root, umbrella);
  }
  return [...roots].flatMap(([root, path]) => {
    const [dependency, ...others] = dependenciesOf(charts.get(path));
    // A dependency that lies in the repository, or two of them, may be anything.
    if (root.kind !== "map" || dependency === undefined || dependency.local || others.length > 0) return [];
    const found = atRoot(root, dependency) ?? underItsName(root, dependency);
    return found === undefined || isRead(found.key, posix.join(posix.dirname(path), "templates/"), texts) ? [] : [found.violation];
  });
}

interface Misplaced {
  /** The first of the keys at the root. */
  readonly key: string;
  readonly violation: TextViolation;
}

/** Do the umbrella's own templates read the key? */
function isRead(key: string, folder: string, texts: ReadonlyMap<string, string>): boolean {
  return [...texts].some(([path, text]) => path.startsWith(folder) && text.includes(`.Values.${key}`));
}

/** Keys at the root that hardly any other chart has; one is enough where the dependency is given nothing. */
function atRoot(root: MapNode, { key, named }: Dependency): Misplaced | undefined {
  for (const dialect of named.dialects) {
    const found = strong(root, dialect).filter((one) => top(one) !== key);
    const least = findKey(root, key) === undefined && CHARTS[dialect].repository === "nats-io" ? 1 : 2;
    if (found.length < least) continue;
    const tops = new Set(found.map(top));
    const keys = [...root.entries.keys()].filter((one) => tops.has(one));
    const [first, ...more] = keys.flatMap((one) => findKey(root, one) ?? []);
    if (first === undefined) continue;
    const related = more.map(({ origin }) => ({ origin: { path: origin.path, span: origin.key ?? origin.span }, message: `This belongs below ${key}, too` }));
    return { key: keys[0] ?? "", violation: { rule: RULE, origin: first.origin, on: "key", facts: { keys, key, chart: named.chart }, related } };
  }
  return undefined;
}

/** Keys below the chart's name where it is called otherwise. */
function underItsName(root: Node, { key, named }: Dependency): Misplaced | undefined {
  const below = findKey(root, named.chart);
  if (key === named.chart || below === undefined || findKey(root, key) !== undefined) return undefined;
  if (!named.dialects.some((dialect) => strong(below, dialect).length > 0)) return undefined;
  return { key: named.chart, violation: { rule: RULE, case: "alias", origin: below.origin, on: "key", facts: { key, chart: named.chart } } };
}

function strong(values: Node, dialect: DialectName): readonly string[] {
  return FINGERPRINTS[dialect].strong.map((one) => matchFingerprint(values, one)).filter((key) => key !== null);
}

function top(key: string): string {
  return key.split(".")[0] ?? key;
}
