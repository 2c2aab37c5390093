// The pairs of values and manifests for the 0.x charts of nats-io, and both sides in a shape that can be compared.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { readConf } from "../../../service/document/conf/read-conf.ts";
import { at, type MapNode, type Node, text } from "../../../service/document/node.ts";
import { candidates, type Candidates, type ChartFacts, defaults } from "../../../service/model/chart-facts.ts";
import { nats0x } from "../../../service/model/dialects/nats-0x.ts";
import type { Rendering } from "../../../service/model/dialects/rendering.ts";
import { stan } from "../../../service/model/dialects/stan.ts";
import { mergeValues } from "../../../service/model/helm-values.ts";
import { contradictions } from "./knowledge.ts";
import { tree, valuesOf } from "./plain-values.ts";

const folder = join(import.meta.dirname, "../../../../shared/equivalence");
const origin = { path: "values.yaml", span: { start: 0, end: 0 } };
const dialects = { nats: nats0x, stan } as const;
const facts = { nats: factsOf("nats"), stan: factsOf("stan") } as const;
const confs = { nats: "nats.conf", stan: "stan.conf" } as const;

export interface Given {
  readonly chart: "nats" | "stan";
  /** null: any of the generation. */
  readonly version: string | null;
  readonly release: string | null;
  readonly namespace: string | null;
}

export interface Pair {
  readonly given: Given;
  readonly layers: readonly Node[];
  readonly manifests: string;
}

/** The names of the pairs for a chart; none where they are not at hand. */
export function pairsOf(chart: "nats" | "stan"): readonly string[] {
  const wanted = chart === "nats" ? /^nats-0\./ : /^stan-/;
  return existsSync(folder) ? readdirSync(folder).filter((name) => wanted.test(name)) : [];
}

export function pair(name: string): Pair {
  const file = (path: string): string => readFileSync(join(folder, name, path), "utf8");
  const given = JSON.parse(file("case.json")) as Given & { readonly values?: readonly string[] };
  return { given, layers: (given.values ?? ["values.yaml"]).map((one) => valuesOf(file(one), one)), manifests: file("rendered.yaml") };
}

export function render(given: Given, layers: readonly Node[]): Rendering {
  const versions: Candidates = candidates(facts[given.chart], given.version, "0.2.0", "0.20.0");
  const [only, ...others] = versions.versions;
  const title = others.length === 0 ? `${given.chart} ${only}` : given.chart;
  const values = mergeValues(defaults(versions, layers[0]?.origin ?? origin), layers, title);
  return dialects[given.chart].render(values, versions, { name: given.release, namespace: given.namespace, chartName: given.chart });
}

/** What the dialect renders, as plain data by kind and name. */
export function ours({ given, layers }: Pair): Map<string, unknown> {
  return byName(
    render(given, layers)
      .objects.filter((one) => !isHook(one))
      .map((one) => comparable(withConf(one, given.chart, read))),
  );
}

/**
 * What Helm rendered, in the same shape. Left out: hooks, which run once (the Pod of the chart's test, the Job that
 * makes tables). Nulls are left out too, as Kubernetes drops them; the conf is compared as a tree.
 */
export function helms({ given, manifests }: Pair): Map<string, unknown> {
  const documents = parseAllDocuments(manifests, { version: "1.1", uniqueKeys: false }).map((one) => one.toJS() as Record<string, unknown> | null);
  const objects = documents.filter((one) => one !== null).map((one) => tree(one) as MapNode);
  return byName(objects.filter((one) => !isHook(one)).map((one) => comparable(withConf(one, given.chart, (node) => confOf(text(node) ?? "")))));
}

/** What objects claim to know against those of a full rendering. One whose name is open may be any of its kind, or none. */
export function wronglyKnown(objects: readonly MapNode[], full: readonly MapNode[]): string[] {
  const isOpen = (one: MapNode): boolean => at(one, "kind")?.kind === "unknown" || at(one, "metadata", "name")?.kind === "unknown";
  const open = new Set(objects.filter(isOpen).map((one) => text(at(one, "kind"))));
  const all = new Map(full.map((one) => [nameOf(one), one] as const));
  const sure = new Map(objects.filter((one) => !isOpen(one)).map((one) => [nameOf(one), one] as const));
  const wrong = [...sure].flatMap(([name, one]) => contradictions(one, all.get(name), name));
  const gone = [...all].filter(([name, one]) => !sure.has(name) && !open.has(text(at(one, "kind"))) && !open.has(undefined));
  return [...wrong, ...gone.map(([name]) => `${name} is gone`)];
}

function nameOf(object: MapNode): string {
  return `${text(at(object, "kind"))} ${text(at(object, "metadata", "name"))}`;
}

function isHook(object: MapNode): boolean {
  return text(at(object, "metadata", "annotations", "helm.sh/hook")) !== undefined;
}

function withConf(object: MapNode, chart: "nats" | "stan", to: (node: Node) => Node): MapNode {
  const data = object.entries.get("data");
  const conf = at(data, confs[chart]);
  if (data?.kind !== "map" || conf === undefined) return object;
  return { ...object, entries: new Map([...object.entries, ["data", { ...data, entries: new Map([...data.entries, [confs[chart], to(conf)]]) }]]) };
}

/** A conf as the server reads it; an init container writes the included files that say what to advertise. */
function confOf(content: string): Node {
  const key = (path: string): string | null =>
    path === "advertise/client_advertise.conf" ? "client_advertise" : path === "advertise/gateway_advertise.conf" ? "advertise" : null;
  return readConf(content, {
    path: "nats.conf",
    origin: () => origin,
    include: (path) => (key(path) === null ? null : { path, text: `${key(path)}: $ADVERTISED\n` }),
  }).root;
}

/** What the server reads where the template prints a value bare. */
function read(node: Node): Node {
  if (node.kind === "map") return { ...node, entries: new Map([...node.entries].map(([key, value]) => [key, read(value)] as const)) };
  if (node.kind === "list") return { ...node, items: node.items.map(read) };
  if (node.kind !== "scalar" || node.spelling?.conf !== "bare") return node;
  const { root, errors } = readConf(`value: ${node.spelling.text}\n`, { path: "nats.conf", origin: () => origin });
  return errors.length === 0 && root.entries.size === 1 ? (root.entries.get("value") as Node) : { kind: "unknown", because: "it cannot be read", origin };
}

function comparable(node: Node): unknown {
  // What looks like a template in values is not known to the reader of YAML, though Helm takes it for a text.
  if (node.kind === "unknown" || text(node)?.includes("{{") === true) return "unknown";
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(comparable);
  const entries = [...node.entries].filter(([, value]) => value.kind !== "scalar" || value.value !== null);
  const made = Object.fromEntries(entries.map(([key, value]) => [key, key === "checksum/config" ? "a hash" : comparable(value)]));
  return node.incomplete === undefined ? made : { ...made, "...": "more" };
}

function byName(objects: readonly unknown[]): Map<string, unknown> {
  return new Map(
    (objects as { readonly kind: string; readonly metadata: { readonly name: string } }[]).map((one) => [`${one.kind} ${one.metadata.name}`, one]),
  );
}

function factsOf(chart: string): ChartFacts {
  return JSON.parse(readFileSync(new URL(`../../../charts/${chart}.json`, import.meta.url), "utf8")) as ChartFacts;
}
