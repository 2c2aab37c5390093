// The Action as GitHub runs it: the bundle, a checkout of the merge commit, the documented environment.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annotated, bundled, checkout, type Files, origin, type Origin, pullRequest, type Step, step, type StepOptions, sweep } from "./action-world.ts";
import { PAIR, TRIO } from "./world.ts";

const SETTINGS = "environments:\n  production: ['*']\nreleases:\n  - {name: nats, chart: nats@2.14.2, values: [values.yaml]}\n";
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

function pull({ before, change, meanwhile, depth = 1, fork = false, draft = false }: Pull): { readonly from: Origin; readonly workspace: string; readonly payload: object; readonly base: string; readonly head: string } {
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

describe("a pull request", () => {
  test("is told what it brings, not what was there", async () => {
    const ran = await runPull({ before: { "natslint.yaml": PAIRS, "values.yaml": PAIR, "other-values.yaml": TRIO }, change: { "other-values.yaml": PAIR } });
    expect(ran.stderr).toBe("");
    expect(annotated(ran)).toEqual(["error other-values.yaml:5 cluster-min-replicas"]);
    expect(ran.code).toBe(1);
    expect(ran.outputs).toMatchObject({ findings: "1", errors: "1", warnings: "0", conclusion: "failure", "sarif-file": "" });
    expect(ran.summary).toMatchInlineSnapshot(`
      "### natslint: failed

      1 error that this change brings or touches; 2 files checked. 2 more findings were there before.

      | severity | where | what | rule |
      | --- | --- | --- | --- |
      | ❌ error | [\`other-values.yaml:5\`](http://127.0.0.1:9/octo/nats/blob/f1f0f3cbf676d4397720f53a086a0b4f8610593c/other-values.yaml#L5) | 2 replicas cannot keep a quorum when one is lost; clustering needs at least 3 (production) | [cluster-min-replicas](https://github.com/natslint/natslint/blob/main/rules/clustering/cluster-min-replicas.md) |

      <sub>natslint 0.1.0</sub>
      "
    `);
  });
});
