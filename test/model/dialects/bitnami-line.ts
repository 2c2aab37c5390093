// For the tests of stable/nats and what descends from it: render values, and hold the result against what Helm rendered.

import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { readConf } from "../../../service/document/conf/read-conf.ts";
import { at, type MapNode, type Node, type Origin } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { candidates, type Candidates, type ChartFacts, defaults } from "../../../service/model/chart-facts.ts";
import type { Dialect, Rendering } from "../../../service/model/dialects/rendering.ts";
import { mergeValues } from "../../../service/model/helm-values.ts";
import { valuesOf } from "./plain-values.ts";

export interface Given {
  readonly version?: string | null;
  readonly release?: string | null;
  readonly namespace?: string | null;
  readonly chartName?: string;
}

/** A renderer of values for one dialect with the facts of a file of `charts/`. */
export function renderer(dialect: Dialect, file: string, from: string, below: string): (values: string | Node, given?: Given) => Rendering {
  const facts = JSON.parse(readFileSync(new URL(`../../../charts/${file}.json`, import.meta.url), "utf8")) as ChartFacts;
  return (values, given = {}) => {
    const versions: Candidates = candidates(facts, given.version ?? null, from, below);
    const root = typeof values === "string" ? valuesOf(values) : values;
    const merged = mergeValues(defaults(versions, root.origin), [root], dialect.chart);
    const { release = "nats", namespace = "messaging", chartName = dialect.chart } = given;
    return dialect.render(merged, versions, { name: release, namespace, chartName });
  };
}

/** The object of a kind whose name ends so. */
export function object(rendering: Rendering, kind: string, suffix = ""): MapNode | undefined {
  return rendering.objects.find((one) => value(one, "kind") === kind && String(value(one, "metadata", "name")).endsWith(suffix));
}

export function value(node: Node | undefined, ...path: (string | number)[]): unknown {
  const found = at(node, ...path);
  return found === undefined ? undefined : plain(found);
}

/** The configuration's tree in the ConfigMap or Secret. */
export function confOf(rendering: Rendering): Node | undefined {
  const holder = object(rendering, "ConfigMap") ?? object(rendering, "Secret");
  const data = at(holder, "data");
  return data?.kind === "map" ? [...data.entries].find(([key]) => key.endsWith(".conf"))?.[1] : undefined;
}

/** The configuration as the newest server reads it: bare values are lexed. Credentials in URLs do not count. */
export function readBare(node: Node): unknown {
  if (node.kind === "unknown") return UNKNOWN;
  if (node.kind === "list") return node.items.map(readBare);
  if (node.kind === "map") return Object.fromEntries([...node.entries].map(([key, child]) => [key, readBare(child)]));
  const { spelling, value: known } = node;
  if (spelling?.conf !== "bare") return withoutLogin(known);
  return (readText(`pk: ${spelling.text}\n`) as Record<string, unknown>)["pk"];
}

function readText(text: string): unknown {
  const origin: Origin = { path: "nats.conf", span: { start: 0, end: 0 } };
  const read = (node: Node): unknown => {
    if (node.kind === "list") return node.items.map(read);
    if (node.kind === "map") return Object.fromEntries([...node.entries].map(([key, child]) => [key, read(child)]));
    return node.kind === "unknown" ? UNKNOWN : withoutLogin(node.value);
  };
  return read(readConf(text, { path: "nats.conf", origin: () => origin }).root);
}

function withoutLogin(known: unknown): unknown {
  return typeof known === "string" ? known.replace(/:\/\/[^/@]+@/, "://LOGIN@") : typeof known === "bigint" ? Number(known) : known;
}

type Json = Record<string, unknown>;

/** Where the rendering says something else than the manifests: one line each. */
export function differences(rendering: Rendering, manifests: string): string[] {
  const ours = new Map(rendering.objects.map((one) => [nameOf(plain(one) as Json), comparable(one)]));
  const helms = new Map(
    parseAllDocuments(manifests)
      .map((document) => document.toJS() as Json | null)
      .filter((one) => one !== null)
      .map((one) => [nameOf(one), withConf(one)]),
  );
  const found: string[] = [];
  for (const key of ours.keys()) if (!helms.has(key)) found.push(`${key} is not there`);
  for (const [key, one] of helms) {
    const own = ours.get(key);
    if (own === undefined) found.push(`${key} is missing`);
    else compare(own, one, key, found);
  }
  return found;
}

function nameOf(one: Json): string {
  return `${String(one["kind"])} ${String((one["metadata"] as Json)["name"])}`;
}

function comparable(one: MapNode): Json {
  const json = plain(one) as Json;
  const data = at(one, "data");
  if (data?.kind !== "map") return json;
  return { ...json, data: Object.fromEntries([...data.entries].map(([key, node]) => [key, node.kind === "map" ? readBare(node) : plain(node)])) };
}

function withConf(one: Json): Json {
  const data = one["data"];
  if (typeof data !== "object" || data === null) return one;
  const text = (from: string): string => (one["kind"] === "Secret" ? Buffer.from(from, "base64").toString("utf8") : from);
  return {
    ...one,
    data: Object.fromEntries(Object.entries(data as Json).map(([key, from]) => [key, key.endsWith(".conf") ? readText(text(String(from))) : from])),
  };
}

/** What is unknown on our side agrees with anything; null agrees with nothing being there. */
function compare(ours: unknown, helms: unknown, path: string, found: string[]): void {
  if (ours === UNKNOWN || (isEmpty(ours) && isEmpty(helms))) return;
  if (Array.isArray(ours) && Array.isArray(helms) && ours.length === helms.length) {
    for (const [index, item] of ours.entries()) compare(item, helms[index], `${path}/${index}`, found);
  } else if (isMap(ours) && isMap(helms)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(helms)])) compare(ours[key], helms[key], `${path}/${key}`, found);
  } else if (ours !== helms) found.push(`${path} is ${JSON.stringify(ours)}, not ${JSON.stringify(helms)}`);
}

function isEmpty(one: unknown): boolean {
  return one === undefined || one === null || (isMap(one) && Object.values(one).every(isEmpty));
}

function isMap(one: unknown): one is Json {
  return typeof one === "object" && one !== null && !Array.isArray(one);
}
