// nats-box, the chart's toolbox: a Pod at first, a Deployment later. Its labels decide which Services select it by mistake.

import { at, type MapNode, type Node } from "../../../document/node.ts";
import { both, joined, releaseName, truth, type Written } from "../template.ts";
import { securityContextOf } from "./containers.ts";
import { expanded } from "./embedded-template.ts";
import { image } from "./images.ts";
import { annotations, chartLabel } from "./labels.ts";
import { fullnameOf, nameOf, namespaceOf } from "./names.ts";
import { object } from "./object.ts";
import { from, get, given, is, pick, type Scope, some, spliced, union, unlessEmpty, withTrue } from "./scope.ts";
import { secretName } from "./transport.ts";

export function natsBox(scope: Scope): readonly MapNode[] {
  const enabled = is(scope, "natsbox", "enabled");
  const isDeployment = scope.since("0.7.5");
  if (typeof isDeployment !== "boolean") {
    const either = both(enabled, isDeployment);
    return ["Deployment", "Pod"].flatMap((kind) => object(scope, either, { apiVersion: isDeployment, kind, metadata: metadata(scope) }));
  }
  if (!isDeployment) return object(scope, enabled, { apiVersion: "v1", kind: "Pod", metadata: metadata(scope), spec: podSpec(scope) });
  const app = { app: boxName(scope) };
  const podLabels = union(scope.write, scope.write(app), ownLabels(scope, "podLabels", "0.8.10"));
  const { volumes, ...spec } = podSpec(scope);
  // 0.7.5 wrote the volumes a level too high, where they are nothing.
  const inside = from(scope, "0.8.0", () => volumes);
  const outside = pick(
    scope,
    "0.8.0",
    () => undefined,
    () => volumes,
  );
  return object(scope, enabled, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadata(scope),
    spec: {
      replicas: 1,
      selector: { matchLabels: app },
      template: {
        metadata: {
          labels: podLabels,
          annotations: annotations(
            scope,
            from(scope, "0.8.2", () => get(scope, "natsbox", "podAnnotations")),
          ),
        },
        spec: { ...spec, volumes: inside },
      },
      volumes: outside,
    },
  });
}

function metadata(scope: Scope): Written {
  return {
    name: boxName(scope),
    namespace: from(scope, "0.8.3", () => namespaceOf(scope)),
    // 0.8.10 and 0.9.0 looked for the labels at the top of the values.
    labels: union(scope.write, scope.write({ app: boxName(scope), chart: chartLabel(scope) }), ownLabels(scope, "additionalLabels", "0.9.1")),
    annotations: from(scope, "0.19.13", () => given(scope, "natsbox", "annotations")),
  };
}

/** Labels of the values. */
function ownLabels(scope: Scope, key: string, version: string): Node | undefined {
  return from(scope, version, () =>
    withTrue(get(scope, "natsbox", key), (node) =>
      pick(
        scope,
        "0.9.2",
        () => expanded(scope, node),
        () => node,
      ),
    ),
  );
}

function boxName(scope: Scope): Node {
  return joined(scope.write, nameSince(scope, "0.4.2"), "-box");
}

/** The full name; before 0.8.0 the chart's name, from some version on. */
function nameSince(scope: Scope, version: string): Node | undefined {
  const older = (): Node | undefined =>
    pick(
      scope,
      version,
      () => nameOf(scope),
      () => releaseName(scope.release, scope.write),
    );
  return pick(scope, "0.8.0", () => fullnameOf(scope), older);
}

function podSpec(scope: Scope): { readonly [key: string]: Written } {
  const { write } = scope;
  const affinity = pick(
    scope,
    "0.8.4",
    () => get(scope, "natsbox", "affinity"),
    () => from(scope, "0.8.2", () => get(scope, "affinity")),
  );
  return {
    affinity: withTrue(affinity, (node) => expanded(scope, node)),
    nodeSelector: from(scope, "0.8.9", () => given(scope, "natsbox", "nodeSelector")),
    tolerations: from(scope, "0.8.9", () => given(scope, "natsbox", "tolerations")),
    volumes: unlessEmpty(volumes(scope)),
    securityContext: from(scope, "0.8.2", () => given(scope, "securityContext")),
    imagePullSecrets: from(scope, "0.8.2", () => given(scope, "imagePullSecrets")),
    automountServiceAccountToken: from(scope, "0.17.2", () => get(scope, "natsbox", "automountServiceAccountToken")),
    containers: [
      {
        name: "nats-box",
        ...image(scope, "natsbox"),
        securityContext: securityContextOf(scope, "natsbox"),
        resources: from(scope, "0.8.2", () => get(scope, "natsbox", "resources")),
        env: environment(scope),
        lifecycle: tlsOf(scope, (secret) => write({ postStart: { exec: { command: ["/bin/sh", "-c", trustCommand(scope, secret)] } } })),
        command: ["tail", "-f", "/dev/null"],
        volumeMounts: unlessEmpty(mounts(scope)),
      },
    ],
  };
}

function environment(scope: Scope): readonly Written[] {
  const credentials = credentialsOf(scope);
  const path = joined(scope.write, "/etc/nats-config/creds/", at(credentials, "secret", "key"));
  const url = nameSince(scope, "0.6.0");
  const variables = (): Written => [{ name: "NATS_CREDS", value: path }];
  const older = (): Written => [
    { name: "USER_CREDS", value: path },
    { name: "USER2_CREDS", value: path },
  ];
  return [{ name: "NATS_URL", value: url }, ...some(truth(credentials), () => spliced(pick(scope, "0.17.2", variables, older)))];
}

function volumes(scope: Scope): readonly Written[] {
  const credentials = credentialsOf(scope);
  return [
    ...some(truth(credentials), () => [{ name: "nats-sys-creds", secret: { secretName: at(credentials, "secret", "name") } }]),
    ...spliced(from(scope, "0.13.0", () => get(scope, "natsbox", "extraVolumes"))),
    ...listed(tlsOf(scope, (secret) => scope.write({ name: joined(scope.write, secret, "-clients-volume"), secret: { secretName: secret } }))),
  ];
}

function mounts(scope: Scope): readonly Written[] {
  return [
    ...some(truth(credentialsOf(scope)), () => [{ name: "nats-sys-creds", mountPath: "/etc/nats-config/creds" }]),
    ...spliced(from(scope, "0.13.0", () => get(scope, "natsbox", "extraVolumeMounts"))),
    ...listed(
      tlsOf(scope, (secret) =>
        scope.write({ name: joined(scope.write, secret, "-clients-volume"), mountPath: joined(scope.write, "/etc/nats-certs/clients/", secret) }),
      ),
    ),
  ];
}

function trustCommand(scope: Scope, secret: Node): Node {
  return joined(scope.write, "cp /etc/nats-certs/clients/", secret, "/* /usr/local/share/ca-certificates && update-ca-certificates");
}

function credentialsOf(scope: Scope): Node | undefined {
  return from(scope, "0.3.0", () => get(scope, "natsbox", "credentials"));
}

function tlsOf(scope: Scope, content: (secret: Node) => Node): Node | undefined {
  return from(scope, "0.3.2", () => withTrue(get(scope, "nats", "tls"), (tls) => content(secretName(scope, tls))));
}

function listed(node: Node | undefined): readonly Written[] {
  return node === undefined ? [] : [node];
}
