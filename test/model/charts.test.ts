// What a chart's name, repository and version mean.

import { describe, expect, test } from "vitest";
import { CHARTS, nameChart, readChartOption, repositoryOf } from "../../service/model/charts.ts";

describe("--chart", () => {
  test.each([
    ["nats-io/nats@2.14.2", "nats-io", ["nats-1x"], "2.14.2"],
    ["nats@0.19.17", "nats-io", ["nats-0x"], "0.19.17"],
    ["nats/nats@1.0.0-beta.1", "nats-io", ["nats-1x"], "1.0.0-beta.1"],
    ["nats@v0.8.10", "nats-io", ["nats-0x"], "v0.8.10"],
    ["nats", "nats-io", ["nats-1x", "nats-0x"], null],
    ["stan@0.13.0", "nats-io", ["stan"], "0.13.0"],
    ["nats-io/nack@0.34.0", "nats-io", ["nack"], "0.34.0"],
    ["nats-operator@0.8.3", "nats-io", ["nats-operator"], "0.8.3"],
    ["nats-streaming-operator", "nats-io", ["nats-streaming-operator"], null],
    ["bitnami/nats@9.0.29", "bitnami", ["bitnami"], "9.0.29"],
    ["bitnami/nats@4.5.0", "bitnami", ["stable-nats"], "4.5.0"],
    ["bitnami/nats", "bitnami", ["bitnami", "stable-nats"], null],
    ["stable/nats@4.3.6", "stable", ["stable-nats"], "4.3.6"],
    ["qlik/nats@2.1.0", "qlik", ["qlik"], "2.1.0"],
    ["qlik/nats-streaming@0.4.0", "qlik", ["qlik-streaming"], "0.4.0"],
    ["https://nats-io.github.io/k8s/helm/charts/nats@1.2.*", "nats-io", ["nats-1x"], "1.2.*"],
    ["oci://registry-1.docker.io/bitnamicharts/nats@9.0.1", "bitnami", ["bitnami"], "9.0.1"],
  ])("%s", (text, repository, dialects, version) => {
    expect(readChartOption(text)).toEqual({ chart: text.replace(/@.*/, "").split("/").at(-1), repository, dialects, version });
  });

  test.each(["grafana/grafana@7", "nats-io/surveyor", "somebody/nack", "", "nats@", "somebody/nats@1.0.0", "a b"])("%j is an error in one sentence", (text) => {
    const read = readChartOption(text);
    expect("error" in read && read.error).toMatch(/^"/);
  });
});

describe("the generation of a version range", () => {
  test.each([
    ["1.2.*", ["nats-1x"]],
    [">=1.0.0 <2.0.0", ["nats-1x"]],
    [">=1.0.0 <3.0.0", ["nats-1x"]],
    ["^0.19", ["nats-0x"]],
    ["<1.0.0", ["nats-0x"]],
    ["~0.8.0", ["nats-0x"]],
    [">=0.19.0", ["nats-1x", "nats-0x"]],
    ["*", ["nats-1x", "nats-0x"]],
    ["x", ["nats-1x", "nats-0x"]],
    ["", ["nats-1x", "nats-0x"]],
  ])("%s", (version, dialects) => {
    expect(nameChart("nats", "https://nats-io.github.io/k8s/helm/charts/", version).dialects).toEqual(dialects);
  });
});

test.each([
  ["https://nats-io.github.io/k8s/helm/charts/", "nats-io"],
  ["https://mirror.example.org/k8s/helm/charts", "nats-io"],
  ["oci://registry-1.docker.io/bitnamicharts", "bitnami"],
  ["oci://mirror.example.org/bitnamicharts/nats", "bitnami"],
  ["https://charts.bitnami.com/bitnami", "bitnami"],
  ["https://raw.githubusercontent.com/bitnami/charts/archive-full-index/bitnami", "bitnami"],
  ["@bitnami", "bitnami"],
  ["alias:nats", "nats-io"],
  ["https://charts.helm.sh/stable", "stable"],
  ["https://qlik.bintray.com/stable", "qlik"],
  ["file://../nats", null],
  ["oci://registry.example.org/charts", null],
  ["https://grafana.github.io/helm-charts", null],
  ["", null],
])("the repository of %s", (address, expected) => {
  expect(repositoryOf(address)).toBe(expected);
});

test("a chart of an unknown repository has no dialect, whatever its name", () => {
  expect(nameChart("nats", "oci://registry.example.org/charts", "1.0.0").dialects).toEqual([]);
  expect(nameChart("nack", "oci://registry.example.org/charts", "0.30.0").dialects).toEqual([]);
  expect(nameChart("surveyor", "https://nats-io.github.io/k8s/helm/charts/", "0.20.9").dialects).toEqual([]);
});

test("each dialect with facts names a file of charts/", async () => {
  for (const { facts, keysKnown } of Object.values(CHARTS)) {
    if (keysKnown) expect((await import(`../../charts/${facts}.json`, { with: { type: "json" } })).default.versions.length).toBeGreaterThan(1);
  }
});
