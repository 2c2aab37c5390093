// What is known of a cluster, and that none of its faults makes it wrong: lines 13 to 25 of the fault list, by their numbers.
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LiveSurroundings, openSurroundings } from "../../../service/host/cluster/open.ts";
import { type Pace, USUAL_PACE } from "../../../service/host/cluster/pace.ts";
import { type FakeApi, fakeApi, kubeconfigOf } from "./fake-api.ts";

/** As usual, but fifty times as quick. */
const QUICK: Pace = { refresh: 60_000, stale: 4_000, backOff: [50, 400], watchSeconds: 1, grace: 1_500, list: 5_000, discover: 200 };

let api: FakeApi;
const opened: LiveSurroundings[] = [];
let told: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];

beforeEach(async () => {
  api = await fakeApi();
  told = [];
  api.put("nodes", node("one", "a"));
  api.put("storageclasses", { metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } }, provisioner: "disk" });
});

afterEach(async () => {
  vi.useRealTimers();
  for (const one of opened.splice(0)) await one.close();
  await api.close();
});

async function open(pace: Pace = QUICK): Promise<LiveSurroundings> {
  const one = await openSurroundings({ kubeconfig: api.kubeconfig, namespaces: [], told: (event, fields) => told.push({ event, fields }) }, pace);
  opened.push(one);
  return one;
}

function node(name: string, zone: string): { metadata: { name: string; labels: object; managedFields: object[] }; spec: object; status: object } {
  return { metadata: { name, labels: { "topology.kubernetes.io/zone": zone }, managedFields: [{}] }, spec: {}, status: { images: ["large"] } };
}

const state = (one: LiveSurroundings, resource: string): string | undefined => one.freshness().find((each) => each.resource === resource)?.state;
const nodes = (one: LiveSurroundings): number | undefined => (one.facts()?.nodes as readonly unknown[] | undefined)?.length;
const soon = { timeout: 15_000, interval: 20 };
const now = (): AbortSignal => AbortSignal.timeout(1_000);
const configMap = { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "nats" };

test("nodes and storage classes become facts, and what changes is seen", async () => {
  const one = await open();
  await vi.waitFor(() => expect(one.facts()).not.toBeNull(), soon);
  await vi.waitFor(() => expect(one.facts()?.storageClasses).toBeDefined(), soon);
  expect(one.facts()).toEqual({
    nodes: [{ labels: { "topology.kubernetes.io/zone": "a" }, taints: [], unschedulable: false }],
    storageClasses: [{ name: "fast", provisioner: "disk", allowVolumeExpansion: false, default: true }],
  });
  api.put("nodes", node("two", "b"));
  await vi.waitFor(() => expect(nodes(one)).toBe(2), soon);
  api.remove("nodes", "one");
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  expect(api.requests.filter(({ what }) => /secret/i.test(what))).toEqual([]);
});

test("13 the API server is down at the start: nothing is known, and everything once it is up", async () => {
  await api.stop();
  const one = await open();
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(3), soon);
  expect(one.facts()).toBeNull();
  expect(state(one, "nodes")).toBe("syncing");
  expect(await one.object(configMap, now())).toEqual({ state: "unknown", reason: "api-down" });
  await api.start();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
});

test("14 the API server restarts: what changed meanwhile is known soon after", async () => {
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  await api.stop();
  api.put("nodes", node("two", "b"));
  api.remove("nodes", "one");
  await sleep(300);
  await api.start();
  await vi.waitFor(() => expect(one.facts()?.nodes).toEqual([expect.objectContaining({ labels: { "topology.kubernetes.io/zone": "b" } })]), soon);
  expect(api.count("list nodes")).toBe(2);
});

test.each(["ends", "cuts"] as const)("15 a watch that the server %s at once is opened less and less often", async (how) => {
  api.switches.watch["*"] = how;
  const one = await open();
  await sleep(2_000);
  // 50, 100, 200, 400, 400 ...: without pauses it would be hundreds.
  expect(api.count("watch nodes")).toBeGreaterThan(2);
  expect(api.count("watch nodes")).toBeLessThan(14);
  expect(nodes(one)).toBe(1);
  api.switches.watch = {};
  api.put("nodes", node("two", "b"));
  await vi.waitFor(() => expect(nodes(one)).toBe(2), soon);
});

test.each(["gone", "gone as an event"] as const)("16 the state that the watch goes on from is %s: everything is listed again", async (how) => {
  api.switches.watch["nodes"] = how;
  const one = await open();
  await vi.waitFor(() => expect(api.count("list nodes")).toBeGreaterThan(1), soon);
  api.put("nodes", node("two", "b"));
  await vi.waitFor(() => expect(nodes(one)).toBe(2), soon);
  expect(api.count("list nodes")).toBeLessThan(14);
  api.switches.watch = {};
  await sleep(500);
  const lists = api.count("list nodes");
  await sleep(1_500);
  expect(api.count("list nodes")).toBe(lists);
});

test("17 rights that are taken away make facts unknown, and they come back with the rights", async () => {
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  api.switches.status["nodes"] = 403;
  await vi.waitFor(() => expect(state(one, "nodes")).toBe("dead"), soon);
  expect(one.facts()?.nodes).toBeUndefined();
  expect(told.at(-1)?.fields["why"]).toBe("forbidden");
  api.switches.status = { configmaps: 403 };
  expect(await one.object(configMap, now())).toEqual({ state: "unknown", reason: "forbidden" });
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
});

test("17 a token that was rotated is read again", async () => {
  api.switches.token = "first";
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  api.switches.token = "second";
  writeFileSync(api.kubeconfig, kubeconfigOf(/server: "(.*?)"/.exec(readFileSync(api.kubeconfig, "utf8"))?.[1] ?? "", "second"));
  api.put("nodes", node("two", "b"));
  await sleep(2_500);
  await vi.waitFor(() => expect(nodes(one)).toBe(2), soon);
  expect(state(one, "nodes")).toBe("live");
  expect(told.filter(({ fields }) => fields["why"] === "forbidden")).toEqual([]);
});

test("18 a slow list holds nobody up, and is waited for", async () => {
  api.switches.delay["nodes"] = 1_500;
  const one = await open();
  expect(one.facts()).toBeNull();
  await vi.waitFor(() => expect(one.facts()?.storageClasses).toHaveLength(1), { timeout: 1_000 });
  expect(state(one, "nodes")).toBe("syncing");
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  expect(api.count("list nodes")).toBe(1);
});

test("19 a connection that went silent is given up, and stale until another proves itself", async () => {
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  api.switches.watch["nodes"] = "silent";
  api.switches.delay["nodes"] = 10_000;
  await vi.waitFor(() => expect(state(one, "nodes")).toBe("stale"), soon);
  expect(one.facts()?.nodes).toBeUndefined();
  api.switches.watch = {};
  api.switches.delay = {};
  await vi.waitFor(() => expect(nodes(one)).toBe(1), { timeout: 10_000 });
});

test("19 the usual periods notice a silent connection within a minute, and list within 30 s of its end", () => {
  const { watchSeconds, grace, stale, backOff } = USUAL_PACE;
  expect(watchSeconds * 1.2 * 1_000 + grace).toBeLessThan(stale);
  expect(stale).toBeLessThanOrEqual(60_000);
  expect(backOff[1] * 1.2).toBeLessThan(30_000);
});

test("21 a line that cannot be read is no reason to go on: everything is listed again", async () => {
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  api.switches.watch["nodes"] = "broken line";
  await vi.waitFor(() => expect(told.some(({ fields }) => fields["why"] === "malformed")).toBe(true), soon);
  expect(JSON.stringify(told)).not.toContain("hunter2");
  api.switches.watch = {};
  api.put("nodes", node("two", "b"));
  await vi.waitFor(() => expect(nodes(one)).toBe(2), soon);
});

test("22 an object that is none is passed over, and what is told of faults may throw", async () => {
  api.put("nodes", { metadata: { name: 7 as unknown as string } });
  const one = await openSurroundings(
    {
      kubeconfig: api.kubeconfig,
      namespaces: [],
      told: () => {
        throw new Error("the log is full");
      },
    },
    QUICK,
  );
  opened.push(one);
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  api.switches.status["nodes"] = 500;
  await sleep(1_500);
  api.switches.status = {};
  api.put("nodes", node("two", "b"));
  await vi.waitFor(() => expect(nodes(one)).toBe(2), soon);
});

test("23 a kind of its own is watched once it is installed, and no longer when it is removed", async () => {
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  expect(state(one, "streams.jetstream.nats.io")).toBeUndefined();
  api.put("streams", { metadata: { name: "orders", namespace: "shop" } });
  api.install("jetstream.nats.io", { streams: "Stream" });
  await vi.waitFor(() => expect(state(one, "streams.jetstream.nats.io")).toBe("live"), soon);
  const orders = await one.object({ apiVersion: "jetstream.nats.io/v1", kind: "Stream", namespace: "shop", name: "orders" }, now());
  expect(orders).toMatchObject({ state: "present", value: { apiVersion: "jetstream.nats.io/v1", kind: "Stream" } });
  api.uninstall("jetstream.nats.io");
  await vi.waitFor(() => expect(state(one, "streams.jetstream.nats.io")).toBeUndefined(), soon);
  expect(state(one, "nodes")).toBe("live");
});

test("24 the object under review is never answered from the cache", async () => {
  const old = statefulSet("nats", "old");
  api.put("statefulsets", old);
  api.put("services", { metadata: { name: "nats", namespace: "shop" }, spec: { selector: { app: "nats" } } });
  api.put("configmaps", { metadata: { name: "nats-config", namespace: "shop" }, data: { "nats.conf": "old" } });
  const one = await open();
  await vi.waitFor(() => expect(state(one, "services")).toBe("live"), soon);
  await vi.waitFor(() => expect(state(one, "poddisruptionbudgets.policy")).toBe("live"), soon);
  const fresh = { ...statefulSet("nats", "new"), apiVersion: "apps/v1", kind: "StatefulSet" };
  const related = await one.related(fresh, "shop", now());
  expect(related.map(({ object, found }) => `${object.kind} ${object.name} ${found.state}`).sort()).toEqual([
    "ConfigMap nats-config present",
    "Service nats present",
  ]);
  const conf = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nats-config", namespace: "shop" }, data: { "nats.conf": "new" } };
  const behind = await one.related(conf, "shop", now());
  expect(behind.map(({ object }) => `${object.kind} ${object.name}`).sort()).toEqual(["Service nats", "StatefulSet nats"]);
});

test("25 a clock that jumps changes no age", async () => {
  const one = await open();
  await vi.waitFor(() => expect(nodes(one)).toBe(1), soon);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  expect(one.freshness().every(({ age }) => age < 4)).toBe(true);
  expect(state(one, "nodes")).toBe("live");
  vi.setSystemTime(Date.now() - 7_200_000);
  await sleep(2_500);
  expect(one.freshness().every(({ age }) => age >= 0 && age < 4)).toBe(true);
});

test("a ConfigMap is asked for once by all who ask at the same time, and believed for a while", async () => {
  api.put("configmaps", { metadata: { name: "nats", namespace: "shop" }, data: { "nats.conf": "port: 4222" } });
  const one = await open();
  const answers = await Promise.all(Array.from({ length: 20 }, () => one.object(configMap, now())));
  expect(answers.every(({ state }) => state === "present")).toBe(true);
  await one.object(configMap, now());
  expect(api.count("get configmaps nats")).toBe(1);
  expect(await one.object({ ...configMap, name: "other" }, now())).toEqual({ state: "absent" });
});

test("whoever asks waits a moment only, and the next has the answer", async () => {
  api.put("configmaps", { metadata: { name: "nats", namespace: "shop" } });
  api.switches.delay["configmaps"] = 600;
  const one = await open();
  const began = performance.now();
  expect(await one.object(configMap, now())).toEqual({ state: "unknown", reason: "timeout" });
  expect(performance.now() - began).toBeLessThan(500);
  expect(await one.object({ ...configMap, name: "late" }, AbortSignal.timeout(30))).toEqual({ state: "unknown", reason: "timeout" });
  await sleep(600);
  expect((await one.object(configMap, now())).state).toBe("present");
  expect(api.count("get configmaps nats")).toBe(1);
});

test("a Secret is not asked for, whoever wants it", async () => {
  const one = await open();
  expect(await one.object({ ...configMap, kind: "Secret" }, now())).toEqual({ state: "unknown", reason: "forbidden" });
  const pods = statefulSet("nats", "x");
  await one.related({ ...pods, apiVersion: "apps/v1", kind: "StatefulSet" }, "shop", now());
  expect(api.requests.filter(({ what }) => /secret/i.test(what))).toEqual([]);
});

function statefulSet(name: string, image: string): { metadata: { name: string; namespace: string }; spec: object } {
  const volumes = [
    { name: "config", configMap: { name: "nats-config" } },
    { name: "tls", secret: { secretName: "nats-tls" } },
  ];
  const spec = { containers: [{ name: "nats", image: `nats:${image}` }], volumes };
  return { metadata: { name, namespace: "shop" }, spec: { template: { metadata: { labels: { app: "nats" } }, spec } } };
}
