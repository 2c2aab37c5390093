// Which values keys a chart reads: what its facts say, and what only its templates show, such as maps that are passed on whole.

import { atLeast, type Candidates, defaultKeys, keyParts, readWithoutDefault } from "./chart-facts.ts";
import { CHARTS, type DialectName } from "./charts.ts";
import { remembered } from "./remembered.ts";

/** The keys below one key. Without any, or when `open`, everything below it is read or passed on. */
export interface KnownKeys {
  readonly keys: ReadonlyMap<string, KnownKeys>;
  readonly open: boolean;
  /** What each element of a list, or any key of a map, may hold. */
  readonly each?: KnownKeys;
}

interface Growing {
  readonly keys: Map<string, Growing>;
  open: boolean;
  each?: Growing;
}

/** Maps with defaults inside that the templates nevertheless pass on whole, so that more keys count. */
const PASSED_ON: Readonly<Record<DialectName, readonly string[]>> = {
  "nats-1x": [
    "global",
    ...["nats", "leafnode", "leafnodes", "websocket", "mqtt", "cluster", "gateway", "monitor", "profiling"].map((one) => `service.ports.${one}`),
  ],
  "nats-0x": [
    "global",
    "nats.config[]",
    "nats.healthcheck.liveness",
    "nats.healthcheck.readiness",
    "nats.healthcheck.startup",
    "nats.resources",
    "securityContext",
    "pidVolume",
    "advertiseconfigVolume",
    "topologySpreadConstraints[]",
  ],
  stan: [
    "global",
    "readinessProbe",
    "clusterReadinessProbe.probe",
    "livenessProbe.probe",
    "securityContext",
    "stan.tls.settings",
    "topologySpreadConstraints[]",
  ],
  "stable-nats": ["global", "metrics.podAnnotations", "podAnnotations", "podLabels"],
  qlik: ["global"],
  "qlik-streaming": ["global"],
  bitnami: ["global"],
  nack: ["global"],
  "nats-operator": ["global"],
  "nats-streaming-operator": ["global"],
};

/** Maps whose keys people choose; what is below one is as below the example that the defaults have. */
const NAMED_BY_PEOPLE: Readonly<Record<string, string>> = { "natsBox.contexts": "default" };

/** Read by Helm itself or by the parent's Chart.yaml (`condition`, `tags`), in whatever chart. */
const EVERYWHERE: readonly string[] = ["global", "enabled", "tags"];

/** A key that has a default which nothing reads. Versions: from the first on, below the second. */
interface DeadKey {
  readonly key: string;
  readonly from?: string;
  readonly below?: string;
  /** What is read instead. */
  readonly meant?: string;
}

const DEAD: Readonly<Record<DialectName, readonly DeadKey[]>> = {
  "nats-1x": [{ key: "natsBox.container.image.resources", meant: "natsBox.container.resources" }],
  "nats-0x": [
    { key: "nats.pingInterval", from: "0.8.10", below: "0.10.0", meant: "nats.limits.pingInterval" },
    { key: "nats.limits.maxPings", below: "0.8.10", meant: "nats.maxPings" },
    { key: "nats.limits.writeDeadline", below: "0.8.10", meant: "nats.writeDeadline" },
    { key: "nats.limits.lameDuckDuration", below: "0.8.10" },
    { key: "nats.jetstream.max_outstanding_catchup", meant: "nats.jetstream.maxOutstandingCatchup" },
  ],
  stan: [
    { key: "stan.pullPolicy" },
    { key: "exporter.pullPolicy" },
    { key: "nats.pullPolicy" },
    { key: "nats.image", meant: "stan.image" },
    { key: "bootconfig" },
    { key: "nats.limits.maxPings", meant: "nats.maxPings" },
    { key: "nats.limits.writeDeadline", meant: "nats.writeDeadline" },
    { key: "nats.limits.lameDuckDuration" },
    { key: "stan.logging.debug", below: "0.5.6" },
    { key: "stan.logging.trace", below: "0.5.6" },
    { key: "reloader.securityContext", from: "0.8.7" },
  ],
  "stable-nats": [],
  qlik: [],
  "qlik-streaming": [],
  bitnami: [],
  nack: [],
  "nats-operator": [],
  "nats-streaming-operator": [],
};

/** All keys that some candidate reads. */
export function knownKeys(dialect: DialectName, chart: Candidates): KnownKeys {
  return keysBy[dialect](chart);
}

const keysBy = Object.fromEntries((Object.keys(PASSED_ON) as DialectName[]).map((one) => [one, remembered((chart) => keysOf(one, chart))])) as Readonly<
  Record<DialectName, (chart: Candidates) => KnownKeys>
>;

function keysOf(dialect: DialectName, chart: Candidates): KnownKeys {
  const root: Growing = { keys: new Map(), open: false };
  for (const key of defaultKeys(chart)) grow(root, key);
  for (const key of readWithoutDefault(chart)) grow(root, key);
  for (const key of EVERYWHERE) grow(root, key);
  for (const key of PASSED_ON[dialect]) {
    const here = find(root, partsOf(key));
    if (here !== undefined) here.open = true;
  }
  for (const [key, example] of Object.entries(NAMED_BY_PEOPLE)) {
    const here = find(root, partsOf(key));
    const below = here?.keys.get(example);
    if (here !== undefined && below !== undefined) here.each = below;
  }
  close(root);
  return root;
}

/** Is a dotted key, or everything around it, read? */
export function isKnown(known: KnownKeys, key: string): boolean {
  let here: KnownKeys | undefined = known;
  for (const part of keyParts(key)) {
    if (here === undefined) return false;
    if (here.open) return true;
    here = here.keys.get(part) ?? here.each;
  }
  return here !== undefined;
}

/** The keys that have a default and that no candidate reads. */
export function deadKeys(dialect: DialectName, chart: Candidates): readonly DeadKey[] {
  return DEAD[dialect].filter(
    ({ from, below }) => (from === undefined || atLeast(chart, from) === true) && (below === undefined || atLeast(chart, below) === false),
  );
}

/** The candidates' younger sisters, oldest first: published versions of the same dialect that came later. */
export function laterVersions(dialect: DialectName, chart: Candidates): readonly string[] {
  const generation = new Set(generationOf(dialect, chart));
  const last = chart.facts.versions.findLastIndex((one) => chart.versions.includes(one.version));
  return chart.facts.versions
    .slice(last + 1)
    .filter((one) => one.published !== false && generation.has(one.version))
    .map((one) => one.version);
}

/** All versions of a dialect that share the facts of this chart; none when the dialect has other facts. */
export function generationOf(dialect: DialectName, chart: Candidates): readonly string[] {
  const identity = CHARTS[dialect];
  if (!identity.keysKnown || identity.chart !== chart.facts.chart) return [];
  const old = (version: string): boolean => /^0\./.test(version);
  return chart.facts.versions
    .map((one) => one.version)
    .filter((version) => !(dialect === "nats-1x" && old(version)) && !(dialect === "nats-0x" && !old(version)));
}

function grow(root: Growing, key: string): void {
  let here = root;
  for (const part of partsOf(key)) {
    let next = part === "[]" ? here.each : here.keys.get(part);
    if (next === undefined) {
      next = { keys: new Map(), open: false };
      if (part === "[]") here.each = next;
      else here.keys.set(part, next);
    }
    here = next;
  }
}

/** `gateways[].url` in its parts: gateways, [], url. */
function partsOf(key: string): string[] {
  return keyParts(key).flatMap((part) => (part.endsWith("[]") ? [part.slice(0, -2), "[]"] : [part]));
}

function find(root: Growing, parts: readonly string[]): Growing | undefined {
  let here: Growing | undefined = root;
  for (const part of parts) here = part === "[]" ? here?.each : here?.keys.get(part);
  return here;
}

/** Where nothing is known below a key, everything below it is passed on. */
function close(here: Growing): void {
  if (here.keys.size === 0 && here.each === undefined) here.open = true;
  for (const below of here.keys.values()) close(below);
  if (here.each !== undefined && !here.each.open) close(here.each);
}
