// natslint with the rights that the chart gives it and no others: it learns all that it judges by, and could do no harm.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { ApiServer } from "../../tools/api-server.ts";
import { objects, render } from "../deploy/chart.ts";
import { did, kubectl } from "./kubectl.ts";
import { definitions } from "./nats-objects.ts";
import { type Certificates, certificates, forget, startWebhook, type Webhook } from "./webhook.ts";

const account = "system:serviceaccount:policy:natslint-admission";
let keys: Certificates;
let webhook: Webhook;

/** The API server as the chart's service account sees it. */
async function asAccount(): Promise<ApiServer> {
  const api = inject("api");
  const token = (await did(["-n", "policy", "create", "token", "natslint-admission"])).trim();
  const kubeconfig = join(api.folder, "natslint.kubeconfig");
  await did(["config", "view", "--raw", "-o", "json"]).then((text) => {
    const config = JSON.parse(text) as { users: { user: object }[] };
    writeFileSync(kubeconfig, JSON.stringify({ ...config, users: config.users.map((one) => ({ ...one, user: { token } })) }));
  });
  return { ...api, kubeconfig, token };
}

beforeAll(async () => {
  await did(["apply", "-f", "-"], [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "policy" } }, ...definitions()]);
  const granted = objects(render()).filter(({ kind }) => /Role|ServiceAccount/.test(kind));
  await did(["apply", "-f", "-"], granted);
  keys = certificates();
  webhook = await startWebhook({ served: keys.served, flags: ["--cluster-state=on"], api: await asAccount() });
});

afterAll(async () => {
  await webhook?.end("SIGKILL");
  await did(["delete", "clusterrole,clusterrolebinding", "natslint-admission"]);
  forget(keys);
});

test("everything that natslint keeps a copy of can be listed", async () => {
  const resources = await webhook.metric("natslint_cache_synced");
  expect(resources).toBeGreaterThanOrEqual(7);
  expect(await webhook.metric("natslint_degraded")).toBe(0);
  expect(webhook.log()).not.toContain("forbidden");
});

test.each([
  ["no", "list secrets -n policy"],
  ["no", "get secrets/another -n policy"],
  ["no", "list configmaps -A"],
  ["no", "create validatingwebhookconfigurations"],
  ["no", "delete validatingwebhookconfigurations/natslint"],
  ["no", "patch validatingwebhookconfigurations/another"],
  ["no", "patch statefulsets.apps -A"],
  ["no", "create pods -n policy"],
  ["yes", "get configmaps -n anywhere"],
  ["yes", "patch validatingwebhookconfigurations/natslint"],
  ["yes", "update secrets/natslint-admission-tls -n policy"],
  ["yes", "update leases.coordination.k8s.io/natslint-admission -n policy"],
])("may it? %s: %s", async (answer, what) => {
  expect((await kubectl([`--as=${account}`, "auth", "can-i", ...what.split(" ")])).stdout.trim()).toBe(answer);
});
