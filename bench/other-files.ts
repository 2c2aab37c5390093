// Files of a repository that do not concern NATS: what natslint has to pass over, and to pass over fast.

/** The name and the text of a file, made from a number. */
export type FileKind = (seed: number) => readonly [name: string, text: string];

/** Kinds as such repositories have them, about as often. */
export const OTHER_FILES: readonly FileKind[] = [
  (seed) => ["deployment.yaml", workload(seed, `postgres://db-${seed}.svc:5432/shop`)],
  (seed) => ["values.yaml", otherValues(seed)],
  (seed) => ["manifests.yaml", [workload(seed, "http://search"), otherService(seed), settings(seed)].join("---\n")],
  (seed) => ["kustomization.yaml", kustomization(seed)],
  (seed) => ["dashboard.json", dashboard(seed)],
  (seed) => ["rules.yaml", alerts(seed)],
  (seed) => ["crd.yaml", definition(seed)],
  (seed) => ["config.yaml", settings(seed)],
];

/** A Deployment that is told an address. */
export function workload(seed: number, address: string): string {
  const variables = Array.from(
    { length: 6 + (seed % 10) },
    (_, index) => `            - name: SETTING_${index}\n              value: "${(seed * 31 + index) % 977}"\n`,
  ).join("");
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
  const pools = Array.from(
    { length: 4 + (seed % 12) },
    (_, index) => `  - name: pool-${index}\n    size: ${index + seed}\n    # how long an idle connection lives\n    idle: ${index * 10}s\n`,
  ).join("");
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
  const rules = Array.from(
    { length: 3 + (seed % 9) },
    (_, index) => `        - alert: App${seed}Rule${index}
          expr: sum(rate(http_requests_total{app="app-${seed}",code=~"5.."}[5m])) > ${index}
          for: 10m
          labels:
            severity: warning
          annotations:
            summary: Errors of app ${seed} are above ${index} a second
`,
  ).join("");
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
  const fields = Array.from(
    { length: 20 + (seed % 60) },
    (_, index) => `                field${index}:
                  type: string
                  description: What field ${index} of the widget means, in one sentence that is long enough to be real.
                  maxLength: ${(index + 1) * 8}
`,
  ).join("");
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
