// What people write at the keys of the second writing of the chart of nats, which has a `merge` and a `patch` at every level.
import type fc from "fast-check";
import { accounts, affinity, one, type Piece, preferred, users } from "./random-words.ts";

/** JSON patches at objects of Kubernetes. */
const objectPatches = (...more: readonly object[]): fc.Arbitrary<unknown> =>
  one(
    [],
    [{ op: "add", path: "/metadata/annotations", value: { one: "two" } }],
    [{ op: "add", path: "/metadata/labels/team", value: "x" }],
    ...more.map((one) => [one]),
  );

export const PIECES_1X: readonly Piece[] = [
  {
    at: /^config\.merge$/,
    values: one(
      {},
      { debug: true, trace: false },
      { authorization: { users } },
      { authorization: { token: "<< $TOKEN >>" } },
      { accounts, system_account: "SYS" },
      { accounts: { APP: { users, jetstream: { max_mem: "1Gi", max_file: "<< 5GB >>" } } }, no_auth_user: "app" },
      { max_payload: "<< 8MB >>", max_pending: "<< 64MB >>", write_deadline: "10s" },
      { max_payload: 8388608, max_connections: 100000 },
      { cluster: { name: "east", no_advertise: false } },
      { jetstream: { store_dir: "/else", domain: "hub" } },
      { lame_duck_duration: "5m", lame_duck_grace_period: null },
      { $tplYaml: "max_payload: 1048576\n" },
      { trace: true, more: { $tplYamlSpread: "debug: true\ntrace: false\n" }, server_tags: [{ $tplYamlSpread: "[b, c]" }, "a"] },
      { server_tags: ["az:a"], "00$include": "extra.conf" },
      { MOST: 7, cluster: { users$include: "./users.conf" }, max_connections: "<< $MOST >>", zz$include: "extra.conf" },
      { accounts: { APP: { "00$include": "users.conf", jetstream: "<< $ON >>" } }, max_payload: "<< $NONE >>", extra$include: "absent/extra.conf" },
      { leafnodes: { remotes: [{ url: "tls://hub:7422", credentials: "/etc/creds/user.creds" }] } },
      { operator: "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.e30.c2ln", resolver: "MEMORY" },
    ),
    whole: true,
  },
  {
    at: /^config\.patch$/,
    values: one(
      [],
      [{ op: "add", path: "/debug", value: true }],
      [{ op: "remove", path: "/lame_duck_grace_period" }],
      [{ op: "replace", path: "/port", value: 4333 }],
      [
        { op: "test", path: "/port", value: 4222 },
        { op: "add", path: "/max_connections", value: 10 },
      ],
    ),
  },
  {
    at: /^config\.cluster\.merge$/,
    values: one(
      { name: "west" },
      { no_advertise: false },
      { authorization: { user: "r", password: "r-pass", timeout: 3 } },
      { pool_size: 5, compression: "accept" },
    ),
    whole: true,
  },
  {
    at: /^config\.jetstream\.merge$/,
    values: one({ domain: "hub" }, { max_outstanding_catchup: "<< 64MB >>" }, { sync_interval: "10s", unique_tag: "az:" }, { max_file_store: null }),
    whole: true,
  },
  {
    at: /^config\.leafnodes\.merge$/,
    values: one({ remotes: [{ urls: ["nats-leaf://hub:7422"], account: "APP" }] }, { no_advertise: false, authorization: { user: "l", password: "l-pass" } }),
    whole: true,
  },
  {
    at: /^config\.gateway\.merge$/,
    values: one({ name: "east", gateways: [{ name: "west", url: "nats://west:7222" }] }, { reject_unknown_cluster: true, advertise: "gw.example.com:7222" }),
    whole: true,
  },
  {
    at: /^config\.websocket\.merge$/,
    values: one({ no_tls: true, same_origin: true }, { allowed_origins: ["https://example.com"], compression: true }),
    whole: true,
  },
  { at: /^config\.mqtt\.merge$/, values: one({ ack_wait: "1m", max_ack_pending: 100 }, { no_auth_user: "app" }), whole: true },
  {
    at: /^config\.resolver\.merge$/,
    values: one({ type: "full", interval: "2m", allow_delete: true }, { type: "cache", limit: 100, timeout: "1.9s" }, { raw: 1 }),
    whole: true,
  },
  { at: /^config\.jetstream\.(fileStore|memoryStore)\.maxSize$/, values: one("2Gi", "500MB", 1073741824, "<< 10GB >>", "<< $SIZE >>", "<<1GB>>", "1x") },
  { at: /^config\.\w+\.port$/, values: one(4222, 443, 8080, "<< 4333 >>", "<< $PORT >>") },
  { at: /^config\.(cluster\.)?(noAdvertise|enabled)$/, values: one(true, false, "<< true >>") },
  { at: /^config\.\w+\.tls\.merge$/, values: one({ verify: true }, { timeout: 3, verify_and_map: true }, { handshake_first: true }), whole: true },
  { at: /^config\.\w+(\.tls)?\.patch$/, values: one([], [{ op: "add", path: "/no_advertise", value: false }], [{ op: "add", path: "/timeout", value: 5 }]) },
  { at: /\.pvc\.merge$/, values: one({ spec: { accessModes: ["ReadWriteMany"] } }, { metadata: { annotations: { one: "two" } } }), whole: true },
  { at: /\.pvc\.patch$/, values: objectPatches({ op: "replace", path: "/spec/accessModes/0", value: "ReadWriteOncePod" }) },
  {
    at: /^container\.merge$/,
    values: one(
      { resources: { limits: { cpu: 2, memory: "8Gi" }, requests: { cpu: 2, memory: "8Gi" } } },
      { securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } },
      { lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } } },
      { startupProbe: { failureThreshold: 30 }, livenessProbe: null },
      { args: ["--config", "/etc/nats-config/nats.conf", "-DV"] },
      { env: [{ name: "GOMEMLIMIT", value: "4GiB" }] },
    ),
    whole: true,
  },
  {
    at: /^container\.patch$/,
    values: one(
      [],
      [{ op: "add", path: "/args/-", value: "-D" }],
      [{ op: "remove", path: "/lifecycle" }],
      [{ op: "add", path: "/volumeMounts/-", value: { name: "extra", mountPath: "/extra" } }],
    ),
  },
  {
    at: /^podTemplate\.merge$/,
    values: one(
      { spec: { affinity } },
      { spec: { affinity: preferred, terminationGracePeriodSeconds: 300 } },
      { spec: { nodeSelector: { disk: "ssd" }, tolerations: [{ key: "nats", operator: "Exists" }], priorityClassName: "high" } },
      { spec: { securityContext: { fsGroup: 1000, runAsUser: 1000, runAsNonRoot: true }, volumes: [{ name: "extra", emptyDir: {} }] } },
      { metadata: { labels: { team: "x" }, annotations: { "sidecar.istio.io/inject": "true" } } },
    ),
    whole: true,
  },
  {
    at: /^podTemplate\.patch$/,
    values: one(
      [],
      [{ op: "add", path: "/spec/containers/-", value: { name: "side", image: "busybox:1.36" } }],
      [{ op: "add", path: "/spec/volumes/-", value: { name: "extra", secret: { secretName: "extra" } } }],
    ),
  },
  {
    at: /^podTemplate\.topologySpreadConstraints$/,
    values: one(
      { "kubernetes.io/hostname": { maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" } },
      { "topology.kubernetes.io/zone": { maxSkew: 1 } },
      { a: "b" },
    ),
    whole: true,
  },
  {
    at: /^statefulSet\.merge$/,
    values: one(
      { spec: { replicas: 5 } },
      { spec: { podManagementPolicy: "OrderedReady", updateStrategy: { type: "OnDelete" } } },
      { metadata: { annotations: { one: "two" } } },
    ),
    whole: true,
  },
  {
    at: /^statefulSet\.patch$/,
    values: objectPatches({ op: "replace", path: "/spec/replicas", value: 3 }, { op: "remove", path: "/spec/podManagementPolicy" }),
  },
  {
    at: /^(service|headlessService)\.merge$/,
    values: one(
      { spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8"] } },
      { metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" } } },
      { spec: { type: "NodePort" } },
    ),
    whole: true,
  },
  {
    at: /^podDisruptionBudget\.merge$/,
    values: one({ spec: { minAvailable: 2, maxUnavailable: null } }, { spec: { maxUnavailable: 2 } }, { spec: { minAvailable: "50%" } }),
    whole: true,
  },
  {
    at: /^configMap\.merge$/,
    values: one(
      { data: { "extra.conf": "max_connections: 5\n" } },
      {
        data: {
          "extra.conf": "ON: true\nlame_duck_duration: 5m\n",
          "users.conf": "authorization { user: u, password: p }\nusers: [{ user: u, password: p }]\n",
        },
      },
      { metadata: { labels: { one: "two" } } },
    ),
    whole: true,
  },
  { at: /^reloader\.merge$|^promExporter\.merge$/, values: one({ resources: { limits: { memory: "64Mi" } } }, { image: "else/thing:1.0.0" }), whole: true },
  { at: /\.merge$/, values: one({}, { metadata: { labels: { one: "two" } } }), whole: true },
  { at: /^(service|headlessService|podDisruptionBudget|configMap|serviceAccount|natsBox\.\w+)\.patch$/, values: objectPatches() },
  { at: /\.patch$/, values: one([], []) },
  {
    at: /^(container|reloader|promExporter|natsBox\.container)\.env$/,
    values: one({ GOMEMLIMIT: "7GiB" }, { TOKEN: { valueFrom: { secretKeyRef: { name: "auth", key: "token" } } } }, { COUNT: 5 }),
    whole: true,
  },
  { at: /^container\.ports\.\w+$/, values: one({ hostPort: 4222 }, { protocol: "TCP" }, {}), whole: true },
  { at: /^service\.ports\.\w+$/, values: one({ enabled: true }, { enabled: false }, { enabled: true, nodePort: 30422 }, { appProtocol: "tcp" }), whole: true },
  {
    at: /^natsBox\.contexts/,
    values: one({ app: { creds: { secretName: "creds" } } }, { default: { merge: { user: "app", password: "s3cr3t" } } }),
    whole: true,
  },
  { at: /^extraResources$/, values: one([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "more" }, data: {} }], []) },
  { at: /^tlsCA$/, values: one({ enabled: true, configMapName: "ca" }, { enabled: true, secretName: "ca" }), whole: true },
  {
    at: /^config\.\w+\.tls$/,
    values: one(
      { enabled: true, secretName: "tls" },
      { enabled: true, secretName: "tls", dir: "/certs", cert: "c.pem", key: "k.pem", merge: { verify: true } },
      { enabled: true },
    ),
    whole: true,
  },
  {
    at: /^config\.websocket\.ingress$/,
    values: one({ enabled: true, hosts: ["ws.example.com"] }, { enabled: true, hosts: ["ws.example.com"], tlsSecretName: "ws-tls", className: "nginx" }),
    whole: true,
  },
  {
    at: /^config\.cluster\.routeURLs$/,
    values: one(
      { user: "route", password: "p@ss" },
      { useFQDN: true },
      { user: "route" },
      { user: "route", password: "12345", useFQDN: true, k8sClusterDomain: "example.org" },
    ),
    whole: true,
  },
  { at: /^global\.labels$|^commonLabels$/, values: one({ team: "x" }, {}) },
];
