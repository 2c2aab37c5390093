// What people get from the webhook behind a real API server: answers, warnings and notes in the audit log, for every kind of object.
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { natslint } from "../doors/world.ts";
import { annotationsOf, apply, did, kubectl, type KubernetesObject, until } from "./kubectl.ts";
import {
  claim,
  configMap,
  configuredStatefulSet,
  definitions,
  helmRelease,
  natsCluster,
  service,
  statefulSet,
  stream,
  streamingCluster,
  tracingStatefulSet,
} from "./nats-objects.ts";
import { type Certificates, certificates, configure, forget, removeWebhook, settled, startWebhook, type Webhook } from "./webhook.ts";

let keys: Certificates;
let webhook: Webhook;

/** Each test has a namespace of its own, as nobody empties one here; the word makes it production. */
async function namespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = `production-${name}`;
  await did(["apply", "-f", "-"], [{ apiVersion: "v1", kind: "Namespace", metadata: { name: made, labels } }]);
  return made;
}

beforeAll(async () => {
  await did(["apply", "-f", "-"], definitions());
  await did(["wait", "--for=condition=Established", "crd", "--all", "--timeout=20s"]);
  keys = certificates();
  webhook = await startWebhook({ served: keys.served, flags: ["--max-mode=deny", "--cluster-state=on"] });
  await configure({ port: webhook.port, authorities: [keys.authority.certificate] });
  await settled(/denied the request/, [tracingStatefulSet({ namespace: await namespace("settled") })]);
});

afterAll(async () => {
  await removeWebhook();
  await webhook.end();
  forget(keys);
});

describe("the same rules as on the command line, for every kind", () => {
  test.each<readonly [string, string, KubernetesObject]>([
    ["a StatefulSet", "statefulsets", statefulSet({ namespace: "production-kinds", name: "nats-good" })],
    ["one that traces", "statefulsets", tracingStatefulSet({ namespace: "production-kinds", name: "nats-bad" })],
    ["a Service", "services", service({ namespace: "production-kinds", name: "nats-good" }, { clusterIP: "None" })],
    [
      "one that ignores without a reason",
      "services",
      service({ namespace: "production-kinds", name: "nats-bad", annotations: { "natslint/ignore": "lb-advertise-on" } }),
    ],
    ["a claim", "persistentvolumeclaims", claim({ namespace: "production-kinds" })],
    ["a NatsCluster", "natsclusters", natsCluster({ namespace: "production-kinds", name: "nats-three" }, 3)],
    ["one of two servers", "natsclusters", natsCluster({ namespace: "production-kinds", name: "nats-two" }, 2)],
    ["a NatsStreamingCluster", "natsstreamingclusters", streamingCluster({ namespace: "production-kinds" }, 2)],
    ["a Stream", "streams", stream({ namespace: "production-kinds" })],
    [
      "a HelmRelease",
      "helmreleases",
      helmRelease({ namespace: "production-kinds", name: "nats-good" }, { config: { cluster: { enabled: true, replicas: 3 } } }),
    ],
    [
      "one of two servers",
      "helmreleases",
      helmRelease({ namespace: "production-kinds", name: "nats-bad" }, { config: { cluster: { enabled: true, replicas: 2 } } }),
    ],
    ["a ConfigMap", "configmaps", configMap({ namespace: "production-kinds" }, "port: 4222\n")],
  ])("%s (%s)", async (_what, resource, object) => {
    await namespace("kinds");
    const { stdout } = await natslint(["--format", "json", "--stdin-filename", "object.yaml", "-"], { stdin: JSON.stringify(object) });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly severity: string }[] };
    const denied = findings.some(({ severity }) => severity === "error");
    const warned = findings.some(({ severity }) => severity === "warning");

    const answer = await apply(object);
    expect(answer, answer.stderr).toMatchObject({ code: denied ? 1 : 0 });
    if (!denied && !warned) expect(answer.stderr).toBe("");
    for (const { rule, severity } of findings) if (severity !== "info") expect(answer.stderr).toContain(`[${rule}] `);
    const notes = await annotationsOf(resource, object.metadata.name ?? "");
    const entry = resource === "configmaps" ? "configmaps" : "workloads";
    expect(notes[`${entry}.admission.natslint/result`]).toMatch(denied ? /^deny$/ : warned ? /^warn$/ : /^(ok|dryrun|unresolved)$/);
    expect((notes[`${entry}.admission.natslint/rules`] ?? "").split(",").filter((rule) => rule !== "")).toEqual(
      [...new Set(findings.map(({ rule }) => rule))].sort(),
    );
  });

  test("a ConfigMap is judged with the StatefulSet in the cluster that reads it", async () => {
    const name = await namespace("together");
    await did(["apply", "-f", "-"], [configMap({ namespace: name }, "port: 4222\n"), configuredStatefulSet({ namespace: name })]);
    const broken = configMap({ namespace: name }, "cluster {\n  name: orders\n");
    await until("natslint knows the StatefulSet", async () =>
      /\[conf-parse-error\]/.test((await kubectl(["apply", "--dry-run=server", "-f", "-"], [broken])).stderr),
    );
    expect(await apply(broken)).toMatchObject({ code: 1, stderr: expect.stringContaining('webhook "configmaps.admission.natslint" denied the request') });
  });
});

describe("bad objects", () => {
  test("a StatefulSet with an error is denied, with every error in one message", async () => {
    const answer = await apply(tracingStatefulSet({ namespace: await namespace("bad") }));
    expect(answer.code).toBe(1);
    expect(answer.stderr).toContain('admission webhook "workloads.admission.natslint" denied the request: ');
    expect(answer.stderr).toContain("[no-debug-trace-in-prod]");
    expect(await annotationsOf("statefulsets", "nats")).toMatchObject({
      "workloads.admission.natslint/result": "deny",
      "workloads.admission.natslint/rules": expect.stringContaining("no-debug-trace-in-prod"),
      "workloads.admission.natslint/bundle": expect.stringMatching(/./),
    });
  });

  test("a StatefulSet with a warning passes with the warning", async () => {
    const made = statefulSet({ namespace: await namespace("warned"), name: "nats-warned" });
    const { affinity: _, ...pod } = (made["spec"] as { template: { spec: Record<string, unknown> } }).template.spec;
    const spec = { ...(made["spec"] as object), template: { metadata: { labels: { app: "nats-warned" } }, spec: pod } };
    const answer = await apply({ ...made, spec });
    expect(answer.code).toBe(0);
    expect(answer.stderr).toMatch(/^Warning: \[anti-affinity-missing\] statefulset\/nats-warned /m);
    expect(await annotationsOf("statefulsets", "nats-warned")).toMatchObject({ "workloads.admission.natslint/result": "warn" });
  });

  test("a custom resource of the operator is denied at the field that is wrong", async () => {
    const answer = await apply(natsCluster({ namespace: await namespace("bad"), name: "two" }, 2));
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining("[cluster-min-replicas] spec.size: 2 replicas cannot keep a quorum") });
  });

  test("a dry run is answered the same, and noted", async () => {
    const object = tracingStatefulSet({ namespace: await namespace("bad"), name: "nats-dry" });
    expect(await kubectl(["apply", "--dry-run=server", "-f", "-"], [object])).toMatchObject({ code: 1, stderr: expect.stringContaining("denied the request") });
    expect(await webhook.metric("natslint_admission_requests_total", 'dry_run="true"')).toBeGreaterThan(0);
  });

  test("what has nothing to do with NATS is not even asked about", async () => {
    const before = await webhook.metric("natslint_admission_requests_total");
    const pod = { containers: [{ name: "web", image: "nginx:1.29" }] };
    const spec = { serviceName: "web", selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: pod } };
    const name = await namespace("others");
    const web = { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "web", namespace: name }, spec };
    const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: name }, data: { "a.txt": "x" } };
    expect(await apply(web, settings)).toMatchObject({ code: 0, stderr: "" });
    expect(await webhook.metric("natslint_admission_requests_total")).toBe(before);
  });
});

describe("what must never jam", () => {
  test("an object that was bad before may stay so, with a warning, and may not become worse", async () => {
    const name = await namespace("ratchet");
    await did(["label", "namespace", name, "natslint/ignore=true"]);
    const bad = tracingStatefulSet({ namespace: name, name: "nats-old" });
    await did(["apply", "-f", "-"], [bad]);
    await did(["label", "namespace", name, "natslint/ignore-"]);
    const update = { ...bad, spec: { ...(bad["spec"] as object), minReadySeconds: 5 } };
    const answer = await apply(update);
    expect(answer).toMatchObject({ code: 0, stderr: expect.stringContaining("[no-debug-trace-in-prod]") });

    await did(["apply", "-f", "-"], [statefulSet({ namespace: name, name: "nats-new" })]);
    expect(await apply(tracingStatefulSet({ namespace: name, name: "nats-new" }))).toMatchObject({ code: 1, stderr: expect.stringContaining("denied") });
  });

  test("a bad object's finalizer can be taken away, and the object goes", async () => {
    const name = await namespace("finalizer");
    await did(["label", "namespace", name, "natslint/ignore=true"]);
    const bad = tracingStatefulSet({ namespace: name });
    await did(["apply", "-f", "-"], [{ ...bad, metadata: { ...bad.metadata, finalizers: ["example.com/held"] } }]);
    await did(["label", "namespace", name, "natslint/ignore-"]);
    await did(["-n", name, "delete", "statefulset", "nats", "--wait=false"]);
    const patch = ["-n", name, "patch", "statefulset", "nats", "--type=json", "-p", JSON.stringify([{ op: "remove", path: "/metadata/finalizers" }])];
    expect(await kubectl(patch)).toMatchObject({ code: 0, stderr: "" });
    expect(await kubectl(["-n", name, "get", "statefulset", "nats"])).toMatchObject({ code: 1 });
  });

  test("a scale to zero and back passes, and one to an even number is answered as the StatefulSet would be", async () => {
    const name = await namespace("scale");
    // It is about the number, not about where JetStream keeps its files.
    const annotations = { "natslint/ignore": "js-store-not-persistent -- no pod ever starts here" };
    await did(["apply", "-f", "-"], [statefulSet({ namespace: name, name: "nats-scaled", annotations }, {}, ["-js"])]);
    expect(await kubectl(["-n", name, "scale", "statefulset/nats-scaled", "--replicas=0"])).toMatchObject({ code: 0 });
    const before = await webhook.metric("natslint_admission_requests_total", "cale");
    const even = await kubectl(["-n", name, "scale", "statefulset/nats-scaled", "--replicas=4"]);
    expect(await webhook.metric("natslint_admission_requests_total", "cale")).toBeGreaterThan(before);
    expect(even).toMatchObject({ code: 0, stderr: expect.stringContaining("[cluster-even-size]") });
    const two = await kubectl(["-n", name, "scale", "statefulset/nats-scaled", "--replicas=2"]);
    expect(two).toMatchObject({ code: 1, stderr: expect.stringContaining("[cluster-min-replicas]") });
    expect(await kubectl(["-n", name, "scale", "statefulset/nats-scaled", "--replicas=3"])).toMatchObject({ code: 0 });
  });

  test.each([
    ["the ConfigMap after the StatefulSet", false],
    ["the StatefulSet after the ConfigMap", true],
  ])("%s: both are admitted", async (_what, configFirst) => {
    const name = await namespace(`order-${configFirst ? "config" : "set"}`);
    const [set, config] = [configuredStatefulSet({ namespace: name }), configMap({ namespace: name }, "port: 4222\n")];
    for (const one of configFirst ? [config, set] : [set, config]) expect(await apply(one)).toMatchObject({ code: 0 });
  });
});

describe("who may switch natslint off for a namespace", () => {
  const labelled = (name: string): object => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "natslint/ignore": "true" } } });

  test("its administrators, and nobody else who may edit namespaces", async () => {
    await did(["create", "clusterrole", "edits-namespaces", "--verb=create,get,patch,update", "--resource=namespaces"]);
    await did(["create", "clusterrolebinding", "edits-namespaces", "--clusterrole=edits-namespaces", "--user=dora"]);
    const name = await namespace("guarded");
    const asDora = await kubectl(["--as=dora", "label", "namespace", name, "natslint/ignore=true"]);
    expect(asDora).toMatchObject({ code: 1, stderr: expect.stringContaining('admission webhook "labels.admission.natslint" denied the request') });
    expect(await kubectl(["--as=dora", "create", "-f", "-"], [labelled("production-born-exempt")])).toMatchObject({ code: 1 });
    expect(await kubectl(["--as=dora", "label", "namespace", name, "team=orders"])).toMatchObject({ code: 0, stderr: "" });
    expect(await kubectl(["label", "namespace", name, "natslint/ignore=true"])).toMatchObject({ code: 0 });
    expect(await apply(tracingStatefulSet({ namespace: name }))).toMatchObject({ code: 0, stderr: "" });
  });
});

test("nothing of a configuration is in the log", async () => {
  const password = "Gr4nite-heron-92";
  await apply(configMap({ namespace: await namespace("secrets") }, `authorization { user: a, password: "${password}"\n`));
  expect(webhook.log()).toContain('"review"');
  expect(webhook.log()).not.toContain(password);
  expect(JSON.stringify(await annotationsOf("configmaps", "nats-config", inject("api")))).not.toContain(password);
});
