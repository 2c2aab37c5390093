// The command line's flags and exit codes: 0 clean, 1 findings, 2 used wrongly, 3 natslint failed; the gravest counts.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CHART, folder, json, lines, natslint, PAIR, read, TRIO } from "./world.ts";

const FOUND = "values.yaml:5:15 error cluster-min-replicas";

describe("exit codes", () => {
  test("0 when there is nothing to say", async () => {
    const cwd = folder({ "values.yaml": TRIO });
    expect(await natslint(["values.yaml", ...CHART], { cwd })).toEqual({ code: 0, stdout: "no findings; 1 file checked\n", stderr: "" });
  });

  test("1 when something is as grave as the threshold", async () => {
    const { code, report } = await json(["values.yaml", ...CHART], { cwd: folder({ "values.yaml": PAIR }) });
    expect({ code, lines: lines(report) }).toEqual({ code: 1, lines: [FOUND] });
  });

  test.each([
    ["error", "staging", 0],
    ["warning", "staging", 1],
    ["info", "staging", 1],
    ["error", "production", 1],
    ["info", "development", 0],
  ])("--fail-on %s for %s gives %i", async (failOn, environment, code) => {
    const flags = ["--chart", "nats@2.14.2", "--release", "nats", "--environment", environment];
    expect(await natslint(["values.yaml", ...flags, "--fail-on", failOn], { cwd: folder({ "values.yaml": PAIR }) })).toMatchObject({ code });
  });

  test("2 before 1, and the rest is linted", async () => {
    const { code, report, stderr } = await json(["values.yaml", "missing.yaml", ...CHART], { cwd: folder({ "values.yaml": PAIR }) });
    expect({ code, lines: lines(report) }).toEqual({ code: 2, lines: [FOUND] });
    expect(stderr).toBe("natslint: missing.yaml does not exist, or is neither a file nor a folder; check the path\n");
  });
});

describe("flags that do not hold", () => {
  test.each([
    [["--nope"], "unknown option '--nope'"],
    [["--envronment", "production"], "(Did you mean --environment?)"],
    [["--format", "xml"], '--format takes text, json or sarif, not "xml"'],
    [["--output", "report.json"], '--output takes FORMAT=FILE, for example sarif=natslint.sarif, not "report.json"'],
    [["--output", "xml=report"], '--format takes text, json or sarif, not "xml"'],
    [["--nodes", "three"], '--nodes takes a number of nodes, not "three"'],
    [["--environment", "prod"], '--environment takes production, staging or development, not "prod"'],
    [["--fail-on", "off"], '--fail-on takes error, warning or info, not "off"'],
    [["--server-version", "new"], '--server-version takes a version such as 2.10.18, not "new"'],
    [["--release", ""], '--release takes a name of lower-case letters, digits and dashes, not ""'],
    [["--namespace", "My Space"], '--namespace takes a name of lower-case letters, digits and dashes, not "My Space"'],
    [["--chart", "kafka"], '--chart: "kafka" is no chart that natslint knows; it knows nats-io/nats'],
    [["--chart", "nats@"], '--chart: "nats@" has no version after the @'],
    [["--chart", "nats@new"], '--chart: "nats@new": "new" is no version'],
    [["--chart", ""], '--chart: "" is no chart'],
    [["--config", "missing.yaml"], "--config: missing.yaml: it does not exist"],
    [["--config", "."], "--config: .: it is a directory"],
    [["--stdin-filename", "values.yaml"], "--stdin-filename names standard input, which only the path - reads"],
    [["-f"], "option '-f, --values <file>' argument missing"],
    [["-f", "missing.yaml"], "missing.yaml does not exist"],
    [["explain"], "missing required argument 'rule'"],
    [["explain", "cluster-min-replica"], 'there is no rule "cluster-min-replica"; did you mean "cluster-min-replicas"?'],
    [["explain", "a", "b"], "too many arguments for 'explain'"],
    [["rules", "clustering"], "too many arguments for 'rules'"],
    [["rules", "--format", "sarif"], 'rules --format takes text or json, not "sarif"'],
    [["model", "missing.yaml"], "missing.yaml does not exist"],
    [["lint"], "lint does not exist, or is neither a file nor a folder; check the path"],
    [["rule"], 'check the path, or did you mean the command "rules"?'],
    [[""], "an empty path was given"],
  ])("natslint %j", async (args, sentence) => {
    const { code, stderr } = await natslint(args, { cwd: folder({ "values.yaml": TRIO }) });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^natslint: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("hold nothing up even where there is nothing to lint", async () => {
    expect(await natslint(["--nodes", "x"])).toMatchObject({ code: 2 });
  });
});

describe("natslint serve", () => {
  test("knows its services, and says which", async () => {
    const { code, stderr } = await natslint(["serve", "mutation"]);
    expect(code).toBe(2);
    expect(stderr).toBe('natslint: natslint serve knows github and admission, not "mutation"\n');
    expect(await natslint(["serve"])).toMatchObject({ code: 2, stderr: "natslint: natslint serve knows github and admission; say which\n" });
  });
});

describe("flags say what files do not", () => {
  test("--environment", async () => {
    const cwd = folder({ "values.yaml": PAIR });
    const found = async (environment: string): Promise<string[]> =>
      lines((await json(["values.yaml", "--chart", "nats@2.14.2", "--release", "nats", "--environment", environment], { cwd })).report);
    expect([await found("production"), await found("staging"), await found("development")]).toEqual([[FOUND], [FOUND.replace("error", "warning")], []]);
  });

  test("--nodes", async () => {
    const cwd = folder({ "values.yaml": TRIO });
    const found = async (nodes: string): Promise<string[]> => lines((await json(["values.yaml", ...CHART, "--nodes", nodes], { cwd })).report);
    expect(await found("3")).toEqual([]);
    expect(await found("2")).toContainEqual(expect.stringContaining("error anti-affinity-needs-nodes"));
  });

  test("--chart, --release and --namespace, for the model", async () => {
    const cwd = folder({ "values.yaml": TRIO });
    const { stdout } = await natslint(["model", "values.yaml", ...CHART, "--namespace", "messaging"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      releases: [
        {
          release: "nats",
          model: { servers: [{ chart: { version: { text: "2.14.2" } }, scope: { release: "nats", namespace: "messaging", environment: "production" } }] },
        },
      ],
    });
  });

  test("--server-version", async () => {
    const cwd = folder({ "nats.conf": "port: 4222\n" });
    const { stdout } = await natslint(["model", "nats.conf", "--server-version", "2.10.18"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ releases: [{ model: { servers: [{ version: { text: "2.10.18" } }] } }] });
  });

  test("the model says what each file was taken for", async () => {
    const cwd = folder({ "values.yaml": TRIO, "notes.yaml": "a: 1\n", "nats.conf": "port: 4222\n" });
    const { stdout } = await natslint(["model", "values.yaml", "notes.yaml", "nats.conf"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { path: "nats.conf", state: "linted", takenFor: ["nats.conf"] },
        { path: "notes.yaml", state: "not-understood", takenFor: [] },
        { path: "values.yaml", state: "linted", takenFor: ["values of nats 1.x and 2.x"] },
      ],
    });
  });

  test("-f, of which the last wins", async () => {
    const cwd = folder({ "base.yaml": PAIR, "over.yaml": "config:\n  cluster:\n    replicas: 3\n", "under.yaml": "config:\n  cluster:\n    replicas: 2\n" });
    expect(await natslint(["-f", "base.yaml", "-f", "over.yaml", ...CHART], { cwd })).toMatchObject({ code: 0, stdout: "no findings; 2 files checked\n" });
    const { code, report } = await json(["-f", "base.yaml", "-f", "under.yaml", ...CHART], { cwd });
    expect({ code, lines: lines(report) }).toEqual({ code: 1, lines: ["under.yaml:3:15 error cluster-min-replicas"] });
  });

  test.each([
    ["./base.yaml", "./over.yaml"],
    ["../a/base.yaml", "over.yaml"],
  ])("-f %s -f %s, however the paths are written", async (base, over) => {
    const top = folder({ "a/base.yaml": PAIR, "a/over.yaml": "config:\n  cluster:\n    replicas: 3\n" });
    expect(await natslint(["-f", base, "-f", over, ...CHART], { cwd: join(top, "a") })).toMatchObject({ code: 0 });
    expect(await natslint(["-f", join(top, "a/base.yaml"), "-f", join(top, "a", over), ...CHART], { cwd: top })).toMatchObject({ code: 0 });
  });

  test("-f goes by the settings of the last layer", async () => {
    const cwd = folder({ "base.yaml": PAIR, "prod/over.yaml": "config: {}\n", "prod/natslint.yaml": "rules:\n  cluster-min-replicas: info\n" });
    const { report } = await json(["-f", "base.yaml", "-f", "prod/over.yaml", ...CHART], { cwd });
    expect(lines(report)).toEqual(["base.yaml:5:15 info cluster-min-replicas"]);
  });

  test("-f - is a layer on standard input", async () => {
    const cwd = folder({ "base.yaml": PAIR });
    expect(await natslint(["-f", "base.yaml", "-f", "-", ...CHART], { cwd, stdin: "config:\n  cluster:\n    replicas: 3\n" })).toMatchObject({ code: 0 });
  });

  test("-f and a folder beside it: both are looked at", async () => {
    const cwd = folder({ "values.yaml": TRIO, "other/nats.conf": "trace: true\nport: 4222\n" });
    const { report } = await json(["-f", "values.yaml", "other", ...CHART], { cwd });
    expect(report.files.map(({ path, state }) => `${path} ${state}`)).toEqual(["other/nats.conf linted", "values.yaml linted"]);
  });

  test("--config instead of the nearest settings", async () => {
    const cwd = folder({ "values.yaml": PAIR, "natslint.yaml": "failOn: error\n", "ci/natslint.yaml": "rules:\n  cluster-min-replicas: off\n" });
    expect(await natslint(["values.yaml", ...CHART], { cwd })).toMatchObject({ code: 1 });
    expect(await natslint(["values.yaml", ...CHART, "--config", "ci/natslint.yaml"], { cwd })).toMatchObject({ code: 0 });
    const { stdout } = await natslint(["model", "values.yaml", "--config", "ci/natslint.yaml", ...CHART], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ releases: [{ release: "nats" }] });
  });
});

describe("standard input", () => {
  test("is values.yaml or whatever --stdin-filename says", async () => {
    const { code, report } = await json(["-", "--stdin-filename", "deploy/values.yaml", ...CHART], { stdin: PAIR });
    expect({ code, lines: lines(report) }).toEqual({ code: 1, lines: [`deploy/${FOUND}`] });
  });

  test("may be a configuration", async () => {
    const { report } = await json(["-", "--stdin-filename", "nats.conf", "--environment", "production"], { stdin: "port: 4222\ntrace: true\n" });
    expect(lines(report)).toEqual(["nats.conf:1:1 warning auth-disabled", "nats.conf:2:8 error no-debug-trace-in-prod"]);
  });

  test("is read once, however often it is named", async () => {
    const { report } = await json(["-", "-", ...CHART], { stdin: PAIR });
    expect(lines(report)).toEqual([FOUND.replace("values", "stdin")]);
  });

  test("may be empty, which is said", async () => {
    const { code, stdout, stderr } = await natslint(["-"]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "stdin.yaml: nothing to check: it is empty\nno findings; 0 files checked, 1 passed over\n",
      stderr: "",
    });
    expect(await natslint(["-", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "natslint: nothing was checked: stdin.yaml: it is empty\n" });
  });
});

describe("reports", () => {
  test("several at once", async () => {
    const cwd = folder({ "values.yaml": PAIR });
    const { code, stdout } = await natslint(["values.yaml", ...CHART, "--output", "json=a.json", "--output", "sarif=b.sarif", "--output", "text=c.txt"], {
      cwd,
    });
    expect(code).toBe(1);
    expect(JSON.parse(read(cwd, "a.json"))).toMatchObject({ findings: [{ rule: "cluster-min-replicas" }] });
    expect(JSON.parse(read(cwd, "b.sarif"))).toMatchObject({ runs: [{ results: [{ ruleId: "cluster-min-replicas" }] }] });
    expect(read(cwd, "c.txt")).toBe(stdout);
  });

  test("that cannot be written are said, and the others are printed", async () => {
    const cwd = folder({ "values.yaml": PAIR });
    const { code, stdout, stderr } = await natslint(["values.yaml", ...CHART, "--output", "json=missing/a.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe("natslint: --output: missing/a.json cannot be written (ENOENT)\n");
    expect(stdout).toContain("[cluster-min-replicas]");
  });

  test("--quiet has only what fails the run", async () => {
    const cwd = folder({ "values.yaml": PAIR });
    const staging = ["--chart", "nats@2.14.2", "--release", "nats", "--environment", "staging", "--quiet"];
    expect(await natslint(["values.yaml", ...staging], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
    const { code, stdout } = await natslint(["values.yaml", ...staging, "--fail-on", "warning"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("values.yaml:5:15: warning:");
    expect(stdout).not.toContain("checked");
  });
});

describe("the commands that only tell", () => {
  test("--help has examples and the exit codes", async () => {
    const { code, stdout } = await natslint(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("natslint values.yaml --chart nats@2.14.2");
    expect(stdout).toContain("Exit codes: 0 ");
  });

  test("--version", async () => {
    expect(await natslint(["--version"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test("rules", async () => {
    const { code, stdout } = await natslint(["rules"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^clustering$/m);
    expect(stdout).toMatch(/^ {2}cluster-min-replicas +error +Cluster with too few replicas$/m);
    const listed = JSON.parse((await natslint(["rules", "--format", "json"])).stdout) as readonly { readonly id: string }[];
    expect(stdout).toContain(`${listed.length} rules`);
  });

  test("explain", async () => {
    const { code, stdout } = await natslint(["explain", "cluster-min-replicas"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cluster-min-replicas: Cluster with too few replicas\n/);
    expect(stdout).toMatch(/^ {2}severity +error in production, warning in staging, off in development$/m);
    expect(stdout).not.toContain("```");
    expect(stdout).not.toMatch(/^#/m);
    expect((await natslint(["explain", "cluster-min-replicas"], { terminal: true })).stdout).toContain("\u001b[1m");
  });
});
