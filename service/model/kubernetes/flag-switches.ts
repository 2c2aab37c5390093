// Flags that mean more than one key of a configuration file: switches for several keys, JetStream, TLS, the cluster's URL.
// They count after all others, wherever they stand on the command line.

import { map, type Node, type Origin, scalar, type ScalarValue, text, unknown } from "../../document/node.ts";

/** Something in the arguments with which the server does not start. */
export interface FlagFault {
  readonly flag: string;
  /** `no flag`: a word that belongs to none; `incomplete`: another flag needs this one, and it is missing. */
  readonly because: "unknown flag" | "no value" | "not a value" | "no flag" | "incomplete";
  readonly origin: Origin;
}

/** Keys of a configuration while they are gathered. */
export type Tree = Map<string, Tree | Node>;

/** What is gathered from one command line. */
export interface Reading {
  readonly conf: Tree;
  readonly streaming: Tree;
  /** The values of flags that are no key of their own, by the flag's longest name. */
  readonly values: Map<string, Node>;
  readonly faults: FlagFault[];
  /** Ends the sentence "not all known, because ...". */
  incomplete: string | null;
}

/** Puts what `values` hold into `conf` and `streaming`, as the servers do it. */
export function applySwitches(reading: Reading, origin: Origin): void {
  const { values, conf, streaming } = reading;
  for (const [name, keys] of [
    ["DV", ["debug", "trace"]],
    ["DVV", ["debug", "trace", "trace_verbose"]],
    ["VV", ["trace", "trace_verbose"]],
  ] as const) {
    const node = values.get(name);
    if (node !== undefined) for (const key of keys) set(conf, [key], node);
  }
  const both = values.get("SDV");
  if (both !== undefined) for (const key of ["stan_debug", "stan_trace"]) set(streaming, [key], both);
  const clustered = values.get("clustered");
  if (clustered !== undefined) set(streaming, ["clustered"], clustered);
  const encryption = streaming.get("encryption_key");
  if (encryption !== undefined && !(encryption instanceof Map) && !(encryption.kind === "scalar" && encryption.value === null))
    set(streaming, ["encrypt"], scalar(true, encryption.origin));
  finishJetStream(reading);
  finishTls(reading);
  const cluster = values.get("cluster");
  if (cluster !== undefined) finishCluster(cluster, reading, origin);
}

/** `-sd` alone does not switch JetStream on; it is the top-level key of the file. */
function finishJetStream({ values, conf }: Reading): void {
  const jetstream = values.get("jetstream");
  if (jetstream === undefined) return;
  const directory = conf.get("store_dir");
  if (jetstream.kind !== "scalar" || jetstream.value !== true) set(conf, ["jetstream"], jetstream);
  else {
    conf.delete("store_dir");
    const block = map(directory === undefined || directory instanceof Map ? [] : [["store_dir", directory]], jetstream.origin);
    set(conf, ["jetstream"], block);
  }
}

/**
 * Any of the TLS flags makes a new block, from flags alone; `--tls=false` takes it away. The server looks at the letters
 * `tls` a flag begins with, so that STAN's `-tls_client_cert` makes it want a certificate of its own too.
 */
function finishTls({ values, conf, streaming, faults }: Reading): void {
  const found = [...TLS_KEYS.keys()].map((name) => values.get(name)).find((node) => node !== undefined);
  const client = streaming.get("tls");
  const first = found ?? (client instanceof Map ? [...client.values()].find((node) => !(node instanceof Map)) : undefined);
  if (first === undefined || first instanceof Map) return;
  const on = values.get("tls");
  if (on?.kind === "unknown") set(conf, ["tls"], on);
  else if (on?.kind === "scalar" && on.value === false) set(conf, ["tls"], scalar(null, on.origin));
  else {
    const entries = [...TLS_KEYS].flatMap(([name, key]): [string, Node][] => {
      const node = values.get(name);
      return node === undefined || key === null ? [] : [[key, node]];
    });
    for (const name of ["tlscert", "tlskey"]) if (!values.has(name)) faults.push({ flag: name, because: "incomplete", origin: first.origin });
    if (found !== undefined) set(conf, ["tls"], map(entries, first.origin));
  }
}

const TLS_KEYS: ReadonlyMap<string, string | null> = new Map([
  ["tls", null],
  ["tlscert", "cert_file"],
  ["tlskey", "key_file"],
  ["tlscacert", "ca_file"],
  ["tlsverify", "verify"],
]);

/** `--cluster nats://user:password@host:port`: where it listens, and the password that routes need. Empty: no cluster. */
function finishCluster(node: Node, { conf, faults }: Reading, origin: Origin): void {
  const url = text(node);
  if (node.kind === "scalar" && node.value === null) {
    set(conf, ["cluster"], node);
    return;
  }
  const found = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?#]*):(-?\d+)(?:[/?#].*)?$/.exec(url ?? "");
  const say = (value: ScalarValue): Node => scalar(value, node.origin);
  if (found === null) {
    if (node.kind === "scalar") faults.push({ flag: "cluster", because: "not a value", origin: node.origin });
    const because = node.kind === "unknown" ? node.because : "the URL of --cluster cannot be read";
    for (const key of ["host", "port", "authorization"]) set(conf, ["cluster", key], unknown(because, node.kind === "unknown" ? node.origin : origin));
    return;
  }
  const [user, password] = (found[1] ?? "").split(/:(.*)/s);
  set(conf, ["cluster", "host"], say(found[2] === "" ? null : (found[2] ?? "").replace(/^\[|\]$/g, "")));
  set(conf, ["cluster", "port"], say(Number(found[3])));
  if (found[1] !== undefined && password === undefined) faults.push({ flag: "cluster", because: "not a value", origin: node.origin });
  set(conf, ["cluster", "authorization", "user"], say(found[1] === undefined ? null : (user ?? "")));
  set(conf, ["cluster", "authorization", "password"], say(password ?? null));
}

/** Sets the node of a key, with the blocks around it. */
export function set(root: Tree, key: readonly string[], node: Node): void {
  const [first = "", ...rest] = key;
  if (rest.length === 0) {
    root.set(first, node);
    return;
  }
  const below = root.get(first);
  const next: Tree = below instanceof Map ? below : new Map();
  root.set(first, next);
  set(next, rest, node);
}
