// Service account and roles of the 0.x nats chart: for long only for the init container that looks up its node.

import type { MapNode, Node } from "../../../document/node.ts";
import { choose, computed, either, joined, truth, type Written } from "../template.ts";
import { labels } from "./labels.ts";
import { advertisesNode } from "./listeners.ts";
import { fullnameOf, namespaceOf } from "./names.ts";
import { object } from "./object.ts";
import { plain } from "./printed.ts";
import { get, given, is, pick, pickDecision, type Scope } from "./scope.ts";

/** The account of the pods: a text before 0.16.0, then a map that says whether it is made. */
export function serviceAccountName(scope: Scope): Node {
  const own = get(scope, "nats", "serviceAccount", "name");
  const named = (otherwise: () => Node): Node => choose(truth(own), () => plain(scope.title, own, scope.write), otherwise) as Node;
  const newer = (): Node =>
    choose(
      is(scope, "nats", "serviceAccount", "create"),
      () => named(() => fullnameOf(scope)),
      () => named(() => scope.write("default")),
    ) as Node;
  return pick(scope, "0.16.0", newer, () => plain(scope.title, get(scope, "nats", "serviceAccount"), scope.write)) as Node;
}

/** ServiceAccount, ClusterRole and ClusterRoleBinding. */
export function accessObjects(scope: Scope): readonly MapNode[] {
  const name = serviceAccountName(scope);
  const looksUp = advertisesNode(scope);
  const exists = pickDecision(
    scope,
    "0.16.0",
    () => either(is(scope, "nats", "serviceAccount", "create"), looksUp),
    () => looksUp,
  );
  const space = namespaceOf(scope);
  const own = pick(
    scope,
    "0.17.3",
    () => space,
    () =>
      pick(
        scope,
        "0.16.0",
        () => undefined,
        () => space,
      ),
  );
  const group = "rbac.authorization.k8s.io";
  const account = (): Written =>
    pick(
      scope,
      "0.16.0",
      () => ({ name, namespace: own, labels: labels(scope), annotations: given(scope, "nats", "serviceAccount", "annotations") }),
      () => ({ name, namespace: own }),
    );
  return [
    ...object(scope, exists, { apiVersion: "v1", kind: "ServiceAccount", metadata: account() }),
    ...object(scope, looksUp, {
      apiVersion: `${group}/v1`,
      kind: "ClusterRole",
      metadata: { name },
      rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }],
    }),
    ...object(scope, looksUp, {
      apiVersion: `${group}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: joined(computed(scope.title, name.origin), name, "-binding") },
      roleRef: { apiGroup: group, kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: space }],
    }),
  ];
}
