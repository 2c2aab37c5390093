// npm run bench: natslint against its peers, in pairs and in one run, because only ratios travel between machines.
// `npm run bench -- webhooks pulls` runs what is named, in that order.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../tools/opa.ts";
import { admission } from "./admission.ts";
import { cluster } from "./cluster.ts";
import { conf } from "./conf.ts";
import { evaluations } from "./evaluations.ts";
import { memory } from "./memory.ts";
import { type Contender, type Measured, measure } from "./measure.ts";
import { say, target, title } from "./print.ts";
import { pulls } from "./pulls.ts";
import { releases } from "./releases.ts";
import { longManifest, writeRepository } from "./repository.ts";
import { spectral } from "./spectral.ts";
import { longValues } from "./values-file.ts";
import { webhooks } from "./webhooks.ts";
import { workers } from "./workers.ts";

const ROUNDS = 7;
const scratch = mkdtempSync(join(tmpdir(), "natslint-bench-"));
/** What can be asked for by name. */
const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  file: oneFile,
  examples,
  repository: repositories,
  releases: () => releases(scratch),
  conf,
  webhooks,
  pulls,
  workers,
  admission,
  cluster,
  reviews: () => evaluations(100_000),
  // Hours; by name only.
  memory,
  million: () => evaluations(1_000_000),
};
const USUAL = Object.keys(BENCHES).filter((name) => name !== "memory" && name !== "million");
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
try {
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`);
  for (const name of asked.length > 0 ? asked : USUAL) await BENCHES[name]?.();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function oneFile(): void {
  const text = longValues();
  const folder = join(scratch, "one");
  mkdirSync(folder);
  writeFileSync(join(folder, "values.yaml"), text);
  const peer = spectral("values.yaml");
  title(`one values file of ${text.split("\n").length - 1} lines, cold process; median of ${ROUNDS} runs`);
  // Where nothing says the chart's version, what is found is tried with each version that may be the one.
  const known = { ...natslint(["--chart", "nats@2.14.2", "values.yaml"]), name: "natslint, chart version known" };
  const first: Contender = { ...known, name: "the same, no compiled code kept", env: { NODE_DISABLE_COMPILE_CACHE: "1" } };
  const measured = measure([floor(), natslint(["values.yaml"]), known, first, ...(peer === null ? [] : [peer])], folder, ROUNDS);
  const [node, own] = table(measured);
  target(`at most 3 times node -e 0`, ratio(own, node), 3);
  target(`less than 80 MiB`, own?.mebibytes ?? 0, 80);
  if (peer === null) say("Spectral could not be installed, so it is not compared with");
}

function examples(): void {
  title(`examples/; median of ${ROUNDS} runs`);
  table(measure([floor(), natslint([join(root, "examples")])], scratch, ROUNDS));
}

function repositories(): void {
  const [thousand, tenThousand] = [repository(1_000, 60, 7), repository(10_000, 600, 3)];
  target("ten times the files take at most ten times as long", ratio(tenThousand, thousand), 10);
  oneManifest();
}

function repository(files: number, ofNats: number, rounds: number): Measured | undefined {
  const folder = join(scratch, `repository-${files}`);
  writeRepository(folder, files, ofNats);
  title(`a repository of ${files} files, ${ofNats} of them about NATS; median of ${rounds} runs`);
  const peer: Contender = { name: "read and parse all with yaml", args: [join(import.meta.dirname, "parse-all.mjs"), "."], codes: [0] };
  const [all, own] = table(measure([peer, natslint(["."])], folder, rounds));
  target("at most 0.5 times parsing all", ratio(own, all), 0.5);
  target("less than 300 MiB", own?.mebibytes ?? 0, 300);
  return own;
}

/** What `helm template` writes of many charts into one file. */
function oneManifest(): void {
  const folder = join(scratch, "manifest");
  mkdirSync(folder);
  writeFileSync(join(folder, "all.yaml"), longManifest(1_500_000));
  title(`a rendered manifest of 1.5 MB with one NATS server in it; median of ${ROUNDS} runs`);
  const peer: Contender = { name: "read and parse all with yaml", args: [join(import.meta.dirname, "parse-all.mjs"), "."], codes: [0] };
  table(measure([peer, natslint(["."])], folder, ROUNDS));
}

function floor(): Contender {
  return { name: "node -e 0", args: ["-e", "0"], codes: [0] };
}

function natslint(args: readonly string[]): Contender {
  return { name: "natslint", args: [join(root, "dist", "cli.js"), "--quiet", ...args], codes: [0, 1] };
}

/** Prints times, memory and the ratio to the first; gives back what it was given. */
function table(measured: readonly Measured[]): readonly Measured[] {
  for (const one of measured)
    say(`${one.name.padEnd(30)} ${one.seconds.toFixed(3)} s  ${ratio(one, measured[0]).toFixed(2).padStart(6)} x  ${one.mebibytes.toFixed(0).padStart(4)} MiB`);
  return measured;
}

function ratio(one: Measured | undefined, other: Measured | undefined): number {
  return (one?.seconds ?? Number.NaN) / (other?.seconds ?? Number.NaN);
}
