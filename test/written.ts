// What stands in a text where a scalar of the model says that it comes from, read again by itself.
import { parse } from "yaml";
import { readConf } from "../service/document/conf/read-conf.ts";
import { map, scalar, type ScalarValue } from "../service/document/node.ts";
import { conform } from "../service/model/conform.ts";
import type { RootSchema } from "../service/model/schema.ts";
import { type Model, pathKey } from "../service/model/model.ts";
import type { Known } from "./knowledge.ts";

export interface Written {
  readonly at: string;
  readonly text: string;
  readonly value: unknown;
  /** All that the text can be read as: YAML 1.1 and 1.2, nats.conf, both. */
  readonly read: readonly unknown[];
}

/** Where a server's own words stand, and not what natslint concludes from them. */
const WRITTEN = new Set(["config", "streaming", "workload", "container", "services", "disruptionBudgets"]);

/** What it concludes and notes among them: of a load balancer's annotations, of a port, of the runtime's variable. */
const CONCLUDED = /^services\/\d+\/(?:loadBalancer\/|ports\/\d+\/(?:http|tls|listens)$)|^container\/GOMEMLIMIT\/read$/;

/**
 * Null for what nobody wrote as it is: defaults, what templates make, secrets, and what natslint concluded, which points
 * at an empty place or at a whole map or list.
 */
export function readsAs({ at, value, schema }: Known, model: Model, texts: ReadonlyMap<string, string>, root: RootSchema): Written | null {
  const origin = model.origins.get(pathKey(at));
  if (typeof value === "object" || origin === undefined || schema.redact !== undefined || !WRITTEN.has(String(at[2]))) return null;
  if (CONCLUDED.test(pathKey(at.slice(2)))) return null;
  if (origin.via?.some(({ kind }) => kind !== "anchor" && kind !== "merge key" && kind !== "layer")) return null;
  const text = texts.get(origin.path)?.slice(origin.span.start, origin.span.end) ?? "";
  if (text === "" || text.includes("\n") || yaml(text, "1.1").some((one) => typeof one === "object" && one !== null)) return null;
  const read = scalarsOf(text, String(at.at(-1))).map((one) => {
    const tree = map([["value", scalar(one, origin)]], origin);
    return conform(tree, { $defs: root.$defs, properties: { value: schema } }).json["value"];
  });
  return { at: pathKey(at), text, value, read };
}

function scalarsOf(text: string, key: string): ScalarValue[] {
  // A text template prints without the quotes of YAML, and a conf inside of YAML or JSON has escapes.
  const bare = text
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/^\\"(.*)\\"$/, "$1")
    // The chart's 1.x generation takes raw conf between these.
    .replace(/^<< (.*) >>$/, "$1");
  const found = [text, bare].flatMap((one) => [one, ...yaml(one, "1.1"), ...yaml(one, "1.2"), ...conf(one)]) as ScalarValue[];
  // `listen` and its likes give two keys: 0.0.0.0:4222.
  const listen = /^(.*):(-?\d+)$/.exec(bare);
  if (listen !== null && /^host$|port$/.test(key)) found.push(listen[1] ?? "", Number(listen[2]));
  if (key === "jetstream" && /^(enabled?|disabled?)$/i.test(bare)) found.push(/^e/i.test(bare));
  return found;
}

function yaml(text: string, version: "1.1" | "1.2"): unknown[] {
  try {
    return [parse(text, { version, logLevel: "silent" })];
  } catch {
    return [];
  }
}

function conf(text: string): unknown[] {
  const { root } = readConf(`key = ${text}\n`, { path: "", origin: (span) => ({ path: "", span }) });
  const node = root.entries.get("key");
  return node?.kind === "scalar" ? [node.value] : [];
}
