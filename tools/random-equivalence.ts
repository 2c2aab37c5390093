// Values by chance, rendered by a real Helm with the real chart, and compared with what natslint makes of them:
// `node tools/run.mjs tools/random-equivalence.ts CHART [RUNS [SEED [VERSIONS]]]`, for each version that tools/chart-sources.ts
// unpacked (or those that match). What differs is named once for each sort, with the fewest values that still show it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { stringify } from "yaml";
import type { Knowledge } from "../service/model/knowledge.ts";
import { testKnowledge } from "../test/engine.ts";
import { randomValues } from "../test/model/random-values.ts";
import { chartFolder, versionsOf } from "./chart-sources.ts";
import { type Difference, differences } from "./equivalence-pairs.ts";
import { programPath } from "./kubernetes.ts";

type Values = Record<string, unknown>;

const folder = mkdtempSync(join(tmpdir(), "natslint-random-"));

/** Values by chance for a version of a chart. */
export function sample(chart: string, version: string, runs: number, seed: number, { charts }: Pick<Knowledge, "charts">): readonly Values[] {
  return fc.sample(randomValues(charts(chart), version), { numRuns: runs, seed });
}

/** What differs between values and their rendering; null where Helm refuses them. */
export function compared(chart: string, version: string, values: Values, knowledge: Knowledge): readonly Difference[] | null {
  const text = stringify(values, { version: "1.1" });
  const path = join(folder, "values.yaml");
  writeFileSync(path, text);
  const place = chartFolder(chart, version);
  if (place === null) throw new Error(`${chart} ${version} was not unpacked`);
  const args = ["template", "my-nats", place, "--namespace", "messaging", "--kube-version", "1.30.0", "-f", path];
  const { status, stdout } = spawnSync(programPath("helm") ?? "helm", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) return null;
  return differences({ chart, version, release: "my-nats", namespace: "messaging" }, [{ path: "values.yaml", text }], stdout, knowledge);
}

/** The same values less all that the difference does not need. */
function shrunk(values: Values, holds: (values: Values) => boolean): Values {
  for (const path of pathsOf(values)) {
    const less = without(values, path);
    if (holds(less)) return shrunk(less, holds);
  }
  return values;
}

function pathsOf(values: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof values !== "object" || values === null || path.length > 3) return [];
  return Object.entries(values).flatMap(([key, value]) => [[...path, key], ...pathsOf(value, [...path, key])]);
}

function without(values: Values, [step = "", ...rest]: readonly string[]): Values {
  const copy = (Array.isArray(values) ? [...values] : { ...values }) as Values;
  if (rest.length > 0) copy[step] = without(copy[step] as Values, rest);
  else if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else delete copy[step];
  return copy;
}

/** Differences of one sort differ in numbers and in values. */
function sortOf(difference: Difference): string {
  return (difference.split(": ")[0] ?? "").replaceAll(/^[^.]+|\d+/g, "*");
}

function main([chart = "nats", runs = "5", seed = "1", matching = ""]: readonly string[]): void {
  const knowledge = testKnowledge();
  const seen = new Map<string, number>();
  let [equal, refused, all] = [0, 0, 0];
  for (const { version } of versionsOf(chart)) {
    if (chartFolder(chart, version) === null || !new RegExp(matching).test(version)) continue;
    for (const values of sample(chart, version, Number(runs), Number(seed), knowledge)) {
      const found = compared(chart, version, values, knowledge);
      all++;
      if (found === null) refused++;
      else if (found.length === 0) equal++;
      const first = found?.[0];
      if (first === undefined) continue;
      const sort = sortOf(first);
      seen.set(sort, (seen.get(sort) ?? 0) + 1);
      if (seen.get(sort) !== 1) continue;
      const least = shrunk(values, (less) => compared(chart, version, less, knowledge)?.some((one) => sortOf(one) === sort) === true);
      process.stdout.write(`${chart} ${version}: ${compared(chart, version, least, knowledge)?.slice(0, 3).join("\n  ")}\n${stringify(least)}\n`);
    }
  }
  for (const [sort, count] of seen) process.stdout.write(`${count} times ${sort}\n`);
  process.stdout.write(`${equal} of ${all - refused} equal, ${refused} refused by helm\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
