// The labels and annotations that the 0.x charts of nats-io write: 0.8.0 changed the labels, and with them every selector.

import { type MapNode, type Node, unknown } from "../../../document/node.ts";
import { appVersion } from "../../chart-facts.ts";
import { choose, joined, releaseName, truth, type Written } from "../template.ts";
import { expanded } from "./embedded-template.ts";
import { nameOf, namespaceOf } from "./names.ts";
import { plain, plainText, quoted } from "./printed.ts";
import { given, mapped, pick, type Scope, union, when } from "./scope.ts";

/** `metadata` of an object: the namespace is written from 0.8.3 on only. */
export function metadata(scope: Scope, name: Node, more: { readonly [key: string]: Written } = {}): Node {
  return scope.write({
    name,
    namespace: pick(
      scope,
      "0.8.3",
      () => namespaceOf(scope),
      () => undefined,
    ),
    labels: labels(scope),
    ...more,
  });
}

/** The labels by which everything selects the server's pods. */
export function selectorLabels(scope: Scope): Node {
  const { write } = scope;
  const standard = (): Node =>
    write({
      "app.kubernetes.io/name": plainText(scope.title, nameOf(scope)),
      "app.kubernetes.io/instance": plainText(scope.title, releaseName(scope.release, write)),
    });
  const own = pick(
    scope,
    "0.8.9",
    () => given(scope, "nats", "selectorLabels"),
    () => undefined,
  );
  return pick(
    scope,
    "0.8.0",
    () =>
      choose(
        truth(own),
        () =>
          pick(
            scope,
            "0.9.2",
            () => expanded(scope, own as Node),
            () => own,
          ),
        standard,
      ),
    () => write({ app: nameOf(scope) }),
  ) as Node;
}

/** The label that names chart and version. */
export function chartLabel(scope: Scope): Node {
  const { chart, release, write } = scope;
  const [version, ...others] = chart.versions;
  if (version === undefined || others.length > 0) return joined(write, `${release.chartName}-`, unknownVersion(scope));
  return write(`${release.chartName}-${version.replaceAll("+", "_")}`.slice(0, 63).replace(/-$/, ""));
}

/** The labels of all objects but nats-box. */
export function labels(scope: Scope): MapNode {
  const { write, chart } = scope;
  const app = appVersion(chart);
  const older = (): Written => ({ app: nameOf(scope), chart: chartLabel(scope) });
  const common = pick(
    scope,
    "0.8.2",
    () => mapped(given(scope, "commonLabels"), (node) => plain(scope.title, commonLabel(scope, node), write)),
    () => undefined,
  );
  const newer = (): Written =>
    union(
      write,
      write({ "helm.sh/chart": chartLabel(scope) }),
      common,
      selectorLabels(scope),
      write({
        "app.kubernetes.io/version": app ?? unknownVersion(scope),
        "app.kubernetes.io/managed-by": "Helm",
      }),
    );
  const made = pick(scope, "0.8.0", newer, older);
  return made?.kind === "map" ? made : union(write, made);
}

/** Annotations: until 0.13.1 each value is made a text. */
export function annotations(scope: Scope, node: Node | undefined): Node | undefined {
  return when(scope, truth(node), () =>
    pick(
      scope,
      "0.13.2",
      () => node,
      () => mapped(node, (value) => quoted(scope.title, value, scope.write)),
    ),
  );
}

function commonLabel(scope: Scope, node: Node): Node {
  return pick(
    scope,
    "0.9.2",
    () => expanded(scope, node),
    () => node,
  ) as Node;
}

function unknownVersion(scope: Scope): Node {
  const { chart, write } = scope;
  return unknown("the chart's version is not known", write(null).origin, `{version of ${chart.facts.chart}}`);
}
