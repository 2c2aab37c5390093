// --set and its like: what they set lies over the files, and what is wrong with it is said of the flag.
import { describe, expect, test } from "vitest";
import { CHART, folder, json, natslint } from "./world.ts";

const VALUES = "config:\n  cluster:\n    enabled: true\n    replicas: 3\n";

async function told(args: readonly string[]): Promise<string[]> {
  const { report } = await json(["-f", "values.yaml", ...CHART, ...args], { cwd: folder({ "values.yaml": VALUES }) });
  return report.findings.map(({ path, start, rule }) => `${path}:${start.line}:${start.column} ${rule}`);
}

describe("a finding points at", () => {
  test("the value on the command line", async () => {
    expect(await told(["--set", "natsBox.enabled=false,config.cluster.replicas=2"])).toContain("--set:1:47 cluster-min-replicas");
  });

  test("the second time that the flag is given", async () => {
    expect(await told(["--set", "natsBox.enabled=false", "--set", "config.cluster.replicas=2"])).toContain("--set:2:25 cluster-min-replicas");
  });

  test("the flag of its kind, in Helm's order", async () => {
    expect(await told(["--set", "config.cluster.replicas=2", "--set-json", "config.cluster.replicas=1"])).toContain("--set:1:25 cluster-min-replicas");
    expect(await told(["--set-json", "config.merge.debug=true"])).toContain("--set-json:1:20 no-debug-trace-in-prod");
  });

  test("a key that the chart does not read", async () => {
    expect(await told(["--set-string", "affinity.x=y"])).toContain("--set-string:1:1 values-unknown-key");
  });
});

test("a finding in the files goes when a flag cures it", async () => {
  expect(await told(["--set", "config.merge.debug=true"])).toContain("--set:1:20 no-debug-trace-in-prod");
  expect(await told(["--set", "config.merge.debug=true", "--set", "config.merge.debug=null"])).not.toContain("--set:1:20 no-debug-trace-in-prod");
});

test("a secret on the command line is shown in no frame", async () => {
  const { stdout } = await natslint(["-f", "values.yaml", ...CHART, "--set", "config.merge.debug=true,config.merge.authorization.password=1s3cr3t"], {
    cwd: folder({ "values.yaml": VALUES }),
  });
  expect(stdout).toContain("--set:1:");
  expect(stdout).not.toContain("1s3cr3t");
});

describe("called wrongly", () => {
  test.each<readonly [readonly string[], string]>([
    [["-f", "values.yaml", "--set", "replicas"], '--set: the key "replicas" has no value'],
    [["-f", "values.yaml", "--set-json", "a={"], "--set-json: a: the value is no JSON"],
    [["-f", "values.yaml", "--set-file", "a=nowhere.txt"], "--set-file: nowhere.txt: it does not exist"],
    [["values.yaml", "--set", "a=b"], "--set goes on top of values files: name them with -f"],
  ])("%j", async (args, sentence) => {
    const { code, stderr } = await natslint(args, { cwd: folder({ "values.yaml": VALUES }) });
    expect(stderr).toBe(`natslint: ${sentence}\n`);
    expect(code).toBe(2);
  });
});
