// The API server goes away and comes back: natslint goes on answering, and soon knows what changed meanwhile.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningApiServer, startApiServer } from "../../tools/api-server.ts";
import { did, kubectl, until } from "./kubectl.ts";
import { statefulSet } from "./nats-objects.ts";
import { type Certificates, certificates, configure, forget, settled, startWebhook, type Webhook } from "./webhook.ts";

const namespace = "production-restart";
// One to a node at most, so three nodes have to be there.
const object = statefulSet({ namespace });

let api: RunningApiServer;
let keys: Certificates;
let webhook: Webhook;

const node = (name: string): object => ({ apiVersion: "v1", kind: "Node", metadata: { name, labels: { "kubernetes.io/hostname": name } } });

async function warnings(): Promise<string> {
  const { code, stderr } = await kubectl(["apply", "--dry-run=server", "-f", "-"], [object], api);
  if (code !== 0) throw new Error(stderr);
  return stderr;
}

beforeAll(async () => {
  api = await startApiServer();
  keys = certificates();
  await did(["apply", "-f", "-"], [node("one"), node("two")], api);
  await did(["create", "namespace", namespace], "", api);
  webhook = await startWebhook({ served: keys.served, flags: ["--max-mode=warn", "--cluster-state=on"], api });
  await configure({ port: webhook.port, authorities: [keys.authority.certificate] }, api);
});

afterAll(async () => {
  await webhook?.end("SIGKILL");
  await api?.stop();
  forget(keys);
});

test("informers are back within 30 s of the API server's restart", async () => {
  await settled(/Warning: \[/, [object], api);
  expect(await warnings(), "two nodes for three servers").toMatch(/nodes/);
  await api.interrupt();
  await api.resume();
  const back = performance.now();
  await did(["apply", "-f", "-"], [node("three")], api);
  await until("natslint knows the third node", async () => !/nodes/.test(await warnings()), 30_000);
  process.stdout.write(`natslint knew the new node ${((performance.now() - back) / 1_000).toFixed(1)} s after the API server was back\n`);
});
