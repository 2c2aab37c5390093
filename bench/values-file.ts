// Texts to measure with: a values file as people keep it beside the NATS chart, long and mostly comments, and smaller kin.

/** About 700 lines and 20 KB for nats 2.x: every section with its comments, most of them switched off, as in the chart's own file. */
export function longValues(): string {
  const sections = LISTENERS.map((name, index) => listener(name, 4222 + index * 1000)).join("\n");
  const objects = OBJECTS.map(object).join("\n");
  return `${HEAD}\nconfig:\n${cluster()}\n${jetstream()}\n${sections}\n${tail()}\n${objects}\n${BOX}`;
}

/** A few lines for one release of a repository; `seed` makes each a little different. */
export function shortValues(seed: number): string {
  return `config:
  cluster:
    enabled: true
    replicas: ${seed % 3 === 0 ? 2 : 3}
  jetstream:
    enabled: ${seed % 2 === 0}
    fileStore:
      pvc:
        size: ${(seed % 9) + 1}0Gi
  monitor:
    enabled: true
container:
  image:
    tag: 2.12.${seed % 4}-alpine
  env:
    GOMEMLIMIT: ${seed % 5 === 0 ? "6GiB" : "7GiB"}
podTemplate:
  topologySpreadConstraints:
    kubernetes.io/hostname:
      maxSkew: 1
      whenUnsatisfiable: DoNotSchedule
`;
}

const LISTENERS = ["leafnodes", "websocket", "mqtt", "gateway"];
const OBJECTS = ["service", "statefulSet", "podTemplate", "headlessService", "configMap", "podDisruptionBudget", "serviceAccount"];

const HEAD = `# Values of the messaging servers of the shop.
#
# Every section that the chart knows stands here, so that a change shows in one place.
# What is switched off keeps its comment: it says why.

global:
  image:
    # pull policy for all images
    pullPolicy: IfNotPresent
    # pull secrets for all images
    pullSecretNames: []
    # registry for all images
    registry:
  labels:
    team: messaging

nameOverride: ""
fullnameOverride: ""
namespaceOverride:
`;

function cluster(): string {
  return `  cluster:
    enabled: true
    port: 6222
    # must be 2 or higher when jetstream is enabled
    replicas: 3
    # how other servers find this one
    routeURLs:
      # if both user and password are set, routes authenticate
      user:
      password:
      useFQDN: false
      k8sClusterDomain: cluster.local
${tls("    ", "cluster")}
${layers("    ", "the cluster block of nats.conf")}`;
}

function jetstream(): string {
  const store = (name: string, size: string): string => `    ${name}:
      enabled: ${name === "fileStore"}
      # the most that may be stored; the size of the claim when it is not set
      maxSize: ${size}
`;
  return `  jetstream:
    enabled: true
${store("memoryStore", "1Gi")}
${store("fileStore", "10Gi")}      dir: /data
      pvc:
        enabled: true
        size: 10Gi
        # the class of the volumes; the cluster's default when it is not set
        storageClassName: fast-ssd
${layers("        ", "the claim")}
${layers("    ", "the jetstream block of nats.conf")}`;
}

function listener(name: string, port: number): string {
  return `  # ${name}: clients that do not speak the plain protocol, or servers that live elsewhere.
  # It is switched off until somebody needs it; the port is the one that firewalls know.
  ${name}:
    enabled: ${name === "leafnodes"}
    port: ${port}
    # the block of nats.conf takes more: put it into merge
${tls("    ", name)}
${layers("    ", `the ${name} block of nats.conf`)}`;
}

function tls(indent: string, name: string): string {
  return [
    "tls:",
    "  enabled: false",
    `  # the secret with the certificate of ${name}, its key and the authority`,
    `  secretName: ${name}-tls`,
    `  dir: /etc/nats-certs/${name}`,
    "  cert: tls.crt",
    "  key: tls.key",
    "  # merge or patch the tls block",
    "  # https://docs.nats.io/running-a-nats-service/configuration/securing_nats/tls",
    "  merge: {}",
    "  patch: []",
  ]
    .map((line) => indent + line)
    .join("\n");
}

function layers(indent: string, what: string): string {
  return [
    `# merge into or patch ${what}`,
    "# for example:",
    "#",
    "# merge:",
    "#   key: value",
    "#   << $VARIABLE >>: taken from the environment",
    "merge: {}",
    "patch: []",
  ]
    .map((line) => indent + line)
    .join("\n");
}

/** Users as a team keeps them: permissions in flow lists, passwords from the environment. */
function users(): string {
  return SERVICES.map(
    (name) => `        # ${name}: owns ${name}.>, listens to what it was asked for in the team's channel
        - user: ${name}
          password: << $${name.toUpperCase()}_PASSWORD >>
          permissions:
            publish: ["${name}.>", "$JS.API.STREAM.INFO.${name}", "$JS.ACK.>"]
            subscribe: ["${name}.>", "_INBOX.>"]`,
  ).join("\n");
}

function passwords(): string {
  return SERVICES.map(
    (name) => `    ${name.toUpperCase()}_PASSWORD:
      valueFrom:
        secretKeyRef:
          name: nats-passwords
          key: ${name}`,
  ).join("\n");
}

const SERVICES =
  "orders billing shipping catalogue search mail audit reports gateway identity pricing stock returns vouchers loyalty invoices tax fraud support export".split(
    " ",
  );

function tail(): string {
  return `  nats:
    port: 4222
${tls("    ", "nats")}
  monitor:
    enabled: true
    port: 8222
    tls:
      # works only when the client port has a certificate
      enabled: false
  profiling:
    enabled: false
    port: 65432
  resolver:
    enabled: false
    dir: /data/resolver
    pvc:
      enabled: true
      size: 1Gi
  # a prefix for the names of the servers
  serverNamePrefix: ""
  merge:
    max_payload: 2MB
    write_deadline: 10s
    lame_duck_duration: 60s
    authorization:
      users:
${users()}
  patch: []

container:
  image:
    repository: nats
    tag: 2.12.1-alpine
    pullPolicy:
    registry:
  # the ports that are named here are opened
  ports:
    nats: {}
    leafnodes: {}
    websocket: {}
    mqtt: {}
    cluster: {}
    gateway: {}
    monitor: {}
    profiling: {}
  env:
    GOMEMLIMIT: 6GiB
${passwords()}
  merge:
    resources:
      requests:
        cpu: "2"
        memory: 8Gi
      limits:
        cpu: "2"
        memory: 8Gi
  patch: []

reloader:
  enabled: true
  image:
    repository: natsio/nats-server-config-reloader
    tag: 0.20.0
  env: {}
${layers("  ", "the reloader's container")}

promExporter:
  enabled: true
  image:
    repository: natsio/prometheus-nats-exporter
    tag: 0.17.3
  port: 7777
  podMonitor:
    enabled: true
${layers("    ", "the pod monitor")}
${layers("  ", "the exporter's container")}
`;
}

function object(name: string): string {
  const extra: Readonly<Record<string, string>> = {
    service: "  enabled: true\n  ports:\n    nats:\n      enabled: true\n    leafnodes:\n      enabled: true\n    monitor:\n      enabled: false\n",
    podTemplate:
      "  # adds a digest of the configuration to the pods\n  configChecksumAnnotation: true\n  # spreads the servers over hosts\n  topologySpreadConstraints:\n    kubernetes.io/hostname:\n      maxSkew: 1\n      whenUnsatisfiable: DoNotSchedule\n",
    podDisruptionBudget: "  enabled: true\n",
    serviceAccount: "  enabled: true\n",
  };
  return `${"#".repeat(60)}
# ${name}
${"#".repeat(60)}
${name}:
${extra[name] ?? ""}${layers("  ", `the ${name} that the chart makes`)}
  # the name that it gets; the release's when it is not set
  name:
`;
}

const BOX = `natsBox:
  enabled: true
  contexts:
    default:
      creds:
        contents:
        secretName:
      nkey:
        contents:
        secretName:
${layers("      ", "the context file")}
  defaultContextName: default
  container:
    image:
      repository: natsio/nats-box
      tag: 0.18.1
    env: {}
${layers("    ", "the container")}
  podTemplate:
${layers("    ", "the pods")}
  serviceAccount:
    enabled: false
${layers("    ", "the account")}
extraResources: []
`;
