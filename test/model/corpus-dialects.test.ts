// Every file of the corpus is taken for what its index says, or it is said here why not; and each ends in findings, in none,
// or in a reason why it is not understood.
import { describe, expect, test } from "vitest";
import { type Releases, readReleases } from "../../service/model/releases.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { testKnowledge } from "../engine.ts";
import { corpus, type CorpusFile } from "./corpus.ts";

/** What a file of the class has to be taken for; of several names one has to fit. Null: for nothing that natslint judges. */
const EXPECTED: Readonly<Record<string, (file: CorpusFile) => RegExp | null>> = {
  "argo-app": () => /^Argo CD Application$/,
  "argo-appset": () => /^Argo CD ApplicationSet$/,
  compose: () => null,
  conf: ({ dialect }) => (dialect.includes("template") ? null : /^nats\.conf$/),
  "conf-stan": () => /^stan\.conf$/,
  "cr-nack": ({ dialect }) => new RegExp(`^${dialect.replace(/ \(.*/, "")}$`),
  "cr-natscluster": () => /^NatsCluster$/,
  "cr-other": () => /^(Kubernetes objects|Argo EventBus)$/,
  "cr-stan": () => /^NatsStreamingCluster$/,
  "flux-hr": ({ dialect }) => valuesOf(dialect, ""),
  helmfile: () => /^helmfile$/,
  kustomize: ({ dialect }) => (dialect.startsWith("kustomization") ? /^Kustomization$/ : /^(Kubernetes objects|SelectivePatch)$/),
  negative: () => /^(Flux HelmRelease|Kustomization|)$/,
  "negative-near": () => /^(Kubernetes objects|Argo EventSource|)$/,
  "other-lang": () => null,
  raw: () => /^(Kubernetes objects|rendering of nats-.*)$/,
  "raw-stan": () => /^Kubernetes objects$/,
  "raw-templated": () => null,
  rendered: () => /^rendering of nats-0/,
  umbrella: ({ dialect, version }) => valuesOf(`${dialect} ${version}`, " below nats"),
  "values-0x": () => /^values of nats 0\.x$/,
  "values-1x": () => /^values of nats 1\.x and 2\.x$/,
  "values-bitnami": () => /^values of bitnami\/nats$/,
  "values-nack": () => /^values of nack$/,
  "values-operator": ({ dialect }) => (dialect.startsWith("stan") ? /^values of nats-streaming-operator$/ : /^values of nats-operator$/),
  "values-other": () => null,
  "values-stan": () => /^values of stan$/,
};

/** Where natslint says something else than the index, and why it is right to. By the name in the corpus. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "argo-app/suckatrash__nats-argocd-stack__6.yaml": "its apiVersion is v2, which no Argo CD takes: an object like any other, and natslint says so",
  "raw-templated/buun-ch__buun-stack__2.yaml": "gomplate stands in a few values alone, so the rest reads as the values that it is made into",
  "umbrella/astronomer__astronomer__1.yaml": "its subchart is a fork of its own, of which the values here have no key that is the chart's",
  "umbrella/astronomer__astronomer__3.yaml": "cluster.enabled, replicas and resources are keys of several charts, and the Chart.yaml is not in the corpus",
  "umbrella/astronomer__astronomer__4.yaml": "cluster.enabled, replicas and resources are keys of several charts, and the Chart.yaml is not in the corpus",
  "umbrella/astronomer__astronomer__5.yaml": "where pods may run and what they may use is said of any chart",
  "umbrella/calltelemetry__k8s__1.yaml": "the 0.x chart has a key `nats` itself, with memStorage below it, and `cluster` beside it is its own, too",
  "umbrella/intelops__kubviz__1.yaml": "one key of the 0.x chart is too little to accuse anybody, and the chart that it depends on renames 0.x to 1.0.0",
  "umbrella/openfaas__faas-netes__1.yaml": "the block is openfaas' own",
  "umbrella/security-union__videocall-rs__1.yaml": "`nats.nats` is the 0.x chart's own key, or an umbrella in an umbrella: without the Chart.yaml nobody knows",
  "umbrella/security-union__videocall-rs__2.yaml": "`nats.nats` is the 0.x chart's own key, or an umbrella in an umbrella: without the Chart.yaml nobody knows",
  "umbrella/security-union__videocall-rs__3.yaml": "`nats.nats` is the 0.x chart's own key, or an umbrella in an umbrella: without the Chart.yaml nobody knows",
  "umbrella/suckatrash__nats-argocd-stack__2.yaml": "the keys are the generator's own words, of both generations; it is said that they are mixed",
  "values-0x/astronomer__astronomer__2.yaml": "a fork with its images elsewhere; the published chart's defaults do not hold for it",
  "values-1x/Fomiller__homelab__2.yaml": "container.resources alone is a key of many charts; the Kustomization beside it tells (see below)",
  "values-operator/dictybase-docker__kubernetes-charts__1.yaml": "somebody's own chart with a size and a version, which are keys of anything",
  "values-stan/astronomer__astronomer__8.yaml": "a fork with its images elsewhere; the published chart's defaults do not hold for it",
};

const knowledge = testKnowledge();
const files = corpus();

describe.skipIf(files.length === 0)("files of the corpus (skipped where it is not beside the project)", () => {
  test.each(files.map((file) => [file.file, file] as const))("%s", (name, file) => {
    const expected = EXPECTED[file.class]?.(file);
    expect(expected, `no word about the class ${file.class}`).toBeDefined();
    const { taken, files: looks } = read([file]);
    const names = taken.get(file.source.path) ?? [];
    const fits = expected === null ? names.length === 0 : (names.length === 0 ? [""] : names).some((one) => expected?.test(one));
    expect({ names, fits }).toEqual({ names, fits: !(name in OTHERWISE) });
    const [look, ...more] = looks;
    expect(more).toEqual([]);
    expect(look?.state === "linted" || (look?.why ?? "") !== "", JSON.stringify(look)).toBe(true);
  });

  test("what is said otherwise is there", () => {
    expect(Object.keys(OTHERWISE).filter((name) => !files.some(({ file }) => file === name))).toEqual([]);
  });

  test("what a file by itself does not say, the file beside it does", () => {
    const both = files.filter(({ repo }) => repo === "Fomiller/homelab");
    expect([...read(both).taken].map(([path, names]) => [path, ...names])).toEqual([
      ["k8s/apps/nats/kustomization.yaml", "Kustomization"],
      ["k8s/apps/nats/values.yaml", "values of nats 1.x and 2.x"],
    ]);
  });
});

function read(some: readonly CorpusFile[]): Releases {
  const sources = some.map(({ source }) => source);
  return readReleases(sources, { ...DEFAULT_SETTINGS, named: sources.map(({ path }) => path) }, knowledge);
}

function valuesOf(dialect: string, place: string): RegExp {
  const chart = dialect.includes("bitnami") ? "bitnami/nats" : /0\.x|nats 0\./.test(dialect) ? "nats 0.x" : "nats 1.x and 2.x";
  return new RegExp(`^values of ${chart.replaceAll(".", "\\.")}${place}$`);
}
