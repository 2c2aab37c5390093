// What a server's command line says, in the words of its configuration files. Flags are read as Go's flag package
// reads them; how they go together with the files is in flag-overlay.ts.

import { at, list, map, type MapNode, type Node, type Origin, scalar, type ScalarNode, type ScalarValue, text, unknown, type UnknownNode } from "../../document/node.ts";
import { bytesOfConfSize, secondsOfDuration } from "../units.ts";
import { type CommandLine, commandLine } from "./command-line.ts";
import { type Environment, environment } from "./environment.ts";
import { type Flag, flagsOf } from "./server-flags.ts";
import { fileOfImage, type ImageFile, imageName } from "./server-image.ts";
import type { Argument } from "./shell.ts";

/** Something in the arguments with which the server does not start. */
export interface FlagFault {
  readonly flag: string;
  /** `no flag`: a word that belongs to none; `incomplete`: another flag needs this one, and it is missing. */
  readonly because: "unknown flag" | "no value" | "not a value" | "no flag" | "incomplete";
  readonly origin: Origin;
}

export interface ServerFlags {
  /** `-c`: nats.conf. A STAN server that is given only one of its two files reads both parts from that one. */
  readonly configFile?: ScalarNode | UnknownNode;
  /** `-sc`: stan.conf. */
  readonly streamingConfigFile?: ScalarNode | UnknownNode;
  /** The file that the image starts its server with, when neither command nor arguments are written. */
  readonly imageFile?: ImageFile;
  /** What flags set, with nats.conf's keys; null is set back to nothing. To be laid over the file by `confWithFlags`. */
  readonly conf: MapNode;
  /** The same with stan.conf's keys; `clustered` is no key of the file, but the flag that switches `cluster` on or off. */
  readonly streaming: MapNode;
  readonly faults: readonly FlagFault[];
}

type Tree = Map<string, Tree | Node>;

interface Reading {
  readonly conf: Tree;
  readonly streaming: Tree;
  readonly values: Map<string, Node>;
  readonly faults: FlagFault[];
  incomplete: string | null;
}

/** The flags of a server's container. `variables` are the container's own, unless the caller knows more of them. */
export function readFlags(container: MapNode, kind: "nats" | "stan", variables: Environment = environment(container, () => undefined)): ServerFlags {
  const line = commandLine(container, variables);
  const origin = (at(container, "args") ?? at(container, "command") ?? at(container, "image") ?? container).origin;
  const reading: Reading = { conf: new Map(), streaming: new Map(), values: new Map(), faults: [], incomplete: line === null ? "the command is not followed" : line.incomplete };
  if (line !== null) readArguments(line, kind, reading);
  finish(reading, origin);
  const file = (name: string): ScalarNode | UnknownNode | undefined => {
    const node = reading.values.get(name);
    if (node === undefined) return reading.incomplete === null || line?.byImage === true ? undefined : unknown(reading.incomplete, origin);
    return node.kind === "scalar" || node.kind === "unknown" ? node : undefined;
  };
  const configFile = file("config");
  const streamingConfigFile = kind === "stan" ? file("stan_config") : undefined;
  const name = variables("NATS_FILENAME").value;
  const imageFile = line?.byImage === true ? fileOfImage(imageName(at(container, "image")), origin, name) : null;
  return {
    ...(configFile === undefined ? {} : { configFile }),
    ...(streamingConfigFile === undefined ? {} : { streamingConfigFile }),
    ...(imageFile === null ? {} : { imageFile }),
    conf: tree(reading.conf, origin, reading.incomplete),
    streaming: tree(reading.streaming, origin, kind === "stan" ? reading.incomplete : null),
    faults: reading.faults,
  };
}

function readArguments(line: CommandLine, kind: "nats" | "stan", reading: Reading): void {
  const flags = flagsOf(kind);
  const { args } = line;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as Argument;
    const found = /^--?([^-=][^=]*)(=)?/.exec(arg.text);
    if (found === null && arg.because === null) {
      // A word that is no flag ends the flags, and then the server does not know what to do with it.
      if (arg.text === "--" && index === args.length - 1) return;
      reading.faults.push({ flag: arg.text, because: "no flag", origin: arg.origin });
      reading.incomplete ??= "the server refuses an argument";
      return;
    }
    const name = found?.[1];
    if (name === undefined || (arg.because !== null && found?.[2] === undefined)) {
      reading.incomplete ??= arg.because ?? "an argument is not known";
      return;
    }
    const flag = flags.get(name);
    const joined = found?.[2] === "=" ? { ...arg, text: arg.text.slice(found[0].length) } : undefined;
    if (flag === undefined) {
      // A fork may know it. The next word is its value, unless it is a flag itself.
      if (line.name !== "qnatsd") reading.faults.push({ flag: name, because: "unknown flag", origin: arg.origin });
      reading.incomplete ??= `the flag ${name} is not known`;
      if (joined === undefined && args[index + 1]?.text.startsWith("-") === false) index++;
      continue;
    }
    const next = flag.takes === "bool" ? { ...arg, text: "true", because: null } : args[index + 1];
    const value = joined ?? next;
    if (value === undefined) {
      reading.faults.push({ flag: name, because: "no value", origin: arg.origin });
      reading.incomplete ??= "the server refuses an argument";
      return;
    }
    if (joined === undefined && flag.takes !== "bool") index++;
    put(name, flag, value, arg, reading);
  }
}

function put(name: string, flag: Flag, value: Argument, arg: Argument, reading: Reading): void {
  const key = arg.origin.path === value.origin.path && arg !== value && arg.origin.span !== value.origin.span ? { key: arg.origin.span } : {};
  const origin: Origin = { ...value.origin, ...key, via: [...(value.origin.via ?? []), { kind: "command line", flag: `-${name}` }] };
  const node = value.because === null ? nodeOf(value.text, flag, origin) : unknown(value.because, origin, sameOf(name, value));
  if (node === null) {
    reading.faults.push({ flag: name, because: "not a value", origin: value.origin });
    reading.incomplete ??= "the server refuses an argument";
    return;
  }
  if (flag.key.length > 0) set(flag.block === "conf" ? reading.conf : reading.streaming, flag.key, node);
  else reading.values.set(ALIASES[name] ?? name, node);
}

const ALIASES: Readonly<Record<string, string>> = { c: "config", sc: "stan_config", js: "jetstream", cluster_listen: "cluster" };

/** A secret that comes from a variable is known to be one. */
function sameOf(name: string, value: Argument): string | undefined {
  return value.variable !== null && /^(?:pass|auth|encryption_key)$/.test(name) ? `variable ${value.variable}` : undefined;
}

/** The value as its flag takes it; null for what Go refuses. An empty text and a port 0 are nothing set. */
function nodeOf(written: string, flag: Flag, origin: Origin): Node | null {
  const say = (value: ScalarValue | undefined): Node | null => (value === undefined ? null : scalar(value, origin));
  if (flag.takes === "bool") {
    if (/^(?:1|t|T|true|TRUE|True)$/.test(written)) return say(true);
    return /^(?:0|f|F|false|FALSE|False)$/.test(written) ? say(false) : null;
  }
  if (flag.takes === "list") return list(written === "" ? [] : written.split(",").map((one) => scalar(one.trim(), origin)), origin);
  if (flag.takes === "size") return say(bytesOfConfSize(written, "bare") ?? undefined);
  if (flag.takes === "duration") return secondsOfDuration(written) === null ? null : say(written);
  if (flag.takes === "text") return say(written === "" ? null : written);
  const number = /^([+-]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|[1-9]\d*|0)$/.exec(written);
  if (number === null) return null;
  const digits = (number[2] ?? "").replace(/^0(?=\d)/, "0o");
  const value = Number(digits) * (number[1] === "-" ? -1 : 1);
  return say(value === 0 && /port$/.test(flag.key.at(-1) ?? "") ? null : value);
}

/** Flags with a meaning of their own, after all others, as the servers do it. */
function finish(reading: Reading, origin: Origin): void {
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

function set(root: Tree, key: readonly string[], node: Node): void {
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

function tree(from: Tree, origin: Origin, incomplete: string | null): MapNode {
  const entries = [...from].map(([key, value]): [string, Node] => [key, value instanceof Map ? tree(value, origin, null) : value]);
  const made = map(entries, origin);
  return incomplete === null ? made : { ...made, incomplete };
}
