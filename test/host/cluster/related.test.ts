// Which objects belong to which, as the cluster itself joins them: by selectors, names and claims.
import { expect, test } from "vitest";
import { configMapsOf, isClaimOf, podsOf, selects } from "../../../service/host/cluster/pods.ts";
import { type Lookup, relatedTo } from "../../../service/host/cluster/related.ts";
import { trimmed } from "../../../service/host/cluster/resources.ts";
import type { ClusterObject, Known } from "../../../service/host/cluster/surroundings.ts";

const object = (kind: string, name: string, spec: object = {}): ClusterObject => ({ apiVersion: "v1", kind, metadata: { name, namespace: "shop" }, spec });

const nats = object("StatefulSet", "nats", {
  volumeClaimTemplates: [{ metadata: { name: "data" } }],
  template: {
    metadata: { labels: { app: "nats", tier: "bus" } },
    spec: {
      initContainers: [{ name: "wait", env: [{ name: "URL", valueFrom: { configMapKeyRef: { name: "waiting" } } }] }],
      containers: [{ name: "nats", image: "nats:2.10", envFrom: [{ configMapRef: { name: "variables" } }, { secretRef: { name: "hidden" } }] }],
      volumes: [
        { name: "config", configMap: { name: "nats-config" } },
        { name: "all", projected: { sources: [{ configMap: { name: "extra" } }, { secret: { name: "hidden" } }] } },
        { name: "again", configMap: { name: "nats-config" } },
        { name: "kept", persistentVolumeClaim: { claimName: "archive" } },
      ],
    },
  },
});

const pods = podsOf(nats) ?? { labels: {}, spec: {} };

test("ConfigMaps are named by volumes, projections and variables; Secrets are not among them", () => {
  expect([...configMapsOf(pods)]).toEqual([
    ["nats-config", "volume config"],
    ["extra", "volume all"],
    ["waiting", "environment of container wait"],
    ["variables", "environment of container nats"],
  ]);
});

test.each([
  ["Service", { selector: { app: "nats" } }, true],
  ["Service", { selector: { app: "nats", tier: "web" } }, false],
  ["Service", { selector: {} }, false],
  ["Service", {}, false],
  ["PodDisruptionBudget", { selector: { matchLabels: { app: "nats" } } }, true],
  ["PodDisruptionBudget", { selector: {} }, true],
  ["PodDisruptionBudget", { selector: { matchExpressions: [{ key: "tier", operator: "In", values: ["bus", "web"] }] } }, true],
  ["PodDisruptionBudget", { selector: { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["bus"] }] } }, false],
  ["PodDisruptionBudget", { selector: { matchExpressions: [{ key: "other", operator: "Exists" }] } }, false],
  ["PodDisruptionBudget", { selector: { matchLabels: { app: "nats" }, matchExpressions: [{ key: "other", operator: "DoesNotExist" }] } }, true],
])("%s with %j selects the pods: %s", (kind, spec, answer) => {
  expect(selects(object(kind, "one", spec), pods.labels)).toBe(answer);
});

test.each([
  ["data-nats-0", true],
  ["data-nats-12", true],
  ["archive", true],
  ["data-nats-box-0", false],
  ["data-nats-x", false],
  ["other-nats-0", false],
])("the claim %s is the StatefulSet's: %s", (name, answer) => {
  expect(isClaimOf(name, nats, pods)).toBe(answer);
});

function lookup(objects: readonly ClusterObject[], unseen: readonly string[] = []): Lookup {
  return {
    namespace: "shop",
    all: (kind): Known<readonly ClusterObject[]> =>
      unseen.includes(kind) ? { state: "unknown", reason: "forbidden" } : { state: "present", value: objects.filter((one) => one.kind === kind) },
    configMap: async (name) => (name === "nats-config" ? { state: "present", value: object("ConfigMap", name) } : { state: "absent" }),
  };
}

const beside = [
  nats,
  object("StatefulSet", "web", { template: { metadata: { labels: { app: "web" } }, spec: { volumes: [{ configMap: { name: "nats-config" } }] } } }),
  object("Service", "nats", { selector: { app: "nats" } }),
  object("Service", "web", { selector: { app: "web" } }),
  object("PodDisruptionBudget", "nats", { selector: { matchLabels: { app: "nats" } } }),
  object("PersistentVolumeClaim", "data-nats-0"),
];

const told = async (one: ClusterObject, around: Lookup): Promise<string[]> =>
  (await relatedTo(one, around)).map(({ object: { kind, name }, found }) => `${kind} ${name}: ${found.state}`).sort();

const all = ["ConfigMap extra: absent", "ConfigMap nats-config: present", "ConfigMap variables: absent", "ConfigMap waiting: absent"];
const others = ["PersistentVolumeClaim data-nats-0: present", "PodDisruptionBudget nats: present", "Service nats: present"];

test("a StatefulSet has all that it names and all that selects its pods", async () => {
  expect(await told(nats, lookup(beside))).toEqual([...all, ...others]);
});

test.each([
  ["ConfigMap", "nats-config"],
  ["Service", "nats"],
  ["PodDisruptionBudget", "nats"],
  ["PersistentVolumeClaim", "data-nats-0"],
])("from a %s the way leads to its StatefulSet, and never back to itself", async (kind, name) => {
  const one = beside.find((each) => each.kind === kind && each.metadata.name === name) ?? object(kind, name);
  const expected = [...all, ...others, "StatefulSet nats: present"].filter((line) => !line.startsWith(`${kind} ${name}:`));
  // `web` mounts the same ConfigMap, and has to do with NATS for that reason alone.
  expect((await told(one, lookup(beside))).filter((line) => !/ web:/.test(line))).toEqual(expected);
});

test("what could not be looked up is told, not left out", async () => {
  expect(await told(nats, lookup(beside, ["Service"]))).toContain("Service *: unknown");
  expect(await told(object("ConfigMap", "nats-config"), lookup(beside, ["StatefulSet"]))).toEqual(["StatefulSet *: unknown"]);
});

test("what has nothing beside it has nothing", async () => {
  expect(await told(object("Stream", "orders"), lookup(beside))).toEqual([]);
});

test("an object is kept without what the server writes about itself, and a node as its labels, taints and state", () => {
  const metadata = {
    name: "one",
    labels: { a: "b" },
    managedFields: [{}],
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", note: "x" },
  };
  expect(trimmed({ metadata, spec: { x: 1 }, status: {} }, { apiVersion: "v1", kind: "Service" })).toEqual({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "one", labels: { a: "b" }, annotations: { note: "x" } },
    spec: { x: 1 },
  });
  expect(trimmed({ metadata, spec: { podCIDR: "10.0.0.0/24", unschedulable: true }, status: {} }, { apiVersion: "v1", kind: "Node" })).toEqual({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "one", labels: { a: "b" } },
    spec: { unschedulable: true },
  });
  for (const none of [null, 7, [], {}, { metadata: {} }, { metadata: { name: 7 } }]) expect(trimmed(none, { apiVersion: "v1", kind: "Node" })).toBeNull();
});
