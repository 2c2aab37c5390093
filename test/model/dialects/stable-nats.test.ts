// stable/nats and Bitnami up to 6.x: what Helm renders from the same values, and what small values come to.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { at } from "../../../service/document/node.ts";
import { UNKNOWN } from "../../../service/document/plain.ts";
import { stableNats } from "../../../service/model/dialects/stable-nats.ts";
import { confOf, differences, object, renderer, value } from "./bitnami-line.ts";
import { valuesOf } from "./plain-values.ts";

const render = renderer(stableNats, "stable-nats", "0.0.1", "7.0.0");
const FOLDER = join(import.meta.dirname, "../../../../shared/equivalence");
const cases = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.startsWith("stable-nats-")) : [];

describe.skipIf(cases.length === 0)("values of stable/nats make what Helm renders (skipped where the pairs are not at hand)", () => {
  test.each(cases)("%s", (name) => {
    const read = (file: string): string => readFileSync(join(FOLDER, name, file), "utf8");
    const found = differences(render(read("values.yaml"), JSON.parse(read("case.json"))), read("rendered.yaml"));
    // Until 4.2.10 the exporter's last two arguments run into each other, which concerns the exporter alone.
    expect(found.filter((one) => !one.includes("containers/1/args"))).toEqual([]);
  });
});

describe("the configuration", () => {
  test("prints names and passwords bare until 6.2.3, so that the server lexes them", () => {
    const values = "auth: {enabled: true, user: app, password: '12345'}";
    expect(at(confOf(render(values, { version: "4.3.7" })), "authorization", "password")).toMatchObject({
      value: "12345",
      spelling: { text: "12345", conf: "bare" },
    });
    expect(at(confOf(render(values, { version: "6.2.2" })), "authorization", "password")).toMatchObject({ spelling: { conf: "bare" } });
    expect(at(confOf(render(values, { version: "6.2.3" })), "authorization", "password")).toMatchObject({ value: "12345", spelling: { conf: "quoted" } });
  });

  test("does not say how a value is printed while the version is open", () => {
    const password = at(confOf(render("auth: {enabled: true, user: app, password: '12345'}", { version: null })), "authorization", "password");
    expect(password).not.toMatchObject({ spelling: { conf: "bare" } });
  });

  test("a number that YAML reads prints as Go prints floats", () => {
    const token = at(confOf(render("auth: {enabled: true, user: '', token: 12345678}", { version: "4.3.7" })), "authorization", "token");
    expect(token).toMatchObject({ spelling: { text: "1.2345678e+07", conf: "bare" } });
  });

  test("marks passwords that the chart makes itself, at the switch that makes it do so", () => {
    const rendering = render("clusterAuth: {enabled: true, user: x}", { version: "4.3.7" });
    const password = at(confOf(rendering), "cluster", "authorization", "password");
    expect(password).toMatchObject({ kind: "unknown", same: "generated", because: expect.stringContaining("random") });
    const values = valuesOf("clusterAuth: {enabled: true, user: x}");
    const marked = at(confOf(render(values, { version: "4.3.7" })), "cluster", "authorization", "password");
    expect(marked?.origin).toEqual(at(values, "clusterAuth", "enabled")?.origin);
    expect(value(confOf(render("clusterAuth: {enabled: false}", { version: "4.3.7" })), "cluster", "authorization")).toBeUndefined();
    expect(value(confOf(rendering), "cluster", "routes")).toEqual(["nats://x:generated@nats-cluster:6222"]);
  });

  test("a token counts only without a user, and lists of users came with 6.5.0", () => {
    const values = "auth: {user: '', token: t0ken, usersCredentials: [{username: a, password: b}]}";
    expect(value(confOf(render(values, { version: "6.6.0" })), "authorization")).toEqual({ token: "t0ken", timeout: "1" });
    const users = "auth: {user: '', usersCredentials: [{username: a, password: b}], noAuthUser: a}";
    expect(value(confOf(render(users, { version: "6.6.0" })), "authorization", "users")).toEqual([{ user: "a", password: "b" }]);
    expect(value(confOf(render(users, { version: "6.5.0" })), "authorization", "users")).toBeUndefined();
    expect(value(confOf(render(users, { version: "6.6.0" })), "no_auth_user")).toBe("a");
    expect(value(confOf(render(users, { version: "6.4.0" })), "no_auth_user")).toBeUndefined();
  });

  test("always has a cluster block with a route to the Service of all servers", () => {
    expect(value(confOf(render("clusterAuth: {enabled: false}", { version: "4.3.7" })), "cluster")).toEqual({
      listen: "0.0.0.0:6222",
      routes: ["nats://nats-cluster:6222"],
    });
    expect(value(confOf(render("clusterAuth: {enabled: false}", { version: "2.0.0" })), "cluster", "routes")).toEqual(["nats://nats-nats-cluster:6222"]);
  });

  test("prints limits as integers from 2.5.8 on, and as they are before", () => {
    const values = "maxPayload: 8388608";
    expect(at(confOf(render(values, { version: "2.5.8" })), "max_payload")).toMatchObject({ spelling: { text: "8388608" } });
    expect(at(confOf(render(values, { version: "2.5.7" })), "max_payload")).toMatchObject({ spelling: { text: "8.388608e+06" } });
    expect(at(confOf(render("maxPayload: 8MB", { version: "4.3.7" })), "max_payload")).toMatchObject({ spelling: { text: "0" } });
  });

  test("prints the three switches of logging one by one, and all as on in diagnostic mode", () => {
    expect(value(confOf(render("debug: {trace: true}", { version: "4.3.7" })), "debug")).toBe("false");
    expect(value(confOf(render("debug: {trace: true}", { version: "4.3.7" })), "trace")).toBe("true");
    expect(value(confOf(render("diagnosticMode: {enabled: true}", { version: "6.4.0" })), "trace")).toBe("true");
    expect(value(confOf(render("debug: {trace: true}", { version: "4.3.7" })), "logtime")).toBe("false");
  });
});

describe("the objects around the server", () => {
  test("three Services have types, ports and annotations of their own, at the very values", () => {
    const values = "client: {service: {type: LoadBalancer, port: 4333, annotations: {a: b}}}\nmonitoring: {service: {type: NodePort, nodePort: 30822}}";
    const rendering = render(values, { version: "4.3.7" });
    const client = object(rendering, "Service", "-client");
    expect(value(client, "spec", "type")).toBe("LoadBalancer");
    expect(at(client, "spec", "type")?.origin.via).toBeUndefined();
    expect(value(client, "metadata", "annotations")).toEqual({ a: "b" });
    expect(value(object(rendering, "Service", "-monitoring"), "spec", "ports", 0, "nodePort")).toBe(30822);
    expect(value(object(rendering, "Service", "-cluster"), "spec", "type")).toBe("ClusterIP");
    expect(at(object(rendering, "Service", "-cluster"), "spec", "type")?.origin.via).toMatchObject([{ kind: "chart default", key: "cluster.service.type" }]);
    expect(value(confOf(rendering), "listen")).toBe("0.0.0.0:4333");
  });

  test("anti-affinity is hard, soft, or none for any other word", () => {
    const affinity = (word: string): unknown =>
      value(object(render(`antiAffinity: ${word}`, { version: "4.3.7" }), "StatefulSet"), "spec", "template", "spec", "affinity");
    expect(affinity("hard")).toHaveProperty("podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    expect(affinity("soft")).toHaveProperty("podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution");
    expect(affinity("none")).toBeNull();
  });

  test("a Deployment is made on request, from 2.5.0 on", () => {
    expect(object(render("resourceType: deployment", { version: "4.3.7" }), "Deployment")).toBeDefined();
    expect(object(render("resourceType: deployment", { version: "2.4.2" }), "StatefulSet")).toBeDefined();
  });

  test("old Services stand under keys of their own", () => {
    const rendering = render("clientService: {type: LoadBalancer}", { version: "1.3.1" });
    expect(value(object(rendering, "Service", "-client"), "spec", "type")).toBe("LoadBalancer");
    expect(value(object(render("clientService: {type: LoadBalancer}", { version: "2.0.0" }), "Service", "-client"), "spec", "type")).toBe("ClusterIP");
  });
});

describe("an open version", () => {
  test("keys that a person writes tell which generation reads them", () => {
    const rendering = render("client: {service: {type: LoadBalancer}}\nantiAffinity: hard\nreplicaCount: 3", { version: null });
    const client = rendering.objects.find((one) => value(one, "kind") === "Service");
    expect(value(client, "spec", "type")).toBe("LoadBalancer");
    const set = object(rendering, "StatefulSet");
    expect(value(set, "spec", "replicas")).toBe(3);
    expect(value(set, "spec", "template", "spec", "affinity")).toHaveProperty("podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
  });

  test("what the generations do differently is unknown, what they agree on is not", () => {
    const rendering = render("replicaCount: 3", { version: null });
    const set = object(rendering, "StatefulSet");
    expect(value(set, "spec", "replicas")).toBe(3);
    expect(value(set, "spec", "selector", "matchLabels", "app")).toBe(UNKNOWN);
    expect(value(confOf(rendering), "debug")).toBe("false");
  });

  test("an unknown release name stays the same in all names", () => {
    const rendering = render("replicaCount: 3", { version: "4.3.7", release: null });
    const service = rendering.objects.find((one) => value(one, "kind") === "Service");
    expect(at(service, "metadata", "name")).toMatchObject({ kind: "unknown", same: "{release}-nats-client" });
  });
});

test("keys of Bitnami's later charts are not read", () => {
  const { unread } = render("replicaCount: 3\ncluster: {auth: {enabled: true}}", { version: "4.3.7" });
  expect(unread).toMatchObject([{ key: "cluster.auth.enabled", because: "other generation", generation: "bitnami" }]);
});
