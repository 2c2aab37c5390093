// Which Applications an ApplicationSet becomes, as far as the repository tells, and with which values.
import { describe, expect, test } from "vitest";
import { lint, questions } from "../../service/lint.ts";
import { pathKey } from "../../service/model/model.ts";
import { readReleases } from "../../service/model/releases.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { testEngine } from "../engine.ts";

const engine = await testEngine();

type Files = Readonly<Record<string, string>>;

const REPO = "https://nats-io.github.io/k8s/helm/charts/";
const REPLICAS = (count: number): string => `config: { cluster: { enabled: true, replicas: ${count} } }\n`;

interface Parts {
  readonly generators: string;
  readonly name?: string;
  readonly files?: string;
  readonly values?: string;
  readonly go?: boolean;
  readonly more?: string;
}

function set({ generators, name = "nats", files = "[]", values = "", go = false, more = "" }: Parts): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: nats }
spec:
  goTemplate: ${go}
  generators:
${generators.replace(/^(?=.)/gm, "    ")}
${more}  template:
    metadata: { name: "${name}" }
    spec:
      destination: { namespace: nats }
      sources:
        - repoURL: ${REPO}
          chart: nats
          targetRevision: 2.14.2
          helm:
            valueFiles: ${files}
            values: |
              ${values}
        - { repoURL: https://git.example.com/x.git, ref: here }
`;
}

/** Name, replicas and the file that says how many there are. */
function told(files: Files): unknown[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { releases } = readReleases(sources, DEFAULT_SETTINGS, engine);
  return [...questions(releases, DEFAULT_SETTINGS, engine)].flatMap(({ release, model }) => {
    const [server] = model.json["servers"] as { workload: { replicas?: unknown } }[];
    if (server === undefined) return [];
    const origin = model.origins.get(pathKey(["servers", 0, "workload", "replicas"]));
    return [[release.name, server.workload.replicas, origin?.path]];
  });
}

const VALUES = "config: { cluster: { enabled: true, replicas: {{servers}} } }";
const GO_VALUES = "config: { cluster: { enabled: true, replicas: {{ .servers }} } }";

describe("generators", () => {
  const config: Files = {
    "clusters/prod/eu/config.yaml": "servers: 5\n",
    "clusters/dev/us/config.yaml": "servers: 1\n",
    "clusters/readme.yaml": "servers: 9\n",
  };
  test.each<readonly [string, Parts, Files, unknown[]]>([
    [
      "files of the repository, flat",
      { generators: '- git: { repoURL: x, files: [{ path: "clusters/*/*/config.yaml" }] }', name: "nats-{{path[1]}}-{{path.basename}}", values: VALUES },
      config,
      [
        ["nats-dev-us", 1, "clusters/dev/us/config.yaml"],
        ["nats-prod-eu", 5, "clusters/prod/eu/config.yaml"],
      ],
    ],
    [
      "files of the repository, as a tree",
      {
        generators: '- git: { repoURL: x, files: [{ path: "clusters/**/config.yaml" }, { path: "clusters/dev/*/*", exclude: true }] }',
        name: "nats-{{ index .path.segments 1 }}-{{ .path.basename | upper }}",
        values: GO_VALUES,
        go: true,
      },
      config,
      [["nats-prod-EU", 5, "clusters/prod/eu/config.yaml"]],
    ],
    [
      "a file with several sets, and a prefix for their path",
      {
        generators: "- git: { repoURL: x, pathParamPrefix: at, files: [{ path: all.json }], values: { long: '{{name}}-bus' } }",
        name: "{{values.long}}-{{at.path.filenameNormalized}}",
        values: VALUES,
      },
      { "all.json": '[{"name": "a", "servers": 3}, {"name": "b", "servers": "2"}]' },
      [
        ["a-bus-all.json", 3, "all.json"],
        ["b-bus-all.json", 2, "all.json"],
      ],
    ],
    [
      "folders of the repository",
      {
        generators: '- git: { repoURL: x, directories: [{ path: "envs/*" }, { path: envs/old, exclude: true }] }',
        name: "{{path.basename}}",
        files: '["$here/{{path}}/nats.yaml"]',
      },
      { "envs/a/nats.yaml": REPLICAS(5), "envs/b/nats.yaml": REPLICAS(3), "envs/old/nats.yaml": REPLICAS(2), "envs/a/deep/nats.yaml": REPLICAS(7) },
      [
        ["a", 5, "envs/a/nats.yaml"],
        ["b", 3, "envs/b/nats.yaml"],
      ],
    ],
    [
      "a matrix, whose second generator uses what the first has found",
      {
        generators: `- matrix:
    generators:
      - list: { elements: [{ env: prod }, { env: dev }] }
      - git: { repoURL: x, files: [{ path: "clusters/{{env}}/*/config.yaml" }] }`,
        name: "{{env}}-{{path.basename}}",
        values: VALUES,
      },
      config,
      [
        ["prod-eu", 5, "clusters/prod/eu/config.yaml"],
        ["dev-us", 1, "clusters/dev/us/config.yaml"],
      ],
    ],
    [
      "a matrix of clusters and their files: the files tell what the clusters may be called",
      {
        generators: `- matrix:
    generators:
      - clusters: {}
      - git: { repoURL: x, files: [{ path: "clusters/{{.name}}/*/config.yaml" }] }`,
        name: "{{.name}}-{{.path.basename}}",
        values: GO_VALUES,
        go: true,
      },
      config,
      [
        ["dev-us", 1, "clusters/dev/us/config.yaml"],
        ["prod-eu", 5, "clusters/prod/eu/config.yaml"],
      ],
    ],
    [
      "a merge",
      {
        generators: `- merge:
    mergeKeys: [env]
    generators:
      - list: { elements: [{ env: prod, servers: "3" }, { env: dev, servers: "3" }] }
      - list: { elements: [{ env: prod, servers: "5" }] }`,
        name: "{{env}}",
        values: VALUES,
      },
      {},
      [
        ["prod", 5, "set.yaml"],
        ["dev", 3, "set.yaml"],
      ],
    ],
    [
      "a merge of clusters with a list: what the list may replace is not known, the rest is",
      {
        generators: `- merge:
    mergeKeys: [name]
    generators:
      - clusters: { values: { servers: "3", size: big } }
      - list: { elements: [{ name: x, values: { servers: "5" } }] }`,
        name: "nats-{{values.size}}",
        values: "config: { cluster: { enabled: true, replicas: {{values.servers}} } }",
      },
      {},
      [["nats-big", undefined, "set.yaml"]],
    ],
    [
      "a selector",
      {
        generators: `- list: { elements: [{ env: prod, servers: "3" }, { env: dev, servers: "1" }] }
  selector: { matchExpressions: [{ key: env, operator: In, values: [prod] }] }`,
        name: "{{env}}",
        values: VALUES,
      },
      {},
      [["prod", 3, "set.yaml"]],
    ],
    [
      "a generator's own template",
      {
        generators: '- list: { elements: [{ servers: "3" }], template: { metadata: { name: special }, spec: { project: x, destination: {} } } }',
        values: VALUES,
      },
      {},
      [["special", 3, "set.yaml"]],
    ],
    [
      "a patch of the template",
      {
        generators: '- list: { elements: [{ name: a, servers: "3" }, { name: b }] }',
        more: "  templatePatch: |\n    metadata:\n      name: patched-{{name}}\n",
        values: VALUES,
      },
      {},
      [
        ["patched-a", 3, "set.yaml"],
        ["patched-b", undefined, "set.yaml"],
      ],
    ],
    [
      "clusters: a values file for each tells what they may be called, and what is for all is for none",
      { generators: "- clusters: {}", name: "nats-{{name}}", files: '["$here/values/common.yaml", "$here/values/{{name}}.yaml"]', values: "config: {}" },
      { "values/common.yaml": REPLICAS(3), "values/prod.yaml": REPLICAS(5), "values/dev.yaml": "natsBox: { enabled: false }" },
      [
        ["nats-dev", 3, "values/common.yaml"],
        ["nats-prod", 5, "values/prod.yaml"],
      ],
    ],
    [
      "clusters without such files: one release, of which what they decide is not known",
      { generators: "- clusters: {}", name: "nats-{{name}}", values: "config: { cluster: { enabled: true, replicas: {{metadata.labels.servers}} } }" },
      {},
      [["set.yaml", undefined, "set.yaml"]],
    ],
    [
      "pull requests and the like: the same",
      { generators: "- pullRequest: { github: {} }", name: "nats-{{number}}", values: REPLICAS(3).trim() },
      {},
      [["set.yaml", 3, "set.yaml"]],
    ],
    [
      "a parameter that is not in the set",
      { generators: "- list: { elements: [{ env: prod }] }", name: "{{env}}", values: VALUES },
      {},
      [["prod", undefined, "set.yaml"]],
    ],
    ["a list with nothing in it", { generators: "- list: { elements: [] }", values: REPLICAS(2).trim() }, {}, []],
  ])("%s", (_name, parts, files, expected) => {
    expect(told({ "set.yaml": set(parts), ...files })).toEqual(expected);
  });

  test("a set that names NATS nowhere", () => {
    const generic = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: everything }
spec:
  goTemplate: true
  generators:
    - git: { repoURL: x, directories: [{ path: "apps/*" }] }
  template:
    metadata: { name: "{{.path.basename}}" }
    spec:
      source:
        repoURL: x
        path: "{{.path.path}}"
        helm: { releaseName: "the-{{.path.basename}}", valueFiles: [values.yaml, values-prod.yaml] }
`;
    const chart = `apiVersion: v2\nname: bus\nversion: 0.1.0\ndependencies: [{ name: nats, repository: ${REPO}, version: 2.14.2 }]\n`;
    const files = {
      "sets/all.yaml": generic,
      "apps/bus/Chart.yaml": chart,
      "apps/bus/values.yaml": `nats:\n  ${REPLICAS(3)}`,
      "apps/bus/values-prod.yaml": `nats:\n  ${REPLICAS(5)}`,
      "apps/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
    };
    expect(told(files)).toEqual([["the-bus", 5, "apps/bus/values-prod.yaml"]]);
  });
});

test("a finding points at the parameter, and names where it is used", () => {
  const files = {
    "set.yaml": set({ generators: '- git: { repoURL: x, files: [{ path: "c/*.yaml" }] }', name: "{{env}}", values: VALUES }),
    "c/a.yaml": "env: prod\nservers: 2\n",
  };
  const { findings, files: looks } = lint(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    DEFAULT_SETTINGS,
    engine,
  );
  const found = findings.find(({ rule }) => rule.id === "cluster-min-replicas");
  expect(found).toMatchObject({ path: "c/a.yaml", start: { line: 2, column: 10 }, environments: ["production"] });
  expect(found?.related).toMatchObject([{ path: "set.yaml", message: "used here" }]);
  expect(found?.fix).toBeUndefined();
  expect(looks.map(({ path, state }) => [path, state])).toEqual([
    ["c/a.yaml", "linted"],
    ["set.yaml", "linted"],
  ]);
});

test("sets of sets that nobody could count are not told apart", () => {
  const many = `- list: { elements: [${Array.from({ length: 40 }, (_, index) => `{ a: "${index}" }`).join(", ")}] }`;
  const matrix = `- matrix:\n    generators:\n${many.replace(/^/gm, "      ")}\n${many.replace("a:", "b:").replace(/^/gm, "      ")}`;
  expect(told({ "set.yaml": set({ generators: matrix, values: REPLICAS(3).trim() }) })).toEqual([["nats", 3, "set.yaml"]]);
});
