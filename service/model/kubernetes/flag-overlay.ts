// Flags over the configuration file: both servers read the file first and their flags again after it, so a flag wins
// for what it sets and leaves the rest. Where one flag means more than one key of the file, it is said here.

import { isUnset, map, type MapNode, type Node, scalar } from "../../document/node.ts";

/**
 * nats.conf with the flags (`ServerFlags.conf`) over it. The file's blocks stay: `-js` switches JetStream on and keeps
 * the block's settings; `--cluster` replaces host, port and credentials of the block, and nothing else.
 */
export function confWithFlags(file: Node | undefined, flags: MapNode): Node {
  const below = floor(file, flags);
  if (below.kind === "unknown") return below;
  const entries = new Map(below.entries);
  for (const [key, node] of flags.entries) {
    if (key === "jetstream") put(entries, "jetstream", jetStream(take(entries, "jetstream"), node));
    else if (key === "tls") put(entries, "tls", tls(take(entries, "tls"), node));
    else if (key === "cluster") cluster(entries, node);
    else if (key === "authorization") put(entries, key, merged(take(entries, key), node));
    else {
      if (key === "port" || key === "host") splitListen(entries, "listen");
      if (key === "store_dir") put(entries, "jetstream", withoutStore(take(entries, "jetstream")));
      for (const alias of ALIASES[key] ?? []) take(entries, alias);
      take(entries, key);
      entries.set(key, node);
    }
  }
  // A file that is not known as a whole may have more of a block than its flags say.
  for (const key of ["jetstream", "tls", "cluster", "authorization"]) {
    const block = entries.get(key);
    if (below.incomplete !== undefined && block?.kind === "map") entries.set(key, withoutUnset({ incomplete: below.incomplete, ...block }));
  }
  if (below.incomplete !== undefined) for (const [key, node] of entries) if (isUnset(node)) entries.delete(key);
  if (isSet(flags, "jetstream", "store_dir")) for (const key of ["store_dir", "storedir"]) take(entries, key);
  return together(below, flags, entries);
}

/**
 * The streaming part of stan.conf with the flags (`ServerFlags.streaming`) over it. There the presence of `cluster`
 * switches clustering on; of the flags only `-clustered` does, the others say what a cluster would have.
 */
export function streamingWithFlags(file: Node | undefined, flags: MapNode): Node {
  const below = floor(file, flags);
  if (below.kind === "unknown") return below;
  const entries = new Map(below.entries);
  const clustered = flags.entries.get("clustered");
  for (const [key, node] of flags.entries) {
    if (key === "clustered" || key === "cluster") continue;
    const aliases = [key, ...(STREAMING_ALIASES[key] ?? [])];
    const old = aliases.map((one) => take(entries, one)).find((one) => one !== undefined);
    entries.set(key, node.kind === "map" ? merged(old, node, STREAMING_ALIASES) : node);
  }
  const old = take(entries, "cluster");
  const own = flags.entries.get("cluster");
  const off = clustered?.kind === "scalar" && clustered.value === false;
  if (off) entries.set("cluster", scalar(null, clustered.origin));
  else if (clustered?.kind === "unknown") entries.set("cluster", clustered);
  else if (clustered !== undefined || old !== undefined) {
    const block = own === undefined ? old : merged(old, own);
    entries.set("cluster", block ?? map([], (clustered ?? below).origin));
  }
  return together(below, flags, entries);
}

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  host: ["net"],
  http_port: ["monitor_port"],
  log_file: ["logfile"],
  log_size_limit: ["logfile_size_limit"],
  pid_file: ["pidfile"],
  store_dir: ["storedir"],
};

const STREAMING_ALIASES: Readonly<Record<string, readonly string[]>> = {
  cluster_id: ["id", "cid"],
  store: ["store_type", "storetype", "st"],
  dir: ["datastore"],
  stan_debug: ["sd"],
  stan_trace: ["sv"],
  nats_server_url: ["nats_server", "ns"],
  store_limits: ["limits", "storelimits"],
  file: ["file_options"],
  sql: ["sql_options"],
  hb_interval: ["hbi", "server_to_client_hb_interval"],
  hb_timeout: ["hbt", "server_to_client_hb_timeout"],
  hb_fail_count: ["hbf", "server_to_client_hb_fail_count"],
  ft_group: ["ft_group_name"],
  max_channels: ["maxchannels", "mc"],
  max_subs: ["max_subscriptions", "maxsubscriptions", "msu"],
  max_msgs: ["maxmsgs", "max_count", "maxcount", "mm"],
  max_bytes: ["maxbytes", "mb"],
  max_age: ["maxage", "ma"],
  max_inactivity: ["maxinactivity", "mi"],
  compact: ["compact_enabled"],
  driver: [],
  replace_durable: ["replace_durables", "replace_duplicate_durable", "replace_duplicate_durables"],
};

/** What the flags are laid on: nothing, or what the file says; a file that cannot be known leaves only the flags. */
function floor(file: Node | undefined, flags: MapNode): MapNode | Extract<Node, { kind: "unknown" }> {
  if (file === undefined || file.kind === "map") return file ?? map([], flags.origin);
  const because = file.kind === "unknown" ? file.because : "the file cannot be read";
  if (flags.entries.size === 0 && file.kind === "unknown") return file;
  return { ...map([], file.origin), incomplete: because };
}

/** What a chart's template leaves out is not set there, but may be in what is not in sight. */
function withoutUnset(block: MapNode): MapNode {
  return { ...block, entries: new Map([...block.entries].filter(([, node]) => !isUnset(node))) };
}

function together(below: MapNode, flags: MapNode, entries: ReadonlyMap<string, Node>): MapNode {
  const incomplete = below.incomplete ?? flags.incomplete;
  return incomplete === undefined ? { ...below, entries } : { ...below, entries, incomplete };
}

function jetStream(file: Node | undefined, flag: Node): Node {
  if (flag.kind !== "map" || file?.kind !== "map") return file?.kind === "unknown" && flag.kind === "map" ? { ...flag, incomplete: file.because } : flag;
  const entries = new Map(file.entries);
  for (const key of ["enabled", "enable"]) take(entries, key);
  const kept = flag.entries.has("store_dir") ? withoutStore({ ...file, entries }) : { ...file, entries };
  return merged(kept, flag);
}

/** The flag's directory takes the place of the one in the block; a switch (`jetstream: enabled`) has none. */
function withoutStore(file: Node | undefined): Node | undefined {
  if (file?.kind !== "map") return file;
  const entries = new Map(file.entries);
  for (const key of ["store_dir", "storedir", "store"]) take(entries, key);
  return { ...file, entries };
}

/** Certificates and `verify` come from the flags alone; what does not belong to Go's TLS configuration stays. */
function tls(file: Node | undefined, flag: Node): Node {
  if (flag.kind !== "map" || file?.kind !== "map") return flag;
  const kept = [...file.entries].filter(([key]) =>
    /^(?:timeout|verify_and_map|pinned_certs|handshake_first|first|immediate|connection_rate_limit)$/i.test(key),
  );
  return { ...flag, entries: new Map([...kept, ...flag.entries]) };
}

/** Without `--cluster` the other flags only say what a cluster of the file has; they make none. */
function cluster(entries: Map<string, Node>, flag: Node): void {
  const file = take(entries, "cluster");
  if (flag.kind !== "map") put(entries, "cluster", flag);
  else if (flag.entries.has("port")) {
    const below = new Map(file?.kind === "map" ? file.entries : []);
    for (const key of ["listen", "host", "net", "port"]) take(below, key);
    const base: Node | undefined = file?.kind === "map" ? { ...file, entries: below } : file;
    put(entries, "cluster", merged(base, flag, { advertise: ["cluster_advertise"] }));
  } else if (file !== undefined) put(entries, "cluster", merged(file, flag, { advertise: ["cluster_advertise"] }));
}

/** `listen: host:port` in its two parts, so that a flag can replace one of them. */
function splitListen(entries: Map<string, Node>, key: string): void {
  const node = take(entries, key);
  if (node === undefined) return;
  const found = node.kind === "scalar" ? /^(?:(.*):)?(-?\d+)$/.exec(String(node.value)) : null;
  if (found === null || node.kind !== "scalar") entries.set(key, node);
  else {
    if (found[1] !== undefined && found[1] !== "") entries.set("host", scalar(found[1].replace(/^\[|\]$/g, ""), node.origin));
    entries.set("port", scalar(Number(found[2]), node.origin));
  }
}

/** One block over another, key by key, whatever the case of the file's keys. */
function merged(file: Node | undefined, flag: Node, aliases: Readonly<Record<string, readonly string[]>> = {}): Node {
  if (flag.kind !== "map") return flag;
  if (file?.kind === "unknown") return { ...flag, incomplete: file.because };
  if (file?.kind !== "map") return flag;
  const entries = new Map(file.entries);
  for (const [key, node] of flag.entries) {
    for (const alias of aliases[key] ?? []) take(entries, alias);
    const old = take(entries, key);
    entries.set(key, merged(old, node));
  }
  return { ...file, entries };
}

function isSet(flags: MapNode, block: string, key: string): boolean {
  const node = flags.entries.get(block);
  return node?.kind === "map" && node.entries.has(key);
}

/** Removes a key, in any case, and gives its value; of several spellings the last. */
function take(entries: Map<string, Node>, key: string): Node | undefined {
  let found: Node | undefined;
  for (const name of [...entries.keys()].filter((one) => one.toLowerCase() === key)) {
    found = entries.get(name);
    entries.delete(name);
  }
  return found;
}

function put(entries: Map<string, Node>, key: string, node: Node | undefined): void {
  if (node !== undefined) entries.set(key, node);
}
