// What stands at the paths: folders, links, ignored files, and bytes that nobody would write on purpose.
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PrintedReport } from "../../service/report/json.ts";
import { CHART, folder, json, lines, natslint, PAIR, TRIO, write } from "./world.ts";
import { worked } from "../worked.ts";

const FOUND = "values.yaml:5:15 error cluster-min-replicas";

function states(report: PrintedReport): string[] {
  return report.files.map(({ path, state }) => `${path} ${state}`);
}

describe("never a silent 0", () => {
  test("an empty folder", async () => {
    const { code, stdout, stderr } = await natslint([]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "no findings; 0 files checked\n" });
    expect(stderr).toBe("natslint: nothing was checked: there is no file here that natslint reads (.yaml, .yml, .json, .conf)\n");
  });

  test("a folder without NATS, in every format", async () => {
    const cwd = folder({ "a.yaml": "kind: Deployment\n", "b.yaml": "kind: Pod\n", "readme.md": "nats\n" });
    for (const flags of [[], ["--quiet"], ["--format", "json"], ["--format", "sarif"]]) {
      const { code, stderr } = await natslint(flags, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "natslint: nothing was checked: natslint found no NATS in 2 files\n" });
    }
  });

  test.each([
    ["an empty file", "", "it is empty"],
    ["a binary file", new Uint8Array([0, 1, 2, 0x6e, 0x61, 0x74, 0x73]), "it is binary"],
    ["a file without NATS", "title: a book\n", "it is neither a Kubernetes object nor the values of a chart"],
  ])("%s that is named", async (_, content, why) => {
    const { code, stdout, stderr } = await natslint(["a.yaml"], { cwd: folder({ "a.yaml": content }) });
    expect(code).toBe(0);
    expect(stdout + stderr).toContain(why);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["UTF-16, little end first", new Uint8Array([0xff, 0xfe, 0x6e, 0, 0x61, 0]), "it is UTF-16; save it as UTF-8"],
    ["UTF-16, big end first", new Uint8Array([0xfe, 0xff, 0, 0x6e, 0, 0x61]), "it is UTF-16; save it as UTF-8"],
    ["Latin-1", new Uint8Array([0x6e, 0x61, 0x74, 0x73, 0x3a, 0x20, 0xe4, 0x0a]), "it is not UTF-8; save it as UTF-8"],
  ])("%s gives 2, and the rest is linted", async (_, bytes, why) => {
    const cwd = folder({ "values.yaml": PAIR, "bad.yaml": bytes });
    const { code, report, stderr } = await json(["bad.yaml", "values.yaml", ...CHART], { cwd });
    expect({ code, lines: lines(report), stderr }).toEqual({ code: 2, lines: [FOUND], stderr: `natslint: bad.yaml: ${why}\n` });
    expect(report.files).toContainEqual({ path: "bad.yaml", state: "unreadable", why });
  });

  test("in a folder only what may be about NATS stops the run", async () => {
    const other = new Uint8Array([0x74, 0x69, 0x74, 0x6c, 0x65, 0x3a, 0x20, 0xe4, 0x0a]);
    const cwd = folder({ "values.yaml": TRIO, "book.yaml": other });
    expect(await natslint([".", ...CHART], { cwd })).toMatchObject({ code: 0 });
    write(cwd, "utf16.yaml", Buffer.from("\ufeffnats: {}\n", "utf16le"));
    expect(await natslint([".", ...CHART], { cwd })).toMatchObject({ code: 2, stderr: "natslint: utf16.yaml: it is UTF-16; save it as UTF-8\n" });
  });

  test("more than 64 MiB", async () => {
    const cwd = folder({ "values.yaml": TRIO, "big.yaml": "nats: 1\n" });
    truncateSync(join(cwd, "big.yaml"), 65 * 1024 * 1024);
    const why = "it has 65 MiB; natslint reads up to 64 MiB";
    expect(await natslint(["big.yaml"], { cwd })).toMatchObject({ code: 2, stderr: `natslint: big.yaml: ${why}\n` });
    const { code, report } = await json([".", ...CHART], { cwd });
    expect({ code, files: states(report) }).toEqual({ code: 0, files: ["big.yaml irrelevant", "values.yaml linted"] });
  });

  test("a folder that is called like a file is a folder", async () => {
    const cwd = folder({ "values.yaml/nats.conf": "port: 4222\n" });
    const { code, report } = await json(["values.yaml"], { cwd });
    expect({ code, files: states(report) }).toEqual({ code: 0, files: ["values.yaml/nats.conf linted"] });
  });
});

const SERVER = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: nats}\nspec: {template: {spec: {containers: [{name: nats, image: 'nats:2.12.1'}]}}}\n";
const KUSTOMIZED_CHART =
  "helmCharts:\n  - { name: nats, repo: https://nats-io.github.io/k8s/helm/charts/, version: 2.14.2, releaseName: nats, valuesFile: FILE }\n";
const HELMFILE = "releases:\n  - { name: nats, chart: nats/nats, version: 2.14.2, values: [FILE] }\n";

describe("links", () => {
  test("in a circle are walked once", async () => {
    const cwd = folder({ "a/values.yaml": PAIR, "a/b/nats.conf": "port: 4222\n" });
    symlinkSync(".", join(cwd, "self"));
    symlinkSync("../..", join(cwd, "a/b/up"));
    symlinkSync("loop", join(cwd, "loop"));
    const { report } = await json([".", ...CHART], { cwd });
    expect(states(report)).toEqual(["a/b/nats.conf linted", "a/values.yaml linted"]);
  });

  test("do not hide what they lead to, and are not followed out of the repository", async () => {
    const outside = folder({ "values.yaml": PAIR });
    const cwd = folder({ "real/values.yaml": TRIO });
    symlinkSync("real", join(cwd, "a"));
    symlinkSync("real/values.yaml", join(cwd, "b.yaml"));
    symlinkSync(outside, join(cwd, "c"));
    symlinkSync("nowhere.yaml", join(cwd, "d.yaml"));
    const { report } = await json([".", ...CHART], { cwd });
    symlinkSync(join(outside, "values.yaml"), join(cwd, "e.yaml"));
    expect(states(report)).toEqual(["c not-understood", "real/values.yaml linted"]);
    const { stdout } = await natslint(["real", "e.yaml", ...CHART], { cwd });
    expect(stdout, "who names one means what it leads to").toContain("e.yaml:5:15: error");
  });

  test("within the repository are followed from one folder of it into another", async () => {
    const cwd = folder({ "shared/values.yaml": PAIR });
    mkdirSync(join(cwd, ".git"));
    mkdirSync(join(cwd, "deploy"));
    symlinkSync("../shared", join(cwd, "deploy/shared"));
    expect(states((await json([".", ...CHART], { cwd: join(cwd, "deploy") })).report)).toEqual(["shared/values.yaml linted"]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["a Kustomization's resource", { "kustomization.yaml": "resources: [own.yaml, link.yaml]\n", "own.yaml": SERVER }],
    ["a chart's values", { "kustomization.yaml": KUSTOMIZED_CHART.replace("FILE", "link.yaml") }],
    ["a helmfile's values", { "helmfile.yaml": HELMFILE.replace("FILE", "link.yaml") }],
    ["an include", { "nats.conf": "include link.conf\nport: 4222\n" }],
  ])("that others name lead nowhere either: %s", async (_, files) => {
    const outside = folder({ "link.yaml": PAIR, "link.conf": "debug: true\n" });
    const cwd = folder(files);
    for (const name of ["link.yaml", "link.conf"]) symlinkSync(join(outside, name), join(cwd, name));
    const named = Object.keys(files).filter((path) => path !== "own.yaml");
    const whole = await json([".", "--environment", "production"], { cwd });
    const single = await json([...named, "--environment", "production"], { cwd });
    for (const { code, report } of [whole, single]) {
      expect(code).toBeLessThan(2);
      expect(report.files.filter(({ why }) => why?.startsWith("it is a link out of the repository")).length).toBeGreaterThan(0);
      expect(lines(report).filter((line) => /link\.|no-debug|:5:15 .*cluster-min-replicas/.test(line))).toEqual([]);
    }
  });

  test("that are named and lead nowhere do not exist", async () => {
    const cwd = folder();
    symlinkSync("loop.yaml", join(cwd, "loop.yaml"));
    expect(await natslint(["loop.yaml"], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining("loop.yaml does not exist") });
  });
});

describe("what git ignores", () => {
  const files = { "values.yaml": PAIR, "build/values.yaml": PAIR, "local/values.yaml": PAIR, "local/keep/values.yaml": PAIR };

  test("is passed over in folders, as the nearest .gitignore says", async () => {
    const cwd = folder({ ...files, ".gitignore": "build/\nlocal/*.yaml\nlocal/keep/*\n", "local/keep/.gitignore": "!values.yaml\n" });
    mkdirSync(join(cwd, ".git"));
    expect(states((await json([".", ...CHART], { cwd })).report)).toEqual(["local/keep/values.yaml linted", "values.yaml linted"]);
    expect(states((await json(["local", ...CHART], { cwd })).report)).toEqual(["local/keep/values.yaml linted"]);
  });

  test("is linted when it is named, file or folder", async () => {
    const cwd = folder({ ...files, ".gitignore": "build/\n" });
    mkdirSync(join(cwd, ".git"));
    expect(states((await json(["build/values.yaml", ...CHART], { cwd })).report)).toEqual(["build/values.yaml linted"]);
    expect(states((await json(["build", ...CHART], { cwd })).report)).toEqual(["build/values.yaml linted"]);
  });

  test("and .git and node_modules always are", async () => {
    const cwd = folder({ "node_modules/x/values.yaml": PAIR, ".git/values.yaml": PAIR, "package-lock.json": "{}" });
    expect(states((await json([], { cwd })).report)).toEqual([]);
  });
});

describe("texts that nobody would write on purpose", () => {
  const hostile: readonly (readonly [string, string, string])[] = [
    ["broken YAML", "values.yaml", "nats:\n  jetstream: [\n"],
    ["deep nesting", "values.yaml", `nats: ${"[".repeat(100_000)}\n`],
    ["deep maps", "values.yaml", `nats: ${"{a: ".repeat(20_000)}\n`],
    ["deep nesting in a conf", "nats.conf", `cluster ${"{ a ".repeat(100_000)}\n`],
    [
      "an alias bomb",
      "values.yaml",
      `nats: &a0 [x, x]\n${Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`).join("")}`,
    ],
    ["an alias to itself", "values.yaml", "nats: &a\n  b: *a\n"],
    ["NUL bytes behind the first pages", "values.yaml", `${"# nats\n".repeat(3000)}nats:\n  image: "a\0b"\n`],
    ["keys of the prototype", "values.yaml", "config:\n  cluster: {__proto__: {a: 1}, constructor: 1, toString: 2}\n  jetstream: {enabled: true}\n"],
    ["one long line", "values.yaml", `config: {cluster: {enabled: true, replicas: 2}, merge: {x: "${"y".repeat(1_000_000)}"}}\n`],
    ["an unfinished text", "nats.conf", 'cluster { name: "abc\n'],
    ["an include of itself", "nats.conf", "include nats.conf\nport: 4222\n"],
    ["an include of a device", "nats.conf", "include ../../../../../../../../../dev/zero\nport: 4222\n"],
    ["many documents", "values.yaml", "---\nnats: 1\n".repeat(5000)],
  ];

  test.each(hostile)("%s: an answer, in time, without failing", async (_, path, text) => {
    const start = worked();
    const { code, stdout, stderr } = await natslint([path, ...CHART], { cwd: folder({ [path]: text }) });
    expect(worked() - start).toBeLessThan(5000);
    expect([0, 1]).toContain(code);
    expect((stdout + stderr).trim()).not.toBe("");
  });
});

describe("columns", () => {
  test.each([
    ["LF", PAIR],
    ["CRLF", PAIR.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${PAIR}`],
    ["both", `\ufeff${PAIR.replaceAll("\n", "\r\n")}`],
  ])("are true with %s", async (_, text) => {
    const { report } = await json(["values.yaml", ...CHART], { cwd: folder({ "values.yaml": text }) });
    expect(report.findings.map(({ start, end }) => ({ start, end }))).toEqual([{ start: { line: 5, column: 15 }, end: { line: 5, column: 16 } }]);
  });

  test("are true in the first line behind a byte order mark, and count UTF-16", async () => {
    const text = '\ufeff{config: {merge: {a: "\u{1f600}", trace: true}}}\r\n';
    const { report } = await json(["values.yaml", ...CHART], { cwd: folder({ "values.yaml": text }) });
    const [found] = report.findings.filter(({ rule }) => rule === "no-debug-trace-in-prod");
    expect(found).toMatchObject({ start: { line: 1, column: 35 }, end: { line: 1, column: 39 } });
  });
});
