// What people write at the keys of the first writing of the chart of nats, and of the chart of stan.
import fc from "fast-check";
import { accounts, one, type Piece, secrets, users } from "./random-words.ts";

const tls = (...more: readonly object[]): fc.Arbitrary<unknown> =>
  one(
    { secret: { name: "nats-tls" }, ca: "ca.crt", cert: "tls.crt", key: "tls.key" },
    { secret: { name: "nats-tls" }, cert: "tls.crt", key: "tls.key", verify: true, timeout: 2 },
    { secret: { name: "nats-tls" }, ca: "ca.crt", cert: "tls.crt", key: "tls.key", verifyAndMap: true, timeout: "3s" },
    { secret: { name: "nats-tls" }, cert: "tls.crt", key: "tls.key", insecure: true, cipherSuites: ["TLS_AES_128_GCM_SHA256"] },
    { secret: { name: "nats-tls" }, cert: "tls.crt", key: "tls.key", curvePreferences: ["CurveP256"], allowNonTLS: true, verifyCertAndCheckKnownUrls: true },
    ...more,
  );

export const PIECES_0X: readonly Piece[] = [
  { at: /^(nats|cluster|leafnodes|gateway|websocket|mqtt)\.tls$/, values: tls(), whole: true },
  { at: /^stan\.tls$/, values: one({ enabled: true, secretName: "stan-tls" }, { enabled: true }, { enabled: false, secretName: "x" }), whole: true },
  {
    at: /^auth\.basic$/,
    values: one(
      { users },
      { users, noAuthUser: "app" },
      { accounts },
      { users, accounts },
      { users, defaultPermissions: { publish: ["SANDBOX.*"], subscribe: ["PUBLIC.>"] }, timeout: 2 },
    ),
    whole: true,
  },
  { at: /^auth\.nkeys$/, values: one({ users: [{ nkey: "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4" }] }), whole: true },
  { at: /^auth\.token$/, values: secrets },
  { at: /^auth\.systemAccount$/, values: one("SYS", "AAJ5") },
  {
    at: /^auth\.resolver$/,
    values: one(
      { type: "none" },
      { type: "full", operator: "/etc/nats-config/operator/op.jwt", systemAccount: "AABB", store: { dir: "/accounts/jwt", size: "1Gi" } },
      { type: "full", allowDelete: true, interval: "5m", store: { dir: "/jwt", size: "2Gi", storageClassName: "fast" } },
      { type: "memory", configMap: { name: "accounts", key: "resolver.conf" } },
      { type: "memory", resolverPreload: { AABB: "eyJ.e30.c2ln" } },
      { type: "URL", url: "http://accounts:9090/jwt/v1/accounts/" },
    ),
    whole: true,
  },
  { at: /^auth\.operatorjwt$/, values: one({ configMap: { name: "operator-jwt", key: "KO.jwt" } }), whole: true },
  { at: /^(cluster|gateway)\.authorization$/, values: fc.record({ user: one("route", "r"), password: secrets, timeout: one(1, 2, "3") }), whole: true },
  {
    at: /^leafnodes\.authorization$/,
    values: one({ user: "leaf", password: "l-pass", account: "APP" }, { users: [{ user: "l1", password: "p1" }], timeout: 3 }),
    whole: true,
  },
  {
    at: /^leafnodes\.remotes$/,
    values: one(
      [{ url: "tls://connect.ngs.global:7422", credentials: { secret: { name: "leaf", key: "user.creds" } } }],
      [{ urls: ["nats-leaf://hub:7422"], account: "APP" }],
      [{ url: "nats-leaf://hub:7422", tls: { secret: { name: "leaf-tls" }, ca: "ca.crt", cert: "tls.crt", key: "tls.key" } }],
    ),
  },
  { at: /^gateway\.gateways$/, values: one([{ name: "west", url: "nats://west:7522" }], [{ name: "west", urls: ["nats://a:7522", "nats://b:7522"] }]) },
  { at: /^gateway\.(advertise|name)$/, values: one("east", "gw.example.com:7522") },
  { at: /^cluster\.extraRoutes$/, values: one(["nats://other:6222"], []) },
  {
    at: /^nats\.jetstream\.encryption$/,
    values: one({ key: "rotate-me" }, { secret: { name: "js-key", key: "key" } }, { secret: { name: "js-key", key: "key" }, cipher: "aes" }),
    whole: true,
  },
  { at: /\.accessModes$/, values: one(["ReadWriteOnce"], ["ReadWriteMany"], ["ReadWriteOncePod", "ReadWriteMany"]) },
  { at: /^store\.volume\.accessModes$/, values: one("ReadWriteOnce", "ReadWriteMany") },
  { at: /^store\.volume\.persistentVolumeClaim$/, values: one({ claimName: "stan-efs" }, { claimName: "stan-efs", existingClaim: true }, {}), whole: true },
  { at: /^store\.type$/, values: one("file", "sql", "memory", "SQL", "FILE") },
  { at: /^store\.ft$/, values: one({ group: "ft-one" }), whole: true },
  { at: /^store\.cluster$/, values: one({ enabled: true }, { enabled: true, logPath: "/data/stan/raft" }, { enabled: false }), whole: true },
  {
    at: /^store\.limits$/,
    values: one(
      { max_channels: 200, max_msgs: 1000000, max_bytes: "4GB", max_age: "24h", max_subs: 50, max_inactivity: "48h" },
      { max_msgs: "5000", max_bytes: 0, channels: { "orders.*": { max_msgs: 10, max_age: "30m" }, "audit.>": { max_subs: 3, max_bytes: 1024 } } },
      { max_msgs: 0, max_age: "0s" },
    ),
    whole: true,
  },
  {
    at: /^store\.file\.options$/,
    values: one({ compact_enabled: false, buffer_size: 2097152, crc: true }, { sync: "on", slice_max_age: "24h" }, {}),
    whole: true,
  },
  {
    at: /^store\.sql$/,
    values: one(
      { driver: "mysql", source: "nss:s3cr3t@(db:3306)/nss?readTimeout=5s" },
      { driver: "postgres", source: "dbname=nss user=nss password=pw sslmode=disable", dbHost: "db" },
      { initdb: { enabled: true }, dbHost: "db", dbPassword: "x" },
    ),
    whole: true,
  },
  { at: /^store\.partitioning$/, values: one({ enabled: true }), whole: true },
  {
    at: /^stan\.nats$/,
    values: one({ url: "nats://nats:4222" }, { url: "nats:4222", serviceRoleAuth: { enabled: true, natsClusterName: "nats" } }, { url: "" }),
    whole: true,
  },
  {
    at: /^stan\.auth$/,
    values: one(
      { enabled: true, username: "stan", password: "12345" },
      { enabled: true, token: "t0ken" },
      { enabled: true, nkeySeedFile: { secret: { name: "seed", key: "stan.nk" } } },
    ),
    whole: true,
  },
  { at: /^stan\.credentials$/, values: one({ secret: { name: "creds", key: "stan.creds" } }), whole: true },
  { at: /^stan\.(serviceName|clusterID)$/, values: one("events", "test-cluster") },
  {
    at: /Probe(\.probe)?$/,
    values: one({ httpGet: { path: "/streaming/serverz", port: "monitor" }, timeoutSeconds: 2 }, { httpGet: { path: "/", port: 8222 }, periodSeconds: 5 }),
    whole: true,
  },
  {
    at: /^topologySpreadConstraints$/,
    values: one(
      [{ maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" }],
      [{ maxSkew: 2, topologyKey: "topology.kubernetes.io/zone" }],
    ),
  },
  { at: /^(natsbox\.)?(additionalContainers)$/, values: one([{ name: "side", image: "busybox:1.36", command: ["sleep", "infinity"] }]) },
  { at: /(additionalVolumes|extraVolumes)$/, values: one([{ name: "extra", emptyDir: {} }], [{ name: "extra", secret: { secretName: "extra" } }]) },
  { at: /(additionalVolumeMounts|extraVolumeMounts)$/, values: one([{ name: "extra", mountPath: "/extra" }]) },
  { at: /^nats\.config$/, values: one([{ name: "extra", configMap: { name: "extra" } }], [{ name: "hidden", secret: { secretName: "hidden" } }]) },
  { at: /^nats\.customConfigSecret$/, values: one({ name: "whole-conf" }), whole: true },
  { at: /^nats\.mappings$/, values: one({ "orders.*": "orders.v2.$1" }, { foo: [{ destination: "foo.a", weight: "50%" }] }), whole: true },
  {
    at: /^nats\.extraEnv$/,
    values: one([{ name: "GOMEMLIMIT", value: "1GiB" }], [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "auth", key: "token" } } }]),
  },
  { at: /^nats\.serverTags$|\.allowedOrigins$|\.extraConfigs$|^topologyKeys$/, values: one(["one", "two"], ["az:a"]) },
  { at: /^networkPolicy\.extra(In|E)gress$/, values: one([{ ports: [{ port: 4222 }] }], []) },
  { at: /^(nats\.)?serviceAccount$/, values: one({ create: true, name: "broker" }, { create: false }), whole: true },
  { at: /^nats\.gomemlimit$/, values: one("4GiB", "100MiB") },
  { at: /^(pidVolume|advertiseconfigVolume)$/, values: one({ emptyDir: { medium: "Memory" } }), whole: true },

  { at: /[sS]ervice\.type$/, values: one("ClusterIP", "NodePort", "LoadBalancer") },
  { at: /^global\.imagePullSecrets$/, values: one(["pull"], []) },
];
