// What tells the partitions of NATS Streaming apart and joins them: cluster id, FT group, channels, the NATS below them,
// and the place of the store on its claim.

import { posix } from "node:path";
import type { Keys, Leaf, Named } from "./member.ts";

/** Facts of one server of NATS Streaming. Undefined is not known. */
export interface Streaming {
  readonly partitioning: boolean | undefined;
  readonly clusterId: Leaf<string> | undefined;
  /** Does somebody write the id, or is it the server's own default? */
  readonly isNamed: boolean;
  readonly group: string | null | undefined;
  readonly channels: readonly Leaf<string>[] | undefined;
  /** The address of NATS as every server of the namespace or cluster has it; null for the one that STAN brings along. */
  readonly nats: string | null | undefined;
  readonly claim: string | undefined;
  /** The directory as it is written. */
  readonly dir: Leaf<string> | undefined;
  /** The same directory as it is called on the claim, from its root. */
  readonly place: string | undefined;
}

type Value = (...keys: Keys) => unknown;

/** Null for a server that keeps no channels. `leaf` finds a text with its place, `namespace` is the server's own. */
export function streamingOf(
  value: Value,
  leaf: (...keys: Keys) => Leaf<string> | undefined,
  origin: (...keys: Keys) => Leaf<string>["origin"],
  namespace: string | null,
): Streaming | null {
  if (!isRecord(value("streaming"))) return null;
  const id = value("streaming", "cluster_id");
  const mount = (...keys: readonly Named[]): unknown => value("directories", "streaming_dir", "mount", ...keys);
  const claim = value("streaming", "store") === "file" ? mount("volume", "claimName") : undefined;
  const dir = leaf("directories", "streaming_dir", "path");
  return {
    partitioning: asked(value("streaming", "partitioning")),
    clusterId: id === null ? { value: "test-cluster", origin: origin("streaming", "cluster_id") } : leaf("streaming", "cluster_id"),
    isNamed: typeof id === "string",
    group: groupOf(value("streaming", "ft_group")),
    channels: channelsOf(value, origin),
    nats: natsOf(value("streaming", "nats_server_url"), namespace),
    claim: typeof claim === "string" ? claim : undefined,
    dir,
    place: dir === undefined ? undefined : placeOf(dir.value, mount("mountPath"), mount("subPath"), mount("subPathExpr")),
  };
}

function asked(partitioning: unknown): boolean | undefined {
  return partitioning === undefined ? undefined : partitioning === true;
}

function groupOf(group: unknown): string | null | undefined {
  return group === undefined ? undefined : group === null || group === "" ? null : String(group);
}

function channelsOf(value: Value, origin: (...keys: Keys) => Leaf<string>["origin"]): readonly Leaf<string>[] | undefined {
  const channels = value("streaming", "store_limits", "channels");
  if (!isRecord(channels)) return undefined;
  return Object.keys(channels).map((channel) => ({ value: channel, origin: origin("streaming", "store_limits", "channels", channel) }));
}

/** nats://user:pass@nats.messaging.svc:4222 is nats.messaging:4222; a name by itself is one of the namespace. */
function natsOf(url: unknown, namespace: string | null): string | null | undefined {
  if (url === null || url === "") return null;
  const found = typeof url === "string" ? /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([a-z0-9.-]+)(?::(\d+))?\/?$/i.exec(url) : null;
  if (found?.[1] === undefined) return undefined;
  const host = found[1].toLowerCase().replace(/\.svc(\.[a-z0-9.-]+)?$/, "");
  return `${host.includes(".") || namespace === null ? host : `${host}.${namespace}`}:${found[2] ?? "4222"}`;
}

function placeOf(dir: string, top: unknown, folder: unknown, expression: unknown): string | undefined {
  if (typeof top !== "string" || expression !== null || (folder !== null && typeof folder !== "string")) return undefined;
  return posix.resolve("/", folder ?? "", posix.relative(top, posix.resolve("/", dir)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
