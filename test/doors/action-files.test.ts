// Files that are too many, too hard or not what they seem, on a pull request that the Action checks: each is said.
import { afterAll, beforeAll, expect, test } from "vitest";
import { annotated, bundled, checkout, type Files, origin, pullRequest, type Step, step, type StepOptions, sweep } from "./action-world.ts";
import { servers } from "./github/platform.ts";
import { PAIR, TRIO } from "./world.ts";

const SETTINGS = "environments:\n  production: ['*']\nreleases:\n  - {name: nats, chart: nats@2.14.2, values: [values.yaml]}\n";

let bundle: string;
beforeAll(async () => {
  bundle = await bundled();
});
afterAll(sweep);

async function changed(change: Files, options: StepOptions = {}): Promise<Step> {
  const from = origin();
  const base = from.commit("main", { "natslint.yaml": SETTINGS, "values.yaml": TRIO });
  const head = from.commit("change", change, base);
  const payload = pullRequest(5, base, head);
  return await step(bundle, checkout(from, from.merge(5, base, head)), { event: "pull_request", payload, ...options });
}

test("500 changed files are checked, and the one fault among them is found", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 499 }, (_, index) => [`apps/${index}/deployment.yaml`, `kind: Deployment\nmetadata: {name: app-${index}}\n`]),
  );
  const ran = await changed({ ...many, "values.yaml": PAIR });
  expect(annotated(ran)).toEqual(["error values.yaml:5 cluster-min-replicas"]);
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 1, stderr: "" });
});

test("a pointer of Git LFS is listed as not checked, and no finding is made up for it", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
  const ran = await changed({ "nats/values.yaml": pointer });
  expect({ code: ran.code, annotated: annotated(ran) }).toEqual({ code: 0, annotated: [] });
  expect(ran.summary).toContain("Not checked (1)");
  expect(ran.summary).toContain("`nats/values.yaml`: it is a pointer of Git LFS; what it stands for is not in the commit");
});

test("a file that takes too long is left out and named; the others are checked, and the step does not pass", { timeout: 180_000 }, async () => {
  const ran = await changed({ "deploy/nats.yaml": servers(6_000), "values.yaml": PAIR }, { env: { NATSLINT_LINT_SECONDS: "15" } });
  expect(ran.code).toBe(2);
  expect(annotated(ran)).toEqual(["error values.yaml:5 cluster-min-replicas"]);
  expect(ran.summary).toContain("**Not checked:** deploy/nats.yaml: linting it took too long and was stopped");
  expect(ran.outputs["conclusion"]).toBe("failure");
});

test("a rule about changes hears of the base, whatever the scope; without a base it is silent", async () => {
  const conf = (id: string): string => `streaming {\n  cluster_id: ${id}\n  store: file\n  dir: /data/stan\n}\n`;
  const from = origin();
  const first = from.commit("main", { "stan.conf": conf("one") });
  const second = from.commit("main", { "stan.conf": conf("two") });
  const workspace = checkout(from, second);
  const ran = async (before: string, scope: string): Promise<string[]> => {
    const { stdout } = await step(bundle, workspace, { event: "push", payload: { before, after: second }, inputs: { scope } });
    return [...stdout.matchAll(/^::\w+ title=natslint%3A (stan-cluster-id-changed)/gm)].map(([, rule = ""]) => rule);
  };
  expect(await ran(first, "all")).toEqual(["stan-cluster-id-changed"]);
  expect(await ran(first, "changed")).toEqual(["stan-cluster-id-changed"]);
  expect(await ran("0".repeat(40), "all")).toEqual([]);
});
