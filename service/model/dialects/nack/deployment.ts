// The Deployment of NACK's controller.

import { at, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { appVersion } from "../../chart-facts.ts";
import { newImage, newPolicy } from "../nats-0x/images.ts";
import { object } from "../nats-0x/object.ts";
import { mapped } from "../nats-0x/scope.ts";
import { plain, quoted } from "../nats-0x/printed.ts";
import { beside, from, get, given, is, pick, pickDecision, type Scope, some, spliced, union, when } from "../nats-0x/scope.ts";
import { both, choose, truth, type Written } from "../template.ts";
import { commandLine, wantsLoop } from "./arguments.ts";
import { fullnameOf, labels, namespaceOf, podLabels, selectorLabels } from "./names.ts";

/** One replica whatever the values say; before 0.9.2 none without an address. */
export function deployment(scope: Scope): readonly MapNode[] {
  const exists = pickDecision(
    scope,
    "0.9.2",
    () => true,
    () => is(scope, "jetstream", "nats", "url"),
  );
  return object(scope, exists, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: fullnameOf(scope), namespace: from(scope, "0.14.2", () => namespaceOf(scope)), labels: labels(scope) },
    spec: {
      selector: { matchLabels: selectorLabels(scope) },
      replicas: 1,
      template: { metadata: { annotations: annotations(scope), labels: podLabels(scope) }, spec: podSpec(scope) },
    },
  });
}

function annotations(scope: Scope): Node | undefined {
  const own = given(scope, "podAnnotations");
  return pick(
    scope,
    "0.14.0",
    () => own,
    () => mapped(own, (node) => quoted(scope.title, node, scope.write)),
  );
}

function podSpec(scope: Scope): Written {
  const set = (version: string, key: string): Node | undefined => from(scope, version, () => get(scope, key));
  return {
    imagePullSecrets: given(scope, "imagePullSecrets"),
    securityContext: given(scope, "securityContext"),
    priorityClassName: from(scope, "0.20.3", () => given(scope, "priorityClassName")),
    terminationGracePeriodSeconds: 30,
    volumes: volumes(scope),
    affinity: affinity(scope),
    nodeSelector: from(scope, "0.13.0", () => given(scope, "nodeSelector")),
    tolerations: from(scope, "0.13.0", () => given(scope, "tolerations")),
    serviceAccountName: choose(
      is(scope, "serviceAccountName"),
      () => get(scope, "serviceAccountName"),
      () => scope.write("jetstream-controller"),
    ),
    automountServiceAccountToken: set("0.20.3", "automountServiceAccountToken"),
    containers: [container(scope)],
  };
}

/** Before 0.14.2 the values' stood behind the chart's own and replaced what has the same key. */
function affinity(scope: Scope): Node | undefined {
  const own = given(scope, "affinity");
  const app = at(selectorLabels(scope), "app") ?? unknown("its labels are not known", scope.write(null).origin);
  const standard = (): Node =>
    scope.write({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: [app] }] }, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    });
  return pick(
    scope,
    "0.14.2",
    () => own,
    () => union(scope.write, standard(), own),
  );
}

function container(scope: Scope): Written {
  const image = get(scope, "jetstream", "image");
  const policy = get(scope, "jetstream", "pullPolicy");
  const older = (node: Node | undefined): Node => plain(scope.title, node, scope.write);
  const version = appVersion(scope.chart);
  const standard = version === null ? unknown("the chart's version decides the tag", scope.write(null).origin) : scope.write(version);
  const probe = (path: string, delay: number, period: number): Node | undefined =>
    when(scope, wantsLoop(scope), () => ({ httpGet: { path, port: 8081 }, initialDelaySeconds: delay, periodSeconds: period }));
  return {
    name: "jsc",
    image: pick(
      scope,
      "0.18.0",
      () =>
        pick(
          scope,
          "0.29.0",
          () => newImage(scope, image, standard),
          () => newImage(scope, image),
        ),
      () => older(image),
    ),
    imagePullPolicy: pick(
      scope,
      "0.18.0",
      () => newPolicy(scope, image, policy),
      () => from(scope, "0.9.2", () => older(policy)),
    ),
    workingDir: from(scope, "0.14.0", () => "/nack"),
    ...commandLine(scope),
    env: ["name", "namespace"].map((part) => ({ name: `POD_${part.toUpperCase()}`, valueFrom: { fieldRef: { fieldPath: `metadata.${part}` } } })),
    livenessProbe: probe("/healthz", 15, 20),
    readinessProbe: probe("/readyz", 5, 10),
    resources: given(scope, "resources"),
    securityContext: from(scope, "0.10.0", () => given(scope, "containerSecurityContext")),
    volumeMounts: beside(scope, get(scope, "jetstream"))(mounts(scope)),
  };
}

/** What is mounted: a name, where, and the Secret behind it. */
function secrets(scope: Scope): readonly (readonly [name: string, path: string, secret: Node | undefined, exists: ReturnType<typeof truth>])[] {
  const tls = both(is(scope, "jetstream", "tls", "enabled"), is(scope, "jetstream", "tls", "secretName"));
  const [credentials, nkey] = [get(scope, "jetstream", "nats", "credentials"), get(scope, "jetstream", "nats", "nkey")];
  return [
    ["jsc-client-tls-volume", "/etc/nats/certs", get(scope, "jetstream", "tls", "secretName"), tls],
    ["jsc-sys-creds", "/etc/jsc-creds", at(credentials, "secret", "name"), both(scope.since("0.7.0"), truth(credentials))],
    ["jsc-sys-nkey", "/etc/jsc-nkey", at(nkey, "secret", "name"), both(scope.since("0.17.5"), truth(nkey))],
  ];
}

function volumes(scope: Scope): readonly Written[] {
  return [
    ...some(scope.since("0.14.0"), () => [{ name: "runtime", emptyDir: {} }]),
    ...secrets(scope).flatMap(([name, , secret, exists]) => some(exists, () => [{ name, secret: { secretName: plain(scope.title, secret, scope.write) } }])),
    ...some(scope.since("0.20.3"), () => spliced(get(scope, "additionalVolumes"))),
  ];
}

function mounts(scope: Scope): readonly Written[] {
  return [
    ...some(scope.since("0.14.0"), () => [{ name: "runtime", mountPath: "/nack" }]),
    ...secrets(scope).flatMap(([name, mountPath, , exists]) => some(exists, () => [{ name, mountPath }])),
    ...some(scope.since("0.20.3"), () => spliced(get(scope, "additionalVolumeMounts"))),
  ];
}
