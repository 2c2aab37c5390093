// What a server's command line says, in the words of its configuration files. Flags are read as Go's flag package
// reads them; how they go together with the files is in flag-overlay.ts.

import {
  at,
  list,
  map,
  type MapNode,
  type Node,
  type Origin,
  scalar,
  type ScalarNode,
  type ScalarValue,
  unknown,
  type UnknownNode,
} from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { bytesOfConfSize, secondsOfDuration } from "../units.ts";
import { type CommandLine, commandLine } from "./command-line.ts";
import { type Environment, environment } from "./environment.ts";
import { applySwitches, type FlagFault, type Reading, set, type Tree } from "./flag-switches.ts";
import { type Flag, flagsOf } from "./server-flags.ts";
import { fileOfImage, type ImageFile, imageName } from "./server-image.ts";
import type { Argument } from "./shell.ts";

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

const CASES: Readonly<Record<FlagFault["because"], string | undefined>> = {
  "unknown flag": undefined,
  "no flag": "word",
  "no value": "missing",
  "not a value": "value",
  incomplete: "incomplete",
};

/** A word that is no flag may be a part of a password, and is not repeated. */
export function saidOfFault({ because, flag, origin }: FlagFault): TextViolation {
  const which = CASES[because];
  return { rule: "args-invalid", ...(which !== undefined && { case: which }), origin, facts: because === "no flag" ? {} : { flag } };
}

/** The flags of a server's container. `variables` are the container's own, unless the caller knows more of them. */
export function readFlags(container: MapNode, kind: "nats" | "stan", variables: Environment = environment(container, () => undefined)): ServerFlags {
  const line = commandLine(container, variables);
  const origin = (at(container, "args") ?? at(container, "command") ?? at(container, "image") ?? container).origin;
  const reading: Reading = {
    conf: new Map(),
    streaming: new Map(),
    values: new Map(),
    faults: [],
    incomplete: line === null ? "the command is not followed" : line.incomplete,
  };
  if (line !== null) readArguments(line, kind, reading);
  applySwitches(reading, origin);
  const file = (name: string): ScalarNode | UnknownNode | undefined => {
    const node = reading.values.get(name);
    if (node === undefined) return reading.incomplete === null || line?.byImage === true ? undefined : unknown(reading.incomplete, origin);
    return node.kind === "scalar" || node.kind === "unknown" ? node : undefined;
  };
  const configFile = file("config");
  const streamingConfigFile = kind === "stan" ? file("stan_config") : undefined;
  const named = variables("NATS_FILENAME");
  const filename = named.value ?? (named.origin === undefined ? "nats-server" : null);
  const imageFile = line?.byImage === true ? fileOfImage(imageName(at(container, "image")), origin, filename) : null;
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

function tree(from: Tree, origin: Origin, incomplete: string | null): MapNode {
  const entries = [...from].map(([key, value]): [string, Node] => [key, value instanceof Map ? tree(value, origin, null) : value]);
  const made = map(entries, origin);
  return incomplete === null ? made : { ...made, incomplete };
}
