// Certificates without anybody else, with the chart's rights alone: made, served by every replica, trusted by the API server, and
// put right when somebody takes them away.
import { afterAll, beforeAll, expect, test } from "vitest";
import { chartAccount, removeChartAccount } from "./chart-account.ts";
import { apply, did, until } from "./kubectl.ts";
import { tracingStatefulSet } from "./nats-objects.ts";
import { configure, removeWebhook, settled, startWebhook, type Webhook } from "./webhook.ts";

const namespace = "production-self-managed";
const replicas: Webhook[] = [];
const bad = tracingStatefulSet({ namespace });

const bundle = (): Promise<string> => did(["get", "validatingwebhookconfiguration", "natslint", "-o", "jsonpath={.webhooks[0].clientConfig.caBundle}"]);

beforeAll(async () => {
  await did(["create", "namespace", namespace]);
  const api = await chartAccount();
  // It is there before its server, as Helm creates it: the port is of nobody yet.
  await configure({ port: 9, authorities: [] });
  const flags = ["--max-mode=deny", "--cluster-state=off", "--self-managed-certificates=policy/natslint-admission-tls"];
  const env = { NATSLINT_SERVICE_NAME: "localhost", NATSLINT_CERTIFICATE_SECONDS: "1" };
  replicas.push(await startWebhook({ flags, env, api }), await startWebhook({ flags, env, api }));
});

afterAll(async () => {
  await removeWebhook();
  await Promise.all(replicas.map((one) => one.end("SIGKILL")));
  await removeChartAccount();
});

test("the API server trusts what every replica serves, and one of them leads", async () => {
  for (const { port } of replicas) {
    await configure({ port, authorities: [] });
    await until("the authority is told", async () => (await bundle()) !== "");
    await settled(/denied the request/, [bad]);
  }
  const holder = await did(["-n", "policy", "get", "lease", "natslint-admission-tls-leader", "-o", "jsonpath={.spec.holderIdentity}"]);
  expect(holder).not.toBe("");
  expect(replicas.filter((one) => one.log().includes("this replica leads"))).toHaveLength(1);
});

test("an authority that somebody wipes out is put back", async () => {
  const before = await bundle();
  const wipe = ["workloads", "configmaps", "labels"].map((_, index) => ({ op: "remove", path: `/webhooks/${index}/clientConfig/caBundle` }));
  await did(["patch", "validatingwebhookconfiguration", "natslint", "--type=json", "-p", JSON.stringify(wipe)]);
  await until("it is back", async () => (await bundle()) === before);
  await settled(/denied the request/, [bad]);
  expect(await apply(bad)).toMatchObject({ code: 1 });
});
