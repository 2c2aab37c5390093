// Values as people write them, each of which a real Helm once made something else of than natslint did.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { chartFolder } from "../../../tools/chart-sources.ts";
import { programPath } from "../../../tools/kubernetes.ts";
import { compared } from "../../../tools/random-equivalence.ts";
import { testKnowledge } from "../../engine.ts";

const knowledge = testKnowledge();

const CASES: readonly (readonly [what: string, chart: string, versions: readonly string[], values: string])[] = [
  [
    "files of the ConfigMap that the configuration includes",
    "nats",
    ["1.0.0", "2.14.2"],
    `config: {merge: {00$include: auth.conf, zz$include: ./limits.conf, max_payload: 1024}}
configMap:
  merge:
    data:
      auth.conf: "accounts: { ORDERS: { jetstream: enabled, users: [{user: o, password: orders-1}] } }"
      limits.conf: |
        max_payload: 2MB
        max_connections: 77
`,
  ],
  [
    "a file that another object of the values brings",
    "nats",
    ["1.3.16"],
    `config: {merge: {00$include: more/auth.conf}}
extraResources: [{apiVersion: v1, kind: ConfigMap, metadata: {name: more}, data: {auth.conf: "authorization { user: a, password: b-22 }"}}]
podTemplate: {patch: [{op: add, path: /spec/volumes/-, value: {name: more, configMap: {name: more}}}]}
container: {patch: [{op: add, path: /volumeMounts/-, value: {name: more, mountPath: /etc/nats-config/more}}]}
`,
  ],
  [
    "a Service of one's own with the chart's names and labels",
    "nats",
    ["1.1.0", "2.14.2"],
    `service: {name: {$tplYaml: '{{ include "nats.fullname" . }}-svc'}}
extraResources:
- apiVersion: v1
  kind: Service
  metadata:
    name: outside
    labels: {$tplYaml: '{{ include "nats.labels" $ }}'}
  spec:
    type: LoadBalancer
    selector: {$tplYaml: '{{ include "nats.selectorLabels" $ }}'}
    ports: [{name: nats, port: 4222, targetPort: nats}]
`,
  ],
  ["a file of the user's own beside no authorization", "nats", ["0.11.3", "0.19.17"], "nats: {config: [{name: own, secret: {secretName: own}}]}"],
  ["a switch in quotes that is printed bare", "nats", ["0.19.17"], 'nats: {hostNetwork: "true"}'],
  [
    "a selector with the chart's name in it",
    "nats",
    ["0.13.2"],
    `affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
    - topologyKey: kubernetes.io/hostname
      labelSelector: {matchLabels: {app.kubernetes.io/name: '{{ include "nats.name" . }}', app.kubernetes.io/instance: "{{ .Release.Name }}"}}
`,
  ],
  ["a password with a blank, which ends the value", "nats", ["0.13.2"], "cluster: {enabled: true, authorization: {user: r, password: two words}}"],
  ["security contexts, which came and went", "nats", ["0.8.2", "0.8.3", "0.8.4"], "nats: {securityContext: {runAsNonRoot: true}}"],
  ["passwords that the chart makes up", "stable-nats", ["1.0.3", "4.3.7"], "{replicaCount: 3}"],
  ["an exporter without a key for its port", "stable-nats", ["1.2.0"], "metrics: {enabled: true}"],
  [
    "an address that only the node knows, beside a cluster",
    "stan",
    ["0.13.0"],
    "{nats: {externalAccess: true}, stan: {replicas: 3}, store: {cluster: {enabled: true}}}",
  ],
];

const there = CASES.flatMap(([what, chart, versions, values]) =>
  programPath("helm") === null ? [] : versions.filter((one) => chartFolder(chart, one) !== null).map((version) => ({ what, chart, version, values })),
);

describe.skipIf(there.length === 0)("values that people write (skipped where there is no helm, or tools/chart-sources.ts has unpacked no chart)", () => {
  test.each(there)("$chart $version: $what", ({ chart, version, values }) => {
    expect(compared(chart, version, parse(values) as Record<string, unknown>, knowledge)).toEqual([]);
  });
});
