// The chart of nats-io from 1.0.0 on, told in small values: what stays known, what does not, and where it points.

import { describe, expect, test } from "vitest";
import { at, type MapNode, type Node, unknown } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { nats1x } from "../../../service/model/dialects/nats-1x.ts";
import type { Rendering } from "../../../service/model/dialects/rendering.ts";
import { type Given, rendered, valuesOf } from "./plain-values.ts";

function render(values: string, given: Given = {}): Rendering {
  return rendered(nats1x, [valuesOf(values)], given);
}

function object(rendering: Rendering, kind: string, index = 0): MapNode {
  const found = rendering.objects.filter((one) => plain(at(one, "kind") as Node) === kind)[index];
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

function conf(rendering: Rendering): Node {
  return at(object(rendering, "ConfigMap"), "data", "nats.conf") as Node;
}

function value(node: Node | undefined, ...path: (string | number)[]): unknown {
  const found = at(node, ...path);
  return found === undefined ? undefined : plain(found);
}

const SET = ["spec", "template", "spec"] as const;

describe("the configuration", () => {
  test("prints strings between << and >> without quotes and everything else as JSON", () => {
    const merged = conf(render("config: {merge: {max_payload: << 8MB >>, authorization: {token: << $TOKEN >>, timeout: 2}, debug: false}}"));
    expect(at(merged, "max_payload")).toMatchObject({ value: "8MB", spelling: { text: "8MB", conf: "bare" } });
    expect(at(merged, "authorization", "token")).toMatchObject({ value: "$TOKEN", spelling: { text: "$TOKEN", conf: "bare" } });
    expect(at(merged, "authorization", "timeout")).toMatchObject({ value: 2, spelling: { conf: "quoted" } });
    expect(at(merged, "debug")).toMatchObject({ value: false });
    expect(at(merged, "server_name")).toMatchObject({ value: "$SERVER_NAME", spelling: { conf: "bare" } });
    expect(at(merged, "pid_file")).toMatchObject({ value: "/var/run/nats/nats.pid", spelling: { conf: "quoted" } });
  });

  test("keeps a null of merge, which the server takes for a word", () => {
    expect(at(conf(render("config: {merge: {lame_duck_duration: null}}")), "lame_duck_duration")).toMatchObject({ spelling: { text: "null", conf: "bare" } });
  });

  test("writes a size that YAML takes for a number as Go prints floats", () => {
    const jetstream = at(conf(render("config: {jetstream: {enabled: true, fileStore: {maxSize: 1073741824}}}")), "jetstream");
    expect(at(jetstream, "max_file_store")).toMatchObject({ spelling: { text: "1.073741824e+09", conf: "bare" } });
    expect(value(jetstream, "max_memory_store")).toBe(0);
  });

  test("applies the block's patch before the merge of the whole", () => {
    const values = "config: {jetstream: {enabled: true, patch: [{op: add, path: /domain, value: hub}]}, merge: {jetstream: {domain: leaf}}}";
    expect(value(conf(render(values)), "jetstream", "domain")).toBe("leaf");
  });

  test("tells an include from a key, and leaves the map open where the file is not known", () => {
    const merged = conf(render("config: {merge: {zz$include: ./auth.conf, port: 4333}}"));
    expect(merged).not.toHaveProperty("incomplete");
    expect(at(merged, "zz$include")).toMatchObject({ spelling: { text: "./auth.conf", conf: "include" } });
    const open = conf(render("config: {merge: {zz$include: {$tplYaml: '{{ .Values.file }}'}, port: 4333}}"));
    expect(open).toMatchObject({ incomplete: expect.stringContaining("includes") });
    expect(value(open, "port")).toBe(4333);
    expect(value(open, "authorization")).toBe(UNKNOWN);
  });

  test.each([
    ["2.12.3", "false", true],
    ["2.12.4", "false", false],
    [null, "false", UNKNOWN],
    [null, undefined, true],
  ])("no_advertise of routes in %s with noAdvertise %s is %s", (version, written, wanted) => {
    const cluster = `{enabled: true${written === undefined ? "" : `, noAdvertise: ${written}`}}`;
    expect(value(conf(render(`config: {cluster: ${cluster}}`, { version })), "cluster", "no_advertise")).toBe(wanted);
  });

  test("routes carry the escaped password and follow the number of replicas", () => {
    const values = 'config: {cluster: {enabled: true, replicas: "2", routeURLs: {user: r, password: "a b/c"}}}';
    const rendering = render(values);
    expect(value(conf(rendering), "cluster", "routes")).toEqual(["nats://r:a+b%2Fc@nats-0.nats-headless:6222", "nats://r:a+b%2Fc@nats-1.nats-headless:6222"]);
    expect(value(object(rendering, "StatefulSet"), "spec", "replicas")).toBe(2);
  });
});

describe("what is not known", () => {
  test("a templated value is unknown in its place only", () => {
    const merged = conf(render("config: {merge: {authorization: {token: {$tplYaml: '{{ .Values.x }}'}, timeout: 3}}}"));
    expect(value(merged, "authorization", "token")).toBe(UNKNOWN);
    expect(value(merged, "authorization", "timeout")).toBe(3);
  });

  test("a template in the place of a map with defaults is an ordinary map to the chart", () => {
    expect(value(conf(render("config: {cluster: {$tplYaml: 'enabled: true'}}")), "cluster")).toBeUndefined();
  });

  test("a templated merge leaves nothing of the configuration known", () => {
    expect(conf(render("config: {merge: {$tplYaml: 'debug: {{ now }}'}}")).kind).toBe("unknown");
  });

  test("a spread inside merge leaves only what stands beside it", () => {
    const merged = conf(render("config: {merge: {debug: true, more: {$tplYamlSpread: 'x: {{ now }}'}}}"));
    expect(value(merged, "debug")).toBe(true);
    expect(value(merged, "port")).toBe(UNKNOWN);
  });

  test("a template without code makes what stands in it, and a spread takes the place of its neighbours", () => {
    const merged = conf(render('config: {merge: {$tplYaml: "debug: true\\nmax_payload: << 8MB >>"}}'));
    expect([value(merged, "debug"), value(merged, "max_payload"), value(merged, "port")]).toEqual([true, "8MB", 4222]);
    const spread = conf(
      render("config: {merge: {a: 1, more: {$tplYamlSpread: '{a: 2, b: [1]}'}, b: 3, list: [0, {$tplYamlSpread: '[1, 2]'}], none: {$tplYamlSpread: ''}}}"),
    );
    expect([value(spread, "a"), value(spread, "b"), value(spread, "list"), at(spread, "more"), at(spread, "none")]).toEqual([
      2,
      [1],
      [0, 1, 2],
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['{{ include "nats.fullname" . }}-svc', "prod-nats-svc"],
    ['{{- printf "%s.%s" .Release.Name $.Values.config.cluster.routeURLs.k8sClusterDomain -}}', "prod.cluster.local"],
    ['{{ .Values.headlessService.name | trimSuffix "-headless" | upper | quote }}', "PROD-NATS"],
    ["{{ mul 1024 (add 1 1) }}", 2048],
    ["{{/* why */}}{{ .Values.config.nats.port }}", 4222],
    ["{{ .Values.nowhere }}", UNKNOWN],
    ["{{ if true }}1{{ end }}", UNKNOWN],
    ['{{ lookup "v1" "Secret" "a" "b" }}', UNKNOWN],
  ])("a template of names and plain values, %s, makes %s", (template, wanted) => {
    const merged = conf(render(`config: {merge: {made: {$tplYaml: '${template}'}}}`, { release: "prod" }));
    expect(value(merged, "made")).toBe(wanted);
  });

  test("a spread that is alone below merge never gets into the configuration", () => {
    expect(at(conf(render("config: {merge: {$tplYamlSpread: 'max_payload: 5'}}")), "max_payload")).toBeUndefined();
  });

  test("names of an unknown release are unknown but equal to each other", () => {
    const rendering = render("config: {cluster: {enabled: true}}", { release: null });
    const set = object(rendering, "StatefulSet");
    expect(at(set, "metadata", "name")).toMatchObject({ kind: "unknown", same: "{release}-nats" });
    expect(at(set, "spec", "serviceName")).toMatchObject({ same: "{release}-nats-headless" });
    expect(at(object(rendering, "Service"), "metadata", "name")).toMatchObject({ same: "{release}-nats-headless" });
    expect(at(conf(rendering), "cluster", "routes", 1)).toMatchObject({ same: "nats://{release}-nats-1.{release}-nats-headless:6222" });
  });

  test("an open chart version leaves its defaults open, but not what all versions do", () => {
    const rendering = render("container: {image: {tag: 2.10.1-alpine}}", { version: null });
    const nats = at(object(rendering, "StatefulSet"), ...SET, "containers", 0);
    expect(value(nats, "image")).toBe("nats:2.10.1-alpine");
    expect(value(object(rendering, "StatefulSet"), ...SET, "terminationGracePeriodSeconds")).toBe(UNKNOWN);
    expect(value(at(object(render("{}", { version: null }), "StatefulSet"), ...SET, "containers", 0), "image")).toBe(UNKNOWN);
  });

  test("an object that may not exist shows its kind only", () => {
    const budget = object(render("podDisruptionBudget: {enabled: {$tplYaml: '{{ .Capabilities.KubeVersion }}'}}"), "PodDisruptionBudget");
    expect(budget.incomplete).toBeDefined();
    expect([...budget.entries.keys()]).toEqual(["apiVersion", "kind"]);
  });

  test("a patch that cannot be applied is said, and leaves the object open", () => {
    const rendering = render("statefulSet: {patch: [{op: remove, path: /spec/nothing}]}");
    expect(rendering.violations).toMatchObject([{ rule: "helm-patch-invalid", facts: { op: "remove", path: "/spec/nothing" } }]);
    expect(value(object(rendering, "StatefulSet"), "spec", "replicas")).toBe(UNKNOWN);
  });
});

describe("what the chart refuses", () => {
  test.each([
    "natsBox: {enabled: false, podTemplate: PATCH}",
    "config: {cluster: PATCH}",
    "config: {cluster: {enabled: {$tplYaml: '{{ x }}'}, patch: [{op: remove, path: /x}]}}",
  ])("is not said of what may not be rendered: %s", (values) => {
    expect(render(values.replace("PATCH", "{patch: [{op: remove, path: /x}]}")).violations).toEqual([]);
  });

  test("values that are not known at all leave only the kinds of objects", () => {
    const origin = { path: "values.yaml", span: { start: 0, end: 0 } };
    const { objects, violations } = rendered(nats1x, [unknown("a secret has them", origin)]);
    expect(violations).toEqual([]);
    expect(objects.map((one) => value(one, "kind"))).toContain("StatefulSet");
    expect(
      value(
        objects.find((one) => value(one, "kind") === "StatefulSet"),
        "spec",
        "replicas",
      ),
    ).toBe(UNKNOWN);
  });
});

describe("the pods", () => {
  test.each([
    ["{tag: 2.10.4}", "nats:2.10.4"],
    ["{tag: null}", "nats:%!s(<nil>)"],
    ["{tag: 2.9, registry: r.example}", "r.example/nats:%!s(float64=2.9)"],
    ["{digest: 'sha256:1', repository: mirror/nats}", "mirror/nats@sha256:1"],
    ["{fullImageName: 'a/b:c', digest: 'sha256:1'}", "a/b:c"],
  ])("the image of %s is %s", (image, wanted) => {
    expect(value(object(render(`container: {image: ${image}}`), "StatefulSet"), ...SET, "containers", 0, "image")).toBe(wanted);
  });

  test("a global registry reaches all images but those with their own", () => {
    const set = object(render("global: {image: {registry: g.example}}\nreloader: {image: {registry: own.example}}"), "StatefulSet");
    expect(String(value(set, ...SET, "containers", 0, "image"))).toMatch(/^g\.example\/nats:/);
    expect(String(value(set, ...SET, "containers", 1, "image"))).toMatch(/^own\.example\//);
  });

  test("spread constraints get the chart's own selector", () => {
    const set = object(render("podTemplate: {topologySpreadConstraints: {zone: {maxSkew: 1}}}"), "StatefulSet");
    expect(value(set, ...SET, "topologySpreadConstraints", 0)).toEqual({
      topologyKey: "zone",
      maxSkew: 1,
      labelSelector: { matchLabels: { "app.kubernetes.io/name": "nats", "app.kubernetes.io/instance": "nats", "app.kubernetes.io/component": "nats" } },
    });
  });

  test("resources count from 1.3.15 on", () => {
    const values = "container: {resources: {limits: {memory: 2Gi}}}";
    const resources = (version: string): unknown => value(object(render(values, { version }), "StatefulSet"), ...SET, "containers", 0, "resources");
    expect(resources("1.3.15")).toEqual({ limits: { memory: "2Gi" } });
    expect(resources("1.3.14")).toBeUndefined();
  });

  test("a variable that is neither text nor a map is refused by the chart", () => {
    const rendering = render("container: {env: {A: 1, B: x}}");
    expect(rendering.violations).toMatchObject([{ rule: "helm-env-type", facts: { name: "A" } }]);
    const env = at(object(rendering, "StatefulSet"), ...SET, "containers", 0, "env");
    expect(value(env, 2)).toBe(UNKNOWN);
    expect(value(env, 3)).toEqual({ name: "B", value: "x" });
  });
});

describe("origins", () => {
  test("leaves are the nodes of the values, and what the template writes stands beside the nearest key", () => {
    const values = valuesOf("config: {cluster: {enabled: true, replicas: 2}}\nstatefulSet: {merge: {spec: {minReadySeconds: 5}}}");
    const set = object(rendered(nats1x, [values]), "StatefulSet");
    expect(at(set, "spec", "replicas")).toBe(at(values, "config", "cluster", "replicas"));
    expect(at(set, "spec", "minReadySeconds")).toBe(at(values, "statefulSet", "merge", "spec", "minReadySeconds"));
    expect(at(set, "spec", "podManagementPolicy")?.origin).toEqual({
      path: "values.yaml",
      span: at(values, "statefulSet")?.origin.key,
      via: [{ kind: "template", chart: "nats 2.14.2" }],
    });
  });

  test("a replica count without a cluster is not read", () => {
    expect(render("config: {cluster: {replicas: 5}}").unread).toMatchObject([
      { key: "config.cluster.replicas", because: "not clustered", isDefault: false, effective: 1 },
    ]);
    expect(render("config: {cluster: {replicas: 3}}").unread).toMatchObject([{ isDefault: true }]);
    expect(render("config: {cluster: {enabled: true, replicas: 5}}").unread).toEqual([]);
    expect(render("config: {cluster: {enabled: {$tplYaml: x}, replicas: 5}}").unread).toEqual([]);
    expect(render("{}").unread).toEqual([]);
  });
});

describe("under an umbrella", () => {
  test("the alias is the chart's name", () => {
    const set = object(render("{}", { chartName: "broker", release: "shop" }), "StatefulSet");
    expect(value(set, "metadata", "name")).toBe("shop-broker");
    expect(value(set, "metadata", "labels", "app.kubernetes.io/name")).toBe("broker");
    expect(value(set, "metadata", "labels", "helm.sh/chart")).toBe("broker-2.14.2");
  });
});
