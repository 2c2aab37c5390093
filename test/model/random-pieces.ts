// What people write at the keys of the charts, for values by chance: by the key's path, the first that fits.
import { affinity, durations, names, numbers, one, type Piece, ports, preferred, replicas, resources, secrets, seconds, sizes } from "./random-words.ts";
import { PIECES_0X } from "./random-pieces-0x.ts";
import { PIECES_1X } from "./random-pieces-1x.ts";

export const PIECES: readonly Piece[] = [
  ...PIECES_1X,
  ...PIECES_0X,
  { at: /(^|\.)affinity$/, values: one({}, affinity, preferred), whole: true },
  { at: /(^|\.)tolerations$/, values: one([{ key: "nats", operator: "Exists", effect: "NoSchedule" }], []) },
  { at: /(^|\.)nodeSelector$/, values: one({ disk: "ssd" }, {}), whole: true },
  { at: /(^|\.)(imagePullSecrets|pullSecretNames)$/, values: one([], [{ name: "pull" }]) },
  {
    at: /(^|\.)(podSecurityContext|securityContext)$/,
    values: one({}, { runAsUser: 1000, fsGroup: 1000, runAsNonRoot: true }, { allowPrivilegeEscalation: false }),
    whole: true,
  },
  { at: /(^|\.)resources$/, values: resources, whole: true },
  { at: /[Ii]mage\.(tag)$/, values: one("2.10.18-alpine", "2.6.0", "latest", "2.9.5-scratch", "2.12.1") },
  { at: /[Ii]mage\.(registry)$/, values: one("ghcr.io", "docker.io") },
  { at: /[Ii]mage\.repository$/, values: one("nats", "mirror/nats", "registry.example.com:5000/library/nats") },
  { at: /[Ii]mage\.(digest|fullImageName)$/, values: one(null, null, "sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9") },
  { at: /(pullPolicy)$/i, values: one("Always", "IfNotPresent", null) },
  { at: /^stan\.image$/, values: one("nats-streaming:0.25.6-alpine", "nats-streaming:latest", "mirror.example.com/nats-streaming:0.24.1"), whole: true },
  { at: /^natsFilename$/, values: one("nats-server", "gnatsd") },
  {
    at: /(^|\.)image$/,
    values: one("nats:2.9.5-alpine", "nats:2.6.0", "mirror.example.com/nats:2.10.18", "nats-streaming:0.25.6-alpine", "nats-streaming:latest"),
    whole: true,
  },
  { at: /replicas$|^replicaCount$/, values: replicas },
  { at: /(maxSize|[sS]ize)$/, values: sizes },
  {
    at: /\.(maxPayload|maxConnections|maxControlLine|maxPending|maxSubscriptions|maxPings|maxAckPending|max_outstanding_catchup|maxOutstandingCatchup)$/,
    values: numbers,
  },
  { at: /(Duration|Deadline|Interval|interval|Timeout|ackWait|GracePeriod)$/, values: durations },
  { at: /Seconds$/, values: seconds },
  { at: /(^|\.)port$/, values: ports },
  { at: /storageClass(Name)?$/, values: one("fast", "-", null, "") },
  { at: /existingClaim$|claimName$/, values: names },
  { at: /(nameOverride|fullnameOverride|namespaceOverride|\.name)$/, values: one("other", "nats-main", "") },
  { at: /^podManagementPolicy$/, values: one("Parallel", "OrderedReady") },
  { at: /(maxUnavailable|minAvailable)$/, values: one(1, 2, "50%", null) },
  { at: /(storageDirectory|store_dir|dir|logPath|mount|path)$/, values: one("/data", "/data/jetstream", "/other") },
  { at: /(password|pass)$/i, values: secrets },
];
