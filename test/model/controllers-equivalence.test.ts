// What the charts of NACK and of the operators make of values is what a real Helm renders from them with the real chart.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chartFolder } from "../../tools/chart-sources.ts";
import { differences } from "../../tools/equivalence-pairs.ts";
import { programPath } from "../../tools/kubernetes.ts";
import { testKnowledge } from "../engine.ts";

const knowledge = testKnowledge();
const folder = mkdtempSync(join(tmpdir(), "natslint-controllers-"));
const helm = programPath("helm");

const NACK = ["0.14.2", "0.17.5", "0.18.0", "0.20.2", "0.20.4", "0.21.0", "0.26.0", "0.28.1", "0.29.0", "0.29.1", "0.31.0", "0.31.1", "0.32.0", "0.34.0"];

const NACK_VALUES: readonly string[] = [
  "{}",
  "jetstream: { nats: { url: 'nats://nats:4222' } }",
  "jetstream: { nats: { url: 'nats://nats:4222', credentials: { secret: { name: nats-creds, key: sys.creds } } } }\nnamespaced: true",
  "jetstream: { nats: { url: 'tls://nats:4222', nkey: { secret: { name: nats-nkey, key: sys.nkey } } }, tls: { enabled: true, secretName: nats-tls } }",
  "jetstream: { nats: { url: 'nats://nats:4222', credentials: { secret: { name: nats-creds } } } }",
  "jetstream: { tls: { enabled: true, secretName: nats-tls, tlsFirst: true, settings: { client_cert: '', client_ca: /etc/nats/certs/root.crt } } }",
  "jetstream: { controlLoop: true, nats: { url: 'nats://nats:4222' } }",
  "jetstream: { additionalArgs: [--control-loop], nats: { url: 'nats://nats:4222' } }",
  "jetstream: { controlLoop: true, additionalArgs: [--control-loop, --cache-dir=/cache] }",
  "jetstream: { additionalArgs: [--sync-interval, 5m], klogLevel: 4 }\nreadOnly: true",
  "jetstream: { controlLoop: 'false' }\nnamespaceOverride: nack\nnamespaced: true\nnameOverride: streams",
  "useLegacyNames: false\nadditionalVolumes: [{ name: cache, emptyDir: {} }]\nadditionalVolumeMounts: [{ name: cache, mountPath: /cache }]",
];

const IMAGES: readonly string[] = [
  "jetstream: { image: { registry: registry.example, tag: 0.17.0 } }",
  "jetstream: { image: 'registry.example/natsio/jetstream-controller:0.17.0', pullPolicy: Always }",
];

const OPERATOR_VALUES: readonly string[] = [
  "{}",
  "cluster: { create: false }",
  "cluster: { name: orders, size: 5, version: 2.1.9, annotations: { team: blue }, resources: { limits: { memory: 512Mi } } }",
  "cluster: { size: 1, version: v2.1.8, auth: { enabled: false } }",
  "cluster: { auth: { enableServiceAccounts: true } }",
  "cluster: { auth: { username: me, password: s3cr3t-enough, defaultPermissions: { publish: ['orders.>'] } } }",
  "cluster: { auth: { users: [{ username: a, password: 'pass-of-a-1' }, { username: b, password: 'pass-of-b-2', permissions: { subscribe: ['>'] } }] } }",
  "cluster: { tls: { enabled: true, serverSecret: nats-server-tls, routesSecret: nats-routes-tls } }",
  "cluster: { tls: { enabled: true } }",
  "cluster: { configReload: { enabled: true }, metrics: { enabled: true, servicemonitor: { enabled: true } } }",
  "clusterScoped: true\ncluster: { namespace: nats-io }",
  "image: { registry: registry.example, repository: nats-operator, tag: 0.8.2 }\nantiAffinity: hard\nsecurityContext: { enabled: false }\nresources: { limits: { cpu: 1 } }",
];

const STREAMING_VALUES: readonly string[] = [
  "{}",
  "cluster: { enabled: false }",
  "cluster: { name: stan, size: 1, natsSvc: nats, version: 0.25.6, metrics: { enabled: false } }",
  "cluster: { config: { debug: false, trace: false, raftLogging: false } }",
  "image: { tag: v0.4.2-v1alpha1 }\nlivenessProbe: { enabled: false }\nrbacEnabled: false",
];

const CASES: readonly (readonly [chart: string, version: string, values: string])[] = [
  ...NACK.flatMap((version) => NACK_VALUES.map((values) => ["nack", version, values] as const)),
  ...["0.18.0", "0.28.1", "0.29.0", "0.34.0"].flatMap((version) => IMAGES.map((values) => ["nack", version, values] as const)),
  ...["0.7.4", "0.8.3"].flatMap((version) => OPERATOR_VALUES.map((values) => ["nats-operator", version, values] as const)),
  ...STREAMING_VALUES.map((values) => ["nats-streaming-operator", "1.0.1", values] as const),
];

const there = helm === null ? [] : CASES.filter(([chart, version]) => chartFolder(chart, version) !== null);

describe.skipIf(there.length === 0)("charts of controllers (skipped where there is no helm, or tools/chart-sources.ts has unpacked none)", () => {
  test.each(there)("%s %s: %s", (chart, version, values) => {
    const path = join(folder, "values.yaml");
    writeFileSync(path, values);
    const args = ["template", "my-nats", chartFolder(chart, version) ?? "", "--namespace", "messaging", "--kube-version", "1.30.0", "-f", path];
    const { status, stdout, stderr } = spawnSync(helm ?? "helm", args, { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const said = { chart, version, release: "my-nats", namespace: "messaging" };
    const found = differences(said, [{ path: "values.yaml", text: values }], stdout, knowledge);
    // A password that the values have in plain text is encoded in the Secret that the chart makes.
    expect(found.filter((one) => !/\.credentials\.\d+\.means:/.test(one))).toEqual([]);
  });
});
