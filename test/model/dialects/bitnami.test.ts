// bitnami/nats from 7.0.0 on, told in small values: what changed between its versions, and what stays unknown.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { at, type Node } from "../../../service/document/node.ts";
import { UNKNOWN } from "../../../service/document/plain.ts";
import { bitnami } from "../../../service/model/dialects/bitnami.ts";
import type { Rendering } from "../../../service/model/dialects/rendering.ts";
import { chartFolder } from "../../../tools/chart-sources.ts";
import { confOf, differences, object, readBare, renderer, value } from "./bitnami-line.ts";

const render = renderer(bitnami, "bitnami-nats", "7.0.0", "999.0.0");
const NEWEST = { version: "9.0.29" };
const SET = ["spec", "template", "spec"] as const;
const FOLDER = join(import.meta.dirname, "../../../../shared/equivalence");
const cases = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /^bitnami-/.test(name)) : [];

/** Versions whose chart was unpacked, of those that brought another template; natslint itself knows only their digests. */
const unpacked = ["7.0.0", "7.5.0", "8.4.1"].filter((version) => chartFolder("bitnami-nats", version) !== null);

describe.skipIf(unpacked.length === 0)("a copy of the chart's own template says what the chart says (skipped where the chart was not unpacked)", () => {
  const values = "auth: {user: ann, password: pw}\nreplicaCount: 3\njetstream: {enabled: true}\ncluster: {auth: {user: bob, password: pw}}\n";
  test.each(unpacked)("%s", (version) => {
    const { configuration: template } = parse(readFileSync(join(chartFolder("bitnami-nats", version) ?? "", "values.yaml"), "utf8")) as {
      readonly configuration: string;
    };
    const copied = (text: string, given: string): Rendering => render(`${values}configuration: ${JSON.stringify(text)}`, { version: given });
    const usual = readBare(confOf(render(values, { version })) as Node);
    expect(usual).toMatchObject({ authorization: { user: "ann" }, cluster: { authorization: { user: "bob" } } });
    // Comments and indentation do not count, and a later chart is given the old template.
    for (const given of [version, "9.0.29"]) expect(readBare(confOf(copied(template.replace(/^/gm, "  # x\n  "), given)) as Node)).toEqual(usual);
    expect(copied(template, "9.0.29").unread.map(({ key }) => key)).not.toContain("auth.user");
    expect(value(object(copied(template.replace("debug:", "trace:"), version), "Secret"), "stringData")).toEqual({ "nats-server.conf": UNKNOWN });
  });
});

describe.skipIf(cases.length === 0)("values of bitnami/nats make what Helm renders (skipped where the pairs are not at hand)", () => {
  test.each(cases)("%s", (name) => {
    const read = (file: string): string => readFileSync(join(FOLDER, name, file), "utf8");
    expect(differences(render(read("values.yaml"), JSON.parse(read("case.json"))), read("rendered.yaml"))).toEqual([]);
  });
});

describe("the configuration", () => {
  test("quotes everything, and the server reads it as text", () => {
    const conf = confOf(render("auth: {credentials: [{user: a, password: '12345'}]}", NEWEST));
    expect(at(conf, "authorization", "users", 0, "password")).toMatchObject({ value: "12345", spelling: { conf: "quoted" } });
  });

  test("9.0.0 reads credentials, earlier versions a user or a list under another name", () => {
    const values = "auth: {user: old, password: pw, credentials: [{user: new, password: pw}]}";
    expect(value(confOf(render(values, NEWEST)), "authorization")).toEqual({ users: [{ user: "new", password: "pw" }], timeout: "1" });
    expect(value(confOf(render(values, { version: "8.5.4" })), "authorization")).toEqual({ user: "old", password: "pw", timeout: "1" });
    expect(render(values, NEWEST).unread.map((one) => one.key)).toEqual(["auth.user", "auth.password"]);
    expect(render(values, { version: "8.5.4" }).unread.map((one) => one.key)).toEqual(["auth.credentials"]);
  });

  test("a token wins over credentials from 9.0.0 on, and loses against a user before", () => {
    expect(value(confOf(render("auth: {token: t}", NEWEST)), "authorization")).toEqual({ token: "t", timeout: "1" });
    expect(value(confOf(render("auth: {token: t}", { version: "8.5.4" })), "authorization", "user")).toBe("nats_client");
  });

  test("marks passwords that the chart makes itself", () => {
    expect(at(confOf(render("{}", NEWEST)), "authorization", "users", 0, "password")).toMatchObject({ kind: "unknown", same: "generated" });
    expect(at(confOf(render("{}", { version: "7.5.0" })), "authorization", "password")).toMatchObject({ kind: "unknown", same: "generated" });
    expect(at(confOf(render("replicaCount: 3", NEWEST)), "cluster", "authorization", "password")).toMatchObject({ same: "generated" });
  });

  test("has a cluster block only with more than one replica, from 8.4.1 on", () => {
    expect(value(confOf(render("{}", { version: "8.4.0" })), "cluster", "name")).toBe("nats");
    expect(value(confOf(render("{}", { version: "8.4.1" })), "cluster")).toBeUndefined();
    expect(value(confOf(render("replicaCount: '3'", NEWEST)), "cluster", "name")).toBe("nats");
    expect(render("cluster: {name: hub}", NEWEST).unread).toMatchObject([{ key: "cluster.name", because: "not clustered" }]);
  });

  test("routes lead to each pod from 8.5.4 on, to the one Service before", () => {
    const values = "replicaCount: 2\ncluster: {auth: {password: pw}}";
    expect(value(confOf(render(values, NEWEST)), "cluster", "routes")).toEqual([
      "nats://nats_cluster:pw@nats-0.nats-headless:6222",
      "nats://nats_cluster:pw@nats-1.nats-headless:6222",
    ]);
    expect(value(confOf(render(values, { version: "8.5.1" })), "cluster", "routes")).toEqual(["nats://nats_cluster:pw@nats:6222"]);
    expect(value(confOf(render("replicaCount: 1000000000", NEWEST)), "cluster", "routes")).toBe(UNKNOWN);
  });

  test("JetStream came with 7.5.0, and its directory can be chosen from 9.0.6 on", () => {
    const values = "jetstream: {enabled: true, storeDirectory: /data/x}\npersistence: {enabled: true, size: 20Gi}";
    const block = (version: string): unknown => {
      const node = at(confOf(render(values, { version })), "jetstream");
      return node === undefined ? undefined : readBare(node);
    };
    expect(block("7.4.12")).toBeUndefined();
    expect(block("7.5.0")).toEqual({ store_dir: "/data/jetstream", max_memory_store: 1_000_000_000, max_file_store: 20 * 2 ** 30 });
    expect(block("9.0.0")).toMatchObject({ store_dir: "/data" });
    expect(block("9.0.6")).toMatchObject({ store_dir: "/data/x" });
  });

  test("a configuration that the user writes stands in place of the chart's, and a template in it is not known", () => {
    const secret = object(render("configuration: 'debug: true'", NEWEST), "Secret");
    expect(value(secret, "stringData")).toEqual({ "nats-server.conf": "debug: true" });
    expect(value(object(render("configuration: 'port: {{ .Values.x }}1'", NEWEST), "Secret"), "stringData")).toEqual({ "nats-server.conf": UNKNOWN });
  });

  test("an existing Secret is not in sight", () => {
    const rendering = render("existingSecret: mine", NEWEST);
    expect(object(rendering, "Secret")).toBeUndefined();
    expect(value(object(rendering, "StatefulSet"), ...SET, "volumes")).toContainEqual({ name: "config", secret: { secretName: "mine" } });
  });
});

describe("the workload", () => {
  test("takes resources from a preset where none are written: nano from 8.0.0 on, none before", () => {
    const of = (values: string, version: string): unknown => value(object(render(values, { version }), "StatefulSet"), ...SET, "containers", 0, "resources");
    expect(of("{}", "8.0.0")).toMatchObject({ requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "192Mi" } });
    expect(of("{}", "7.18.1")).toBeUndefined();
    expect(of("resourcesPreset: xlarge", "8.0.0")).toMatchObject({ requests: { cpu: "2.0", memory: "4096Mi" } });
    expect(of("resourcesPreset: xlarge", "9.0.29")).toMatchObject({ requests: { cpu: "1.0", memory: "3072Mi" } });
    expect(of("resources: {requests: {cpu: 1}}", "9.0.29")).toEqual({ requests: { cpu: 1 } });
  });

  test("an affinity of one's own replaces the presets", () => {
    const of = (values: string): unknown => value(object(render(values, NEWEST), "StatefulSet"), ...SET, "affinity");
    expect(of("podAntiAffinityPreset: hard")).toHaveProperty("podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    expect(of("affinity: {nodeAffinity: {a: b}}")).toEqual({ nodeAffinity: { a: "b" } });
    expect(of("podAntiAffinityPreset: ''")).toEqual({});
  });

  test("keeps JetStream's data on a claim of its own, without a class where that is asked for", () => {
    const set = object(render("persistence: {enabled: true, size: 20Gi, storageClass: '-'}", NEWEST), "StatefulSet");
    expect(value(set, "spec", "volumeClaimTemplates", 0, "spec")).toEqual({
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "20Gi" } },
      storageClassName: "",
    });
    expect(value(set, ...SET, "containers", 0, "volumeMounts")).toContainEqual({ name: "data", mountPath: "/data" });
  });

  test("the image starts the server in 7.x and 8.x, the chart from 9.0.0 on", () => {
    const container = (version: string): unknown => value(object(render("{}", { version }), "StatefulSet"), ...SET, "containers", 0);
    expect(container("8.5.4")).not.toHaveProperty("args");
    expect(container("8.5.4")).toHaveProperty("env", expect.arrayContaining([{ name: "NATS_FILENAME", value: "nats-server" }]));
    expect(container("9.0.29")).toMatchObject({ command: ["nats-server"], args: ["-c", "/etc/nats-server.conf"] });
  });

  test("a digest wins over the tag", () => {
    const image = (values: string): unknown => value(object(render(values, NEWEST), "StatefulSet"), ...SET, "containers", 0, "image");
    expect(image("image: {digest: 'sha256:ab'}")).toBe("docker.io/bitnami/nats@sha256:ab");
    expect(image("global: {imageRegistry: ghcr.io}\nimage: {repository: own/nats, tag: 2.11.8}")).toBe("ghcr.io/own/nats:2.11.8");
  });
});

describe("the objects around it", () => {
  test("one Service shows clients, routes and monitoring, and its source ranges run into one text", () => {
    const service = object(render("service: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 11.0.0.0/8]}", NEWEST), "Service", "nats");
    expect(value(service, "spec", "type")).toBe("LoadBalancer");
    expect((value(service, "spec", "ports") as { port: number }[]).map((one) => one.port)).toEqual([4222, 6222, 8222]);
    expect(value(service, "spec", "loadBalancerSourceRanges")).toEqual(["10.0.0.0/8 11.0.0.0/8"]);
  });

  test("a budget lets one pod go by default, from 8.2.5 on", () => {
    expect(value(object(render("{}", NEWEST), "PodDisruptionBudget"), "spec")).toMatchObject({ maxUnavailable: 1 });
    expect(object(render("{}", { version: "7.5.0" }), "PodDisruptionBudget")).toBeUndefined();
    expect(object(render("pdb: {create: false}", NEWEST), "PodDisruptionBudget")).toBeUndefined();
  });

  test("a NetworkPolicy is there by default from 7.13.0 on", () => {
    expect(object(render("{}", { version: "7.12.0" }), "NetworkPolicy")).toBeUndefined();
    expect(object(render("{}", { version: "7.13.0" }), "NetworkPolicy")).toBeDefined();
    expect(value(object(render("networkPolicy: {allowExternal: false}", NEWEST), "NetworkPolicy"), "spec", "ingress", 0, "from", 0)).toEqual({
      podSelector: { matchLabels: { "nats-client": "true" } },
    });
  });
});

describe("what is not known", () => {
  test("an open version leaves open what the versions decide", () => {
    const rendering = render("auth: {user: a, password: b}\nreplicaCount: 1", { version: null });
    expect(value(confOf(rendering), "authorization", "user")).toBe(UNKNOWN);
    expect(value(confOf(rendering), "cluster")).toBe(UNKNOWN);
    expect(value(confOf(rendering), "debug")).toBe("false");
  });

  test("a range whose versions agree decides", () => {
    expect(value(confOf(render("replicaCount: 1", { version: "9.x.x" })), "cluster")).toBeUndefined();
  });

  test("templates among the values are unknown, but for one that only names another value", () => {
    const values = "metrics: {enabled: true}\npodAnnotations: {a: '{{ .Release.Name }}'}";
    const rendering = render(values, NEWEST);
    expect(value(object(rendering, "Service", "-metrics"), "metadata", "annotations")).toEqual({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "7777",
    });
    expect(value(object(rendering, "StatefulSet"), "spec", "template", "metadata", "annotations", "a")).toBe(UNKNOWN);
  });
});
