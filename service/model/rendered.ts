// The values of one installation as one version of a chart renders them, with what lies beside.

import { at, type Node, type Origin } from "../document/node.ts";
import { type Candidates, defaultKeys, defaults, keyParts, placelessDefaults } from "./chart-facts.ts";
import type { DialectName } from "./charts.ts";
import { dialectNamed } from "./dialects/dialects.ts";
import type { Release, Rendering } from "./dialects/rendering.ts";
import { mergeValues } from "./helm-values.ts";
import { type KubernetesObject, readObjects, type Unit } from "./kubernetes/objects.ts";
import { isMadeByOperator, madeByOperators } from "./operators/made.ts";
import type { Installation, Transformed } from "./wrappers/installation.ts";

/** With why, where what becomes of the rendering is not known. */
export interface Rendered {
  readonly objects: readonly KubernetesObject[];
  readonly rendering: Rendering;
  readonly because?: string;
  /** The objects and what lies beside them. */
  readonly unit: Unit | null;
}

/** What is the same for all versions of the chart. */
interface Given {
  readonly dialect: DialectName;
  readonly installation: Installation;
  /** The chart as a place's `via` names it. */
  readonly title: string;
  /** The place of what nobody wrote, where nobody wrote anything. */
  readonly start: Origin;
  readonly release: Release;
  readonly newest: Candidates;
  readonly beside: readonly KubernetesObject[];
}

export function rendered(values: readonly Node[], version: Candidates, { dialect, installation, title, start, release, newest, beside }: Given): Rendered {
  const { path, namespace } = installation;
  const all = values.length === 0 ? defaults(version, start) : mergeValues(placelessDefaults(version), values, title);
  const made = dialectNamed(dialect).render(all, version, release);
  // In a copy of all defaults nobody wrote the number that the chart has anyway.
  const unread = made.unread.filter((one) => one.isDefault !== true);
  const rendering = unread.length < made.unread.length && values.some((node) => isWholeCopy(node, newest)) ? { ...made, unread } : made;
  // Helm puts what names no namespace into the release's.
  const applied: Transformed = installation.transform?.(rendering.objects) ?? { own: rendering.objects };
  if (applied.because !== undefined) return { unit: null, objects: [], rendering, because: applied.because };
  const own = applied.own.flatMap((object) => readObjects(object)).map((object) => ({ ...object, namespace: object.namespace ?? namespace }));
  const objects = madeByOperators(own.map((object) => ({ path, object }))).map(({ object }) => object);
  const near = (applied.beside?.flatMap(readObjects) ?? beside).filter(
    (object) => !objects.some((one) => one.kind === object.kind && one.name !== null && one.name === object.name),
  );
  // The chart of an operator makes a cluster, and no budget, no Service and nothing else that belongs to it.
  return { unit: { objects: [...objects, ...near], complete: !objects.some(isMadeByOperator), switches: rendering.switches ?? {} }, objects, rendering };
}

/** Does the file hold most of what the chart's own values.yaml has? Then it may be the values.yaml of somebody's own copy of the chart. */
export function isWholeCopy(values: Node, chart: Candidates): boolean {
  const keys = [...defaultKeys(chart)];
  return keys.filter((key) => at(values, ...keyParts(key)) !== undefined).length > keys.length * 0.6;
}

/** Renderings by the version of the chart. A release is asked for several times in a row, and there may be thousands. */
export type Recent = (of: Installation, version: Candidates, render: () => Rendered) => Rendered;

/** Those of one release: the last that was asked for. */
export function ofLastAsked(): Recent {
  let last: Installation | undefined;
  const known = new Map<Candidates, Rendered>();
  return (of, version, render) => {
    if (of !== last) known.clear();
    last = of;
    const found = known.get(version) ?? render();
    known.set(version, found);
    return found;
  };
}
