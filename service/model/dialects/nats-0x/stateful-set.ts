// The StatefulSet of the 0.x nats chart.

import { at, type Node, unknown } from "../../../document/node.ts";
import { both, choose, not, truth, type Written } from "../template.ts";
import { expanded } from "./embedded-template.ts";
import { initContainers, containers } from "./containers.ts";
import { annotations, chartLabel, metadata, selectorLabels } from "./labels.ts";
import { advertisesNode } from "./listeners.ts";
import { claimName, claimsFile, existingClaim, volumes } from "./mounts.ts";
import { fullnameOf } from "./names.ts";
import { plain, quoted } from "./printed.ts";
import { serviceAccountName } from "./access.ts";
import { from, get, getSince, given, is, isText, pick, type Scope, some, union, unlessEmpty, unlessVoid, when, withTrue } from "./scope.ts";
import { spread } from "./spread.ts";

export function statefulSet(scope: Scope): Node {
  const { write, title } = scope;
  const name = fullnameOf(scope);
  const replicas = getSince(scope, "0.4.1", "cluster", "replicas");
  const clustered = (): Node =>
    pick(
      scope,
      "0.4.1",
      () => plain(title, replicas, write),
      () => 3,
    ) as Node;
  return write({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: annotatedMetadata(scope, name),
    spec: {
      selector: { matchLabels: selectorLabels(scope) },
      replicas: choose(is(scope, "cluster", "enabled"), clustered, () => write(1)),
      serviceName: name,
      podManagementPolicy: from(scope, "0.11.3", () => plain(title, get(scope, "podManagementPolicy"), write)),
      template: {
        metadata: { annotations: podAnnotations(scope), labels: podLabels(scope) },
        spec: podSpec(scope),
      },
      volumeClaimTemplates: from(scope, "0.7.0", () => claims(scope)),
    },
  });
}

/** In 0.8.0 the annotations landed among the labels. */
function annotatedMetadata(scope: Scope, name: Node): Node {
  const own = annotations(
    scope,
    from(scope, "0.8.0", () => get(scope, "statefulSetAnnotations")),
  );
  const misplaced = not(scope.since("0.8.2"));
  const base = metadata(scope, name);
  const labels = at(base, "labels");
  return union(
    scope.write,
    base,
    choose(
      misplaced,
      () => scope.write({ labels: own === undefined ? labels : union(scope.write, labels, scope.write({ annotations: own })) }),
      () => scope.write({ annotations: own }),
    ),
  );
}

function podAnnotations(scope: Scope): Node | undefined {
  const { write } = scope;
  const exported = both(scope.since("0.5.0"), is(scope, "exporter", "enabled"));
  const hashed = both(scope.since("0.14.0"), is(scope, "nats", "configChecksumAnnotation"));
  const made = union(
    write,
    when(scope, exported, () => ({ "prometheus.io/path": "/metrics", "prometheus.io/port": "7777", "prometheus.io/scrape": "true" })),
    when(scope, hashed, () => ({ "checksum/config": unknown("it is a hash of the configuration", write(null).origin) })),
    annotations(
      scope,
      from(scope, "0.4.1", () => get(scope, "podAnnotations")),
    ),
  );
  return unlessVoid(made);
}

function podLabels(scope: Scope): Node {
  const own = from(scope, "0.8.10", () => given(scope, "statefulSetPodLabels"));
  const chart = pick(
    scope,
    "0.8.0",
    () => undefined,
    () => ({ chart: chartLabel(scope) }),
  );
  return union(
    scope.write,
    selectorLabels(scope),
    chart,
    withTrue(own, (node) =>
      pick(
        scope,
        "0.9.2",
        () => expanded(scope, node),
        () => node,
      ),
    ),
  );
}

function podSpec(scope: Scope): Written {
  const { write, title } = scope;
  const priority = given(scope, "priorityClassName");
  return {
    imagePullSecrets: from(scope, "0.4.1", () => given(scope, "imagePullSecrets")),
    securityContext: from(scope, "0.3.0", () => given(scope, "securityContext")),
    affinity: from(scope, "0.4.0", () =>
      withTrue(get(scope, "affinity"), (node) =>
        pick(
          scope,
          "0.8.0",
          () => expanded(scope, node),
          () => node,
        ),
      ),
    ),
    nodeSelector: from(scope, "0.8.9", () => given(scope, "nodeSelector")),
    tolerations: from(scope, "0.8.9", () => given(scope, "tolerations")),
    topologySpreadConstraints: from(scope, "0.8.0", () => spread(scope, () => selectorLabels(scope))),
    priorityClassName: from(scope, "0.8.0", () => withTrue(priority, (node) => quoted(title, node, write))),
    dnsPolicy: from(scope, "0.18.3", () => given(scope, "nats", "dnsPolicy")),
    hostNetwork: from(scope, "0.18.3", () => withTrue(get(scope, "nats", "hostNetwork"), (node) => plain(title, node, write))),
    volumes: volumes(scope),
    serviceAccountName: pick(
      scope,
      "0.16.0",
      () => serviceAccountName(scope),
      () => when(scope, advertisesNode(scope), () => serviceAccountName(scope)),
    ),
    automountServiceAccountToken: from(scope, "0.17.2", () => get(scope, "nats", "automountServiceAccountToken")),
    shareProcessNamespace: true,
    initContainers: initContainers(scope),
    terminationGracePeriodSeconds: pick(
      scope,
      "0.7.3",
      () => plain(title, get(scope, "nats", "terminationGracePeriodSeconds"), write),
      () => 60,
    ),
    containers: containers(scope),
  };
}

/** The JWT store of a resolver has its claim also while `auth` is off. */
function claims(scope: Scope): Written {
  const store = get(scope, "auth", "resolver", "store");
  const jwt = both(isText(get(scope, "auth", "resolver", "type"), "full"), truth(store));
  return unlessEmpty([
    ...some(jwt, () => [
      {
        metadata: { name: "nats-jwt-pvc" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: plain(scope.title, at(store, "size"), scope.write) } },
          storageClassName: from(scope, "0.17.0", () => classOf(scope, at(store, "storageClassName"))),
        },
      },
    ]),
    ...some(both(claimsFile(scope), not(truth(existingClaim(scope)))), () => [fileClaim(scope)]),
  ]);
}

function fileClaim(scope: Scope): Written {
  const { title, write } = scope;
  const file = get(scope, "nats", "jetstream", "fileStorage");
  const storageClass = at(file, "storageClassName");
  return {
    metadata: { name: claimName(scope), annotations: annotations(scope, at(file, "annotations")) },
    spec: {
      accessModes: at(file, "accessModes"),
      resources: { requests: { storage: plain(title, at(file, "size"), write) } },
      storageClassName: pick(
        scope,
        "0.8.6",
        () => classOf(scope, storageClass),
        () => quoted(title, storageClass, write),
      ),
    },
  };
}

function classOf(scope: Scope, node: Node | undefined): Node | undefined {
  return withTrue(node, (own) => quoted(scope.title, own, scope.write));
}
