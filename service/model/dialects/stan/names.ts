// What the stan chart calls its things: everything has the release's name.

import { list, type Node } from "../../../document/node.ts";
import { confJoined } from "../nats-0x/printed.ts";
import { chartLabel } from "../nats-0x/labels.ts";
import { releaseOr } from "../nats-0x/names.ts";
import { goInt } from "../nats-0x/routes.ts";
import { beside, get, orElse, pick, type Scope } from "../nats-0x/scope.ts";
import { computed, joined, releaseName } from "../template.ts";

export function nameOf(scope: Scope): Node {
  return pick(
    scope,
    "0.4.1",
    () => releaseOr(scope, get(scope, "nameOverride")),
    () => releaseName(scope.release, scope.write),
  ) as Node;
}

export function named(scope: Scope, suffix: string): Node {
  return joined(scope.write, nameOf(scope), suffix);
}

/** The labels of objects and pods; the chart's version is among them, so they change with every upgrade. */
export function labels(scope: Scope): Node {
  return scope.write({ app: nameOf(scope), chart: chartLabel(scope) });
}

/** Of the service account; the values are asked from 0.5.3 on. */
export function serviceAccountName(scope: Scope): Node {
  const standard = (): Node => scope.write("nats-streaming");
  return pick(scope, "0.5.3", () => orElse(get(scope, "serviceAccountName"), standard), standard) as Node;
}

/** The names of the servers in a cluster, which hang on the number of replicas since 0.5.0. */
export function clusterPeers(scope: Scope): Node {
  const replicas = get(scope, "stan", "replicas");
  const count = pick(
    scope,
    "0.5.0",
    () => replicas,
    () => 3,
  );
  const number = goInt(count);
  if (typeof number !== "number") return number;
  const name = pick(
    scope,
    "0.5.0",
    () => nameOf(scope),
    () => releaseName(scope.release, scope.write),
  );
  const isDefault = replicas?.origin.via?.some((one) => one.kind === "chart default") === true;
  const write =
    count !== replicas || replicas === undefined || isDefault ? beside(scope, get(scope, "store", "cluster")) : computed(scope.title, replicas.origin);
  return list(
    Array.from({ length: number }, (_none, index) => confJoined("quoted", write, name, `-${index}`)),
    write(null).origin,
  );
}
