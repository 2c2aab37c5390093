// The nats chart before 1.0.0, told in small values: what stands bare in the conf, what each version reads, what stays open.

import { describe, expect, test } from "vitest";
import { at, type MapNode, type Node } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import type { Rendering } from "../../../service/model/dialects/rendering.ts";
import { type Given, render } from "./equivalence-0x.ts";
import { valuesOf } from "./plain-values.ts";

function nats(values: string, version: string | null = "0.19.17", more: Partial<Given> = {}): Rendering {
  return render({ chart: "nats", version, release: "nats", namespace: "messaging", ...more }, [valuesOf(values)]);
}

function object(rendering: Rendering, kind: string): MapNode {
  const found = rendering.objects.find((one) => plain(at(one, "kind") as Node) === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

function conf(rendering: Rendering, ...path: (string | number)[]): Node | undefined {
  return at(object(rendering, "ConfigMap"), "data", "nats.conf", ...path);
}

function value(node: Node | undefined, ...path: (string | number)[]): unknown {
  const found = at(node, ...path);
  return found === undefined ? undefined : plain(found);
}

const pod = ["spec", "template", "spec"] as const;

describe("the configuration", () => {
  test("keeps the text of what stands without quotes, and the place it comes from", () => {
    const made = nats("cluster: {enabled: true, authorization: {user: route, password: 12345}}");
    const password = conf(made, "cluster", "authorization", "password");
    expect(password).toMatchObject({ value: "12345", spelling: { text: "12345", conf: "bare" } });
    expect(password?.origin.via).toBeUndefined();
    expect(conf(made, "server_name")).toMatchObject({ value: "$POD_NAME", spelling: { conf: "bare" } });
    expect(conf(made, "pid_file")).toMatchObject({ spelling: { conf: "quoted" } });
  });

  test("takes users and accounts for JSON, where a number stays a number", () => {
    const made = nats("auth: {enabled: true, resolver: {type: none}, basic: {users: [{user: app, password: 12345}]}}");
    expect(conf(made, "authorization", "users", 0, "password")).toMatchObject({ value: 12345, spelling: { conf: "quoted" } });
  });

  test("prints numbers from a million on as Go prints floats", () => {
    expect(conf(nats("nats: {limits: {maxPayload: 8388608, maxConnections: 65536}}"), "max_payload")).toMatchObject({ spelling: { text: "8.388608e+06" } });
    expect(conf(nats("nats: {limits: {maxPayload: 8MB}}"), "max_payload")).toMatchObject({ spelling: { text: "8MB" } });
  });

  test("keeps only the last of several sources of users", () => {
    const values =
      "auth: {enabled: true, token: secret, resolver: {type: none}, basic: {users: [{user: a, password: b}], accounts: {APP: {users: [{user: c, password: d}]}}}}";
    expect(value(conf(nats(values), "authorization"))).toEqual({});
    expect(value(conf(nats(values.replace(/, accounts.*/, "}}")), "authorization"), "token")).toBeUndefined();
    expect(value(conf(nats("auth: {enabled: true, token: secret, resolver: {type: none}}"), "authorization"))).toEqual({ token: "secret" });
  });

  test.each([
    ["0.8.9", "nats: {pingInterval: 10s}", "ping_interval", "10s"],
    ["0.8.9", "nats: {limits: {pingInterval: 10s}}", "ping_interval", undefined],
    ["0.9.0", "nats: {pingInterval: 10s}", "ping_interval", undefined],
    ["0.9.0", "nats: {limits: {pingInterval: 10s}}", "ping_interval", "10s"],
    ["0.8.9", "nats: {writeDeadline: 10s}", "lame_duck_duration", "10s"],
    ["0.9.0", "{}", "lame_duck_duration", "120s"],
    ["0.14.0", "{}", "lame_duck_grace_period", "10s"],
    ["0.11.0", "{}", "port", undefined],
    ["0.11.2", "{}", "port", "4222"],
  ])("in %s makes of %s a %s of %s", (version, values, key, wanted) => {
    expect(value(conf(nats(values, version), key))).toBe(wanted);
  });

  test("has JetStream with the sizes of its time", () => {
    const jetstream = "nats: {jetstream: {enabled: true}}";
    expect(value(conf(nats(jetstream, "0.6.2"), "jetstream"))).toBe("true");
    expect(value(conf(nats(jetstream, "0.14.2"), "jetstream"))).toEqual({ max_mem: "1Gi" });
    expect(value(conf(nats(jetstream, "0.15.0"), "jetstream"))).toEqual({ max_mem: "1Gi", store_dir: "/data", max_file: "10Gi" });
    expect(value(conf(nats(jetstream, "0.8.7"), "jetstream"))).toEqual({});
  });

  test("names the cluster after the chart, and only beside JetStream", () => {
    const values = "cluster: {enabled: true}";
    expect(conf(nats(values), "cluster", "name")).toBeUndefined();
    expect(value(conf(nats(`${values}\nnats: {jetstream: {enabled: true}}`, "0.19.17", { release: "bus" }), "cluster", "name"))).toBe("nats");
  });

  test("reads as unknown what an init container writes, and stays open for what it includes", () => {
    const advertising = nats("{nats: {externalAccess: true}, cluster: {enabled: true}}");
    expect(value(conf(advertising, "client_advertise"))).toBe(UNKNOWN);
    expect(conf(advertising)).not.toHaveProperty("incomplete");
    expect(conf(nats("nats: {config: [{name: own, configMap: {name: own}}]}"))).toHaveProperty("incomplete");
    expect(conf(nats("auth: {enabled: true, resolver: {type: memory, configMap: {name: a, key: b}}}"))).toHaveProperty("incomplete");
  });

  test("reads TLS that is written as a text", () => {
    expect(value(conf(nats('leafnodes: {enabled: true, tls: {custom: "timeout: 5"}}'), "leafnodes", "tls"))).toEqual({ timeout: 5 });
  });

  test("is in a Secret out of sight where the values say so", () => {
    const volumes = at(object(nats("nats: {customConfigSecret: {name: own}}"), "StatefulSet"), ...pod, "volumes", 0);
    expect(value(volumes)).toEqual({ name: "config-volume", secret: { secretName: "own" } });
  });
});

describe("the workload", () => {
  test("has one replica while the cluster is off, and says that a written number does nothing", () => {
    const made = nats("cluster: {replicas: 5}");
    expect(value(object(made, "StatefulSet"), "spec", "replicas")).toBe(1);
    expect(made.unread).toMatchObject([{ key: "cluster.replicas", because: "not clustered", isDefault: false, effective: 1, node: { value: 5 } }]);
    expect(nats("cluster: {enabled: false, replicas: 3}").unread).toMatchObject([{ isDefault: true }]);
    expect(nats("{}").unread).toEqual([]);
    expect(nats("cluster: {enabled: true, replicas: 5}").unread).toEqual([]);
  });

  test("has as many replicas as the values say from 0.4.2 on", () => {
    const values = "cluster: {enabled: true, replicas: 5}";
    expect(value(object(nats(values, "0.4.0"), "StatefulSet"), "spec", "replicas")).toBe(3);
    const replicas = at(object(nats(values, "0.4.2"), "StatefulSet"), "spec", "replicas");
    expect(replicas).toMatchObject({ value: 5 });
    expect(replicas?.origin.via).toBeUndefined();
    expect(value(conf(nats(values), "cluster", "routes"))).toHaveLength(5);
  });

  test("spreads by its own labels, whatever the values select", () => {
    const made = nats("topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, labelSelector: {matchLabels: {app: x}}}, {maxSkew: 1}]");
    expect(value(object(made, "StatefulSet"), ...pod, "topologySpreadConstraints")).toEqual([
      { maxSkew: 1, topologyKey: "zone", labelSelector: { matchLabels: { "app.kubernetes.io/name": "nats", "app.kubernetes.io/instance": "nats" } } },
    ]);
  });

  test("takes an image as a text and as a map", () => {
    const image = (values: string, version?: string): unknown => value(object(nats(values, version), "StatefulSet"), ...pod, "containers", 0, "image");
    expect(image("nats: {image: nats:2.8.0}", "0.18.3")).toBe("nats:2.8.0");
    expect(image("nats: {image: nats:2.8.0}")).toBe("nats:2.8.0");
    expect(image("nats: {image: host:5000/nats:2.9}")).toBe("host:5000/nats");
    expect(image("nats: {image: {tag: 2.9.5, registry: r.example}}")).toBe("r.example/nats:2.9.5");
  });

  test("has a disruption budget by default from 0.14.0 on", () => {
    const kinds = (values: string, version: string): unknown[] => nats(values, version).objects.map((one) => value(one, "kind"));
    expect(kinds("{}", "0.13.2")).not.toContain("PodDisruptionBudget");
    expect(kinds("podDisruptionBudget: {maxUnavailable: 1}", "0.13.2")).toContain("PodDisruptionBudget");
    expect(kinds("{}", "0.14.0")).toContain("PodDisruptionBudget");
    expect(kinds("podDisruptionBudget: {enabled: false}", "0.14.0")).not.toContain("PodDisruptionBudget");
  });
});

describe("what is not known", () => {
  test("of the chart's version leaves what all versions do", () => {
    const made = nats("{cluster: {enabled: true, noAdvertise: true}, nats: {logging: {debug: true}}}", null);
    expect(value(conf(made, "debug"))).toBe("true");
    expect(value(conf(made, "cluster", "port"))).toBe("6222");
    expect(value(conf(made, "cluster", "no_advertise"))).toBe(UNKNOWN);
    expect(value(object(made, "StatefulSet"), "spec", "selector", "matchLabels")).toBe(UNKNOWN);
    expect(value(object(made, "StatefulSet"), "spec", "replicas")).toBe(3);
  });

  test("of the release keeps names that are the same the same", () => {
    const made = nats("cluster: {enabled: true}", "0.19.17", { release: null, namespace: null });
    const set = at(object(made, "StatefulSet"), "metadata", "name");
    expect(set).toMatchObject({ kind: "unknown", same: expect.stringContaining("{release}") });
    expect(at(object(made, "Service"), "metadata", "name")).toMatchObject({ same: (set as { same?: string }).same });
    expect(conf(made, "cluster", "routes", 0)).toMatchObject({ kind: "unknown" });
  });

  test("of a switch makes unknown what it decides, and an object that may be there", () => {
    const open = nats('{cluster: {enabled: "{{ x }}"}, podDisruptionBudget: {enabled: "{{ y }}"}}');
    expect(value(object(open, "StatefulSet"), "spec", "replicas")).toBe(UNKNOWN);
    expect(value(conf(open, "cluster"))).toBe(UNKNOWN);
    expect(object(open, "PodDisruptionBudget")).toHaveProperty("incomplete");
    expect(open.unread).toEqual([]);
  });
});
