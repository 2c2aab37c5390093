// A GitOps repository to measure with: many files, few of them about NATS, in the mix that such repositories have.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shortValues } from "./values-file.ts";

/** Writes `files` files below `folder`, `ofNats` of which concern NATS. The same numbers give the same bytes. */
export function writeRepository(folder: string, files: number, ofNats: number): void {
  for (let index = 0; index < files; index++) {
    const nats = Math.floor(((index + 1) * ofNats) / files) > Math.floor((index * ofNats) / files);
    const kinds = nats ? NATS : OTHERS;
    const [name, text] = kinds[(nats ? Math.floor((index * ofNats) / files) : index) % kinds.length]?.(index) ?? ["", ""];
    const path = join(folder, ENVIRONMENTS[index % 3] ?? "", `app-${index}`, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const ENVIRONMENTS = ["development", "staging", "production"];

type Kind = (seed: number) => readonly [name: string, text: string];

const NATS: readonly Kind[] = [
  (seed) => ["nats/values.yaml", shortValues(seed)],
  (seed) => ["application.yaml", application(seed)],
  (seed) => ["nats.yaml", rendered(seed)],
  (seed) => ["client.yaml", workload(seed, `nats://nats.messaging-${seed}.svc:4222`)],
  (seed) => ["nats/nats.conf", conf(seed)],
  (seed) => ["stream.yaml", stream(seed)],
];

const OTHERS: readonly Kind[] = [
  (seed) => ["deployment.yaml", workload(seed, `postgres://db-${seed}.svc:5432/shop`)],
  (seed) => ["values.yaml", otherValues(seed)],
  (seed) => ["manifests.yaml", [workload(seed, "http://search"), otherService(seed), settings(seed)].join("---\n")],
  (seed) => ["kustomization.yaml", kustomization(seed)],
  (seed) => ["dashboard.json", dashboard(seed)],
  (seed) => ["rules.yaml", alerts(seed)],
  (seed) => ["crd.yaml", definition(seed)],
  (seed) => ["config.yaml", settings(seed)],
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

function workload(seed: number, address: string): string {
  const variables = Array.from({ length: 6 + (seed % 10) }, (_, index) => `            - name: SETTING_${index}\n              value: "${(seed * 31 + index) % 977}"\n`).join("");
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${seed}
  namespace: shop
  labels:
    app.kubernetes.io/name: app-${seed}
    app.kubernetes.io/part-of: shop
spec:
  replicas: ${(seed % 4) + 1}
  selector:
    matchLabels:
      app.kubernetes.io/name: app-${seed}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-${seed}
    spec:
      containers:
        - name: app
          image: registry.example.com/shop/app-${seed}:1.${seed % 50}.0
          env:
            - name: UPSTREAM
              value: ${address}
${variables}          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 256Mi
            limits:
              memory: 512Mi
`;
}

function otherService(seed: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: app-${seed}
spec:
  selector:
    app.kubernetes.io/name: app-${seed}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function otherValues(seed: number): string {
  const pools = Array.from({ length: 4 + (seed % 12) }, (_, index) => `  - name: pool-${index}\n    size: ${index + seed}\n    # how long an idle connection lives\n    idle: ${index * 10}s\n`).join("");
  return `# Values of the database of app ${seed}
image:
  registry: registry.example.com
  repository: postgres
  tag: "16.${seed % 9}"
primary:
  persistence:
    enabled: true
    size: ${(seed % 20) + 8}Gi
  resources:
    requests:
      cpu: 500m
      memory: 1Gi
metrics:
  enabled: true
pools:
${pools}`;
}

function kustomization(seed: number): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources:
  - deployment.yaml
  - service.yaml
images:
  - name: registry.example.com/shop/app-${seed}
    newTag: 1.${seed % 50}.1
`;
}

function dashboard(seed: number): string {
  const panels = Array.from({ length: 8 + (seed % 30) }, (_, id) => ({
    id,
    type: "timeseries",
    title: `Requests of handler ${id}`,
    gridPos: { h: 8, w: 12, x: (id % 2) * 12, y: Math.floor(id / 2) * 8 },
    targets: [{ refId: "A", expr: `sum(rate(http_requests_total{app="app-${seed}",handler="${id}"}[5m])) by (code)` }],
  }));
  return `${JSON.stringify({ title: `app-${seed}`, uid: `app-${seed}`, schemaVersion: 39, panels }, null, 2)}\n`;
}

function alerts(seed: number): string {
  const rules = Array.from({ length: 3 + (seed % 9) }, (_, index) => `        - alert: App${seed}Rule${index}
          expr: sum(rate(http_requests_total{app="app-${seed}",code=~"5.."}[5m])) > ${index}
          for: 10m
          labels:
            severity: warning
          annotations:
            summary: Errors of app ${seed} are above ${index} a second
`).join("");
  return `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: app-${seed}
spec:
  groups:
    - name: app-${seed}
      rules:
${rules}`;
}

function definition(seed: number): string {
  const fields = Array.from({ length: 20 + (seed % 60) }, (_, index) => `                field${index}:
                  type: string
                  description: What field ${index} of the widget means, in one sentence that is long enough to be real.
                  maxLength: ${(index + 1) * 8}
`).join("");
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets${seed}.example.com
spec:
  group: example.com
  names: {kind: Widget${seed}, plural: widgets${seed}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${fields}`;
}

function settings(seed: number): string {
  const lines = Array.from({ length: 10 + (seed % 40) }, (_, index) => `    option.${index}=${(seed * 17 + index) % 1009}\n`).join("");
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: app-${seed}
data:
  LOG_LEVEL: info
  application.properties: |
${lines}`;
}
