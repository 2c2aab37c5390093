// The containers of the stan chart's pods: STAN, its backup, the exporter, and a reloader that cannot signal anything.

import { at, type Node, unknown } from "../../../document/node.ts";
import { between, plain } from "../nats-0x/printed.ts";
import { beside, from, get, given, is, isText, pick, pickDecision, type Scope, some } from "../nats-0x/scope.ts";
import { both, choose, computed, type Decision, joined, not, truth, type Written } from "../template.ts";
import { claimName, clientTls, hasVolume } from "./claims.ts";
import { nameOf, serviceAccountName } from "./names.ts";

export function containers(scope: Scope): readonly Written[] {
  const reloads = both(
    is(scope, "reloader", "enabled"),
    pickDecision(
      scope,
      "0.6.2",
      () => not(is(scope, "stan", "nats", "url")),
      () => true,
    ),
  );
  return [
    stanContainer(scope),
    ...some(backsUp(scope), () => [backup(scope)]),
    ...some(
      pickDecision(
        scope,
        "0.3.10",
        () => is(scope, "exporter", "enabled"),
        () => true,
      ),
      () => [exporter(scope)],
    ),
    ...some(both(scope.since("0.6.0"), reloads), () => [reloader(scope)]),
  ];
}

function stanContainer(scope: Scope): Written {
  const cluster = both(is(scope, "store", "cluster", "enabled"), is(scope, "clusterReadinessProbe", "enabled"));
  const readiness = (): Node | undefined =>
    choose(
      cluster,
      () => given(scope, "clusterReadinessProbe", "probe"),
      () => given(scope, "readinessProbe"),
    );
  const liveness = (): Node | undefined => choose(is(scope, "livenessProbe", "enabled"), () => given(scope, "livenessProbe", "probe"));
  return {
    name: "stan",
    image: plain(scope.title, get(scope, "stan", "image"), scope.write),
    securityContext: from(scope, "0.8.7", () => given(scope, "stan", "securityContext")),
    args: ["-sc", "/etc/stan-config/stan.conf", ...some(backsUp(scope), () => ["--file_slice_archive_script", "/etc/stan-config/backup.sh"])],
    env: environment(scope),
    ports: [
      { containerPort: 8222, name: "monitor" },
      { containerPort: 7777, name: "metrics" },
    ],
    resources: from(scope, "0.5.2", () => given(scope, "resources")),
    readinessProbe: from(scope, "0.5.3", readiness),
    livenessProbe: from(scope, "0.8.0", liveness),
    volumeMounts: mountsOf(scope),
  };
}

/** The list points at the switch that keeps the store off a volume, because there a person switches it on. */
function mountsOf(scope: Scope): Written {
  const enabled = get(scope, "store", "volume", "enabled");
  return hasVolume(scope) === false && enabled !== undefined ? computed(scope.title, enabled.origin)(mounts(scope)) : mounts(scope);
}

function environment(scope: Scope): readonly Written[] {
  const { write } = scope;
  const field = (name: string, fieldPath: string): Written => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const role = get(scope, "stan", "nats", "serviceRoleAuth");
  const account = (): Node =>
    pick(
      scope,
      "0.6.0",
      () => serviceAccountName(scope),
      () => "nats-streaming",
    ) as Node;
  const url = "nats://$(NATS_OPERATOR_SERVICE_ACCOUNT):$(NATS_OPERATOR_BOUND_TOKEN)@$(NATS_SERVICE)";
  const replicas = get(scope, "stan", "replicas");
  return [
    field("POD_NAME", "metadata.name"),
    field("POD_NAMESPACE", "metadata.namespace"),
    ...some(scope.since("0.6.0"), () => [{ name: "CLUSTER_ADVERTISE", value: joined(write, "$(POD_NAME).", nameOf(scope), ".$(POD_NAMESPACE).svc") }]),
    ...some(scope.since("0.5.3"), () => [
      { name: "STAN_SERVICE_NAME", value: nameOf(scope) },
      { name: "STAN_REPLICAS", value: between(scope.title, replicas, write) },
    ]),
    ...some(both(scope.since("0.4.0"), truth(at(role, "enabled"))), () => [
      field("NATS_OPERATOR_SERVICE_ACCOUNT", "spec.serviceAccountName"),
      {
        name: "NATS_OPERATOR_BOUND_TOKEN",
        valueFrom: { secretKeyRef: { name: joined(beside(scope, role), account(), "-", at(role, "natsClusterName"), "-bound-token"), key: "token" } },
      },
      { name: "NATS_SERVICE", value: get(scope, "stan", "nats", "url") },
      { name: "NATS_URL", value: url },
    ]),
  ];
}

function mounts(scope: Scope): readonly Written[] {
  const tls = from(scope, "0.8.0", () => given(scope, "nats", "tls"));
  const secret = at(tls, "secret", "name");
  const write = beside(scope, tls);
  const stored = both(isText(get(scope, "store", "type"), "file"), hasVolume(scope));
  const seed = from(scope, "0.7.5", () => given(scope, "stan", "auth", "nkeySeedFile"));
  return [
    ...some(truth(tls), () => [{ name: joined(write, secret, "-clients-volume"), mountPath: joined(write, "/etc/nats-certs/clients/", secret) }]),
    { name: "config-volume", mountPath: "/etc/stan-config" },
    ...some(stored, () => [storeMount(scope)]),
    ...some(clientTls(scope), () => [{ name: "stan-client-tls-volume", mountPath: "/etc/nats/certs" }]),
    ...some(both(scope.since("0.5.2"), is(scope, "stan", "credentials")), () => [{ name: "stan-sys-creds", mountPath: "/etc/stan-creds" }]),
    ...some(truth(seed), () => [{ name: "stan-sys-nkey-seed-file", mountPath: "/etc/nkey-seed-file", subPath: at(seed, "secret", "key") }]),
    ...some(scope.since("0.6.0"), () => [pidMount(scope)]),
  ];
}

function storeMount(scope: Scope): Written {
  const path = pick(
    scope,
    "0.4.0",
    () => get(scope, "store", "volume", "mount"),
    () => get(scope, "store", "file", "path"),
  );
  return { name: claimName(scope), mountPath: plain(scope.title, path, scope.write) };
}

function pidMount(scope: Scope): Written {
  return {
    name: "pid",
    mountPath: pick(
      scope,
      "0.6.2",
      () => "/var/run/stan",
      () => "/var/run/nats",
    ),
  };
}

/** Only a file store is backed up. */
function backsUp(scope: Scope): Decision {
  return both(scope.since("0.5.2"), both(isText(get(scope, "store", "type"), "file"), is(scope, "store", "backup", "enabled")));
}

function backup(scope: Scope): Written {
  const { title, write } = scope;
  const own = (key: string): Node | undefined => get(scope, "store", "backup", key);
  const credentials = own("credentialsSecretName");
  const secret = (name: string, key: string): Written => ({ name, valueFrom: { secretKeyRef: { name: credentials, key } } });
  const text = (name: string, node: Node | undefined): Written => ({ name, value: between(title, node, write) });
  const script = pick(
    scope,
    "0.5.3",
    () => own("backupContainerScript"),
    () => unknown("the chart has a script of its own", write(null).origin),
  );
  return {
    name: "backup",
    image: "amazon/aws-cli",
    securityContext: from(scope, "0.8.7", () => given(scope, "store", "backup", "securityContext")),
    command: ["/bin/sh", "-c"],
    args: [script],
    env: [
      text("SLEEP_TIME", own("sleepTime")),
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      ...some(truth(credentials), () => [
        secret("AWS_ACCESS_KEY_ID", "awsAccessKeyId"),
        secret("AWS_SECRET_ACCESS_KEY", "awsSecretKeyId"),
        secret("AWS_DEFAULT_REGION", "awsDefaultRegion"),
      ]),
      ...some(scope.since("0.5.3"), () => [
        text("STORE_FILE_PATH", get(scope, "store", "file", "path")),
        text("STORE_BACKUP_S3PATH", own("s3Path")),
        { name: "STAN_NAME", value: nameOf(scope) },
      ]),
    ],
    resources: given(scope, "store", "backup", "resources"),
    volumeMounts: choose(
      hasVolume(scope),
      () => write([storeMount(scope)]),
      () => undefined,
    ),
  };
}

function exporter(scope: Scope): Written {
  const standard = (): Written => [
    "-connz",
    "-routez",
    "-subz",
    "-varz",
    ...some(not(scope.since("0.13.1")), () => ["-channelz", "-serverz"]),
    "http://localhost:8222/",
  ];
  return {
    name: "metrics",
    image: plain(scope.title, get(scope, "exporter", "image"), scope.write),
    securityContext: from(scope, "0.8.7", () => given(scope, "exporter", "securityContext")),
    args: from(scope, "0.13.1", () => given(scope, "exporter", "args")) ?? standard(),
    ports: [{ containerPort: 7777, name: "metrics" }],
    resources: from(scope, "0.8.9", () => given(scope, "exporter", "resources")),
  };
}

function reloader(scope: Scope): Written {
  const part = (key: string): Node => plain(scope.title, get(scope, "reloader", key), scope.write);
  const pidFile = pick(
    scope,
    "0.6.2",
    () => "/var/run/stan/stan.pid",
    () => "/var/run/nats/nats.pid",
  );
  return {
    name: "reloader",
    image: part("image"),
    imagePullPolicy: part("pullPolicy"),
    command: ["nats-server-config-reloader", "-pid", pidFile, "-config", "/etc/stan-config/stan.conf"],
    volumeMounts: [{ name: "config-volume", mountPath: "/etc/stan-config" }, pidMount(scope)],
  };
}
