// What stops Helm before anything is installed: versions whose templates are broken, and values that a chart's templates
// look into and cannot. Each was tried with Helm, on every version and with other values around it.

import { at, isUnset, type Node, type Origin } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import { atLeast, type Candidates } from "./chart-facts.ts";
import type { DialectName } from "./charts.ts";
import type { Detected } from "./detect.ts";
import { chartTitle } from "./dialects/template.ts";

const RULE = "chart-does-not-render";

/** Maps that may not be null, and the version from which templates ask for what is in them. */
const MAPS: Readonly<Partial<Record<DialectName, Readonly<Record<string, string>>>>> = {
  "nats-0x": {
    ...all("0.3.0", "nats cluster leafnodes gateway auth natsbox reloader exporter nats.logging nats.limits"),
    ...{ "nats.jetstream": "0.6.0", "auth.resolver": "0.7.2", websocket: "0.7.2", mqtt: "0.8.2", networkPolicy: "0.9.0" },
    ...{ podDisruptionBudget: "0.14.0", "nats.serviceAccount": "0.16.0" },
  },
  "nats-1x": all(
    "1.0.0",
    "global config config.cluster config.jetstream config.jetstream.fileStore config.jetstream.fileStore.pvc config.nats config.nats.tls config.leafnodes",
    "config.websocket config.websocket.ingress config.mqtt config.gateway config.monitor config.profiling config.resolver container.image container.ports",
    "container.ports.nats reloader promExporter promExporter.podMonitor service statefulSet headlessService configMap podDisruptionBudget serviceAccount natsBox",
  ),
  stan: {
    ...all("0.2.0", "stan store store.cluster store.ft exporter stan.nats"),
    ...all("0.4.0", "store.volume stan.nats.serviceRoleAuth"),
    ...all("0.6.2", "stan.tls stan.logging store.backup auth nats nats.logging nats.limits leafnodes gateway"),
    ...{ "stan.auth": "0.7.5", livenessProbe: "0.8.0" },
  },
};

function all(version: string, ...keys: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.flatMap((some) => some.split(" ")).map((key) => [key, version]));
}

/** What was released and is no chart, and the next version that is one. */
const BROKEN: Readonly<Record<string, string>> = { "nats-0x 0.7.0": "0.7.2", "stan 0.7.0": "0.7.2" };

/**
 * What the rules `chart-does-not-render`, `helm-spread-lost` and `route-credentials-raw` say of all the values that are given to a chart, and of its
 * version, which stands at the place `said`. Copies may differ from what was published.
 */
export function refusedValues(values: Node, { dialect, version, vendored, at: below }: Detected, chart: Candidates, said: Origin): TextViolation[] {
  // What a parent hands down as null differs between versions of Helm.
  if (vendored === true || below.length > 0) return [];
  const title = chartTitle(chart);
  const next = BROKEN[`${dialect} ${version?.trim().replace(/^v/, "") ?? ""}`];
  const broken: TextViolation[] = next === undefined ? [] : [{ rule: RULE, case: "version", origin: said, facts: { chart: title, next } }];
  const empty = Object.entries(MAPS[dialect] ?? {}).flatMap(([key, since]): TextViolation[] => {
    const node = at(values, ...key.split("."));
    const isRefused = node !== undefined && isUnset(node) && atLeast(chart, since) === true;
    return isRefused ? [{ rule: RULE, on: "key", origin: node.origin, facts: { chart: title, key } }] : [];
  });
  const own = dialect === "nats-0x" ? ofOlder(values, chart, title) : dialect === "stan" ? ofClaims(values, title) : [];
  return [...broken, ...empty, ...own, ...(dialect === "nats-1x" ? [...lostSpreads(values, []), ...rawCredentials(values)] : [])];
}

/** The routes get the text as it stands in the values, with its marks, and the configuration what the server makes of it. */
function rawCredentials(values: Node): TextViolation[] {
  const enabled = at(values, "config", "cluster", "enabled");
  const said = ["user", "password"].map((key) => at(values, "config", "cluster", "routeURLs", key));
  if (enabled?.kind !== "scalar" || enabled.value !== true || said.some(isUnset)) return [];
  return said.flatMap((node): TextViolation[] =>
    node?.kind === "scalar" && /^<<\s+.*\s+>>$/.test(String(node.value)) ? [{ rule: "route-credentials-raw", on: "key", origin: node.origin, facts: {} }] : [],
  );
}

/** A template right below `merge`: the chart puts what it makes where `merge` stood, and not into it. */
function lostSpreads(node: Node, path: readonly string[]): TextViolation[] {
  if (node.kind !== "map") return [];
  return [...node.entries].flatMap(([key, child]): TextViolation[] => {
    const below = [...path, key];
    const spread = at(child, "$tplYamlSpread");
    const isLost = key === "merge" && child.kind === "map" && child.entries.size === 1 && child.incomplete === undefined && spread !== undefined;
    if (!isLost) return key === "merge" ? [] : lostSpreads(child, below);
    return [{ rule: "helm-spread-lost", on: "key", origin: spread.origin, facts: { key: below.join("."), above: path.join(".") } }];
  });
}

function ofOlder(values: Node, chart: Candidates, title: string): TextViolation[] {
  const image = at(values, "nats", "image");
  const enabled = at(values, "auth", "enabled");
  const found: TextViolation[] = [];
  const tag = image?.kind === "map" ? at(image, "tag") : undefined;
  if (tag?.kind === "scalar" && typeof tag.value !== "string" && atLeast(chart, "0.19.0") === true)
    found.push({ rule: RULE, case: "tag", on: "key", origin: tag.origin, facts: { chart: title } });
  if (image?.kind === "map" && atLeast(chart, "0.19.0") === false)
    found.push({ rule: RULE, case: "image", on: "key", origin: image.origin, facts: { chart: title } });
  if (enabled?.kind === "scalar" && enabled.value === true && needsResolver(chart) && at(values, "auth", "resolver") === undefined)
    found.push({ rule: RULE, case: "resolver", origin: enabled.origin, facts: { chart: title } });
  return found;
}

/** Versions that ask for a resolver's type wherever authentication is on, and have no default for it. */
export function needsResolver(chart: Candidates): boolean {
  return atLeast(chart, "0.3.0") === true && atLeast(chart, "0.6.0") === false;
}

/** The chart makes a list of one mode, and a list in it of a list. */
function ofClaims(values: Node, title: string): TextViolation[] {
  const modes = at(values, "store", "volume", "accessModes");
  const type = at(values, "store", "type");
  const isFile = isUnset(type) || (type?.kind === "scalar" && type.value === "file");
  const enabled = at(values, "store", "volume", "enabled");
  if (modes?.kind !== "list" || !isFile || (enabled !== undefined && !(enabled.kind === "scalar" && enabled.value === true))) return [];
  return [{ rule: RULE, case: "list", on: "key", origin: modes.origin, facts: { chart: title, key: "store.volume.accessModes" } }];
}
