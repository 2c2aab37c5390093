// What becomes of people's changes when natslint is slow or gone: as docs/in-cluster.md says, by each entry's failurePolicy.
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { installProgram } from "../../tools/kubernetes.ts";
import { annotationsOf, apply, did, kubectl } from "./kubectl.ts";
import { statefulSet, tracingStatefulSet } from "./nats-objects.ts";
import { type Certificates, certificates, configure, forget, removeWebhook, settled, startWebhook, type Webhook } from "./webhook.ts";

const namespace = "production-failure";
const probe = [statefulSet({ namespace, name: "probe" })];
const FAIL = ["admission.webhooks.workloads.failurePolicy=Fail", "admission.webhooks.workloads.timeoutSeconds=2"];
const IGNORE = ["admission.webhooks.workloads.timeoutSeconds=2"];

let keys: Certificates;
let webhook: Webhook;

async function wired(values: readonly string[]): Promise<void> {
  keys = certificates();
  webhook = await startWebhook({ served: keys.served, flags: ["--max-mode=deny", "--cluster-state=off"] });
  await configure({ port: webhook.port, authorities: [keys.authority.certificate], values });
  await settled(/denied the request/, [tracingStatefulSet({ namespace })]);
}

beforeAll(async () => {
  installProgram("helm");
  await did(["create", "namespace", namespace]);
});

afterEach(async () => {
  await removeWebhook();
  // One that was stopped hears no other signal.
  webhook.process.kill("SIGCONT");
  await webhook.end("SIGKILL");
  forget(keys);
});

describe("natslint hangs", () => {
  test("with Fail the change is refused once the time is over, and the message says why", async () => {
    await wired(FAIL);
    webhook.process.kill("SIGSTOP");
    const began = performance.now();
    const answer = await apply(statefulSet({ namespace, name: "late" }));
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining('failed calling webhook "workloads.admission.natslint"') });
    expect(answer.stderr).toContain("context deadline exceeded");
    expect(performance.now() - began).toBeGreaterThan(1_900);
    expect(performance.now() - began).toBeLessThan(12_000);
    webhook.process.kill("SIGCONT");
    await settled(/denied the request/, [tracingStatefulSet({ namespace })]);
  });

  test("with Ignore it passes once the time is over, which the audit log and a metric tell", async () => {
    await wired(IGNORE);
    webhook.process.kill("SIGSTOP");
    expect(await apply(statefulSet({ namespace, name: "ignored" }))).toMatchObject({ code: 0, stderr: "" });
    const notes = await annotationsOf("statefulsets", "ignored");
    expect(Object.entries(notes).filter(([key]) => key.startsWith("failed-open.validating.webhook.admission.k8s.io/"))).toEqual([
      [expect.any(String), "workloads.admission.natslint"],
    ]);
    const metrics = await did(["get", "--raw", "/metrics"]);
    expect(metrics).toMatch(/^apiserver_admission_webhook_fail_open_count\{name="workloads\.admission\.natslint",type="validating"\} [1-9]/m);
  });
});

describe("natslint is gone", () => {
  test("with Fail changes to NATS are refused, all others pass, and one line removes the webhook", async () => {
    await wired(FAIL);
    await webhook.end("SIGKILL");
    expect(await apply(...probe)).toMatchObject({ code: 1, stderr: expect.stringContaining("connection refused") });
    // The other entry ignores, its own conditions leave the rest out, and what is deleted is nobody's business.
    const others = ["ConfigMap", "Secret"].map((kind) => ({ apiVersion: "v1", kind, metadata: { name: "others", namespace } }));
    expect(
      await apply(...others, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nats-config", namespace }, data: { "nats.conf": "port: 4222" } }),
    ).toMatchObject({ code: 0 });
    expect(await kubectl(["-n", namespace, "delete", "configmap", "others"])).toMatchObject({ code: 0 });
    expect(await kubectl(["create", "namespace", "production-unlabelled"])).toMatchObject({ code: 0 });

    expect(await kubectl(["delete", "validatingwebhookconfiguration", "natslint"])).toMatchObject({ code: 0 });
    await settled(/statefulset.apps\/probe created/, probe);
    expect(await apply(...probe)).toMatchObject({ code: 0 });
  });

  test("with Ignore they pass at once", async () => {
    await wired(IGNORE);
    await webhook.end("SIGKILL");
    expect(await apply(statefulSet({ namespace, name: "unjudged" }))).toMatchObject({ code: 0, stderr: "" });
  });
});

test("a denial is no failure: Ignore denies as well", async () => {
  await wired(IGNORE);
  expect(await apply(tracingStatefulSet({ namespace }))).toMatchObject({ code: 1, stderr: expect.stringContaining("denied the request") });
});
