// Settings files: the nearest one holds, what is wrong in one is said with its place, and patterns start where it stands.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CHART, folder, json, lines, natslint, PAIR, TRIO } from "./world.ts";

const RELEASE = "releases:\n  - { name: nats, chart: nats@2.14.2, values: [values.yaml] }\n";

describe("settings that do not hold give 2, with the place", () => {
  test.each([
    ["rule:\n  cluster-min-replicas: off\n", 'natslint.yaml:1:1: there is no setting "rule"; did you mean "rules"?'],
    ["rules:\n  cluster-min-replica: off\n", 'natslint.yaml:2:3: there is no rule "cluster-min-replica"; did you mean "cluster-min-replicas"?'],
    ["rules:\n  cluster-min-replicas: fatal\n", 'natslint.yaml:2:25: "rules.cluster-min-replicas" takes one of error, warning, info, off'],
    ["rules:\n  cluster-min-replicas:\n    options: { most: 5 }\n", 'natslint.yaml:3:16: the rule cluster-min-replicas has no option "most"'],
    ["rules:\n  cluster-min-replicas:\n    options: { least: many }\n", 'natslint.yaml:3:23: the option "least" of cluster-min-replicas takes an integer'],
    ["environments:\n  prod: [deploy/]\n", 'natslint.yaml:2:3: there is no setting "prod"; did you mean "production"?'],
    ["releases:\n  - chart: nats\n", 'natslint.yaml:2:5: "releases.0" lacks "values"'],
    ["releases:\n  - { values: [values.yaml], chart: kafka }\n", 'natslint.yaml:2:37: "kafka" is no chart that natslint knows'],
    ["releases:\n  - { values: [value.yaml], chart: nats }\n", "natslint.yaml:2:16: value.yaml does not exist"],
    ["failOn: never\n", 'natslint.yaml:1:9: "failOn" takes one of error, warning, info'],
    ["failOn: [\n", "natslint.yaml:2:1: a closing bracket is missing"],
    ["failOn: error\nfailOn: info\n", 'natslint.yaml:2:1: the key "failOn" stands twice'],
    ["- failOn\n", "natslint.yaml:1:1: the file takes a map"],
  ])("%j", async (settings, sentence) => {
    const cwd = folder({ "values.yaml": PAIR, "natslint.yaml": settings });
    const { code, stderr } = await natslint([".", ...CHART], { cwd });
    expect(stderr).toContain(`natslint: ${sentence}`);
    expect(code).toBe(2);
  });

  test("and all that is wrong at once", async () => {
    const cwd = folder({
      "values.yaml": PAIR,
      "natslint.yaml": "failon: error\nignored: []\nrules: { x-y: off, cluster-min-replicas: { options: { most: 1 } } }\n",
    });
    const { stderr } = await natslint(["."], { cwd });
    expect(stderr.match(/^natslint: natslint\.yaml:\d+:\d+: /gm)).toHaveLength(4);
  });

  test("and what other settings hold for is linted", async () => {
    const cwd = folder({ "a/values.yaml": PAIR, "a/natslint.yaml": "failon: error\n", "b/values.yaml": PAIR });
    const { code, report } = await json([".", ...CHART], { cwd });
    expect({ code, lines: lines(report) }).toEqual({ code: 2, lines: ["b/values.yaml:5:15 error cluster-min-replicas"] });
  });
});

describe("the settings that hold for a file", () => {
  test("are the nearest upwards, and only these", async () => {
    const cwd = folder({
      "natslint.yaml": "rules:\n  cluster-min-replicas: info\n",
      "a/values.yaml": PAIR,
      "b/values.yaml": PAIR,
      "b/.natslint.yaml": "rules:\n  cluster-min-replicas: warning\n",
      "c/deep/values.yaml": PAIR,
      "c/package.json": '{ "natslint": { "rules": { "cluster-min-replicas": "off" } } }\n',
      "d/values.yaml": PAIR,
      "d/natslint.yaml": "# nothing\n",
    });
    const { report } = await json([".", ...CHART], { cwd });
    expect(lines(report)).toEqual([
      "a/values.yaml:5:15 info cluster-min-replicas",
      "b/values.yaml:5:15 warning cluster-min-replicas",
      "d/values.yaml:5:15 error cluster-min-replicas",
    ]);
    expect(report.files.find(({ path }) => path === "natslint.yaml")).toEqual({
      path: "natslint.yaml",
      state: "irrelevant",
      why: "it holds natslint's own settings",
    });
  });

  test("may stand above the working directory, but not above the repository", async () => {
    const top = folder({ "natslint.yaml": "rules:\n  cluster-min-replicas: info\n", "repository/deploy/values.yaml": PAIR });
    const cwd = join(top, "repository/deploy");
    expect(lines((await json(["values.yaml", ...CHART], { cwd })).report)).toEqual(["values.yaml:5:15 info cluster-min-replicas"]);
    mkdirSync(join(top, "repository/.git"));
    expect(lines((await json(["values.yaml", ...CHART], { cwd })).report)).toEqual(["values.yaml:5:15 error cluster-min-replicas"]);
  });

  test("know off with and without quotes", async () => {
    for (const level of ["off", '"off"', "{ level: off }"]) {
      const cwd = folder({ "values.yaml": PAIR, "natslint.yaml": `rules:\n  cluster-min-replicas: ${level}\n` });
      expect(await natslint([".", ...CHART], { cwd })).toMatchObject({ code: 0 });
    }
  });

  test("give options", async () => {
    const cwd = folder({ "values.yaml": TRIO, "natslint.yaml": "rules:\n  cluster-min-replicas: { options: { least: 5 } }\n" });
    expect(lines((await json([".", ...CHART], { cwd })).report)).toEqual(["values.yaml:5:15 error cluster-min-replicas"]);
  });

  test("each has its own failOn", async () => {
    const settings = (failOn: string): string => `failOn: ${failOn}\nrules:\n  cluster-min-replicas: warning\n`;
    const cwd = folder({ "a/values.yaml": PAIR, "a/natslint.yaml": settings("error"), "b/values.yaml": PAIR, "b/natslint.yaml": settings("warning") });
    const { code, report } = await json([".", ...CHART], { cwd });
    expect({ code, summary: report.summary }).toMatchObject({ code: 1, summary: { verdict: "fail", failing: 1, warnings: 2 } });
    const { stdout } = await natslint([".", ...CHART, "--quiet"], { cwd });
    expect(stdout).toContain("b/values.yaml");
    expect(stdout).not.toContain("a/values.yaml");
    expect(await natslint(["a", ...CHART], { cwd })).toMatchObject({ code: 0 });
  });
});

describe("patterns and paths start at the settings", () => {
  const files = {
    "deploy/natslint.yaml": "environments:\n  production: [live/]\n  development: ['*-play/']\nignore: [old/, '*.bak.yaml']\n",
    "deploy/live/values.yaml": PAIR,
    "deploy/live/values.bak.yaml": PAIR,
    "deploy/a-play/values.yaml": PAIR,
    "deploy/old/values.yaml": PAIR,
    "elsewhere/notes.txt": "",
  };
  const flags = ["--chart", "nats@2.14.2", "--release", "nats"];

  test.each([
    [".", ".", "deploy/live/values.yaml"],
    [".", "deploy/", "deploy/live/values.yaml"],
    ["deploy", ".", "live/values.yaml"],
    ["deploy/live", "..", "values.yaml"],
    ["deploy/old", "..", "../live/values.yaml"],
    ["elsewhere", "../deploy", "../deploy/live/values.yaml"],
  ])("in %s, natslint %s", async (here, path, found) => {
    const { report } = await json([path, ...flags], { cwd: join(folder(files), here) });
    expect(lines(report).filter((line) => line.includes("cluster-min-replicas"))).toEqual([`${found}:5:15 error cluster-min-replicas`]);
    expect(report.files.map((file) => file.path).filter((one) => /old|bak/.test(one) || (one === "values.yaml" && found !== one))).toEqual([]);
  });

  test("a named file that they ignore is said, and not linted", async () => {
    const { code, stdout } = await natslint(["deploy/old/values.yaml", ...flags], { cwd: folder(files) });
    expect(code).toBe(0);
    expect(stdout).toContain("deploy/old/values.yaml: nothing to check: the settings say that it is not looked at\n");
  });

  test("releases say the chart and the layers, also of one layer that is named alone", async () => {
    const settings = "releases:\n  - { name: nats, chart: nats@2.14.2, environment: production, values: [base.yaml, over.yaml] }\n";
    const cwd = folder({ "a/natslint.yaml": settings, "a/base.yaml": TRIO, "a/over.yaml": "config:\n  cluster:\n    replicas: 2\n" });
    const found = "a/over.yaml:3:15 error cluster-min-replicas";
    expect(lines((await json(["."], { cwd })).report)).toEqual([found]);
    const { report } = await json(["a/over.yaml"], { cwd });
    expect(lines(report)).toEqual([found]);
    expect(report.files.map(({ path }) => path)).toEqual(["a/over.yaml"]);
  });

  test("also those that --config names, and what lies elsewhere they do not mean", async () => {
    const cwd = folder({ ...files, "x-play/values.yaml": PAIR });
    const { report } = await json([".", ...flags, "--config", "deploy/natslint.yaml"], { cwd });
    expect(report.findings.filter(({ rule }) => rule === "cluster-min-replicas").map(({ path, environments }) => [path, environments])).toEqual([
      ["deploy/live/values.yaml", ["production"]],
      ["x-play/values.yaml", []],
    ]);
  });

  test("environments are declared by globs and otherwise guessed from the path", async () => {
    const cwd = folder({ "natslint.yaml": RELEASE.replace("values.yaml", "staging/values.yaml"), "staging/values.yaml": PAIR });
    expect((await json(["."], { cwd })).report.findings.map(({ severity, environments }) => ({ severity, environments }))).toEqual([
      { severity: "warning", environments: ["staging"] },
    ]);
  });
});

describe("suppressions", () => {
  const suppressed = (comment: string): string => PAIR.replace("replicas: 2", `replicas: 2 # natslint-ignore ${comment}`);

  test("take a finding out of the count, and are listed", async () => {
    const cwd = folder({ "values.yaml": suppressed("cluster-min-replicas until 2026-06-30 -- the third node is ordered") });
    const { code, report } = await json(["values.yaml", ...CHART], { cwd });
    expect(code).toBe(0);
    expect(report.findings).toMatchObject([{ rule: "cluster-min-replicas", suppressed: { reason: "the third node is ordered", until: "2026-06-30" } }]);
    expect(report.summary).toMatchObject({ verdict: "pass", errors: 0, suppressed: 1 });
    expect((await natslint(["values.yaml", ...CHART], { cwd })).stdout).toBe("no findings; 1 file checked, 1 finding suppressed\n");
  });

  test("of a rule that does not exist are findings, not 2", async () => {
    const cwd = folder({ "values.yaml": suppressed("cluster-min-replica -- a pair in the lab") });
    const { code, report } = await json(["values.yaml", ...CHART], { cwd });
    expect({ code, rules: report.findings.map(({ rule }) => rule) }).toEqual({ code: 1, rules: ["cluster-min-replicas", "suppression-unknown-rule"] });
  });

  test("end", async () => {
    const cwd = folder({ "values.yaml": suppressed("cluster-min-replicas until 2025-12-31 -- the third node is ordered") });
    const { report } = await json(["values.yaml", ...CHART], { cwd });
    expect(report.findings.map(({ rule }) => rule)).toEqual(["cluster-min-replicas", "suppression-expired"]);
  });
});
