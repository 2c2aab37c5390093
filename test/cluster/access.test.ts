// natslint with the rights that the chart gives it and no others: it learns all that it judges by, and could do no harm.
import { afterAll, beforeAll, expect, test } from "vitest";
import { chartAccount, removeChartAccount } from "./chart-account.ts";
import { did, kubectl } from "./kubectl.ts";
import { definitions } from "./nats-objects.ts";
import { type Certificates, certificates, forget, startWebhook, type Webhook } from "./webhook.ts";

const account = "system:serviceaccount:policy:natslint-admission";
let keys: Certificates;
let webhook: Webhook;

beforeAll(async () => {
  await did(["apply", "-f", "-"], definitions());
  keys = certificates();
  webhook = await startWebhook({ served: keys.served, flags: ["--cluster-state=on"], api: await chartAccount() });
});

afterAll(async () => {
  await webhook?.end("SIGKILL");
  await removeChartAccount();
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
  ["yes", "update leases.coordination.k8s.io/natslint-admission-tls-leader -n policy"],
])("may it? %s: %s", async (answer, what) => {
  expect((await kubectl([`--as=${account}`, "auth", "can-i", ...what.split(" ")])).stdout.trim()).toBe(answer);
});
