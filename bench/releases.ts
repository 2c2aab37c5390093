// What a release costs: the policies asked for the first time and later, and runs over ten, a hundred and a thousand releases.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, lint } from "../service/lint.ts";
import { DEFAULT_SETTINGS } from "../service/settings/settings.ts";
import { loadEngine } from "../service/policy/engine.ts";
import { testKnowledge } from "../test/engine.ts";
import { root } from "../tools/opa.ts";
import { measure } from "./measure.ts";
import { percentile, say, target, title } from "./print.ts";
import { shortValues } from "./values-file.ts";

const COUNTS = [10, 100, 1_000];

export async function releases(scratch: string): Promise<void> {
  await evaluated();
  title("releases in one run, each values of nats 2.14.2 in a folder of its own; median of 3 runs");
  const each = COUNTS.map((count) => {
    const folder = join(scratch, `releases-${count}`);
    write(folder, count);
    const args = [join(root, "dist", "cli.js"), "--quiet", "--chart", "nats@2.14.2", "."];
    const [took] = measure([{ name: `${count} releases`, args, codes: [0, 1] }], folder, 3);
    if (took !== undefined) say(`${took.name.padEnd(30)} ${took.seconds.toFixed(3)} s  ${took.mebibytes.toFixed(0).padStart(4)} MiB`);
    return took?.seconds ?? Number.NaN;
  });
  const [ten = Number.NaN, hundred = Number.NaN, thousand = Number.NaN] = each;
  // What the process itself takes is in all of them.
  target("each of the last 900 costs at most twice what each of the first 90 does", (thousand - hundred) / 900 / ((hundred - ten) / 90), 2);
}

/** In milliseconds, by themselves: what is around them is in the other figures. */
async function evaluated(): Promise<void> {
  const wasm = readFileSync(join(root, "dist", "policy.wasm"));
  const policies = await loadEngine(wasm);
  const times: number[] = [];
  const timed: Engine["policies"] = {
    evaluate: (input) => {
      const began = performance.now();
      const said = policies.evaluate(input);
      times.push(performance.now() - began);
      return said;
    },
  };
  const engine: Engine = { ...testKnowledge(), policies: timed };
  for (let seed = 0; seed < 300; seed++)
    lint(
      [
        { path: "Chart.yaml", text: CHART },
        { path: "values.yaml", text: nested(seed) },
      ],
      DEFAULT_SETTINGS,
      engine,
    );
  title("the policies, one release");
  target("wasm, less than 2 MiB", wasm.byteLength / 2 ** 20, 2);
  target("first evaluation, less than 40 ms", times[0] ?? Number.NaN, 40);
  target("later ones, median, less than 3 ms", percentile(times.slice(100), 50), 3);
}

const CHART =
  "apiVersion: v2\nname: messaging\nversion: 1.0.0\ndependencies: [{ name: nats, version: 2.14.2, repository: https://nats-io.github.io/k8s/helm/charts/ }]\n";

function nested(seed: number): string {
  return `nats:\n${shortValues(seed).replace(/^(?=.)/gm, "  ")}`;
}

function write(folder: string, count: number): void {
  for (let seed = 0; seed < count; seed++) {
    mkdirSync(join(folder, `release-${seed}`), { recursive: true });
    writeFileSync(join(folder, `release-${seed}`, "values.yaml"), shortValues(seed));
  }
}
