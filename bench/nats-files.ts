// Files of a repository that concern NATS, one of each kind that people keep.
import { type FileKind, workload } from "./other-files.ts";
import { shortValues } from "./values-file.ts";

/** Made from a number, which makes each a little different. */
export const NATS_FILES: readonly FileKind[] = [
  (seed) => ["nats/values.yaml", shortValues(seed)],
  (seed) => ["application.yaml", application(seed)],
  (seed) => ["nats.yaml", rendered(seed)],
  (seed) => ["client.yaml", workload(seed, `nats://nats.messaging-${seed}.svc:4222`)],
  (seed) => ["nats/nats.conf", conf(seed)],
  (seed) => ["stream.yaml", stream(seed)],
];

function application(seed: number): string {
  const values = shortValues(seed)
    .split("\n")
    .map((line) => (line === "" ? line : `        ${line}`))
    .join("\n");
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: nats-${seed}
  namespace: argocd
spec:
  project: messaging
  destination:
    server: https://kubernetes.default.svc
    namespace: messaging-${seed}
  source:
    repoURL: https://nats-io.github.io/k8s/helm/charts/
    chart: nats
    targetRevision: 1.3.${seed % 9}
    helm:
      releaseName: nats
      values: |
${values}`;
}

function rendered(seed: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: nats-config-${seed}
data:
  nats.conf: |
${conf(seed).replace(/^(?=.)/gm, "    ")}---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: nats-${seed}
  labels: {app: nats-${seed}}
spec:
  serviceName: nats-${seed}
  replicas: 3
  selector:
    matchLabels: {app: nats-${seed}}
  template:
    metadata:
      labels: {app: nats-${seed}}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: nats
          image: nats:2.12.1-alpine
          args: ["--config", "/etc/nats/nats.conf"]
          env:
            - name: POD_NAME
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
          ports:
            - {name: client, containerPort: 4222}
            - {name: cluster, containerPort: 6222}
          resources:
            limits: {cpu: "1", memory: 2Gi}
          volumeMounts:
            - {name: config, mountPath: /etc/nats}
            - {name: data, mountPath: /data}
      volumes:
        - name: config
          configMap: {name: nats-config-${seed}}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 10Gi}}
---
apiVersion: v1
kind: Service
metadata:
  name: nats-${seed}
spec:
  clusterIP: None
  selector: {app: nats-${seed}}
  ports:
    - {name: client, port: 4222}
    - {name: cluster, port: 6222}
`;
}

function conf(seed: number): string {
  return `port: 4222
http_port: 8222
server_name: $POD_NAME
max_payload: 1MB
lame_duck_duration: 30s

jetstream {
  store_dir: /data/jetstream
  max_file_store: ${(seed % 8) + 1}GB
}

cluster {
  name: shop-${seed}
  port: 6222
  routes: [
    nats://nats-${seed}-0.nats-${seed}:6222
    nats://nats-${seed}-1.nats-${seed}:6222
    nats://nats-${seed}-2.nats-${seed}:6222
  ]
}
`;
}

function stream(seed: number): string {
  return `apiVersion: jetstream.nats.io/v1beta2
kind: Stream
metadata:
  name: orders-${seed}
spec:
  name: orders-${seed}
  subjects: ["orders.${seed}.>"]
  storage: file
  replicas: 3
  maxAge: 72h
`;
}
