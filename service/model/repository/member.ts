// What the comparison of releases needs to know of one server, taken out of its model so that the model need not be kept.

import type { Origin } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import { type Model, type ModelPath, pathKey } from "../model.ts";
import { type Streaming, streamingOf } from "./streaming.ts";

/** A known value and the place that a person must edit to change it. */
export interface Leaf<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

/** A gateway, or a leaf node's hub, that a server connects to. */
export interface Remote {
  readonly name: string | null;
  readonly urls: readonly string[];
  readonly origin: Origin;
}

export interface Member {
  readonly kind: "nats" | "stan";
  readonly path: string;
  readonly release: string | null;
  readonly namespace: string | null;
  readonly environment: Environment | null;
  /** Does a workload run it? Else it is a configuration by itself. */
  readonly isWorkload: boolean;
  readonly workload: Leaf<string> | undefined;
  readonly replicas: Leaf<number> | undefined;
  /** Names under which it is reached within its namespace. */
  readonly hosts: readonly string[];
  /** Undefined where it is not known whether there is one; null where there is none. */
  readonly cluster: Leaf<string | null> | null | undefined;
  readonly routes: readonly string[] | undefined;
  /** Equal for two that listen at the same ports of the same host, as far as it is said. */
  readonly listens: string;
  readonly gateway: { readonly name: Leaf<string>; readonly remotes: readonly Remote[] | undefined; readonly rejects: boolean; readonly origin: Origin } | null;
  readonly leafRemotes: readonly Remote[];
  readonly serverVersion: Leaf<string> | undefined;
  readonly serverName: Leaf<string> | undefined;
  /** What stands before the pods' names in those of the servers. */
  readonly prefix: Leaf<string> | undefined;
  readonly jetstream: boolean | undefined;
  readonly settings: readonly Setting[];
  /** Null for a server of NATS. */
  readonly streaming: Streaming | null;
  /** The same server as other versions of its chart have it, where it is open which one reads the values; null where one has none. */
  readonly others: () => readonly (Member | null)[];
}

/** A setting in which production is expected to be at least as strong as what is tried before it. */
export interface Setting {
  readonly name: string;
  /** Greater is stronger. */
  readonly strength: number;
  readonly text: string;
  readonly origin: Origin;
}

// biome-ignore format: one name after the other
const READ = [
  "kind", "scope", "release", "namespace", "version", "text", "config", "streaming", "services", "podNames", "prefix", "workload", "name", "replicas",
  "serviceName", "directories", "streaming_dir", "path", "mount", "volume", "claimName", "mountPath", "subPath", "subPathExpr",
] as const;
/** What of a server members and what they are made of are read from. */
export const MEMBER_NAMES: ReadonlySet<string> = new Set(READ);

export type Named = (typeof READ)[number];
/** The way to a block of a configuration, or into it: its keys are its own. */
type ConfKeys = readonly ["config" | "streaming", ...ModelPath];
/** The way to a value of the server. */
export type Keys = ConfKeys | readonly [Named, ...Named[]];

type Json = Readonly<Record<string, unknown>>;

/** The server of a release's model; null for a release without one. */
export function memberOf(
  model: Model,
  { path, environment }: Pick<Member, "path" | "environment">,
  others: () => readonly (Member | null)[] = () => [],
): Member | null {
  const server = (model.json["servers"] as readonly Json[] | undefined)?.[0];
  if (server === undefined) return null;
  const value = (...keys: Keys): unknown => keys.reduce<unknown>((here, key) => (here as Json | null | undefined)?.[key], server);
  const origin = (...keys: Keys): Origin => nearest(model, ["servers", 0, ...keys]);
  const text = (...keys: Keys): Leaf<string> | undefined => {
    const found = value(...keys);
    return typeof found === "string" ? { value: found, origin: origin(...keys) } : undefined;
  };
  const gateway = text("config", "gateway", "name");
  const cluster = value("config", "cluster");
  const workload = text("workload", "name");
  const replicas = value("workload", "replicas");
  return {
    kind: value("kind") as Member["kind"],
    path,
    release: value("scope", "release") as string | null,
    namespace: value("scope", "namespace") as string | null,
    environment,
    isWorkload: isRecord(value("workload")),
    workload,
    replicas: typeof replicas === "number" ? { value: replicas, origin: origin("workload", "replicas") } : undefined,
    hosts: [workload?.value, value("workload", "serviceName"), ...listOf(value("services")).map((one) => one["name"])].filter((one) => typeof one === "string"),
    cluster: cluster === undefined ? undefined : cluster === null ? null : clusterName(value("config", "cluster", "name"), origin("config", "cluster", "name")),
    routes: (value("config", "cluster", "routes") ?? undefined) as readonly string[] | undefined,
    listens: JSON.stringify([value("config", "host"), value("config", "port"), value("config", "cluster", "port"), value("config", "http_port")]),
    gateway:
      gateway === undefined
        ? null
        : {
            name: gateway,
            remotes: remotesIn(value("config", "gateway", "gateways"), ["config", "gateway", "gateways"]),
            rejects: value("config", "gateway", "reject_unknown_cluster") === true,
            origin: origin("config", "gateway", "gateways"),
          },
    leafRemotes: remotesIn(value("config", "leafnodes", "remotes"), ["config", "leafnodes", "remotes"]) ?? [],
    serverVersion: text("version", "text"),
    serverName: text("config", "server_name"),
    prefix: text("podNames", "prefix"),
    jetstream: value("config", "jetstream") === undefined ? undefined : isRecord(value("config", "jetstream")),
    settings: settingsOf(value, origin),
    streaming: streamingOf(value, text, origin, value("scope", "namespace") as string | null),
    others,
  };

  function remotesIn(list: unknown, at: ConfKeys): readonly Remote[] | undefined {
    if (list === null) return [];
    if (!Array.isArray(list)) return undefined;
    return (list as readonly Json[]).map((one, index) => ({
      name: typeof one["name"] === "string" ? one["name"] : null,
      urls: [one["url"], one["urls"]].flat().filter((url) => typeof url === "string"),
      origin: origin(...at, index),
    }));
  }
}

function clusterName(name: unknown, origin: Origin): Leaf<string | null> | undefined {
  return name === undefined ? undefined : { value: typeof name === "string" ? name : null, origin };
}

/** What is compared between environments. What is not known is left out. */
function settingsOf(value: (...keys: Keys) => unknown, origin: (...keys: Keys) => Origin): Setting[] {
  const found: Setting[] = [];
  const say = (name: string, strength: number, text: string, ...at: Keys): void => void found.push({ name, strength, text, origin: origin(...at) });
  const replicas = value("workload", "replicas");
  if (typeof replicas === "number") say("replicas", replicas, String(replicas), "workload", "replicas");
  if (!isRecord(value("config"))) return found;
  for (const [name, ...at] of ASKED) {
    const here = value("config", ...at);
    if (here === null || isRecord(here)) say(name, here === null ? 0 : 1, here === null ? "off" : "on", "config", ...at);
  }
  const logins = ["authorization", "accounts", "operator"].map((key) => value("config", key));
  if (!logins.includes(undefined)) {
    const isOn = logins.some((one) => one !== null && !isEmpty(one));
    say("authentication", isOn ? 1 : 0, isOn ? "on" : "off", "config", "authorization");
  }
  const advertise = value("config", "cluster", "no_advertise");
  if (typeof advertise === "boolean") say("cluster.no_advertise", advertise ? 1 : 0, String(advertise), "config", "cluster", "no_advertise");
  return found;
}

const ASKED: readonly (readonly [string, ...string[]])[] = [
  ["tls", "tls"],
  ["cluster.tls", "cluster", "tls"],
  ["cluster", "cluster"],
];

function isEmpty(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The place of a model path, or of the nearest thing above it that has one. */
function nearest(model: Model, at: ModelPath): Origin {
  for (let length = at.length; length > 0; length--) {
    const origin = model.origins.get(pathKey(at.slice(0, length)));
    if (origin !== undefined) return origin;
  }
  throw new Error("A server of the model has no place");
}
