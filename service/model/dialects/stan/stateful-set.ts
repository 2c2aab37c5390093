// The StatefulSet of the stan chart, with the anti-affinity that nobody wrote.

import { at, type Node } from "../../../document/node.ts";
import { beside, from, get, getSince, given, is, isText, mapped, pick, type Scope, some, union, unlessVoid, when, withTrue } from "../nats-0x/scope.ts";
import { plain, quoted } from "../nats-0x/printed.ts";
import { goInt } from "../nats-0x/routes.ts";
import { spread } from "../nats-0x/spread.ts";
import { both, choose, computed, joined, not, truth, type Written } from "../template.ts";
import { claimName, claimSpec, clientTls, hasVolume, sharedVolume, sharesClaim } from "./claims.ts";
import { containers } from "./containers.ts";
import { labels, named, nameOf, serviceAccountName } from "./names.ts";

export function statefulSet(scope: Scope): Node {
  const { write } = scope;
  const templated = both(isText(get(scope, "store", "type"), "file"), both(hasVolume(scope), not(sharesClaim(scope))));
  return write({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: nameOf(scope), labels: labels(scope) },
    spec: {
      selector: { matchLabels: { app: nameOf(scope) } },
      replicas: replicas(scope),
      serviceName: nameOf(scope),
      template: { metadata: { annotations: annotations(scope), labels: labels(scope) }, spec: podSpec(scope) },
      volumeClaimTemplates: when(scope, templated, () =>
        beside(scope, get(scope, "store", "volume"))([{ metadata: { name: claimName(scope) }, spec: claimSpec(scope) }]),
      ),
    },
  });
}

/** Fewer than 3 of a cluster are not rendered from 0.5.0 on; the number is given all the same, so that somebody can say so. */
function replicas(scope: Scope): Node | undefined {
  const own = get(scope, "stan", "replicas");
  const { write } = scope;
  const counted = (): Node => {
    const count = goInt(own);
    if (typeof count !== "number") return count;
    if (own?.kind === "scalar" && own.value === count) return own;
    return own === undefined ? write(count) : computed(scope.title, own.origin)(count);
  };
  const clustered = (otherwise: () => Node | undefined): Node | undefined => choose(is(scope, "store", "cluster", "enabled"), () => write(3), otherwise);
  return pick(scope, "0.5.0", counted, () =>
    pick(
      scope,
      "0.4.0",
      () => clustered(() => withTrue(own, (node) => plain(scope.title, node, write))),
      () => clustered(() => write(1)),
    ),
  );
}

function annotations(scope: Scope): Node | undefined {
  const exported = both(scope.since("0.5.0"), is(scope, "exporter", "enabled"));
  const own = from(scope, "0.5.0", () => given(scope, "podAnnotations"));
  const texts = pick(
    scope,
    "0.13.1",
    () => own,
    () => mapped(own, (node) => quoted(scope.title, node, scope.write)),
  );
  const made = union(
    scope.write,
    when(scope, exported, () => ({ "prometheus.io/path": "/metrics", "prometheus.io/port": "7777", "prometheus.io/scrape": "true" })),
    texts,
  );
  return unlessVoid(made);
}

function podSpec(scope: Scope): Written {
  const roleAuth = both(scope.since("0.4.0"), is(scope, "stan", "nats", "serviceRoleAuth", "enabled"));
  return {
    serviceAccountName: when(scope, roleAuth, () => serviceAccountName(scope)),
    imagePullSecrets: from(scope, "0.4.1", () => given(scope, "imagePullSecrets")),
    securityContext: from(scope, "0.3.0", () => given(scope, "securityContext")),
    terminationGracePeriodSeconds: 30,
    volumes: volumes(scope),
    affinity: affinity(scope),
    nodeSelector: from(scope, "0.10.0", () => given(scope, "nodeSelector")),
    tolerations: from(scope, "0.10.0", () => given(scope, "tolerations")),
    topologySpreadConstraints: from(scope, "0.11.0", () => spread(scope, () => labels(scope))),
    containers: containers(scope),
  };
}

/** Without any in the values the pods are kept on different nodes, whatever the number of nodes. */
function affinity(scope: Scope): Node | undefined {
  const own = getSince(scope, "0.4.0", "affinity");
  const write = beside(scope, own);
  const standard = (): Node =>
    write({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: [nameOf(scope)] }] },
            topologyKey: "kubernetes.io/hostname",
          },
        ],
      },
    });
  // Before 0.7.5 the values' came behind the chart's own, and replaced only what has the same key.
  const merged = (): Node => choose(truth(own), () => union(write, standard(), own), standard) as Node;
  return pick(
    scope,
    "0.7.5",
    () => choose(truth(own), () => own, standard),
    () => pick(scope, "0.4.0", merged, standard),
  );
}

function volumes(scope: Scope): readonly Written[] {
  const tls = from(scope, "0.8.0", () => given(scope, "nats", "tls"));
  const credentials = from(scope, "0.5.2", () => given(scope, "stan", "credentials"));
  const seed = from(scope, "0.7.5", () => given(scope, "stan", "auth", "nkeySeedFile"));
  const server = at(tls, "secret", "name");
  const secret = (node: Node | undefined): Written => plain(scope.title, at(node, "secret", "name"), scope.write);
  return [
    { name: "config-volume", configMap: { name: named(scope, "-config"), defaultMode: from(scope, "0.5.2", () => 0o755) } },
    ...some(truth(tls), () => [{ name: joined(beside(scope, tls), server, "-clients-volume"), secret: { secretName: server } }]),
    ...some(clientTls(scope), () => [{ name: "stan-client-tls-volume", secret: { secretName: get(scope, "stan", "tls", "secretName") } }]),
    ...some(both(hasVolume(scope), sharesClaim(scope)), () => [sharedVolume(scope)]),
    ...some(truth(credentials), () => [{ name: "stan-sys-creds", secret: { secretName: secret(credentials) } }]),
    ...some(truth(seed), () => [{ name: "stan-sys-nkey-seed-file", secret: { secretName: secret(seed) } }]),
    ...some(scope.since("0.6.0"), () => [{ name: "pid", emptyDir: {} }]),
  ];
}
