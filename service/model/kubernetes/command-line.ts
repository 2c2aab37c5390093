// Which program a container runs, and with which arguments: command and args of the manifest, the image's own where
// they are missing, launchers and simple `sh -c` scripts looked through.

import { at, isUnset, type MapNode, type Node, type Origin, text } from "../../document/node.ts";
import { type Environment, expand, LONGEST_ARGUMENT } from "./environment.ts";
import { imageName, isOwnBuild, ofImage, serverOfImage } from "./server-image.ts";
import { type Argument, readScript } from "./shell.ts";

/** The command line of a NATS or STAN server. */
export interface CommandLine {
  readonly program: "nats" | "stan";
  /** The name of the executable, or of the image that starts it. */
  readonly name: string;
  /** What follows the executable; when `incomplete` is set, as much as is known. */
  readonly args: readonly Argument[];
  /** Ends the sentence "not all known, because ...". */
  readonly incomplete: string | null;
  /** Nothing is written: the image starts the server in its own way. */
  readonly byImage: boolean;
}

const PROGRAMS: Readonly<Record<string, "nats" | "stan">> = {
  "nats-server": "nats",
  gnatsd: "nats",
  qnatsd: "nats",
  "nats-streaming-server": "stan",
};
/** Programs that run another one, by the number of their own operands in front of it. */
const LAUNCHERS: Readonly<Record<string, number>> = {
  exec: 0,
  nohup: 0,
  env: 0,
  tini: 0,
  "dumb-init": 0,
  "docker-entrypoint.sh": 0,
  "su-exec": 1,
  gosu: 1,
};
/** Flags with which the program does one thing and ends. */
const ONE_SHOT = /^--?(?:sl|signal|t|v|version|h|help|help_tls)(?:=|$)/;
const SERVER_IN_SCRIPT =
  /(?:^|[;&|]|\b(?:exec|then|do|else)\s)[ \t]*(?:[^\s;&|]*\/)?(nats-server|gnatsd|qnatsd|nats-streaming-server)[ \t]+(?!--?(?:sl|signal|t|v|version|h|help)\b)(?:-|"?\$)/m;

/** Null when the container runs something else than a server, or when nothing says that it runs one. */
export function commandLine(container: MapNode, variables: Environment): CommandLine | null {
  const image = imageName(at(container, "image"));
  const kind = serverOfImage(image);
  const command = wordsOf(at(container, "command"), variables);
  const args = wordsOf(at(container, "args"), variables);
  const byImage = kind === null || image === null ? null : { program: kind, name: image.base };
  if (command === null) return byImage === null ? null : { ...byImage, args: [], incomplete: "the command is not known", byImage: false };
  const first = (command.length > 0 ? command : (args ?? []))[0];
  if (first === undefined) {
    if (byImage === null) return null;
    if (args === null) return { ...byImage, args: [], incomplete: "the arguments are not known", byImage: false };
    return { ...byImage, ...ownArguments(container, variables, byImage.program), byImage: true };
  }
  // The image's entrypoint hands flags on to the server, and runs anything else as a command.
  const flagsOnly = command.length === 0 && (first.text.startsWith("-") || first.because !== null);
  if (flagsOnly) {
    if (byImage === null) return guessed(args ?? [], container);
    const incomplete = isOwnBuild(image) ? "the image is somebody's own, and may start the server in its own way" : null;
    return { ...byImage, args: args ?? [], incomplete, byImage: false };
  }
  const line = follow([...command, ...(args ?? [])], variables, byImage);
  return line !== null && args === null ? { ...line, incomplete: "the arguments are not known" } : line;
}

type ByImage = { readonly program: "nats" | "stan"; readonly name: string } | null;

function follow(words: readonly Argument[], variables: Environment, byImage: ByImage): CommandLine | null {
  const [head, ...rest] = launched(words);
  if (head === undefined) return null;
  if (head.because !== null) return opaque(byImage, head.because);
  const name = head.text.slice(head.text.lastIndexOf("/") + 1);
  const program = PROGRAMS[name];
  if (program !== undefined) return isOneShot(rest) ? null : { program, name, args: rest, incomplete: null, byImage: false };
  if (/^(?:ba|da|a|z|k)?sh$/.test(name)) return followShell(rest, variables, byImage);
  return /\.(?:ba)?sh$|entrypoint/.test(name) ? opaque(byImage, "a script starts the server") : null;
}

/** `sh [options] -c SCRIPT` or `sh FILE`. */
function followShell(words: readonly Argument[], variables: Environment, byImage: ByImage): CommandLine | null {
  let takesScript = false;
  let index = 0;
  for (; index < words.length; index++) {
    const option = words[index]?.text ?? "";
    if (!/^[-+]\w+$/.test(option)) break;
    takesScript ||= /^-\w*c/.test(option);
    if (/^[-+]\w*o$/.test(option)) index++;
  }
  const script = words[index];
  if (script === undefined) return null;
  if (script.because !== null || !takesScript) return opaque(byImage, script.because ?? "a script starts the server");
  const commands = readScript(script.text, script.origin, variables);
  if (commands === null) {
    const found = SERVER_IN_SCRIPT.exec(script.text)?.[1];
    const program = found === undefined ? undefined : PROGRAMS[found];
    return found === undefined || program === undefined ? null : { program, name: found, args: [], incomplete: "a script starts the server", byImage: false };
  }
  const servers: CommandLine[] = [];
  for (const one of commands) {
    const [head] = launched(one);
    const isShell = head !== undefined && /(?:^|\/)(?:ba|da|a)?sh$/.test(head.text);
    const line = head === undefined || isShell ? null : follow(one, variables, byImage);
    if (line !== null) servers.push(line);
  }
  const [only] = servers;
  if (only === undefined || servers.length === 1) return only ?? null;
  return { ...only, args: [], incomplete: "the script starts more than one server" };
}

/** Without assignments (`A=b nats-server`) and programs that only run the next one. */
function launched(words: readonly Argument[]): readonly Argument[] {
  let index = 0;
  for (;;) {
    const head = words[index];
    if (head === undefined || head.because !== null) return words.slice(index);
    const operands = LAUNCHERS[head.text.slice(head.text.lastIndexOf("/") + 1)];
    const isAssignment = /^[A-Za-z_]\w*=/.test(head.text);
    if (operands === undefined && !isAssignment) return words.slice(index);
    index++;
    if (isAssignment) continue;
    while (words[index]?.text.startsWith("-") === true) index++;
    index += operands ?? 0;
  }
}

function isOneShot(args: readonly Argument[]): boolean {
  return args.some((one) => ONE_SHOT.test(one.text)) || /^(?:version|help)$/i.test(args[0]?.text ?? "");
}

function opaque(byImage: ByImage, because: string): CommandLine | null {
  return byImage === null ? null : { ...byImage, args: [], incomplete: because, byImage: false };
}

/** An image of another name is a server when its arguments are: flags that nothing else has, or a NATS configuration. */
function guessed(args: readonly Argument[], container: MapNode): CommandLine | null {
  const base = imageName(at(container, "image"))?.base ?? text(at(container, "name")) ?? "";
  if (!/nats|stan|gnatsd/i.test(base) || /export|reload|box|boot|cli|operator|surveyor|nack|account|controller|connector|backup|prom/i.test(base)) return null;
  const texts = args.map((one) => one.text);
  const stan = texts.some((one) => /^--?(?:sc|cid|stan_config|cluster_id)(?:=|$)/.test(one));
  const nats = texts.some(
    (one, index) =>
      /^--?(?:js|jetstream|sd|store_dir|cluster_name|routes|cluster|cluster_listen|DVV?|server_name)(?:=|$)/.test(one) ||
      (/^--?c(?:onfig)?(?:=|$)/.test(one) && /(?:nats|gnatsd)[\w.-]*\.conf$/.test(one.includes("=") ? one : (texts[index + 1] ?? ""))),
  );
  const foreign = texts.some((one) => /^--?(?:varz|connz|routez|subz|serverz|channelz|jsz|pid|prefix)(?:=|$)|^https?:/.test(one));
  if (foreign || (!stan && !nats)) return null;
  return { program: stan ? "stan" : "nats", name: base, args, incomplete: null, byImage: false };
}

/** What an image gives its own server besides a file: STAN's monitoring port, Bitnami's NATS_EXTRA_ARGS. */
function ownArguments(container: MapNode, variables: Environment, program: "nats" | "stan"): { args: readonly Argument[]; incomplete: string | null } {
  const node = at(container, "image");
  const image = imageName(node);
  const origin: Origin = node?.origin ?? container.origin;
  const say = (word: string, where: Origin): Argument => ({ text: word, because: null, variable: null, origin: where });
  if (image?.publisher === "bitnami") {
    const extra = variables("NATS_EXTRA_ARGS");
    const words = extra.value?.split(/\s+/).filter((word) => word !== "") ?? [];
    const unsure = extra.value === null && extra.origin !== undefined;
    return { args: words.map((word) => say(word, extra.origin ?? origin)), incomplete: unsure ? "the variable NATS_EXTRA_ARGS is not known" : null };
  }
  if (image?.publisher !== "official") return { args: [], incomplete: "what the image starts is not known" };
  return { args: program === "stan" ? ["-m", "8222"].map((word) => say(word, ofImage(image, origin))) : [], incomplete: null };
}

/** The items of `command` or `args` with Kubernetes' variables filled in; null when the whole list is unknown. */
export function wordsOf(node: Node | undefined, variables: Environment): readonly Argument[] | null {
  // Nobody is taken to run something else by values out of sight.
  if (node === undefined || isUnset(node) || (node.kind === "unknown" && node.unseen === true)) return [];
  if (node.kind !== "list") return null;
  return node.items.map((item): Argument => {
    if (item.kind !== "scalar")
      return { text: "", because: item.kind === "unknown" ? item.because : "something else than a text stands there", variable: null, origin: item.origin };
    const written = typeof item.value === "string" ? item.value : (item.spelling?.text ?? String(item.value ?? ""));
    if (written.length > LONGEST_ARGUMENT) return { text: "", because: "it is longer than an argument can be", variable: null, origin: item.origin };
    const { text: known, unknown } = expand(written, variables);
    const alone = unknown !== null && written === `$(${unknown})` ? unknown : null;
    const because = unknown === null ? null : `the variable ${unknown} is not known`;
    return { text: known, because, variable: alone, origin: known === written ? item.origin : expandedFrom(written, item.origin) };
  });
}

/** What stands there is not what the process is given. */
function expandedFrom(written: string, origin: Origin): Origin {
  const name = /\$\(([^)]*)\)/.exec(written)?.[1];
  return name === undefined ? origin : { ...origin, via: [...(origin.via ?? []), { kind: "variable", name }] };
}
