// Unpacks the published versions of a chart from a clone of the charts' repository, so that a real Helm can render them:
// `node tools/run.mjs tools/chart-sources.ts CHART CLONE`. They stay outside of the project, which holds no chart of others.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./opa.ts";

/** Where a chart stands in its repository's tree; the facts name a commit for each version. */
export const PLACES: Readonly<Record<string, string>> = {
  nats: "helm/charts/nats",
  stan: "helm/charts/stan",
  "stable-nats": "stable/nats",
  "bitnami-nats": "bitnami/nats",
  nack: "helm/charts/nack",
  "nats-operator": "helm/charts/nats-operator",
  "nats-streaming-operator": "helm/nats-streaming-operator",
};

const cache: string = process.env["NATSLINT_CHARTS"] ?? join(homedir(), ".cache", "natslint-charts");

interface Version {
  readonly version: string;
  readonly commit: string;
  readonly tag?: string;
  readonly published?: boolean;
}

/** The versions of a chart, a file of `charts/`, that its facts have, oldest first. */
export function versionsOf(chart: string): readonly Version[] {
  return (JSON.parse(readFileSync(join(root, "charts", `${chart}.json`), "utf8")) as { readonly versions: readonly Version[] }).versions;
}

/** The folder of a version's chart; null where it was not unpacked. */
export function chartFolder(chart: string, version: string): string | null {
  const folder = join(cache, `${chart}-${version}`);
  return existsSync(join(folder, "Chart.yaml")) ? folder : null;
}

/** Unpacks what is not there yet, and says in a sentence what could not be. */
function unpack(chart: string, clone: string): readonly string[] {
  const place = PLACES[chart];
  if (place === undefined) throw new Error(`${chart}: known are ${Object.keys(PLACES).join(", ")}`);
  return versionsOf(chart).flatMap(({ version, commit, tag }) => {
    if (chartFolder(chart, version) !== null) return [];
    const from = [tag, commit].find((one) => one !== undefined && unpacked(clone, one, place, join(cache, `${chart}-${version}`)));
    return from === undefined ? [`${chart} ${version} is not in ${clone}`] : [];
  });
}

function unpacked(clone: string, ref: string, place: string, folder: string): boolean {
  const archive = spawnSync("git", ["-C", clone, "archive", ref, place], { maxBuffer: 64 * 1024 * 1024 });
  if (archive.status !== 0) return false;
  const next = `${folder}.new`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  const { status } = spawnSync("tar", ["-x", "-C", next, `--strip-components=${place.split("/").length}`], { input: archive.stdout });
  if (status !== 0) return false;
  renameSync(next, folder);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [chart, clone] = process.argv.slice(2);
  if (chart === undefined || clone === undefined) throw new Error("Which chart, and where is the clone? node tools/run.mjs tools/chart-sources.ts nats ../k8s");
  for (const sentence of unpack(chart, clone)) process.stderr.write(`${sentence}\n`);
  process.stdout.write(`${cache}\n`);
}
