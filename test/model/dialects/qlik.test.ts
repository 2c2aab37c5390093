// Qlik's forks against what they rendered, and in small values.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { at } from "../../../service/document/node.ts";
import { qlik } from "../../../service/model/dialects/qlik.ts";
import { qlikStreaming } from "../../../service/model/dialects/qlik-streaming.ts";
import { confOf, differences, object, renderer, value } from "./bitnami-line.ts";

const render = renderer(qlik, "qlik-nats", "0.0.1", "999.0.0");
const renderStreaming = renderer(qlikStreaming, "qlik-nats-streaming", "0.0.1", "999.0.0");
const FOLDER = join(import.meta.dirname, "../../../../shared/corpus");
const isThere = existsSync(join(FOLDER, "index.tsv"));
const RELEASE = { release: "$(PREFIX)" };
const STREAMING = "{clustered: true, natsSvc: $(NATS_URI)}";

describe.skipIf(!isThere)("what Qlik rendered (skipped where the manifests are not at hand)", () => {
  const read = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

  test("the configuration, with users in a list", () => {
    const values = "auth: {enabled: true, users: [{user: nats_client, password: T0pS3cr3t}]}";
    const found = differences(render(values, RELEASE), read("raw/qlik-oss__qliksense-k8s__2.yaml")).filter((one) => one.startsWith("ConfigMap"));
    // The label names the chart's version; the users with tokens were not among these values.
    expect(found.filter((one) => !/labels\/chart|users\.json/.test(one))).toEqual([]);
  });

  test("the workload", () => {
    const values =
      "image: {registry: qlik-docker-qsefe.bintray.io, tag: 0.3.3}\nmetrics: {enabled: true, image: {registry: qlik-docker-qsefe.bintray.io}}\nsecurityContext: {enabled: false}";
    const found = differences(render(values, RELEASE), read("raw/qlik-oss__qliksense-k8s__3.yaml")).filter((one) => one.startsWith("StatefulSet"));
    // Patched after rendering: the container's name, its environment, the checksum and the flags for tokens.
    expect(found.filter((one) => !/labels\/chart|checksum|containers\/0\/(args|env|name)|containers\/1\/args|imagePullSecrets/.test(one))).toEqual([]);
  });

  test("the arguments of the streaming server", () => {
    const [manifest] = parseAllDocuments(read("raw-stan/qlik-oss__qliksense-k8s__1.yaml"));
    const wanted = manifest?.toJS().spec.template.spec.containers[0].args as string[];
    const rendering = renderStreaming(STREAMING, RELEASE);
    const own = value(object(rendering, "StatefulSet"), "spec", "template", "spec", "containers", 0, "args") as string[];
    for (const flag of ["--cluster_peers", "--cluster_log_path", "--dir", "--store", "-hbi", "-hbf", "-m"])
      expect(own[own.indexOf(flag) + 1], flag).toBe(wanted[wanted.indexOf(flag) + 1]);
    expect(own).toContain("-clustered");
  });
});

describe("the server", () => {
  test("has neither authentication nor route credentials by default, and advertises", () => {
    const conf = confOf(render("{}"));
    expect(value(conf, "authorization")).toBeNull();
    expect(value(conf, "cluster")).toEqual({ listen: "0.0.0.0:6222", no_advertise: "false", routes: ["nats://nats-nats-cluster:6222"] });
    expect(value(conf, "client_advertise")).toBe("nats-nats-client:4222");
    expect(at(conf, "cluster", "no_advertise")?.origin.via).toMatchObject([{ kind: "chart default", key: "cluster.noAdvertise" }]);
  });

  test("prints a single user bare, and users of a list in quotes", () => {
    const single = confOf(render("auth: {enabled: true, user: app, password: 4e8f9a}"));
    expect(at(single, "authorization", "password")).toMatchObject({ spelling: { text: "4e8f9a", conf: "bare" } });
    const users = confOf(render("auth: {enabled: true, users: [{user: app, password: 4e8f9a}]}"));
    expect(at(users, "authorization", "users", 0, "password")).toMatchObject({ value: "4e8f9a", spelling: { conf: "quoted" } });
    expect(value(users, "authorization", "user")).toBeUndefined();
  });

  test("makes a password for routes itself where none is set", () => {
    const conf = confOf(render("clusterAuth: {enabled: true}"));
    expect(at(conf, "cluster", "authorization", "password")).toMatchObject({ kind: "unknown", same: "generated" });
  });

  test("its Services have types of their own", () => {
    const rendering = render("client: {service: {type: LoadBalancer}}\ncluster: {noAdvertise: true}");
    expect(value(object(rendering, "Service", "-client"), "spec", "type")).toBe("LoadBalancer");
    expect(value(object(rendering, "Service", "-cluster"), "spec", "type")).toBe("ClusterIP");
    expect(value(confOf(rendering), "cluster", "no_advertise")).toBe("true");
  });
});

describe("the streaming server", () => {
  test("keeps its files in a folder that is lost with the pod, unless a claim is asked for", () => {
    expect(value(object(renderStreaming("{}"), "StatefulSet"), "spec", "template", "spec", "volumes")).toEqual([{ name: "datadir", emptyDir: {} }]);
    const kept = object(renderStreaming("persistence: {enabled: true, size: 5Gi}"), "StatefulSet");
    expect(value(kept, "spec", "volumeClaimTemplates", 0, "spec", "resources")).toEqual({ requests: { storage: "5Gi" } });
    expect(value(kept, "spec", "template", "spec", "volumes")).toBeUndefined();
  });

  test("a group shares its directory", () => {
    const args = value(object(renderStreaming("ftGroup: one"), "StatefulSet"), "spec", "template", "spec", "containers", 0, "args") as string[];
    expect(args[args.indexOf("-ft_group") + 1]).toBe("one");
    expect(args[args.indexOf("--dir") + 1]).toBe("/nats/nats-nats-streaming-cluster/data");
  });

  test("the password comes by the environment from a Secret", () => {
    const env = value(object(renderStreaming("{}"), "StatefulSet"), "spec", "template", "spec", "containers", 0, "env");
    expect(env).toContainEqual({ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "nats-nats-secret", key: "client-password" } } });
  });
});
