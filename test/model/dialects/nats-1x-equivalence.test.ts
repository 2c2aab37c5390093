// What the dialect makes of values has to equal what Helm rendered from them, object by object.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { at, type MapNode, map, type Node, text } from "../../../service/document/node.ts";
import { plain } from "../../../service/document/plain.ts";
import { nats1x } from "../../../service/model/dialects/nats-1x.ts";
import { overlay } from "../../../service/model/helm-values.ts";
import { contradictions, withHoles } from "./knowledge.ts";
import { type Given, rendered, valuesOf } from "./plain-values.ts";

const FOLDER = join(import.meta.dirname, "../../../../shared/equivalence");
const cases = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /^nats-[12]\./.test(name)) : [];

interface Case {
  readonly version: string;
  readonly release: string;
  readonly namespace: string;
  readonly values?: readonly string[];
  readonly umbrella?: string;
}

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; annotations?: Record<string, string> };
  [key: string]: unknown;
}

/**
 * Not compared: the Pod of the chart's own test, which is a hook and never part of a release, and the value of
 * the checksum annotation, which the dialect knows to be there but does not compute. A probe that is null is none: what
 * a patch takes away keeps its place in ours.
 */
function comparable(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  const kept = objects.filter((one) => one.metadata?.annotations?.["helm.sh/hook"] === undefined);
  const json = JSON.stringify(kept, (key, value) => {
    if (value === null && key.endsWith("Probe")) return undefined;
    return key === "checksum/config" || typeof value === "symbol" ? "unknown" : value;
  });
  return new Map((JSON.parse(json) as KubernetesObject[]).map((one) => [`${one.kind} ${one.metadata?.name}`, one]));
}

/** The configuration's tree printed as the chart prints it. */
function printed(node: Node, indent = ""): string {
  if (node.kind === "unknown") return "unknown";
  if (node.kind === "scalar") return node.spelling?.conf === "bare" ? node.spelling.text : JSON.stringify(node.value);
  const inner = `${indent}  `;
  if (node.kind === "list") {
    const items = node.items.map((item) => `${inner}${printed(item, inner)}`);
    return items.length === 0 ? "[]" : `[\n${items.join(",\n")}\n${indent}]`;
  }
  const lines = [...node.entries].map(([key, value]) =>
    key.endsWith("$include") ? `${inner}include ${String(plain(value))};` : `${inner}${JSON.stringify(key)}: ${printed(value, inner)},`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n").replace(/,$/, "")}\n${indent}}`;
}

function load(name: string): { folder: string; given: Given; layers: Node[] } {
  const folder = join(FOLDER, name);
  const facts = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as Case;
  const layers = (facts.values ?? ["values.yaml"]).map((file) => {
    const values = valuesOf(readFileSync(join(folder, file), "utf8"), file);
    if (facts.umbrella === undefined) return values;
    const own = at(values, facts.umbrella) ?? map([], values.origin);
    const global = at(values, "global");
    return global === undefined ? own : overlay(map([["global", global]], values.origin), own);
  });
  return { folder, given: { ...facts, chartName: facts.umbrella ?? "nats" }, layers };
}

function byName(objects: readonly MapNode[]): ReadonlyMap<string, MapNode> {
  return new Map(objects.map((one) => [`${text(at(one, "kind"))} ${text(at(one, "metadata", "name"))}`, one]));
}

/** What objects claim to know against `full`. One whose kind or name is open may be any, or none. */
function known(objects: readonly MapNode[], full: ReadonlyMap<string, MapNode>): string[] {
  const open = objects.filter((one) => at(one, "kind")?.kind === "unknown" || at(one, "metadata", "name")?.kind === "unknown");
  const sure = byName(objects.filter((one) => !open.includes(one)));
  const wrong = [...sure].flatMap(([key, object]) => contradictions(object, full.get(key), key));
  const openKinds = new Set(open.map((one) => text(at(one, "kind"))));
  const gone = [...full.keys()].filter((key) => !sure.has(key) && !openKinds.has(key.split(" ")[0]) && !openKinds.has(undefined));
  return [...wrong, ...gone.map((key) => `${key} is gone`)];
}

describe.skipIf(cases.length === 0)("values of the chart nats 1.x and 2.x make what Helm renders (skipped where the pairs are not at hand)", () => {
  test.each(cases)("%s", (name) => {
    const { folder, given, layers } = load(name);
    const { objects } = rendered(nats1x, layers, given);
    const made = objects.map((object) => {
      const json = plain(object) as KubernetesObject;
      const conf = at(object, "data", "nats.conf");
      return conf === undefined ? json : { ...json, data: { ...(json["data"] as object), "nats.conf": `${printed(conf)}\n` } };
    });
    const wanted = parseAllDocuments(readFileSync(join(folder, "rendered.yaml"), "utf8"))
      .map((document) => document.toJS() as KubernetesObject)
      .filter((one) => one !== null);
    const [ours, helms] = [comparable(made), comparable(wanted)];
    expect([...ours.keys()].sort()).toEqual([...helms.keys()].sort());
    for (const [key, object] of helms) expect(ours.get(key), key).toEqual(object);
  });

  test.each(cases)("%s: a value that is not known makes nothing else known", (name) => {
    const { given, layers } = load(name);
    const full = byName(rendered(nats1x, layers, given).objects);
    const last = layers.at(-1) as Node;
    for (const { path, tree } of withHoles(last)) {
      expect(known(rendered(nats1x, [...layers.slice(0, -1), tree], given).objects, full), `without ${path}`).toEqual([]);
    }
  });

  // A prerelease of 1.0.0 is not among what an open version may mean.
  test.each(cases.filter((name) => !name.includes("-rc.")))("%s: what is said of an open chart version or release holds", (name) => {
    const { given, layers } = load(name);
    const full = byName(rendered(nats1x, layers, given).objects);
    expect(known(rendered(nats1x, layers, { ...given, version: null }).objects, full)).toEqual([]);
    const one = rendered(nats1x, layers, given).objects;
    const other = rendered(nats1x, layers, { ...given, release: null, namespace: null }).objects;
    expect(other.length).toBe(one.length);
    for (const [index, object] of other.entries()) expect(contradictions(object, one[index])).toEqual([]);
  });
});
