// What the chart of NACK calls its things, and how it labels them: by the release, for some weeks by the chart, and since then as the values say.

import type { MapNode, Node } from "../../../document/node.ts";
import { appVersion } from "../../chart-facts.ts";
import { chartLabel } from "../nats-0x/labels.ts";
import { ownNamespace, releaseOr } from "../nats-0x/names.ts";
import { from, get, given, is, orElse, pick, type Scope, union } from "../nats-0x/scope.ts";
import { chartName, choose, fullname, releaseName } from "../template.ts";

/** The name of the Deployment. */
export function fullnameOf(scope: Scope): Node {
  const [name, whole] = [get(scope, "nameOverride"), get(scope, "fullnameOverride")];
  return pick(
    scope,
    "0.31.1",
    () => nameOf(scope),
    () =>
      pick(
        scope,
        "0.31.0",
        () => fullname({ name, fullname: whole }, scope.release, scope.write),
        () => nameOf(scope),
      ),
  ) as Node;
}

function nameOf(scope: Scope): Node {
  const override = get(scope, "nameOverride");
  const byChart = (): Node => chartName(override, scope.release, scope.write);
  const byRelease = (): Node => releaseOr(scope, override);
  return pick(
    scope,
    "0.31.1",
    () => choose(is(scope, "useLegacyNames"), byRelease, byChart),
    () => pick(scope, "0.31.0", byChart, byRelease),
  ) as Node;
}

export function namespaceOf(scope: Scope): Node {
  const own = (): Node => ownNamespace(scope);
  return pick(scope, "0.11.2", () => orElse(get(scope, "namespaceOverride"), own), own) as Node;
}

export function selectorLabels(scope: Scope): Node {
  const older = (): Node => scope.write({ app: nameOf(scope) });
  const newer = (): Node => scope.write({ "app.kubernetes.io/name": nameOf(scope), "app.kubernetes.io/instance": releaseName(scope.release, scope.write) });
  return pick(
    scope,
    "0.31.1",
    () => choose(is(scope, "useLegacyNames"), older, newer),
    () => pick(scope, "0.31.0", newer, older),
  ) as Node;
}

/** Of the Deployment, and but for 0.31.x of its pods. */
export function labels(scope: Scope): MapNode {
  const { write } = scope;
  const older = (): Node => write({ app: nameOf(scope), chart: chartLabel(scope) });
  const newer = (): Node =>
    union(
      write,
      write({ "helm.sh/chart": chartLabel(scope), "app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/version": appVersion(scope.chart) ?? undefined }),
      selectorLabels(scope),
    );
  const made = pick(
    scope,
    "0.31.1",
    () => choose(is(scope, "useLegacyNames"), older, newer),
    () => pick(scope, "0.31.0", () => union(write, newer(), older()), older),
  );
  return union(
    write,
    made,
    from(scope, "0.32.0", () => given(scope, "global", "labels")),
  );
}

export function podLabels(scope: Scope): Node {
  const own = (): Node => labels(scope);
  return pick(scope, "0.32.0", own, () => pick(scope, "0.31.0", () => selectorLabels(scope), own)) as Node;
}
