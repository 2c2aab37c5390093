// What the dialect makes of values has to equal what Helm rendered from them, object by object.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { at, type Node } from "../../../service/document/node.ts";
import { plain } from "../../../service/document/plain.ts";
import { nats1x } from "../../../service/model/dialects/nats-1x.ts";
import { overlay } from "../../../service/model/helm-values.ts";
import { map } from "../../../service/document/node.ts";
import { rendered, valuesOf } from "./plain-values.ts";

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
 * the checksum annotation, which the dialect knows to be there but does not compute.
 */
function comparable(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  const kept = objects.filter((one) => one.metadata?.annotations?.["helm.sh/hook"] === undefined);
  const checksums = JSON.stringify(kept, (key, value) => (key === "checksum/config" || typeof value === "symbol" ? "unknown" : value));
  return new Map((JSON.parse(checksums) as KubernetesObject[]).map((one) => [`${one.kind} ${one.metadata?.name}`, one]));
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

describe.skipIf(cases.length === 0)("values of the chart nats 1.x and 2.x make what Helm renders (skipped where the pairs are not at hand)", () => {
  test.each(cases)("%s", (name) => {
    const folder = join(FOLDER, name);
    const given = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as Case;
    const files = given.values ?? ["values.yaml"];
    const layers = files.map((file) => {
      const values = valuesOf(readFileSync(join(folder, file), "utf8"), file);
      if (given.umbrella === undefined) return values;
      const own = at(values, given.umbrella) ?? map([], values.origin);
      const global = at(values, "global");
      return global === undefined ? own : overlay(map([["global", global]], values.origin), own);
    });
    const { objects } = rendered(nats1x, layers, { ...given, chartName: given.umbrella ?? "nats" });
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
});
