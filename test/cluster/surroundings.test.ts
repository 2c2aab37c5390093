// What is known of a real cluster while its API server restarts, its wires fail and its rights change: the lines of the
// fault list that a real one can be made to show, by their numbers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type LiveSurroundings, openSurroundings } from "../../service/host/cluster/open.ts";
import { type Pace, USUAL_PACE } from "../../service/host/cluster/pace.ts";
import { type RunningApiServer, startApiServer } from "../../tools/api-server.ts";
import { did, until } from "./kubectl.ts";
import { type TcpProxy, tcpProxy } from "./tcp-proxy.ts";

let api: RunningApiServer;
let proxy: TcpProxy;
let folder: string;
const opened: LiveSurroundings[] = [];

beforeAll(async () => {
  api = await startApiServer();
  proxy = await tcpProxy(Number(new URL(api.url).port));
  folder = mkdtempSync(join(tmpdir(), "natslint-surroundings-"));
  await did(["apply", "-f", "-"], [node("one")], api);
}, 120_000);

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

afterAll(async () => {
  await proxy.close();
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const node = (name: string): object => ({ apiVersion: "v1", kind: "Node", metadata: { name } });
const nodes = (one: LiveSurroundings): number | undefined => (one.facts()?.nodes as readonly unknown[] | undefined)?.length;
const state = (one: LiveSurroundings, resource: string): string | undefined => one.freshness().find((each) => each.resource === resource)?.state;

/** Surroundings with the usual periods, unless said; through the proxy where `port` is its. */
async function open(options: { readonly pace?: Partial<Pace>; readonly port?: number; readonly token?: string } = {}): Promise<LiveSurroundings> {
  const { port, token, pace } = options;
  let text = readFileSync(api.kubeconfig, "utf8");
  if (port !== undefined) text = text.replaceAll(api.url, `https://127.0.0.1:${port}`);
  if (token !== undefined) text = text.replaceAll(api.token, token);
  const kubeconfig = join(folder, `kubeconfig-${opened.length}-${Math.random()}`);
  writeFileSync(kubeconfig, text);
  const one = await openSurroundings({ kubeconfig, namespaces: [], told: () => undefined }, { ...USUAL_PACE, ...pace });
  opened.push(one);
  await until("the first list", () => one.freshness().every(({ synced }) => synced || token !== undefined));
  return one;
}

test("14 the API server restarts: the informers are back within 30 s, and have listed what changed", async () => {
  const one = await open();
  expect(nodes(one)).toBe(1);
  await api.interrupt();
  await sleep(8_000);
  await api.resume();
  const back = performance.now();
  await did(["apply", "-f", "-"], [node("two")], api);
  await until("two nodes", () => nodes(one) === 2, 30_000);
  expect(performance.now() - back).toBeLessThan(30_000);
  await until("all of them", () => one.freshness().every(({ state, age }) => state === "live" && age < 40), 30_000);
  await did(["delete", "node", "two"], "", api);
  await until("one node", () => nodes(one) === 1);
}, 120_000);

test("15 a wire that is cut every second: fewer and fewer connections, and the cache goes on", async () => {
  const one = await open({ port: proxy.port });
  const before = proxy.connections();
  const cutting = setInterval(proxy.cut, 1_000);
  await sleep(10_000);
  clearInterval(cutting);
  // Seven informers; one try after 1, 2, 4 s each, and the single connections of a list and its watch.
  expect(proxy.connections() - before).toBeLessThan(7 * 2 * 6);
  expect(nodes(one)).toBe(1);
  await did(["apply", "-f", "-"], [node("two")], api);
  await until("two nodes", () => nodes(one) === 2, 30_000);
  await did(["delete", "node", "two"], "", api);
}, 60_000);

test("17 an account without rights sees nothing, and what it is given it sees", async () => {
  await did(["create", "serviceaccount", "looker"], "", api);
  const token = (await did(["create", "token", "looker"], "", api)).trim();
  const one = await open({ token, pace: { backOff: [100, 1_000] } });
  await until("the refusal", () => state(one, "nodes") === "dead");
  expect(one.facts()).toBeNull();
  const name = { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "extension-apiserver-authentication" };
  expect(await one.object(name, AbortSignal.timeout(2_000))).toEqual({ state: "unknown", reason: "forbidden" });
  await did(["create", "clusterrole", "looking", "--verb=list,watch", "--resource=nodes"], "", api);
  await did(["create", "clusterrolebinding", "looking", "--clusterrole=looking", "--serviceaccount=default:looker"], "", api);
  await until("a node", () => nodes(one) === 1);
  expect(state(one, "services")).toBe("dead");
  await did(["delete", "clusterrolebinding", "looking"], "", api);
});

test("19 a connection that went silent is stale within a minute, and live again after it", async () => {
  const one = await open({ port: proxy.port });
  proxy.silence(true);
  const began = performance.now();
  await until("stale", () => one.freshness().every(({ state }) => state === "stale"), 62_000);
  expect(performance.now() - began).toBeGreaterThan(20_000);
  expect(one.facts()).toBeNull();
  proxy.silence(false);
  proxy.cut();
  await until("live", () => one.freshness().every(({ state }) => state === "live"), 30_000);
}, 120_000);

test("23 a custom kind is watched once it is installed, and no longer when it is removed", async () => {
  const one = await open({ pace: { discover: 500 } });
  expect(state(one, "streams.jetstream.nats.io")).toBeUndefined();
  await did(["apply", "-f", "-"], [crd("streams", "Stream", "jetstream.nats.io")], api);
  await until("the watch", () => state(one, "streams.jetstream.nats.io") === "live");
  const orders = { apiVersion: "jetstream.nats.io/v1", kind: "Stream", metadata: { name: "orders", namespace: "default" }, spec: { replicas: 2 } };
  await until("the stream", async () => (await did(["apply", "-f", "-"], [orders], api).catch(() => "")) !== "");
  const name = { apiVersion: "jetstream.nats.io/v1", kind: "Stream", namespace: "default", name: "orders" };
  await until("the stream", async () => (await one.object(name, AbortSignal.timeout(1_000))).state === "present");
  await did(["delete", "crd", "streams.jetstream.nats.io"], "", api);
  await until("the end of the watch", () => state(one, "streams.jetstream.nats.io") === undefined, 30_000);
  expect(state(one, "nodes")).toBe("live");
}, 90_000);

test("20 ten thousand objects are listed in pages, and what is kept of them is small", async () => {
  await create("services", "default", 10_000);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const began = performance.now();
  const one = await open();
  const seconds = (performance.now() - began) / 1_000;
  globalThis.gc?.();
  const mebibytes = (process.memoryUsage().heapUsed - before) / 1_048_576;
  process.stdout.write(
    `10,000 Services: synced in ${seconds.toFixed(1)} s, ${mebibytes.toFixed(0)} MiB of heap${globalThis.gc === undefined ? " (not collected)" : ""}\n`,
  );
  expect(one.freshness().every(({ state }) => state === "live")).toBe(true);
  expect(mebibytes).toBeLessThan(120);
}, 180_000);

/** Creates many objects by many requests at a time: kubectl would take minutes. */
async function create(plural: string, namespace: string, count: number): Promise<void> {
  const { request } = await import("node:https");
  const ca = readFileSync(api.authority);
  const { Agent } = await import("node:https");
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const post = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, labels: { app: name, "app.kubernetes.io/managed-by": "test" }, annotations: { note: "x".repeat(400) } },
        spec: { clusterIP: "None", ports: [{ port: 4222 }], selector: { app: name } },
      });
      const headers = { Authorization: `Bearer ${api.token}`, "Content-Type": "application/json" };
      request(`${api.url}/api/v1/namespaces/${namespace}/${plural}`, { method: "POST", ca, agent, headers }, (response) => {
        response.resume().on("end", () => (response.statusCode === 201 ? resolve() : reject(new Error(`${response.statusCode} for ${name}`))));
      })
        .on("error", reject)
        .end(body);
    });
  const names = Array.from({ length: count }, (_, index) => `many-${index}`);
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) await post(name);
    }),
  );
  agent.destroy();
}

function crd(plural: string, kind: string, group: string): object {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for a test" } },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural, singular: plural.slice(0, -1), kind },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}
