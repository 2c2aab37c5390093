// The Action as GitHub runs it: the bundle, a checkout of the merge commit, the documented environment.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  annotated,
  bundled,
  checkout,
  type Files,
  origin,
  type Origin,
  pullRequest,
  runGit,
  type Step,
  step,
  type StepOptions,
  sweep,
} from "./action-world.ts";
import { PAIR, TRIO } from "./world.ts";

const SETTINGS = "environments:\n  production: ['*']\nreleases:\n  - {name: nats, chart: nats@2.14.2, values: [values.yaml]}\n";
const CHART_YAML =
  "apiVersion: v2\nname: wrapper\nversion: 1.0.0\ndependencies:\n  - {name: nats, version: 2.14.2, repository: https://nats-io.github.io/k8s/helm/charts/}\n";
const PAIRS = SETTINGS.replace("values: [values.yaml]}", "values: [values.yaml]}\n  - {name: other, chart: nats@2.14.2, values: [other-values.yaml]}");

let bundle: string;
beforeAll(async () => {
  bundle = await bundled();
});
afterAll(sweep);

interface Pull {
  readonly before: Files;
  readonly change: Files;
  /** What the target branch got meanwhile. */
  readonly meanwhile?: Files;
  readonly depth?: number;
  readonly fork?: boolean;
  readonly draft?: boolean;
}

function pull({ before, change, meanwhile, depth = 1, fork = false, draft = false }: Pull): {
  readonly from: Origin;
  readonly workspace: string;
  readonly payload: object;
  readonly base: string;
  readonly head: string;
} {
  const from = origin();
  const first = from.commit("main", before);
  const head = from.commit("change", change, first);
  const base = meanwhile === undefined ? first : from.commit("main", meanwhile);
  const merge = from.merge(5, base, head);
  return { from, workspace: checkout(from, merge, depth), payload: pullRequest(5, base, head, { fork, draft }), base, head };
}

async function runPull(given: Pull, options: StepOptions = {}): Promise<Step> {
  const { workspace, payload } = pull(given);
  return await step(bundle, workspace, { event: "pull_request", payload, ...options });
}

const OLD = { "natslint.yaml": PAIRS, "values.yaml": PAIR, "other-values.yaml": TRIO };
const FOUND = "error other-values.yaml:5 cluster-min-replicas";
const here = (ran: Step, rule = "cluster-min-replicas"): string[] => annotated(ran).filter((one) => one.endsWith(rule));

describe("a pull request", () => {
  test("is told what it brings, not what was there before", async () => {
    const ran = await runPull({ before: OLD, change: { "other-values.yaml": PAIR } });
    expect(ran.stderr).toBe("");
    expect(annotated(ran)).toEqual([FOUND]);
    expect(ran.code).toBe(1);
    expect(ran.outputs).toMatchObject({ findings: "1", errors: "1", warnings: "0", conclusion: "failure", "sarif-file": "" });
    expect(ran.summary).toContain("### natslint: failed\n\n1 error that this change brings or touches; 2 files checked.");
    expect(JSON.parse(readFileSync(ran.outputs["report-file"] ?? "", "utf8")).findings.map((one: { path: string }) => one.path)).toContain("values.yaml");
  });

  test("is told what it touches", async () => {
    const ran = await runPull({ before: OLD, change: { "values.yaml": PAIR.replace("replicas: 2", "replicas: 2 # still") } });
    expect(here(ran)).toEqual(["error values.yaml:5 cluster-min-replicas"]);
  });

  test("is told everything when it asks for that", async () => {
    const ran = await runPull({ before: OLD, change: { "README.md": "nothing" } }, { inputs: { scope: "all" } });
    expect(here(ran)).toEqual(["error values.yaml:5 cluster-min-replicas"]);
    expect(ran.code).toBe(1);
  });

  test("that brings nothing passes, whatever was there before", async () => {
    const ran = await runPull({ before: OLD, change: { "README.md": "nothing" } });
    expect({ code: ran.code, annotated: annotated(ran), conclusion: ran.outputs["conclusion"] }).toEqual({ code: 0, annotated: [], conclusion: "success" });
  });

  test("has the line numbers of its head, not of the merge commit that is checked out", async () => {
    const ran = await runPull({
      before: { ...OLD, "values.yaml": TRIO },
      change: { "values.yaml": PAIR },
      meanwhile: { "values.yaml": `# one\n# two\n# three\n${TRIO}` },
    });
    expect(readFileSync(join(ran.workspace, "values.yaml"), "utf8").split("\n")[7]).toContain("replicas: 2");
    expect(here(ran)).toEqual(["error values.yaml:5 cluster-min-replicas"]);
  });

  test("is not accused of what its target got rid of meanwhile", async () => {
    const ran = await runPull({ before: OLD, change: { "other-values.yaml": `${TRIO}\n# more\n` }, meanwhile: { "values.yaml": TRIO } });
    expect(here(ran)).toEqual([]);
    expect(ran.code).toBe(0);
  });

  test("brings nothing by renaming a file", async () => {
    const wrapper = { "values.yaml": PAIR.replace(/^(?=.)/gm, "  ").replace(/^/, "nats:\n"), "Chart.yaml": CHART_YAML };
    const at = (folder: string, gone = false): Files =>
      Object.fromEntries(Object.entries(wrapper).map(([path, text]) => [`${folder}/${path}`, gone ? null : text]));
    const given = { before: at("prod/nats"), change: { ...at("prod/nats", true), ...at("prod/nats-2") } };
    expect(annotated(await runPull(given, { inputs: { scope: "all" } }))).toContain("error prod/nats-2/values.yaml:6 cluster-min-replicas");
    expect(annotated(await runPull(given))).toEqual([]);
  });

  test("brings what it takes a suppression from", async () => {
    const hidden = PAIR.replace("replicas: 2", "replicas: 2 # natslint-ignore cluster-min-replicas -- a trial");
    const ran = await runPull({ before: { ...OLD, "values.yaml": hidden }, change: { "values.yaml": PAIR } });
    expect(here(ran)).toEqual(["error values.yaml:5 cluster-min-replicas"]);
  });

  test("of a fork goes by the settings of its base", async () => {
    const off = `${PAIRS}rules:\n  cluster-min-replicas: off\n`;
    const change = { "other-values.yaml": PAIR, "natslint.yaml": off };
    expect(here(await runPull({ before: OLD, change }))).toEqual([]);
    expect(here(await runPull({ before: OLD, change, fork: true }))).toEqual([FOUND]);
  });

  test("is judged by the rules of the presets that its settings name", async () => {
    const change = (presets: string): Files => ({ "other-values.yaml": PAIR, "natslint.yaml": `${PAIRS}extends: ${presets}\n` });
    expect(here(await runPull({ before: OLD, change: change("[security, recommended]") }))).toContain(FOUND);
    expect(here(await runPull({ before: OLD, change: change("security") }))).not.toContain(FOUND);
  });

  test("works in a whole clone without fetching anything", async () => {
    const { workspace, payload } = pull({ before: OLD, change: { "other-values.yaml": PAIR }, depth: 0 });
    runGit(workspace, "remote", "set-url", "origin", "/nowhere");
    expect(here(await step(bundle, workspace, { event: "pull_request", payload }))).toEqual([FOUND]);
  });

  test("whose commits cannot be had says how to get them", async () => {
    const { workspace, payload } = pull({ before: OLD, change: { "other-values.yaml": PAIR } });
    runGit(workspace, "remote", "set-url", "origin", "https://secret:word@127.0.0.1:9/octo/nats");
    const ran = await step(bundle, workspace, { event: "pull_request", payload });
    expect(ran.code).toBe(2);
    expect(ran.stdout).toMatch(/is not in the checkout and cannot be fetched .*use fetch-depth: 0 with actions\/checkout/);
    expect(ran.stdout).not.toContain("word");
    expect(ran.summary).toContain("natslint was used wrongly");
  });

  test("that is a draft is annotated and not commented", async () => {
    const ran = await runPull(
      { before: OLD, change: { "other-values.yaml": PAIR }, draft: true },
      { inputs: { token: "ghs_any" }, env: { NATSLINT_PACE: "0" } },
    );
    expect({ code: ran.code, annotated: here(ran) }).toEqual({ code: 1, annotated: [FOUND] });
    expect(ran.summary).toContain("is a draft");
  });
});

describe("other events", () => {
  const before = { "natslint.yaml": SETTINGS, "values.yaml": PAIR };
  const pushed = (): { from: Origin; first: string; second: string } => {
    const from = origin();
    const first = from.commit("main", before);
    return { from, first, second: from.commit("main", { "README.md": "text" }) };
  };

  test("push, schedule, workflow_dispatch and ones that nobody knows yet: everything counts", async () => {
    const { from, first, second } = pushed();
    const workspace = checkout(from, second);
    for (const [event, payload] of [
      ["push", { before: first, after: second }],
      ["schedule", {}],
      ["workflow_dispatch", { inputs: null }],
      ["something_new", { pull_request: null }],
    ] as const)
      expect([event, here(await step(bundle, workspace, { here: true, event, payload }))]).toEqual([event, ["error values.yaml:5 cluster-min-replicas"]]);
  });

  test("push with scope changed: only what the push brings", async () => {
    const { from, first, second } = pushed();
    const ran = await step(bundle, checkout(from, second), {
      here: true,
      event: "push",
      payload: { before: first, after: second },
      inputs: { scope: "changed" },
    });
    expect({ code: ran.code, annotated: annotated(ran) }).toEqual({ code: 0, annotated: [] });
  });

  test("push of a new branch with scope changed: there is nothing to compare with, and it says so", async () => {
    const { from, second } = pushed();
    const ran = await step(bundle, checkout(from, second), {
      here: true,
      event: "push",
      payload: { before: "0".repeat(40), after: second },
      inputs: { scope: "changed" },
    });
    expect(here(ran)).toHaveLength(1);
    expect(ran.summary).toContain("There is nothing to compare with");
  });

  test("merge_group: only what the group brings", async () => {
    const { from, first, second } = pushed();
    const third = from.commit("main", { "values.yaml": `${PAIR}\n# more\n`, "natslint.yaml": PAIRS, "other-values.yaml": PAIR });
    const payload = { merge_group: { head_sha: third, base_sha: second, head_ref: "refs/heads/gh-readonly-queue/main/pr-5-x" } };
    expect(here(await step(bundle, checkout(from, third), { here: true, event: "merge_group", payload }))).toEqual([FOUND]);
    expect(first).not.toBe(second);
  });

  test("the input base names a branch to compare with", async () => {
    const { from, second } = pushed();
    const other = from.commit("other", { "natslint.yaml": PAIRS, "other-values.yaml": PAIR }, second);
    const ran = await step(bundle, checkout(from, other), { here: true, event: "workflow_dispatch", inputs: { base: "main", scope: "changed" } });
    expect(here(ran)).toEqual([FOUND]);
  });
});

const NODES = [process.execPath, process.env["NATSLINT_NODE"]].filter((one) => one !== undefined && existsSync(one));

describe("the bundle", () => {
  test.each(NODES)("runs on %s", async (node) => {
    const { workspace, payload } = pull({ before: OLD, change: { "other-values.yaml": PAIR } });
    const ran = await step(bundle, workspace, { event: "pull_request", payload, node: node ?? "" });
    expect({ code: ran.code, stderr: ran.stderr, annotated: annotated(ran) }).toEqual({ code: 1, stderr: "", annotated: [FOUND] });
  });
});
