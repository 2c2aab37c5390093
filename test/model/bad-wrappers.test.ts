// What cannot be followed ends, is said, and accuses nobody: loops, ways out of the repository, values that are none.
import { expect, test } from "vitest";
import { lint } from "../../service/lint.ts";
import type { Report } from "../../service/report/report.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { wanted } from "../../service/wanted.ts";
import { testEngine } from "../engine.ts";

const engine = await testEngine();

/** Two servers in a cluster, which is found wherever these values are judged as they stand. */
const PAIR = "config:\n  cluster:\n    enabled: true\n    replicas: 2\n";
const NATS = "repoURL: https://nats-io.github.io/k8s/helm/charts/\n      chart: nats\n      targetRevision: 2.14.2";

function application(name: string, sources: string, version = "argoproj.io/v1alpha1"): string {
  return `apiVersion: ${version}\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  destination:\n    namespace: nats\n  sources:\n${sources}`;
}

function judged(files: Readonly<Record<string, string>>): Report {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  wanted(sources);
  return lint(sources, { ...DEFAULT_SETTINGS, today: "2026-01-01" }, engine);
}

const rules = ({ findings }: Report): readonly string[] => findings.map(({ rule, path }) => `${path} ${rule.id}`);
const whyOf = ({ files }: Report, path: string): string | null | undefined => files.find((one) => one.path === path)?.why;

test("Applications that install each other's folders end, and what they install is judged once", () => {
  const report = judged({
    "apps/a.yaml": application("a", "    - repoURL: https://git.example.com/nats.git\n      path: apps\n"),
    "apps/b.yaml": application("b", "    - repoURL: https://git.example.com/nats.git\n      path: apps\n"),
    "apps/nats.yaml": application("nats", `    - ${NATS}\n      helm:\n        values: |\n${PAIR.replace(/^/gm, "          ").trimEnd()}\n`),
  });
  expect(rules(report).filter((one) => one.endsWith("cluster-min-replicas"))).toEqual(["apps/nats.yaml cluster-min-replicas"]);
});

test("components that include each other end, and it is said", () => {
  const chart =
    "helmCharts:\n  - { name: nats, repo: https://nats-io.github.io/k8s/helm/charts/, version: 2.14.2, releaseName: nats, valuesFile: values.yaml }\n";
  const report = judged({
    "app/kustomization.yaml": `components: [../one]\n${chart}`,
    "app/values.yaml": PAIR,
    "one/kustomization.yaml": "kind: Component\ncomponents: [../two]\n",
    "two/kustomization.yaml": "kind: Component\ncomponents: [../one]\n",
  });
  expect(whyOf(report, "app/kustomization.yaml")).toBe("one/kustomization.yaml refers to itself");
});

test("charts that depend on each other end", () => {
  const chart = (name: string, other: string): string =>
    `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndependencies:\n  - { name: ${other}, repository: "file://../${other}", version: 1.0.0 }\n  - { name: nats, repository: https://nats-io.github.io/k8s/helm/charts/, version: 2.14.2 }\n`;
  const values = `nats:\n${PAIR.replace(/^/gm, "  ").trimEnd()}\n`;
  const report = judged({ "a/Chart.yaml": chart("a", "b"), "a/values.yaml": values, "b/Chart.yaml": chart("b", "a"), "b/values.yaml": values });
  expect(rules(report).filter((one) => one.endsWith("cluster-min-replicas"))).toContain("a/values.yaml cluster-min-replicas");
});

test("a way out of the repository is not followed, not asked for, and makes what lies below unknown", () => {
  const files = {
    "apps/nats.yaml": application(
      "nats",
      `    - ${NATS}\n      helm:\n        valueFiles: [$here/../../etc/nats.yaml]\n    - repoURL: https://git.example.com/nats.git\n      ref: here\n`,
    ),
  };
  expect(wanted(Object.entries(files).map(([path, text]) => ({ path, text }))).filter((path) => path.startsWith("..") || path.startsWith("/"))).toEqual([]);
  const report = judged(files);
  expect(rules(report)).toEqual([]);
  expect(whyOf(report, "apps/nats.yaml")).toBe("the values of its release are not known: the path leads out of the repository");
});

const SERVER = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: nats}\nspec: {template: {spec: {containers: [{name: nats, image: 'nats:2.12.1'}]}}}\n";
const CHART = "{ name: nats, repo: https://nats-io.github.io/k8s/helm/charts/, version: 2.14.2, releaseName: nats, valuesFile: ../../ext/x.yaml }";

test.each<readonly [string, string, Readonly<Record<string, string>>, string]>([
  ["resource", "app/kustomization.yaml", { "app/own.yaml": SERVER, "app/kustomization.yaml": "resources: [own.yaml, ../../ext/x.yaml]\n" }, ""],
  [
    "generator's file",
    "app/kustomization.yaml",
    { "app/own.yaml": SERVER, "app/kustomization.yaml": "resources: [own.yaml]\nconfigMapGenerator: [{ name: c, files: [../../ext/x.yaml] }]\n" },
    "",
  ],
  ["chart's values", "app/kustomization.yaml", { "app/kustomization.yaml": `helmCharts:\n  - ${CHART}\n` }, "the values of its release are not known: "],
  [
    "helmfile's values",
    "app/helmfile.yaml",
    { "app/helmfile.yaml": "releases:\n  - { name: nats, chart: nats/nats, version: 2.14.2, values: [../../ext/x.yaml] }\n" },
    "the values of its release are not known: ",
  ],
])("a %s above the folder that is looked at is said, and is not called missing", (_, path, files, before) => {
  expect(wanted(Object.entries(files).map(([path, text]) => ({ path, text }))).filter((one) => one.startsWith(".."))).toEqual([]);
  const report = judged(files);
  expect(whyOf(report, path)).toBe(`${before}../ext/x.yaml is outside of what natslint looks at`);
  expect(rules(report).filter((one) => one.endsWith("missing"))).toEqual([]);
});

test.each(["- a\n- b\n", "just text\n", "42\n"])("values that are no map are unknown: %j", (values) => {
  const report = judged({
    "apps/nats.yaml": application(
      "nats",
      `    - ${NATS}\n      helm:\n        valueFiles: [$here/values/nats.yaml]\n    - repoURL: https://git.example.com/nats.git\n      ref: here\n`,
    ),
    "values/nats.yaml": values,
  });
  expect(rules(report)).toEqual([]);
  expect(whyOf(report, "apps/nats.yaml")).toBe("the values of its release are not known: it is no map of values");
});

test("two releases of one name are both judged", () => {
  const one = application("nats", `    - ${NATS}\n      helm:\n        values: |\n${PAIR.replace(/^/gm, "          ").trimEnd()}\n`);
  expect(rules(judged({ "a/nats.yaml": one, "b/nats.yaml": one })).filter((rule) => rule.endsWith("cluster-min-replicas"))).toEqual([
    "a/nats.yaml cluster-min-replicas",
    "b/nats.yaml cluster-min-replicas",
  ]);
});

test("an apiVersion that no wrapper has is said", () => {
  const report = judged({
    "nats.yaml": application("nats", `    - ${NATS}\n      helm:\n        values: |\n${PAIR.replace(/^/gm, "          ").trimEnd()}\n`, "v2"),
  });
  expect(rules(report)).toEqual([]);
  expect(whyOf(report, "nats.yaml")).toBe("no Application has the apiVersion v2");
});
