// The values as the chart's templates see them, with the names, labels and revisions that all of its objects share.

import { at, map, type MapNode, type Node, type Origin, scalar, text, unknown } from "../../../document/node.ts";
import type { TextViolation } from "../../../document/violation.ts";
import { appVersion, atLeast, type Candidates } from "../../chart-facts.ts";
import { opened } from "../../helm-values.ts";
import { patched, type PatchProblem } from "../json-patch.ts";
import type { Release } from "../rendering.ts";
import {
  chartName,
  chartTitle,
  choose,
  computed,
  type Decision,
  fullname,
  isHidden,
  joined,
  releaseName,
  since,
  truth,
  type Write,
  type Written,
  written,
} from "../template.ts";
import { retyped } from "./go-values.ts";
import { mergedOver } from "./merge.ts";
import { replacedLists } from "./replaced-lists.ts";
import { askedOf } from "./template-scope.ts";
import { templated } from "./templated.ts";

export type Path = readonly string[];
export type Component = "nats" | "nats-box";

export interface Chart {
  readonly release: Release;
  readonly violations: readonly TextViolation[];
  /** The chart refuses to render something of the map at the path: said only where it surely comes to it. */
  refuse(violation: TextViolation, ...path: Path): void;
  get(...path: Path): Node | undefined;
  /** Is the value on, for a template's `if`? */
  on(...path: Path): Decision;
  /** Writes what the template writes, beside the nearest value on the path. */
  near(...path: Path): Write;
  /** Writes what the template computes from a value. */
  from(node: Node): Write;
  since(version: string): Decision;
  /** Versions before 1.0.0-rc.1, whose keys differ a little. */
  readonly isEarly: boolean;
  /** The number of a beta of 1.0.0; endless for every version after these. */
  readonly beta: number;
  /** The `name` of the map at the path, or the release's full name with a suffix. */
  named(suffix: string, ...path: Path): Node;
  labels(component: Component): Node;
  selector(component: Component): Node;
  metadata(name: Node, component: Component): Written;
  /** What a template writes, after `merge` and `patch` of the map at the path. */
  revised(content: Node, ...path: Path): Node;
  /** An object of Kubernetes after its revision; where that is unknown, one of which only the kind is known. */
  object(content: Node, ...path: Path): MapNode;
}

/** Keys that came later, with a default that does what older templates did without the key. */
const LATER: readonly (readonly [string, string | true | null | "list" | "map"])[] = [
  ["global.image.pullSecretNames", "list"],
  ...["container", "reloader", "promExporter", "natsBox.container"].flatMap((one) => [
    [`${one}.image.digest`, null] as const,
    [`${one}.image.fullImageName`, null] as const,
  ]),
  ["promExporter.monitorDomain", "localhost"],
  ["container.resources", "map"],
  ["config.cluster.noAdvertise", true],
];

export function chart(merged: Node, versions: Candidates, release: Release): Chart {
  const title = chartTitle(versions);
  const given = settled(merged);
  const values = templated(given, askedOf(given, versions, release, written(title, given.origin)));
  const violations: TextViolation[] = [];
  const get = (...path: Path): Node | undefined => at(values, ...path);
  const near = (...path: Path): Write => written(title, nearest(values, path));
  const root = near();
  const own = fullname({ name: get("nameOverride"), fullname: get("fullnameOverride") }, release, root);
  const called = chartName(get("nameOverride"), release, root);
  const version = appVersion(versions);
  const [only] = versions.versions;
  const chartLabel = joined(root, release.chartName, "-", versions.versions.length === 1 && only !== undefined ? only.replaceAll("+", "_") : openVersion());

  function openVersion(): Node {
    return unknown("the chart's version is not known", root(null).origin);
  }

  function selector(component: Component): Node {
    return root({
      "app.kubernetes.io/name": retyped(called),
      "app.kubernetes.io/instance": retyped(releaseName(release, root)),
      "app.kubernetes.io/component": component,
    });
  }

  function labels(component: Component): Node {
    const labels = root({
      "helm.sh/chart": chartLabel,
      "app.kubernetes.io/version": version === null ? openVersion() : version,
      "app.kubernetes.io/managed-by": "Helm",
    }) as MapNode;
    const fixed: Node = { ...labels, entries: new Map([...labels.entries, ...(selector(component) as MapNode).entries]) };
    return mergedOver(get("global", "labels") ?? map([], fixed.origin), fixed);
  }

  function revised(content: Node, ...path: Path): Node {
    let here = content;
    const merge = get(...path, "merge");
    const patch = get(...path, "patch");
    // Nobody is taken to change by a merge out of sight what stands in sight; what is not there may come by it.
    const hidden = [merge, patch].find(isHidden);
    if (hidden?.kind === "unknown") here = opened(here, hidden.because, true);
    const isMerged = truth(merge);
    if (merge !== undefined && !isHidden(merge) && isMerged !== false) {
      // The configuration's own lists, as routes, are replaced on purpose.
      if (path[0] !== "config") for (const one of replacedLists(here, merge, [...path, "merge"])) refuse(one, ...path);
      const over = mergedOver(here, merge);
      here = over.kind === "map" && merge.kind === "map" ? { ...over, origin: content.origin } : over;
    }
    if (patch === undefined || isHidden(patch) || truth(patch) === false) return here;
    const problems: PatchProblem[] = [];
    here = patched(here, patch, problems);
    for (const { op, path: pointer, origin } of problems) refuse({ rule: "helm-patch-invalid", origin, facts: { op, path: pointer } }, ...path);
    return here;
  }

  function refuse(violation: TextViolation, ...path: Path): void {
    const isReached = path.every((_, index) => {
      const around = path.slice(0, index + 1);
      return get(...around, "enabled") === undefined || truth(get(...around, "enabled")) === true;
    });
    if (isReached) violations.push(violation);
  }

  return {
    release,
    violations,
    refuse,
    get,
    near,
    labels,
    selector,
    revised,
    on: (...path) => truth(get(...path)),
    from: (node) => computed(title, node.origin),
    since: (wanted) => since(versions, wanted, root(null).origin),
    isEarly: versions.versions.every((one) => /^1\.0\.0-(beta|rc\.0)/.test(one)),
    beta: versions.versions.length === 1 ? Number(/^1\.0\.0-beta\.(\d+)$/.exec(only ?? "")?.[1] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    named(suffix, ...path) {
      const name = get(...path, "name");
      return (
        retyped(
          choose(
            isHidden(name) ? false : truth(name),
            () => name,
            () => joined(near(...path), own, suffix),
          ),
        ) ?? own
      );
    },
    metadata: (name, component) => ({ namespace: choose(truth(get("namespaceOverride")), () => get("namespaceOverride")), name, labels: labels(component) }),
    object(content, ...path) {
      const made = revised(content, ...path);
      return made.kind === "map" ? made : onlyKind(content, made.kind === "unknown" ? made.because : "it is no map");
    },
  };

  /** A default that candidates do not agree on counts where they all do the same without it. */
  function settled(node: Node): Node {
    if (atLeast(versions, "2.12.4") !== undefined && versions.versions.length === 1) return node;
    return LATER.reduce((here, [key, value]) => replaced(here, key.split("."), value), node);
  }
}

/** An object that may not exist, or of which nothing else is known. */
export function onlyKind(content: Node, because: string): MapNode {
  const known = ["apiVersion", "kind"].map((key) => [key, at(content, key)] as const);
  return {
    ...map(
      known.filter((one): one is [string, Node] => text(one[1]) !== undefined),
      content.origin,
    ),
    incomplete: because,
  };
}

function replaced(node: Node, [step, ...rest]: readonly string[], value: (typeof LATER)[number][1]): Node {
  const child = step === undefined || node.kind !== "map" ? undefined : node.entries.get(step);
  if (child === undefined || node.kind !== "map" || step === undefined) return node;
  let made = child;
  if (rest.length > 0) made = replaced(child, rest, value);
  else if (child.kind === "unknown" && child.origin.via?.some((one) => one.kind === "chart default") === true) {
    if (value === "list") made = { kind: "list", items: [], origin: child.origin };
    else made = value === "map" ? map([], child.origin) : scalar(value, child.origin);
  }
  return made === child ? node : { ...node, entries: new Map([...node.entries, [step, made]]) };
}

/** The origin of the last value on the path that there is. */
function nearest(values: Node, path: Path): Origin {
  let here = values;
  for (const step of path) {
    const next = here.kind === "map" ? here.entries.get(step) : undefined;
    if (next === undefined) break;
    here = next;
  }
  return here.origin;
}
