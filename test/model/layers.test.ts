// Which layer wins in each wrapper, what an unknown one takes away, and which files a wrapper asks for.
import { describe, expect, test } from "vitest";
import { lint, questions } from "../../service/lint.ts";
import { readReleases } from "../../service/model/releases.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { wanted } from "../../service/wanted.ts";
import { testEngine, testKnowledge } from "../engine.ts";

type Files = Readonly<Record<string, string>>;

const knowledge = testKnowledge();
const REPO = "https://nats-io.github.io/k8s/helm/charts/";

/** Values with a cluster of so many servers. */
const of = (replicas: number | string): string => `config: { cluster: { enabled: true, replicas: ${replicas} } }`;

/** Values that tell by their keys which chart they are of. */
const WHOLE = "config:\n  cluster: { enabled: true, replicas: 3 }\n  jetstream: { fileStore: { enabled: true } }\nnatsBox: { enabled: true }\n";

function app(source: string, more = ""): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: nats }\nspec:\n  destination: { namespace: nats }\n  sources:\n    - repoURL: ${REPO}\n      chart: nats\n      targetRevision: 2.14.2\n      helm:\n${source.replace(/^/gm, "        ")}\n    - { repoURL: https://git.example.com/x.git, ref: here }\n${more}`;
}

function flux(spec: string, behind = ""): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: nats, namespace: nats }\nspec:\n  chart: { spec: { chart: nats, version: 2.14.2, sourceRef: { kind: HelmRepository, name: nats } } }\n${spec.replace(/^(?=.)/gm, "  ")}\n${behind}`;
}

function held(kind: string, name: string, key: string, text: string, member = "data"): string {
  return `---\napiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: nats }\n${member}:\n  ${key}: "${text}"\n`;
}

function k3s(spec: string, behind = ""): string {
  return `apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: { name: nats, namespace: kube-system }\nspec:\n  chart: nats\n  repo: ${REPO}\n  version: 2.14.2\n  targetNamespace: nats\n${spec.replace(/^(?=.)/gm, "  ")}\n${behind}`;
}

const CONFIG = `---\napiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata: { name: nats, namespace: kube-system }\nspec:\n  valuesContent: |\n    ${of(7)}\n`;

function kustomization(chart: string, behind = ""): string {
  return `helmCharts:\n  - name: nats\n    repo: ${REPO}\n    version: 2.14.2\n    releaseName: nats\n${chart.replace(/^/gm, "    ")}\n${behind}`;
}

const UMBRELLA = `name: top\nversion: 1.0.0\ndependencies:\n  - { name: nats, alias: bus, version: 2.14.2, repository: "${REPO}" }\n`;

/** The replicas of the only server; undefined where they are not known, null where there is no server. */
function replicas(files: Files): unknown {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const read = readReleases(sources, DEFAULT_SETTINGS, knowledge);
  const servers = [...questions(read.releases, DEFAULT_SETTINGS, knowledge)].flatMap(
    ({ model }) => model.json["servers"] as { workload: { replicas?: unknown } }[],
  );
  expect(servers.length).toBeLessThan(2);
  return servers.length === 0 ? null : servers[0]?.workload.replicas;
}

describe("the layer that wins", () => {
  test.each<readonly [string, Files, unknown]>([
    ["Argo CD: a later file", { "apps/a.yaml": app("valueFiles: [$here/x.yaml, $here/y.yaml]"), "x.yaml": of(3), "y.yaml": of(5) }, 5],
    ["Argo CD: values over files", { "apps/a.yaml": app(`valueFiles: [$here/x.yaml]\nvalues: |\n  ${of(5)}`), "x.yaml": of(3) }, 5],
    ["Argo CD: valuesObject instead of values", { "a.yaml": app(`values: |\n  ${of(5)}\nvaluesObject: { config: { cluster: { enabled: true } } }`) }, 3],
    ["Argo CD: parameters over all", { "a.yaml": app(`valuesObject: { ${of(5)} }\nparameters: [{ name: config.cluster.replicas, value: "7" }]`) }, 7],
    ["Argo CD: a text of true is true", { "a.yaml": app(`parameters: [{ name: config.cluster.enabled, value: "true" }]`) }, 3],
    ["Argo CD: a file that is not there", { "a.yaml": app("valueFiles: [$here/x.yaml]") }, null],
    ["Argo CD: a file that is not there, below values", { "a.yaml": app(`valueFiles: [$here/x.yaml]\nvalues: |\n  ${of(5)}`) }, 5],
    [
      "Argo CD: a file that is not there, below parameters",
      {
        "a.yaml": app(
          `valueFiles: [$here/x.yaml]\nparameters: [{ name: config.cluster.enabled, value: "true" }, { name: config.cluster.replicas, value: "7" }]`,
        ),
      },
      7,
    ],
    ["Flux: a Secret out of sight, below values", { "r.yaml": flux(`valuesFrom: [{ kind: Secret, name: v }]\nvalues: { ${of(5)} }`) }, 5],
    [
      "Flux: a Secret out of sight may set what values leave out",
      { "r.yaml": flux("valuesFrom: [{ kind: Secret, name: v }]\nvalues: { config: { cluster: { enabled: true } } }") },
      undefined,
    ],
    ["Argo CD: a parameter that a template names", { "a.yaml": app(`values: |\n  ${of(5)}\nparameters: [{ name: "{{x}}", value: "7" }]`) }, null],
    ["Argo CD: a value in a template", { "a.yaml": app(`values: |\n  ${of("{{ .replicas }}")}`) }, undefined],
    [
      "Flux: values over valuesFrom",
      { "r.yaml": flux(`valuesFrom: [{ kind: ConfigMap, name: v }]\nvalues: { ${of(5)} }`, held("ConfigMap", "v", "values.yaml", of(3))) },
      5,
    ],
    [
      "Flux: a targetPath over values",
      {
        "r.yaml": flux(
          `valuesFrom: [{ kind: ConfigMap, name: v, valuesKey: count, targetPath: config.cluster.replicas }]\nvalues: { ${of(5)} }`,
          held("ConfigMap", "v", "count", "7"),
        ),
      },
      7,
    ],
    [
      "Flux: a Secret's stringData",
      { "r.yaml": flux("valuesFrom: [{ kind: Secret, name: v, valuesKey: k }]", held("Secret", "v", "k", of(5), "stringData")) },
      5,
    ],
    ["Flux: a Secret's data", { "r.yaml": flux("valuesFrom: [{ kind: Secret, name: v }]", held("Secret", "v", "values.yaml", "eDogMQ==")) }, null],
    [
      "Flux: a ConfigMap that is not there, below values",
      { "r.yaml": flux(`valuesFrom: [{ kind: ConfigMap, name: v }]\nvalues: { config: { cluster: { enabled: true } } }`) },
      undefined,
    ],
    ["Flux: no patch", { "r.yaml": flux(`values: { ${of(5)} }\npostRenderers: [{ kustomize: { patches: [] } }]`) }, 5],
    [
      "Flux: a strategic patch over values",
      {
        "r.yaml": flux(
          `values: { ${of(5)} }\npostRenderers:\n  - kustomize:\n      patches:\n        - patch: |\n            apiVersion: apps/v1\n            kind: StatefulSet\n            metadata: { name: nats }\n            spec: { replicas: 2 }\n`,
        ),
      },
      2,
    ],
    [
      "Flux: a JSON patch, after an image",
      {
        "r.yaml": flux(
          `values: { ${of(5)} }\npostRenderers:\n  - kustomize: { images: [{ name: nats, newTag: 2.12.1 }] }\n  - kustomize:\n      patches:\n        - target: { kind: StatefulSet }\n          patch: '[{ "op": "replace", "path": "/spec/replicas", "value": 3 }]'\n`,
        ),
      },
      3,
    ],
    [
      "Flux: patches as v2beta1 has them",
      {
        "r.yaml": flux(
          `values: { ${of(5)} }\npostRenderers:\n  - kustomize:\n      patchesStrategicMerge:\n        - { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: nats }, spec: { replicas: 9 } }\n      patchesJson6902:\n        - target: { kind: StatefulSet, name: nats }\n          patch: [{ op: replace, path: /spec/replicas, value: 7 }]\n`,
        ),
      },
      7,
    ],
    ["Flux: a renderer that is not known", { "r.yaml": flux(`values: { ${of(5)} }\npostRenderers: [{ other: {} }]`) }, null],
    ["Flux: a patch that a template writes", { "r.yaml": flux(`values: { ${of(5)} }\npostRenderers: [{ kustomize: { patches: "\${PATCHES}" } }]`) }, null],
    [
      "Flux: a patch that does not fit",
      {
        "r.yaml": flux(
          `values: { ${of(5)} }\npostRenderers: [{ kustomize: { patches: [{ target: { kind: StatefulSet }, patch: '[{ "op": "remove", "path": "/spec/nothing" }]' }] } }]`,
        ),
      },
      null,
    ],
    ["k3s: HelmChartConfig over HelmChart", { "c.yaml": k3s(`valuesContent: |\n  ${of(5)}`, CONFIG) }, 7],
    ["k3s: set over both", { "c.yaml": k3s(`valuesContent: |\n  ${of(5)}\nset: { config.cluster.replicas: 9 }`, CONFIG) }, 9],
    ["Kustomize: valuesInline over a file", { "kustomization.yaml": kustomization(`valuesFile: x.yaml\nvaluesInline: { ${of(5)} }`), "x.yaml": of(3) }, 5],
    [
      "Kustomize: a file over valuesInline",
      { "kustomization.yaml": kustomization(`valuesFile: x.yaml\nvaluesMerge: merge\nvaluesInline: { ${of(5)} }`), "x.yaml": of(3) },
      3,
    ],
    [
      "Kustomize: more files",
      { "kustomization.yaml": kustomization("valuesFile: x.yaml\nadditionalValuesFiles: [y.yaml]"), "x.yaml": of(3), "y.yaml": of(5) },
      5,
    ],
    ["Kustomize: a patch over the chart", { "kustomization.yaml": kustomization(`valuesInline: { ${of(5)} }`, "replicas: [{ name: nats, count: 1 }]") }, 1],
    [
      "Kustomize: an overlay over the chart's Kustomization",
      {
        "b/kustomization.yaml": kustomization(`valuesInline: { ${of(5)} }`),
        "o/kustomization.yaml": "resources: [../b]\nreplicas: [{ name: nats, count: 2 }]\n",
      },
      2,
    ],
    [
      "helmfile: set over values",
      {
        "helmfile.yaml": `releases:\n  - { name: nats, chart: nats/nats, version: 2.14.2, values: [x.yaml, { ${of(5)} }], set: [{ name: config.cluster.replicas, value: 7 }] }\n`,
        "x.yaml": of(3),
      },
      7,
    ],
    [
      "helmfile: a file of a template's name",
      { "helmfile.yaml": `releases:\n  - { name: nats, chart: nats/nats, version: 2.14.2, values: ["{{ .Environment.Name }}.yaml", { ${of(5)} }] }\n` },
      null,
    ],
    ["umbrella: under the alias", { "Chart.yaml": UMBRELLA, "values.yaml": `bus: { ${of(5)} }\nnats: { ${of(3)} }\n` }, 5],
    [
      "umbrella: an overlay",
      { "Chart.yaml": UMBRELLA, "values.yaml": `bus: { ${of(5)} }\n`, "values-prod.yaml": "bus: { config: { cluster: { replicas: 2 } } }\n" },
      2,
    ],
    [
      "umbrella: switched off by its condition",
      { "Chart.yaml": UMBRELLA.replace("alias:", "condition: bus.enabled, alias:"), "values.yaml": `bus: { enabled: false, ${of(5)} }\n` },
      null,
    ],
    [
      "umbrella: switched off by its tags",
      { "Chart.yaml": UMBRELLA.replace("alias:", "tags: [m], alias:"), "values.yaml": `tags: { m: false }\nbus: { ${of(5)} }\n` },
      null,
    ],
    [
      "umbrella: over a subchart in charts/",
      {
        "Chart.yaml": UMBRELLA.replace(", alias: bus", ""),
        "values.yaml": "nats: { natsBox: { enabled: false } }\n",
        "charts/nats/Chart.yaml": "name: nats\nversion: 2.14.2\nhome: https://github.com/nats-io/k8s\n",
        "charts/nats/values.yaml": of(5),
      },
      5,
    ],
    ["names: values/prod.yaml over values.yaml", { "nats/values.yaml": WHOLE, "nats/values/prod.yaml": "config: { cluster: { replicas: 5 } }" }, 5],
    [
      "names: values-gke.yaml over the values.yaml of its chart, though it names no environment",
      {
        "Chart.yaml": UMBRELLA.replace("alias:", "condition: bus.enabled, alias:"),
        "values.yaml": `bus: { enabled: false, ${of(5)} }\n`,
        "values-gke.yaml": "bus: { enabled: true, natsBox: { enabled: false } }\n",
      },
      5,
    ],
    ["names: envs/prod/values.yaml over values.yaml", { "nats/values.yaml": WHOLE, "nats/envs/prod/values.yaml": "config: { cluster: { replicas: 5 } }" }, 5],
  ])("%s", (_name, files, expected) => expect(replicas(files)).toBe(expected));
});

test("one defect of a common base is told once, with all environments", async () => {
  const files = {
    "nats/values.yaml": WHOLE.replace("3", "2"),
    "nats/values-prod.yaml": "natsBox: { enabled: false }\n",
    "nats/values-staging.yaml": "natsBox: { enabled: true }\n",
  };
  const { findings } = lint(sources(files), DEFAULT_SETTINGS, await testEngine());
  const told = findings.filter(({ rule }) => rule.id === "cluster-min-replicas");
  expect(told.map(({ path, environments }) => ({ path, environments }))).toEqual([{ path: "nats/values.yaml", environments: ["production", "staging"] }]);
});

test("a file beside a chart's own values.yaml is not judged by the chart's defaults, and the chart's own is a release still", async () => {
  const files = {
    "bus/Chart.yaml": UMBRELLA,
    "bus/values.yaml": `bus: { ${of(2)} }\n`,
    "bus/values-gke.yaml": "bus: { config: { jetstream: { enabled: true } } }\n",
    "bus/values-eks.yaml": "bus: { config: { cluster: { replicas: 3 } } }\n",
  };
  const { findings } = lint(sources(files), DEFAULT_SETTINGS, await testEngine());
  const told = findings.filter(({ rule }) => ["cluster-min-replicas", "cluster-single-pod"].includes(rule.id));
  expect(told.map(({ rule, path, start }) => `${path}:${start.line} ${rule.id}`)).toEqual(["bus/values.yaml:1 cluster-min-replicas"]);
});

test("values that are named after NATS may be for its chart by itself, and lie over no other chart's", () => {
  const files = {
    "app/Chart.yaml": "name: app\nversion: 1.0.0\n",
    "app/values.yaml": "nats: { url: x }\nconfig: { cluster: { replicas: 5 } }\n",
    "app/values-nats.yaml": WHOLE.replace(", replicas: 3", ""),
  };
  expect(replicas(files)).toBe(3);
});

describe("a dependency that lies unpacked in charts/", () => {
  const folder = (values: string): Files => ({
    "Chart.yaml": UMBRELLA.replace(", alias: bus", ""),
    "values.yaml": "nats:\n  config:\n    cluster: { enabled: true }\n    jetstream: { enabled: true }\n",
    "charts/nats/Chart.yaml": "name: nats\nversion: 2.14.2\nhome: https://github.com/nats-io/k8s\n",
    "charts/nats/values.yaml": `config:\n  cluster: { enabled: false, replicas: 3 }\npodTemplate:\n  topologySpreadConstraints: {}\n${values}natsBox: { enabled: true }\n`,
  });
  const told = async (values: string): Promise<readonly unknown[]> => {
    const { findings, files } = lint(sources(folder(values)), DEFAULT_SETTINGS, await testEngine());
    expect(files.filter(({ path }) => path.endsWith("values.yaml")).map(({ state }) => state)).toEqual(["linted", "linted"]);
    return findings.filter(({ rule }) => rule.id === "anti-affinity-missing").map(({ path, start }) => `${path}:${start.line}`);
  };

  test("what the published chart says is told where the parent can say otherwise", async () => {
    expect(await told("")).toEqual(["values.yaml:1"]);
  });

  test("what somebody changed in it is a layer of theirs", async () => {
    expect(await told("headlessService: { name: mine }\n")).toEqual(["charts/nats/values.yaml:3"]);
  });
});

test("a finding points at the layer that wins and names the one below", async () => {
  const files = { "apps/a.yaml": app(`valueFiles: [$here/x.yaml]\nvalues: |\n  ${of(2)}`), "x.yaml": of(3) };
  const { findings } = lint(sources(files), DEFAULT_SETTINGS, await testEngine());
  const told = findings.find(({ rule }) => rule.id === "cluster-min-replicas");
  expect(told).toMatchObject({ path: "apps/a.yaml", start: { line: 13 }, related: [{ path: "x.yaml", start: { line: 1 }, message: "overridden here" }] });
});

test("a password in values that are embedded is shown in no frame", async () => {
  const files = { "a.yaml": app("values: |\n  config: { merge: { debug: true, authorization: { password: 1s3cr3t } } }") };
  const report = lint(sources(files), { ...DEFAULT_SETTINGS, environment: "production" }, await testEngine());
  expect(report.findings.length).toBeGreaterThan(0);
  expect(JSON.stringify([...report.frames.values(), ...report.findings.map(({ message }) => message)])).not.toContain("1s3cr3t");
});

test("an Application of no known apiVersion is said to be none", async () => {
  const files = { "a.yaml": app(`values: |\n  ${of(2)}`).replace("argoproj.io/v1alpha1", "v2") };
  const { findings, files: looks } = lint(sources(files), DEFAULT_SETTINGS, await testEngine());
  expect(findings).toEqual([]);
  expect(looks).toEqual([{ path: "a.yaml", state: "not-understood", why: "no Application has the apiVersion v2" }]);
});

describe("what is wanted", () => {
  test.each<readonly [string, Files, string]>([
    ["a value file of another source", { "apps/a.yaml": app("valueFiles: [$here/nats/x.yaml]") }, "nats/x.yaml"],
    ["the chart of a folder", { "a.yaml": app("{}").replace("chart: nats", "path: charts/nats") }, "charts/nats/Chart.yaml"],
    ["the chart's own values below others", { "bus/Chart.yaml": UMBRELLA, "bus/values-gke.yaml": "bus: {}" }, "bus/values.yaml"],
    ["a values file of a helmfile", { "helmfile.yaml": "releases: [{ name: nats, chart: nats/nats, values: [x.yaml] }]" }, "x.yaml"],
    ["a Kustomization's patches", { "o/kustomization.yaml": "resources:\n  - ../base\npatches:\n  - path: p.yaml\n" }, "o/p.yaml"],
    ["a Kustomization's base", { "o/kustomization.yaml": "resources:\n  - ../base\n" }, "base/kustomization.yaml"],
  ])("%s", (_name, files, expected) => expect(wanted(sources(files))).toContain(expected));

  test("nothing out of the folder", () => {
    const files = { "apps/a.yaml": app("valueFiles: [$here/../../x.yaml]"), "kustomization.yaml": "resources:\n  - ../base\n" };
    expect(wanted(sources(files)).filter((path) => path.includes(".."))).toEqual([]);
  });
});

test("the elements of an ApplicationSet's list are Applications", () => {
  const set = (generator: string): Files => ({
    "set.yaml": `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: nats }
spec:
  generators:
    - ${generator}
  template:
    metadata: { name: "nats-{{env}}" }
    spec:
      destination: { namespace: nats }
      sources:
        - repoURL: ${REPO}
          chart: nats
          targetRevision: 2.14.2
          helm:
            valueFiles: ["$here/{{ env }}.yaml"]
            values: |
              config:
                cluster:
                  replicas: {{servers}}
        - { repoURL: https://git.example.com/x.git, ref: here }
`,
    "prod.yaml": of(3),
    "dev.yaml": "config: { cluster: { enabled: false } }",
  });
  const told = (files: Files): unknown[] => {
    const { releases } = readReleases(sources(files), DEFAULT_SETTINGS, knowledge);
    // What installs a chart is asked about by itself.
    const ofServers = [...questions(releases, DEFAULT_SETTINGS, knowledge)].filter(({ model }) => (model.json["servers"] as unknown[]).length > 0);
    return ofServers.map(({ release, model }) => [
      release.name,
      release.environment,
      (model.json["servers"] as { workload: { replicas?: unknown } }[])[0]?.workload.replicas,
    ]);
  };
  expect(told(set('list: { elements: [{ env: prod, servers: "5" }, { env: dev, servers: "5" }] }'))).toEqual([
    ["nats-prod", "production", 5],
    ["nats-dev", "development", 1],
  ]);
  // What other generators find is decided later: that a server runs is known, and nothing of it that they may set.
  expect(told(set("clusters: {}"))).toEqual([["set.yaml", null, undefined]]);
});

function sources(files: Files): { path: string; text: string }[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
