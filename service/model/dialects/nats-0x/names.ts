// The names that the 0.x charts of nats-io give to things: 0.8.0 changed them all.

import { isUnset, type Node, unknown } from "../../../document/node.ts";
import { chartName, choose, computed, fullname as usualFullname, joined, releaseName, releaseNamespace, truth } from "../template.ts";
import { get, is, pick, type Scope } from "./scope.ts";

/** The release's name, or `nameOverride` where a chart of this age reads it. */
export function releaseOr(scope: Scope, override: Node | undefined): Node {
  const { write, release, title } = scope;
  return choose(
    truth(override),
    () => shortened(title, override as Node),
    () => releaseName(release, write),
  ) as Node;
}

/** What the chart calls itself in labels, and as the name of a cluster. */
export function nameOf(scope: Scope): Node {
  const override = get(scope, "nameOverride");
  return pick(
    scope,
    "0.8.0",
    () => chartName(override, scope.release, scope.write),
    () =>
      pick(
        scope,
        "0.4.1",
        () => releaseOr(scope, override),
        () => releaseName(scope.release, scope.write),
      ),
  ) as Node;
}

/** The name of the StatefulSet and its Service, and the beginning of all other names. */
export function fullnameOf(scope: Scope): Node {
  const name = get(scope, "nameOverride");
  const fullname = get(scope, "fullnameOverride");
  return pick(
    scope,
    "0.8.0",
    () => usualFullname({ name, fullname }, scope.release, scope.write),
    () => nameOf(scope),
  ) as Node;
}

/** A name that begins with the full one. */
export function named(scope: Scope, suffix: string): Node {
  return joined(scope.write, fullnameOf(scope), suffix);
}

/** The namespace that the charts write into host names and objects. */
export function namespaceOf(scope: Scope): Node {
  const own = ownNamespace(scope);
  return pick(
    scope,
    "0.11.2",
    () =>
      choose(
        is(scope, "namespaceOverride"),
        () => shortened(scope.title, get(scope, "namespaceOverride") as Node),
        () => own,
      ),
    () => own,
  ) as Node;
}

/** The release's namespace, whatever the values say. */
export function ownNamespace({ release, write }: Scope): Node {
  return releaseNamespace(release, write) ?? unknown("nothing says the namespace", write(null).origin, "{namespace}");
}

/** Cut at 63 characters, as DNS labels are. */
function shortened(title: string, node: Node): Node {
  if (node.kind !== "scalar" || isUnset(node)) return node;
  const text = String(node.value).slice(0, 63).replace(/-$/, "");
  return text === node.value ? node : computed(title, node.origin)(text);
}
