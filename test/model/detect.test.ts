// Which chart's values a tree is: cases of every kind of evidence, then the files of public repositories.

import { describe, expect, test } from "vitest";
import { nameChart, readChartOption } from "../../service/model/charts.ts";
import { detectValues, type Hints } from "../../service/model/detect.ts";
import { isCompose } from "../../service/model/out-of-reach.ts";
import { looksRelevant } from "../../service/model/looks-relevant.ts";
import { readCorpus, tree } from "./yaml-tree.ts";

/** "nats-1x@nats" for each chart, "?" before the place of what is undecided, "null" for nothing. */
function detected(yaml: string, hints: Hints = {}): string {
  const found = detectValues(tree(yaml), hints);
  if (found === null) return "null";
  return [...found.charts.map((one) => `${one.dialect}@${one.at.join(".")}`), ...found.undecided.map((one) => `?@${one.at.join(".")}`)].join(" ");
}

const chartYaml = (yaml: string, beside = true): Hints => ({ chartYaml: { root: tree(yaml, "Chart.yaml"), beside } });

test("a compose file has services and little else; values may have services, too", () => {
  expect(isCompose(tree("services: {nats: {image: nats}}\nvolumes: {data: {}}\nx-shared: {}"))).toBe(true);
  expect(isCompose(tree("services: {nats: {image: nats}}\nglobal: {domain: a}"))).toBe(false);
});

describe("by keys", () => {
  test.each([
    ["1.x", "config: {cluster: {enabled: true, replicas: 3}, jetstream: {fileStore: {pvc: {size: 5Gi}}}}", "nats-1x@"],
    ["1.x, though its `config` looks like 0.x", "config: {cluster: {replicas: 3}, nats: {jetstream: {enabled: true, memStorage: {}}}}", "nats-1x@"],
    ["one strong key and the image", "natsBox: {enabled: false}\ncontainer: {image: {repository: mirror/nats, tag: 2.11.0}}", "nats-1x@"],
    ["0.x by its key nats", "nats: {limits: {maxPayload: 1MB}, logging: {debug: true}}\ncluster: {enabled: true}", "nats-0x@"],
    ["0.x by the Secrets of its TLS", "nats: {tls: {secret: {name: a}}}\ncluster: {enabled: true, tls: {secret: {name: b}}}", "nats-0x@"],
    ["0.x by one strong key and its image", "nats: {image: 'nats:2.8.2-alpine'}\ncluster: {enabled: true, noAdvertise: true}", "nats-0x@"],
    ["stan, which has keys of 0.x too", "stan: {clusterID: c}\nstore: {type: file, volume: {mount: /data}}\nnats: {limits: {}, logging: {}}", "stan@"],
    ["bitnami", "resourceType: statefulset\njetstream: {enabled: true, maxMemory: 1G}", "bitnami@"],
    ["legacy bitnami", "clusterAuth: {enabled: true}\nclient: {service: {type: ClusterIP}}", "stable-nats@"],
    ["qlik, which has keys of the legacy chart too", "clusterAuth: {enabled: false}\nauth: {jwtUsers: []}", "qlik@"],
    [
      "qlik's streaming server below its umbrella's key",
      "nats-streaming: {clustered: true, hbInterval: 5s, monitoring: {service: {port: 8222}}}",
      "qlik-streaming@nats-streaming",
    ],
    [
      "qlik's umbrella",
      "nats: {auth: {jwtUsers: []}, clusterAuth: {}}\nnats-streaming: {natsSvc: 'nats://a:4222', hbFailCount: 3}",
      "qlik@nats qlik-streaming@nats-streaming",
    ],
    ["below an umbrella's key", "nats: {natsBox: {enabled: false}, config: {cluster: {replicas: 3}}}\nother: {replicas: 1}", "nats-1x@nats"],
    ["two keys down", "platform: {nats: {natsBox: {}, promExporter: {enabled: true}}}", "nats-1x@platform.nats"],
    [
      "two charts in one file",
      "nats: {natsBox: {}, promExporter: {}}\nstan: {stan: {clusterID: a}, store: {ft: {group: x}, volume: {}}}",
      "nats-1x@nats stan@stan",
    ],
    ["nack", "jetstream: {enabled: true, nats: {url: 'nats://nats:4222'}, controlLoop: true}", "nack@"],
    ["nack with little", "jetstream: {nats: {url: 'nats://nats:4222'}}\nnamespaced: true", "nack@"],
    ["nack below an umbrella's key", "nack: {jetstream: {nats: {url: 'nats://nats:4222'}, additionalArgs: [--control-loop]}}", "nack@nack"],
    ["the operator's chart", "rbacEnabled: true\nclusterScoped: true\ncluster: {create: true, size: 3, auth: {enabled: true}}", "nats-operator@"],
    ["the streaming operator's chart", "cluster: {natsSvc: nats, size: 3, config: {raftLogging: true}}", "nats-streaming-operator@"],
    ["an address of NATS for something called jetstream", "jetstream: {nats: {url: 'nats://nats:4222'}}", "?@"],
    ["one strong key alone", "natsBox: {enabled: false}", "?@"],
    ["as many keys of one generation as of the other", "natsBox: {}\npromExporter: {}\nnatsbox: {}\nauth: {basic: {}}", "?@"],
    ["a nats below a nats", "nats: {nats: {natsbox: {}, cluster: {noAdvertise: true}}}", "?@nats.nats"],
  ])("%s", (_, yaml, expected) => {
    expect(detected(yaml)).toBe(expected);
  });

  test.each([
    ["grafana", "headlessService: true\nreplicas: 1\npersistence: {enabled: true}"],
    ["surveyor", "config: {servers: 'nats://a', expectedServers: 3, jetstream: {enabled: true, accounts: []}}"],
    ["wadm", "wadm: {image: {tag: latest}, config: {nats: {server: 'nats:4222'}}}"],
    ["falcosidekick", "config: {nats: {hostport: '', subjecttemplate: x}}"],
    ["openfaas", "nats: {channel: a, external: {enabled: false}, image: 'nats:2.14.0'}\nstan: {image: 'nats-streaming:0.25.6'}"],
    ["a product's own secret", "nats: {existingSecret: {name: a, key: b}, enabled: true, image: 'nats:2'}"],
    ["an application's address", "nats: {url: 'nats://nats:4222'}"],
    ["an application that writes to JetStream", "jetstream: {url: 'nats://nats:4222', tls: {enabled: true}, image: 'app:1'}"],
    ["another operator's chart", "rbacEnabled: true\ncluster: {size: 3, auth: {enabled: true}}"],
    ["an object", "apiVersion: v1\nkind: ConfigMap\nnatsBox: {}\npromExporter: {}"],
    ["another store", "replicaCount: 3\ncontainerPorts: {client: 2379, peer: 2380}\nservice: {ports: {client: 2379}}"],
    ["a list", "- natsBox\n- promExporter"],
    ["nothing", ""],
  ])("%s is none of them", (_, yaml) => {
    expect(detected(yaml)).toBe("null");
  });

  test("a fork is not judged by what it resembles", () => {
    expect(detected("images: {nats: {tag: x}}\nnats: {limits: {}, logging: {}}")).toBe("?@");
  });

  test("the majority decides, and the keys of the others are named", () => {
    const found = detectValues(tree("natsBox: {}\npromExporter: {}\nconfig: {merge: {debug: true}}\nauth: {basic: {users: []}}"));
    expect(found?.charts[0]?.dialect).toBe("nats-1x");
    expect(found?.charts[0]?.evidence).toEqual(["key natsBox", "key promExporter", "key config.merge"]);
    expect(found?.charts[0]?.foreign).toEqual([{ key: "auth.basic", dialect: "nats-0x" }]);
  });
});

describe("by what names the chart", () => {
  const chosen = (text: string): Hints => {
    const read = readChartOption(text);
    if ("error" in read) throw new Error(read.error);
    return { chosen: read };
  };

  test("--chart is believed, whatever the keys say", () => {
    expect(detected("replicas: 3", chosen("nats@2.14.2"))).toBe("nats-1x@");
    expect(detected("natsBox: {}\npromExporter: {}", chosen("nats@0.19.17"))).toBe("nats-0x@");
    expect(detectValues(tree("a: 1"), chosen("nats@2.14.2"))?.charts[0]).toMatchObject({
      version: "2.14.2",
      declared: true,
      evidence: ["--chart names nats-io/nats 2.14.2"],
    });
  });

  test("--chart finds its values below an umbrella's key", () => {
    expect(detected("nats: {natsBox: {}, promExporter: {}}", chosen("nats@2.14.2"))).toBe("nats-1x@nats");
  });

  test("--chart without a version leaves the generation to the keys, weak ones too", () => {
    expect(detected("container: {resources: {}}", chosen("nats"))).toBe("nats-1x@");
    expect(detected("auth: {enabled: true}", chosen("nats"))).toBe("nats-0x@");
    expect(detected("nameOverride: x", chosen("nats"))).toBe("?@");
  });

  test.each([
    ["nats", "https://nats-io.github.io/k8s/helm/charts/", "1.3.*", "nats-1x@"],
    ["nats", "oci://registry-1.docker.io/bitnamicharts", "9.0.1", "bitnami@"],
    ["nats", "oci://registry.example.org/mirror", "1.3.1", "?@"],
    ["nack", "https://nats-io.github.io/k8s/helm/charts/", "0.30.0", "nack@"],
    ["nats-operator", "https://nats-io.github.io/k8s/helm/charts/", "0.8.3", "nats-operator@"],
    ["surveyor", "https://nats-io.github.io/k8s/helm/charts/", "0.20.9", "null"],
    ["shop", "https://shop.example.org", "1.0.0", "null"],
  ])("a wrapper that names %s of %s %s", (chart, repository, version, expected) => {
    expect(detected("cluster: {enabled: true}", { wrapper: { chart, repository, version } })).toBe(expected);
  });

  test("a mirror's chart is known by its keys", () => {
    const wrapper = { chart: "nats", repository: "oci://registry.example.org/mirror", version: "1.3.1" };
    expect(detectValues(tree("natsBox: {}\npromExporter: {}"), { wrapper })?.charts[0]).toMatchObject({
      dialect: "nats-1x",
      declared: false,
      vendored: true,
      version: "1.3.1",
    });
  });

  test("Chart.yaml puts a dependency's values below its alias or its name", () => {
    const dependency = (more: string): Hints =>
      chartYaml(`name: app\ndependencies: [{name: nats, version: 1.2.6, repository: 'https://nats-io.github.io/k8s/helm/charts/'${more}}]`);
    expect(detected("nats: {replicas: 3}", dependency(""))).toBe("nats-1x@nats");
    expect(detected("broker: {replicas: 3}\nnats: {url: a}", dependency(", alias: broker"))).toBe("nats-1x@broker");
    expect(detectValues(tree("nats: {}"), dependency(", condition: nats.enabled"))?.charts[0]).toMatchObject({
      condition: "nats.enabled",
      vendored: false,
      version: "1.2.6",
    });
    expect(detected("replicas: 3", dependency(""))).toBe("null");
    const copied = "nats: {limits: {maxPings: 2}}\nnatsbox: {enabled: true}\ncluster: {noAdvertise: true}";
    const older = chartYaml("dependencies: [{name: nats, version: 0.19.17, repository: 'https://nats-io.github.io/k8s/helm/charts/'}]");
    expect(detected(copied, older), "the chart's own values beside the umbrella's").toBe("nats-0x@");
    expect(detected(`nats: {${copied.replaceAll("\n", ", ")}}`, older)).toBe("nats-0x@nats");
    const streaming = (repository: string): Hints => chartYaml(`dependencies: [{name: nats-streaming, version: 0.4.0, repository: '${repository}'}]`);
    expect(detected("nats-streaming: {replicaCount: 1}", streaming("https://qlik.bintray.com/stable"))).toBe("qlik-streaming@nats-streaming");
    expect(detected("nats-streaming: {replicaCount: 1}", streaming("https://charts.example.org"))).toBe("?@nats-streaming");
  });

  test("a dependency in a folder beside it is known by its keys", () => {
    const hints = chartYaml("name: app\ndependencies: [{name: nats, version: 1.0.0, repository: 'file://../nats'}]");
    expect(detected("nats: {auth: {basic: {}}, natsbox: {}}", hints)).toBe("nats-0x@nats");
    expect(detected("nats: {enabled: true}", hints)).toBe("?@nats");
  });

  test("the values of somebody's copy of the chart are marked, and its own numbers do not mislead", () => {
    const copy = chartYaml("name: nats\nversion: 1.0.0\nhome: http://github.com/nats-io/k8s");
    expect(detectValues(tree("natsbox: {}\nbootconfig: {}"), copy)?.charts[0]).toMatchObject({ dialect: "nats-0x", vendored: true, version: null });
    const other = chartYaml("name: nats\nversion: 0.8.1\nhome: https://example.org/own");
    expect(detected("natsBox: {}\npromExporter: {}", other)).toBe("?@");
  });

  test("a chart that nobody knows stays so", () => {
    expect(nameChart("nats", null, "1.0.0").dialects).toEqual([]);
  });
});

describe("looksRelevant", () => {
  test.each([
    "instance: standard\nconstant: understand\nsnack: bar\n",
    "image: redis:7\nport: 42220\nid: 4222017\n",
    "resistance: Kazakhstan\nUNDERSTANDING: 1\n",
    "kind: Deployment\nspec: {replicas: 3, template: {spec: {containers: []}}}\n",
  ])("%j is not", (text) => {
    expect(looksRelevant(text)).toBe(false);
  });

  test.each([
    "natsBox: {}",
    "url: $NATS_URL",
    "image: gnatsd:1.4.1",
    "kind: NatsStreamingCluster",
    "stan:\n  clusterID: a",
    "enableStan: true",
    "STAN_URL=x",
    "config:\n  cluster:\n    enabled: true\n    replicas: 2\n",
    "promExporter:\n  enabled: true\n",
    "container:\n  resources: {}\n",
    '{"config": {"cluster": {"enabled": true}}}',
    "cluster:\n  enabled: true\n  replicas: 3\n",
    "auth:\n  basic:\n    users: []\n",
    "store:\n  ft:\n    group: a\n",
    "authorization {\n  token: abc\n}",
    "websocket {\n  port: 9222\n}",
    "max_payload = 3145728",
    "ports: [4222]",
    "helm:\n  jetstream: true",
  ])("%j is", (text) => {
    expect(looksRelevant(text)).toBe(true);
  });

  test("a path can say it alone", () => {
    expect(looksRelevant("replicas: 3", "k8s/nats/values.yaml")).toBe(true);
    expect(looksRelevant("replicas: 3", "k8s/standard/values.yaml")).toBe(false);
  });
});

describe("in the files of public repositories", () => {
  const corpus = readCorpus();
  if (corpus === null) {
    test.skip("../shared/corpus is not at hand");
    return;
  }

  /** What the index cannot say: the file as it stands alone, without Chart.yaml or wrapper. */
  const expected: Readonly<Record<string, string>> = {
    // Only resources, or keys of charts that nobody can tell apart.
    "values-1x/Fomiller__homelab__2.yaml": "null",
    "umbrella/astronomer__astronomer__1.yaml": "null",
    "umbrella/astronomer__astronomer__3.yaml": "null",
    "umbrella/astronomer__astronomer__4.yaml": "null",
    "umbrella/astronomer__astronomer__5.yaml": "null",
    "umbrella/intelops__kubviz__1.yaml": "null",
    "umbrella/openfaas__faas-netes__1.yaml": "null",
    "values-operator/nats-io__k8s__2.yaml": "nats-operator@",
    "values-operator/nats-io__nats-streaming-operator__8.yaml": "nats-streaming-operator@",
    // Forks that read other keys.
    "values-0x/astronomer__astronomer__2.yaml": "?@",
    "values-stan/astronomer__astronomer__8.yaml": "?@",
    // Written one level too deep, or by guess from both generations.
    "umbrella/security-union__videocall-rs__1.yaml": "?@nats.nats",
    "umbrella/security-union__videocall-rs__2.yaml": "?@nats.nats",
    "umbrella/security-union__videocall-rs__3.yaml": "?@nats.nats",
    "umbrella/suckatrash__nats-argocd-stack__2.yaml": "?@apps.nats",
    // The chart's own key `nats`, not an umbrella's.
    "umbrella/calltelemetry__k8s__1.yaml": "nats-0x@",
    "umbrella/didx-xyz__acapy-cloud__1.yaml": "bitnami@nats",
    "umbrella/awakari__core__2.yaml": "bitnami@nats",
    "umbrella/edgefarm__edgefarm.network__1.yaml": "nats-1x@nats",
    "umbrella/wenerme__kube-stub-cluster__1.yaml": "nats-1x@nats",
    "umbrella/kdwils__homelab__1.yaml": "nats-1x@nats",
    "umbrella/RocketChat__helm-charts__1.yaml": "nats-0x@nats",
    "umbrella/ReubenMathew__nats-k8s-burn-in-testing__1.yaml": "nats-0x@nats",
    "umbrella/d7561985__k8app__1.yaml": "nats-0x@nats",
  };
  const ofClass: Readonly<Record<string, string>> = {
    "values-1x": "nats-1x@",
    "values-0x": "nats-0x@",
    "values-stan": "stan@",
    "values-bitnami": "bitnami@",
    "values-nack": "nack@",
  };
  const values = corpus.filter((one) => /^(values-|umbrella|negative)/.test(one.class));

  test("each is what the index or a person's look says", () => {
    const table = values
      .map((one) => ({
        file: one.file,
        index: one.dialect,
        expected: expected[one.file] ?? ofClass[one.class] ?? "none",
        found: detected(one.text, { path: one.file }),
      }))
      // Of the other classes only a detection would be wrong; what is undecided is not linted.
      .filter((one) => (one.expected === "none" ? /@/.test(one.found.replaceAll("?@", "")) : one.found !== one.expected));
    expect(table).toEqual([]);
  });

  test("none without a server is taken for a chart's values", () => {
    const innocent = values.filter((one) => /^(negative|negative-near|values-other)$/.test(one.class));
    expect(innocent.length).toBeGreaterThan(30);
    expect(innocent.filter((one) => (detectValues(tree(one.text))?.charts.length ?? 0) > 0).map((one) => one.file)).toEqual([]);
  });

  test("all that concern NATS look relevant, given their paths", () => {
    const missed = corpus.filter((one) => one.class !== "negative" && !looksRelevant(one.text, one.path)).map((one) => one.file);
    expect(missed).toEqual([]);
    expect(corpus.filter((one) => one.class === "negative" && !looksRelevant(one.text, one.path)).length).toBeGreaterThanOrEqual(8);
  });
});
