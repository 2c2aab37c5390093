// By which keys a chart's values are recognised. A strong key is one that hardly anything else has;
// weak ones are shared with half of all charts and only support a strong one.

import { type Node, text } from "../document/node.ts";
import type { DialectName } from "./charts.ts";

/**
 * A dotted key (no key here has a dot in it), or two divided by `|`, and where that says too little, what must stand there.
 * With `+` between them, keys that tell only together.
 */
export type Fingerprint = string | readonly [key: string, test: (node: Node) => boolean];

interface Fingerprints {
  /** The dialect whose keys this one has too, because its chart contains a copy of that chart's or descends from it. */
  readonly also?: DialectName;
  readonly strong: readonly Fingerprint[];
  readonly weak: readonly string[];
  /** Where this chart has the server's image. */
  readonly image: readonly string[];
}

/** Tests of what stands at a key. */
export const isMap = (node: Node): boolean => node.kind === "map";
export const has =
  (...keys: readonly string[]) =>
  (node: Node): boolean =>
    node.kind === "map" && keys.some((key) => node.entries.has(key));
const hasAll =
  (...keys: readonly string[]) =>
  (node: Node): boolean =>
    node.kind === "map" && keys.every((key) => node.entries.has(key));
const isPortOf = (node: Node, key: string): boolean => {
  const port = node.kind === "map" ? node.entries.get(key) : undefined;
  return port?.kind === "scalar" && /^\d+$/.test(String(port.value));
};

export const FINGERPRINTS: Readonly<Record<DialectName, Fingerprints>> = {
  "nats-0x": {
    strong: [
      ["natsbox", isMap],
      "bootconfig",
      ["nats.jetstream", has("memStorage")],
      ["nats.jetstream.fileStorage", isMap],
      "nats.externalAccess",
      "nats.advertise",
      "nats.connectRetries",
      "nats.customConfigSecret",
      "nats.configChecksumAnnotation",
      ["nats.healthcheck", isMap],
      "nats.serverNamePrefix",
      ["nats.limits", isMap],
      ["nats.logging", isMap],
      ["leafnodes.remotes", remotesOfChart],
      ["auth.resolver", has("type")],
      ["auth.basic", isMap],
      "cluster.noAdvertise",
      "nats.jetstream.enabled+cluster.replicas",
      "nats.image+cluster.replicas",
      ["cluster.authorization", isMap],
      ["exporter.serviceMonitor", isMap],
      ["nats.tls", hasSecretName],
      ["cluster.tls", hasSecretName],
      ["gateway.tls", hasSecretName],
      ["leafnodes.tls", hasSecretName],
      ["websocket.tls", hasSecretName],
      ["nats.client", has("port", "portName")],
    ],
    weak: [
      "cluster.enabled",
      "cluster.replicas",
      "auth.enabled",
      "auth.token",
      "exporter",
      "reloader",
      "gateway.enabled",
      "websocket.enabled",
      "mqtt.enabled",
      "leafnodes.enabled",
      "nats.jetstream.enabled",
      "podDisruptionBudget",
    ],
    image: ["nats.image", "nats.image.repository"],
  },
  "nats-1x": {
    strong: [
      ["natsBox", isMap],
      ["promExporter", isMap],
      ["tlsCA", isMap],
      ["config.nats", has("merge", "patch", "jetstream", "websocket")],
      ["config.jetstream.fileStore", isMap],
      ["config.jetstream.fileStore.pvc", isMap],
      ["config.jetstream.memoryStore", isMap],
      "config.cluster.routeURLs",
      "config.cluster.replicas",
      "config.cluster.enabled+config.jetstream.enabled",
      ["config.resolver.pvc", isMap],
      ["config.websocket.ingress", isMap],
      "config.merge|config.patch",
      "config.cluster.merge|config.cluster.patch",
      "config.jetstream.merge|config.jetstream.patch",
      "config.leafnodes.merge|config.leafnodes.patch",
      "container.merge|container.patch",
      "podTemplate.merge|podTemplate.patch",
      ["podTemplate.topologySpreadConstraints", isMap],
      "statefulSet.merge|statefulSet.patch",
      "service.merge|service.patch",
      ["service.ports.nats", isMap],
      "reloader.natsVolumeMountPrefixes",
    ],
    weak: [
      "config.cluster.enabled",
      "config.jetstream.enabled",
      "config.nats.port",
      "config.nats.tls",
      "config.monitor.enabled",
      "config.leafnodes.enabled",
      "config.gateway.enabled",
      "config.websocket.enabled",
      "container.image",
      "container.env",
      "container.resources",
      "headlessService",
      "service.ports",
      "podTemplate",
      "podDisruptionBudget",
      "reloader",
    ],
    image: ["container.image.repository", "container.image.fullImageName"],
  },
  stan: {
    also: "nats-0x",
    strong: [
      "stan.replicas+store.cluster.enabled",
      "stan.replicas+store.type",
      "stan.clusterID",
      ["stan.nats", has("url", "serviceRoleAuth")],
      ["stan.auth", has("enabled", "nkeySeedFile")],
      "stan.credentials",
      ["store.ft", isMap],
      ["store.partitioning", isMap],
      "store.cluster.logPath",
      ["store.volume", isMap],
      ["store.backup", isMap],
      ["store.sql", isMap],
      ["store.limits", isMap],
      ["clusterReadinessProbe", isMap],
    ],
    weak: ["stan.replicas", "stan.logging", "stan.tls", "store.type", "store.file", "store.cluster.enabled", "exporter"],
    image: ["stan.image"],
  },
  "stable-nats": {
    strong: [["clusterAuth", isMap], ["client.service", isMap], ["cluster.service", isMap], ["monitoring.service", isMap], "debug.enabled+debug.trace"],
    weak: [
      "replicaCount",
      "auth.enabled",
      "auth.user",
      "antiAffinity",
      "statefulset.updateStrategy",
      "extraArgs",
      "metrics.enabled",
      "debug.enabled",
      "debug.logtime",
      "resourceType",
      "natsFilename",
      "image.repository",
    ],
    image: ["image.repository"],
  },
  qlik: {
    also: "stable-nats",
    strong: [
      "auth.jwtUsers",
      ["networkPolicy.keys", has("release")],
      ["image.repository", (node) => /(^|\/)qnatsd$/.test(text(node) ?? "")],
      ["auth.users", (node) => node.kind === "list" && node.items.some((item) => has("user")(item))],
    ],
    weak: [],
    image: ["image.repository"],
  },
  "qlik-streaming": {
    also: "stable-nats",
    strong: ["hbInterval", "hbTimeout", "hbFailCount", "natsSvc", "ftGroup", "cluster_raft_logging"],
    weak: ["clustered", "clusterID", "store", "replicaCount", "persistence.enabled", "persistence.internalStorageClass", "auth.secretName", "antiAffinity"],
    image: ["image.repository"],
  },
  bitnami: {
    strong: [
      "resourceType",
      "natsFilename",
      ["containerPorts", hasAll("client", "monitoring")],
      ["service.ports", (node) => isPortOf(node, "client") && isPortOf(node, "monitoring")],
      "auth.usersCredentials",
      ["auth.credentials", (node) => node.kind === "list"],
      "auth.noAuthUser",
      ["cluster.auth", isMap],
      "jetstream.maxMemory",
      "jetstream.storeDirectory",
    ],
    weak: [
      "replicaCount",
      "persistence.enabled",
      "metrics.enabled",
      "pdb",
      "image.registry",
      "podAntiAffinityPreset",
      "auth.enabled",
      "auth.user",
      "debug.enabled",
      "jetstream.enabled",
      "cluster.name",
      "resourcesPreset",
    ],
    image: ["image.repository"],
  },
  nack: {
    strong: [
      ["jetstream.nats", has("url", "credentials", "nkey")],
      "jetstream.nats+namespaced",
      "jetstream.nats+jetstream.image",
      ["jetstream.tls", has("settings", "tlsFirst")],
      "jetstream.controlLoop",
      "jetstream.additionalArgs",
      "jetstream.klogLevel",
      ["jetstream.image.repository", isController],
      ["jetstream.image", isController],
    ],
    weak: ["jetstream.enabled", "jetstream.image", "namespaced", "readOnly", "rbacRules", "useLegacyNames", "serviceAccountName", "containerSecurityContext"],
    image: [],
  },
  "nats-operator": {
    strong: [
      "cluster.create+cluster.size+rbacEnabled",
      "cluster.create+cluster.size+clusterScoped",
      ["cluster.configReload", isMap],
      ["cluster.auth", has("enableServiceAccounts")],
      ["cluster.metrics", has("servicemonitor")],
      ["image.repository", (node) => /(^|\/)nats-operator$/.test(text(node) ?? "")],
    ],
    weak: ["cluster.create", "cluster.version", "cluster.name", "cluster.auth.enabled", "cluster.tls.enabled", "clusterScoped", "rbacEnabled", "antiAffinity"],
    image: [],
  },
  "nats-streaming-operator": {
    strong: [
      "cluster.natsSvc",
      "cluster.config.raftLogging",
      "cluster.natsSvc+rbacEnabled",
      ["image.repository", (node) => /(^|\/)nats-streaming-operator$/.test(text(node) ?? "")],
    ],
    weak: ["cluster.enabled", "cluster.version", "cluster.name", "clusterScoped", "rbacEnabled", "antiAffinity"],
    image: [],
  },
};

/** Where a dotted key stands in values, if it does. A value that is not known counts as standing there. */
export function findKey(values: Node, key: string): Node | undefined {
  let here: Node | undefined = values;
  for (const part of key.split(".")) here = here?.kind === "map" ? here.entries.get(part) : undefined;
  return here;
}

/** The strong keys of a dialect that the values have. Each map of a repository's values may be asked, for each dialect. */
export function strongKeys(values: Node, dialect: DialectName): string[] {
  if (values.kind !== "map" || BEGINNINGS.get(dialect)?.some((name) => values.entries.has(name)) !== true) return [];
  return FINGERPRINTS[dialect].strong.map((one) => matchFingerprint(values, one)).filter((key) => key !== null);
}

/** With which keys of a map a dialect's strong ones begin. */
const BEGINNINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(FINGERPRINTS).map(([dialect, { strong }]) => {
    const keys = strong.flatMap((one) => (typeof one === "string" ? one : one[0]).split(/[+|]/));
    return [dialect, [...new Set(keys.map((key) => key.split(".")[0] ?? ""))]] as const;
  }),
);

/** The key of a fingerprint when the values have it. */
export function matchFingerprint(values: Node, one: Fingerprint): string | null {
  const [keys, test] = typeof one === "string" ? [one, null] : one;
  if (keys.includes("+")) return keys.split("+").every((key) => findKey(values, key) !== undefined) ? keys : null;
  for (const key of keys.split("|")) {
    const node = findKey(values, key);
    if (node !== undefined && (test === null || test(node))) return key;
  }
  return null;
}

function isController(node: Node): boolean {
  return /(^|\/)jetstream-controller(?=$|[:@])/.test(text(node) ?? "");
}

/** The chart's `tls` names a Secret and files of it. */
function hasSecretName(node: Node): boolean {
  return findKey(node, "secret.name") !== undefined;
}

/** The chart's remotes name a secret where nats.conf's own name a file. */
function remotesOfChart(node: Node): boolean {
  return node.kind === "list" && node.items.some((item) => item.kind === "map" && findKey(item, "credentials.secret") !== undefined);
}
