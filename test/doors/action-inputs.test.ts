// The Action's inputs and environment: what holds, what does not, and that whatever is missing is said in one sentence.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkout, origin, type Step, step, sweep } from "./action-world.ts";
import { PAIR } from "./world.ts";

const SETTINGS = "environments:\n  production: ['*']\nreleases:\n  - {name: nats, chart: nats@2.14.2, values: [values.yaml]}\n";

afterAll(sweep);

describe("inputs", () => {
  let workspace: string;
  beforeAll(() => {
    const from = origin();
    workspace = checkout(
      from,
      from.commit("main", {
        "natslint.yaml": SETTINGS,
        "values.yaml": PAIR,
        "apps/readme.yaml": "a: 1\n",
        "other.yaml": "rules: {cluster-min-replicas: off}\nreleases: [{chart: nats@2.14.2, values: [values.yaml]}]\n",
      }),
    );
  });
  const ran = (inputs: Record<string, string>, env: Record<string, string | undefined> = {}): Promise<Step> => step("", workspace, { inputs, env, here: true });

  test.each([
    [{ "fail-on": "all" }, 'the input fail-on takes error, warning, info or never, not "all"'],
    [{ environment: "prod" }, "the input environment takes production, staging or development"],
    [{ scope: "pr" }, "the input scope takes changed or all"],
    [{ comment: "yes" }, "the input comment takes true or false"],
    [{ base: "--upload-pack=x" }, "the input base takes a branch, a tag or a commit"],
    [{ base: "nowhere" }, "the input base names nowhere, which is neither in the checkout nor can be fetched"],
    [{ paths: "../secrets" }, "the input paths takes paths inside the repository"],
    [{ paths: "missing/" }, "the input paths names missing, which the commit does not have"],
    [{ config: "none.yaml" }, "the input config names none.yaml"],
    [{ config: "a\nb" }, "the input config takes one path"],
    [{ "sarif-file": "/etc/natslint.sarif" }, "the input sarif-file takes paths inside the repository"],
    [{ scope: "x\n::error::hello" }, 'not "x ::error::hello"'],
  ])("%j does not hold", async (inputs, sentence) => {
    const { code, stdout, outputs } = await ran(inputs);
    expect({ code, conclusion: outputs["conclusion"] }).toEqual({ code: 2, conclusion: "failure" });
    expect(stdout).toContain(sentence);
    expect(stdout).toMatch(/^::error title=natslint was used wrongly::[^\n]*\n$/);
  });

  test("empty ones are as if they were not given", async () => {
    const { code } = await ran({ paths: "", config: "", "fail-on": "", environment: "", comment: "", scope: "", base: "", token: "", "sarif-file": "" });
    expect(code).toBe(1);
  });

  test.each([
    [{ "fail-on": "never" }, 0],
    [{ "fail-on": "info" }, 1],
    [{ paths: "apps\nvalues.yaml" }, 1],
    [{ paths: "apps/" }, 0],
    [{ config: "other.yaml" }, 0],
    [{ environment: "development" }, 0],
    [{ scope: "changed" }, 1],
  ])("%j gives %i", async (inputs, code) => {
    expect(await ran(inputs)).toMatchObject({ code });
  });

  test("what was not checked is said, never 0 in silence", async () => {
    const { stdout, summary } = await ran({ paths: "apps" });
    expect(stdout).toContain("Nothing was checked: natslint found no NATS in the files here.");
    expect(summary).toContain("Nothing was checked");
  });

  test("sarif-file is written with everything in it", async () => {
    const { outputs } = await ran({ "sarif-file": "out/natslint.sarif", "fail-on": "never" });
    expect(outputs["sarif-file"]).toBe("out/natslint.sarif");
    expect(JSON.parse(readFileSync(join(workspace, "out/natslint.sarif"), "utf8")).runs[0].results[0].ruleId).toBe("cluster-min-replicas");
  });

  test.each([
    [{ GITHUB_EVENT_PATH: "/nowhere" }, "GITHUB_EVENT_PATH"],
    [{ GITHUB_REPOSITORY: "nats" }, "GITHUB_REPOSITORY"],
    [{ GITHUB_WORKSPACE: "" }, "GITHUB_WORKSPACE is not set"],
    [{ GITHUB_WORKSPACE: "/tmp" }, "run actions/checkout before"],
    [{ GITHUB_API_URL: "ftp://x" }, "GITHUB_API_URL"],
    [{ GITHUB_SHA: "", GITHUB_EVENT_NAME: "schedule" }, "GITHUB_SHA"],
    [{ GITHUB_EVENT_NAME: "pull_request" }, "pull_request.number"],
  ])("without the right environment %j", async (env, word) => {
    const { code, stdout } = await ran({}, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(word) });
  });

  test("an event's file that is no event", async () => {
    for (const payload of ["", "[]", "null", "{"]) expect(await step("", workspace, { payload, here: true })).toMatchObject({ code: 2 });
  });

  test("without summary, output and scratch folder it runs all the same", async () => {
    const { code, stderr } = await ran({}, { GITHUB_STEP_SUMMARY: undefined, GITHUB_OUTPUT: undefined, RUNNER_TEMP: undefined });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("a summary that cannot be written is a failure of the step", async () => {
    const { code, stdout } = await ran({}, { GITHUB_STEP_SUMMARY: "/nowhere/summary" });
    expect({ code, stdout }).toEqual({ code: 3, stdout: expect.stringContaining("GITHUB_STEP_SUMMARY names cannot be written") });
  });

  test("settings that do not hold fail the step, and say where", async () => {
    const from = origin();
    const broken = checkout(from, from.commit("main", { "natslint.yaml": "rulez: {}\n", "values.yaml": PAIR }));
    const { code, stdout } = await step("", broken, { here: true });
    expect(code).toBe(2);
    expect(stdout).toContain('natslint.yaml:1:1: there is no setting "rulez"; did you mean "rules"?');
  });
});
