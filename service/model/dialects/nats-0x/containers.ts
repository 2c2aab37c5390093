// The containers of the server's pods: the server, what reloads it, what exports its metrics, and what finds its address.

import { at, type Node } from "../../../document/node.ts";
import { both, computed, joined, truth, type Written } from "../template.ts";
import { image } from "./images.ts";
import { advertisesNode } from "./listeners.ts";
import { additionalMounts, advertiseMount, certificateMounts, configMounts, mounts } from "./mounts.ts";
import { plain, quoted } from "./printed.ts";
import { probes } from "./probes.ts";
import { podHostName } from "./routes.ts";
import { beside, each, from, get, given, is, pick, pickDecision, type Scope, some, spliced, union, when } from "./scope.ts";
import { type CertificateFolder, secretName } from "./transport.ts";

/** The init container that writes the node's address into files which the conf includes. */
export function initContainers(scope: Scope): Node | undefined {
  const node = { name: "KUBERNETES_NODE_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } };
  const directory = "/etc/nats-config/advertise";
  const { securityContext, resources } = bounds(scope, "bootconfig", "0.8.2");
  const content = {
    name: "bootconfig",
    command: ["nats-pod-bootconfig", "-f", `${directory}/client_advertise.conf`, "-gf", `${directory}/gateway_advertise.conf`],
    env: [node],
    ...image(scope, "bootconfig"),
    resources,
    volumeMounts: [advertiseMount],
  };
  // Until 0.13.2 the keys of the security context landed beside it, where they are nothing.
  const container = pick(
    scope,
    "0.14.0",
    () => ({ ...content, securityContext }),
    () => union(scope.write, scope.write(content), securityContext),
  );
  return when(scope, advertisesNode(scope), () => [container]);
}

/** All containers in the order of the pod. */
export function containers(scope: Scope): Node {
  return scope.write([
    serverContainer(scope),
    ...some(is(scope, "reloader", "enabled"), () => [reloader(scope)]),
    ...some(is(scope, "exporter", "enabled"), () => [exporter(scope)]),
    ...spliced(from(scope, "0.11.0", () => get(scope, "additionalContainers"))),
  ]);
}

function serverContainer(scope: Scope): Written {
  const profiling = both(scope.since("0.8.7"), is(scope, "nats", "profiling", "enabled"));
  const port = get(scope, "nats", "profiling", "port");
  return {
    name: "nats",
    ...image(scope, "nats"),
    securityContext: securityContextOf(scope, "nats"),
    resources: pick(
      scope,
      "0.7.5",
      () => get(scope, "nats", "resources"),
      () => from(scope, "0.7.3", () => earlyResources(scope)),
    ),
    ports: ports(scope),
    command: ["nats-server", "--config", "/etc/nats-config/nats.conf", ...some(profiling, () => [joined(beside(scope, port), "--profile=", port)])],
    env: environment(scope),
    volumeMounts: mounts(scope),
    ...probes(scope),
    lifecycle: { preStop: { exec: { command: stopCommand(scope) } } },
  };
}

/** 0.7.3 looked for `requests` and `limits` beside `resources`, where nobody has them. */
function earlyResources(scope: Scope): Node | undefined {
  const resources = get(scope, "nats", "resources");
  const part = (key: string): Node | undefined => {
    const value = at(resources, key);
    return when(scope, is(scope, "nats", key), () => ({ cpu: at(value, "cpu"), memory: at(value, "memory") }));
  };
  const [requests, limits] = [part("requests"), part("limits")];
  if (requests === undefined && limits === undefined) return undefined;
  return when(scope, truth(resources), () => ({ requests, limits }));
}

function ports(scope: Scope): readonly Written[] {
  const hosted = is(scope, "nats", "externalAccess");
  const open = (name: Written, port: Node): Written => ({ containerPort: port, name, hostPort: when(scope, hosted, () => port) });
  const fixed = (port: number): Node => scope.write(port);
  const value = (...path: string[]): Node => plain(scope.title, get(scope, ...path), scope.write);
  const listener = (part: string, name: string, port: number): readonly Written[] =>
    some(
      pickDecision(
        scope,
        "0.15.0",
        () => is(scope, part, "enabled"),
        () => true,
      ),
      () => [
        open(
          name,
          pick(
            scope,
            "0.15.0",
            () => value(part, "port"),
            () => fixed(port),
          ) as Node,
        ),
      ],
    );
  return [
    open(clientPortName(scope), clientPort(scope)),
    ...listener("leafnodes", "leafnodes", 7422),
    ...listener("gateway", "gateways", 7522),
    { containerPort: 6222, name: "cluster" },
    { containerPort: 8222, name: "monitor" },
    ...some(
      pickDecision(
        scope,
        "0.18.0",
        () => false,
        () => true,
      ),
      () => [{ containerPort: 7777, name: metricsPortName(scope) }],
    ),
    ...some(both(scope.since("0.8.2"), is(scope, "mqtt", "enabled")), () => [open("mqtt", fixed(1883))]),
    ...some(both(scope.since("0.7.0"), is(scope, "websocket", "enabled")), () => [open("websocket", value("websocket", "port"))]),
    ...some(both(scope.since("0.8.7"), is(scope, "nats", "profiling", "enabled")), () => [
      { containerPort: value("nats", "profiling", "port"), name: "profiling" },
    ]),
  ];
}

/** The clients' port can be chosen since 0.11.2. */
export function clientPort(scope: Scope): Node {
  return pick(
    scope,
    "0.11.2",
    () => plain(scope.title, get(scope, "nats", "client", "port"), scope.write),
    () => 4222,
  ) as Node;
}

export function clientPortName(scope: Scope): Node {
  return pick(
    scope,
    "0.11.2",
    () => plain(scope.title, get(scope, "nats", "client", "portName"), scope.write),
    () => "client",
  ) as Node;
}

export function metricsPortName(scope: Scope): Node {
  return pick(
    scope,
    "0.17.1",
    () => plain(scope.title, get(scope, "exporter", "portName"), scope.write),
    () => "metrics",
  ) as Node;
}

function environment(scope: Scope): readonly Written[] {
  const field = (name: string, fieldPath: string): Written => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const prefix = get(scope, "nats", "serverNamePrefix");
  const limit = get(scope, "nats", "gomemlimit");
  const secret = get(scope, "nats", "jetstream", "encryption", "secret");
  const encrypts = both(scope.since("0.8.7"), both(is(scope, "nats", "jetstream", "enabled"), truth(secret)));
  return [
    field("POD_NAME", "metadata.name"),
    ...some(scope.since("0.9.2"), () => [
      { name: "SERVER_NAME", value: joined(prefix === undefined ? scope.write : computed(scope.title, prefix.origin), prefix, "$(POD_NAME)") },
    ]),
    field("POD_NAMESPACE", "metadata.namespace"),
    { name: "CLUSTER_ADVERTISE", value: podHostName(scope) },
    ...some(both(scope.since("0.18.0"), truth(limit)), () => [{ name: "GOMEMLIMIT", value: quoted(scope.title, limit, scope.write) }]),
    ...spliced(from(scope, "0.19.10", () => get(scope, "nats", "extraEnv"))),
    ...some(encrypts, () => [{ name: "JS_KEY", valueFrom: { secretKeyRef: { name: at(secret, "name"), key: at(secret, "key") } } }]),
  ];
}

/** How the server is told to leave: by its own signal, for long followed by a sleep in a shell. */
function stopCommand(scope: Scope): Node {
  const signal = "-sl=ldm=/var/run/nats/nats.pid";
  const shell = (script: Written): Written => ["/bin/sh", "-c", script];
  const grace = get(scope, "nats", "terminationGracePeriodSeconds");
  const sleeping = (server: string, seconds: Node | string | undefined): Written => shell(joined(scope.write, `${server} ${signal} && /bin/sleep `, seconds));
  const early = (): Written =>
    pick(
      scope,
      "0.4.1",
      () => sleeping("nats-server", "60"),
      () => sleeping("/nats-server", "60"),
    );
  const middle = (): Written => pick(scope, "0.7.3", () => sleeping("nats-server", grace), early);
  const late = (): Written => pick(scope, "0.11.3", () => shell(`nats-server ${signal}`), middle);
  return pick(scope, "0.14.0", () => ["nats-server", signal], late) as Node;
}

function reloader(scope: Scope): Written {
  const certificate = (part: string, folder: CertificateFolder): readonly Written[] => {
    const tls = get(scope, part, "tls");
    return some(both(scope.since("0.17.0"), truth(tls)), () =>
      ["ca", "cert", "key"].flatMap((key) =>
        some(truth(at(tls, key)), () => [
          "-config",
          joined(beside(scope, tls), `/etc/nats-certs/${folder}/`, secretName(scope, tls as Node), "/", at(tls, key)),
        ]),
      ),
    );
  };
  return {
    name: "reloader",
    ...image(scope, "reloader"),
    ...bounds(scope, "reloader", "0.8.2"),
    command: [
      ...["nats-server-config-reloader", "-pid", "/var/run/nats/nats.pid", "-config", "/etc/nats-config/nats.conf"],
      ...certificate("nats", "clients"),
      ...certificate("cluster", "cluster"),
      ...each(
        from(scope, "0.11.0", () => get(scope, "reloader", "extraConfigs")),
        (path) => ["-config", quoted(scope.title, path, scope.write)],
      ),
      ...each(
        from(scope, "0.19.6", () => get(scope, "nats", "config")),
        (item) => {
          const name = at(item, "name");
          return ["-config", joined(beside(scope, item), "/etc/nats-config/", name, "/", name, ".conf")];
        },
      ),
    ],
    volumeMounts: [
      { name: "config-volume", mountPath: "/etc/nats-config" },
      { name: "pid", mountPath: "/var/run/nats" },
      ...some(scope.since("0.17.0"), () => certificateMounts(scope)),
      ...additionalMounts(scope),
      ...configMounts(scope, "0.19.6"),
    ],
  };
}

function exporter(scope: Scope): Written {
  const own = from(scope, "0.19.11", () => given(scope, "exporter", "args"));
  const flag = (since: string, part: readonly string[], name: string): readonly Written[] => some(both(scope.since(since), is(scope, ...part)), () => [name]);
  return {
    name: "metrics",
    ...image(scope, "exporter"),
    ...bounds(scope, "exporter", "0.8.2"),
    args:
      own ??
      scope.write([
        ...["-connz", "-routez", "-subz", "-varz", "-prefix=nats", "-use_internal_server_id"],
        ...flag("0.8.2", ["nats", "jetstream", "enabled"], "-jsz=all"),
        ...flag("0.10.0", ["leafnodes", "enabled"], "-leafz"),
        ...flag("0.17.1", ["gateway", "enabled"], "-gatewayz"),
        "http://localhost:8222/",
      ]),
    ports: [{ containerPort: 7777, name: metricsPortName(scope) }],
  };
}

/** Security context and resources of a container beside the server. */
function bounds(scope: Scope, part: string, since: string): { readonly securityContext: Node | undefined; readonly resources: Node | undefined } {
  return {
    securityContext: securityContextOf(scope, part),
    resources: from(scope, since, () => get(scope, part, "resources")),
  };
}

/** Two versions before 0.8.7 that read the security contexts of containers; those that followed them lost it again. */
const EARLY: readonly (string | undefined)[] = ["0.8.1", "0.8.3"];

export function securityContextOf(scope: Scope, part: string): Node | undefined {
  const read = (): Node | undefined => given(scope, part, "securityContext");
  const [only, ...more] = scope.chart.versions;
  return more.length === 0 && EARLY.includes(only) ? read() : from(scope, "0.8.7", read);
}
