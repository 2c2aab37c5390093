// Measures whole processes against each other: round by round, so that a busy machine is busy for all of them.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** A Node program: arguments for `node`, and the exit codes that mean that it did its work. */
export interface Contender {
  readonly name: string;
  readonly args: readonly string[];
  readonly codes: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Measured {
  readonly name: string;
  /** Seconds from start to exit: the median of all rounds. */
  readonly seconds: number;
  /** Peak resident memory in MiB: the median of three runs of their own, because asking for it takes time. */
  readonly mebibytes: number;
}

/** Runs all contenders in turn, `rounds` times after one round that only warms the disk. Throws if one of them does not do its work. */
export function measure(contenders: readonly Contender[], folder: string, rounds: number): Measured[] {
  const seconds = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round++)
    for (const [index, contender] of contenders.entries()) {
      const took = run(contender, folder, []);
      if (round >= 0) seconds[index]?.push(took);
    }
  return contenders.map((contender, index) => ({ name: contender.name, seconds: median(seconds[index] ?? []), mebibytes: peak(contender, folder) }));
}

function run({ name, args, codes, env }: Contender, folder: string, preload: readonly string[], more: Readonly<Record<string, string>> = {}): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...preload, ...args], {
    cwd: folder,
    env: { ...process.env, ...env, ...more },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const took = (performance.now() - start) / 1000;
  if (status === null || !codes.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.slice(0, 500)}`);
  return took;
}

function peak(contender: Contender, folder: string): number {
  const file = join(folder, ".peak-memory");
  const peaks = [1, 2, 3].map(() => {
    run(contender, folder, ["--require", join(import.meta.dirname, "peak-memory.cjs")], { BENCH_PEAK: file });
    return Number(readFileSync(file, "utf8")) / 1024;
  });
  rmSync(file);
  return median(peaks);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
