// A wrapper that names a chart by its place in a Git repository: the project's own are known, and no others.
import { describe, expect, test } from "vitest";
import { conform } from "../../service/model/conform.ts";
import { gitChart } from "../../service/model/wrappers/git-chart.ts";
import { readReleases } from "../../service/model/releases.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { testEngine } from "../engine.ts";

describe("a path in a Git repository", () => {
  test.each<readonly [repository: string, path: string, revision: string | null, chart: string, version: string | null]>([
    ["https://github.com/nats-io/k8s", "helm/charts/nats", "nats-2.14.2", "nats", "2.14.2"],
    ["https://github.com/nats-io/k8s.git", "./helm/charts/nats/", "refs/tags/nats-1.3.16", "nats", "1.3.16"],
    ["git@github.com:nats-io/k8s.git", "/helm/charts/stan", "main", "stan", null],
    ["ssh://git@github.com/NATS-io/k8s", "helm/charts/nack", "nack-0.34.0", "nack", "0.34.0"],
    // The tag of another chart, and of an age when all charts had one: whose version it is nobody knows.
    ["https://github.com/nats-io/k8s", "helm/charts/stan", "nats-2.14.2", "stan", null],
    ["https://github.com/nats-io/k8s", "helm/charts/nats", "v0.9.2", "nats", null],
    ["https://github.com/nats-io/k8s", "helm/charts/nats-operator", "HEAD", "nats-operator", null],
    ["https://github.com/nats-io/nats-streaming-operator", "helm/nats-streaming-operator", null, "nats-streaming-operator", null],
  ])("%s %s at %s", (repository, path, revision, chart, version) => {
    expect(gitChart(repository, path, revision)).toMatchObject({ chart, version, repository: "nats-io" });
  });

  test.each<readonly [repository: string | null, path: string]>([
    ["https://github.com/someone/k8s", "helm/charts/nats"],
    ["https://gitlab.com/nats-io/k8s", "helm/charts/nats"],
    ["https://github.com.example.org/nats-io/k8s", "helm/charts/nats"],
    ["https://github.com/nats-io/k8s", "helm/charts/nats-kafka"],
    ["https://github.com/nats-io/k8s", "helm/charts/nats/templates"],
    ["https://github.com/nats-io/k8s", "../helm/charts/nats/../nats-kafka"],
    // Another chart, older than the one that was published, and with other keys.
    ["https://github.com/nats-io/nats-operator", "helm/nats-operator"],
    ["https://github.com/nats-io/nack", "helm/jetstream-controller"],
    [null, "helm/charts/nats"],
  ])("%s %s is nobody's that natslint knows", (repository, path) => {
    expect(gitChart(repository, path, "main")).toBeNull();
  });
});

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: stan-operator
spec:
  destination:
    namespace: messaging
  source:
    repoURL: https://github.com/nats-io/nats-streaming-operator.git
    path: helm/nats-streaming-operator
    targetRevision: main
    helm:
      values: |
        clusterScoped: true
`;

test("the operator of NATS Streaming, from the only place where its chart is", async () => {
  const engine = await testEngine();
  const operators = (text: string): unknown[] =>
    readReleases([{ path: "app.yaml", text }], { ...DEFAULT_SETTINGS, named: ["app.yaml"] }, engine).releases.flatMap(
      ({ tree }) => conform(tree, engine.schema).json["natsOperators"],
    );
  expect(operators(APPLICATION)).toHaveLength(1);
  expect(operators(APPLICATION.replace("nats-io/", "someone/"))).toEqual([]);
});
