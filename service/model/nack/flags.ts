// The flags of NACK's controller, as Go's flag package reads them. From cmd/jetstream-controller/main.go of NACK 0.23;
// older ones know fewer.

import { at, type MapNode, type Node, type Origin, scalar, unknown } from "../../document/node.ts";
import { wordsOf } from "../kubernetes/command-line.ts";
import { environment } from "../kubernetes/environment.ts";
import type { Argument } from "../kubernetes/shell.ts";

const SWITCHES = ["crd-connect", "control-loop", "read-only", "tlsfirst"] as const;
const TEXTS = ["s", "namespace", "creds", "nkey", "tlscert", "tlskey", "tlsca"] as const;

/** Flags without a meaning here, of klog and of the controller, that take the next word. */
const OTHERS =
  /^(?:cleanup-period|cache-dir|sync-interval|health-probe-bind-address|kubeconfig|v|vmodule|log_dir|log_file|log_file_max_size|log_backtrace_at|stderrthreshold)$/;

export type NackFlag = (typeof SWITCHES)[number] | (typeof TEXTS)[number];

/** What a flag says: a text or null, true or false; unknown where words are. A switch that is not written stands at `off`, where there is one. */
export type NackFlags = (flag: NackFlag, off?: Origin) => Node;

export function nackFlags(container: MapNode): NackFlags {
  const variables = environment(container, () => undefined);
  const [command, args] = [wordsOf(at(container, "command"), variables), wordsOf(at(container, "args"), variables)];
  const place = (at(container, "args") ?? at(container, "command") ?? container).origin;
  if (command === null || args === null) return () => unknown("its arguments are not known", place);
  const program = command[0]?.text.split("/").at(-1);
  // The image's entrypoint is the controller; a shell or a program of somebody's own is not followed.
  if (program !== undefined && program !== "jetstream-controller") return () => unknown("something else starts the controller", place);
  const { said, because } = read([...command.slice(1), ...args]);
  return (flag, off) => {
    const found = said.get(flag);
    if (found !== undefined && because === null) return found;
    if (because !== null) return unknown(because, found?.origin ?? place);
    return scalar(isSwitch(flag) ? false : null, off ?? place);
  };
}

function isSwitch(flag: string): boolean {
  return (SWITCHES as readonly string[]).includes(flag);
}

/** The last of equal flags wins. What ends the flags, or is not known, leaves those behind it open. */
function read(words: readonly Argument[]): { readonly said: ReadonlyMap<string, Node>; readonly because: string | null } {
  const said = new Map<string, Node>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Argument;
    const [, name = "", value] = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(word.text) ?? [];
    if (word.because !== null && (value === undefined || !isText(name))) return { said, because: word.because };
    if (name === "") return { said, because: null };
    if (isSwitch(name)) {
      if (value !== undefined && !/^(?:1|0|t|f|true|false)$/i.test(value)) return { said, because: "a switch has a value that is none" };
      said.set(name, scalar(value === undefined || /^(?:1|t|true)$/i.test(value), word.origin));
      continue;
    }
    const takesNext = value === undefined && (isText(name) || OTHERS.test(name));
    const given = takesNext ? words[++index] : word;
    if (!isText(name)) continue;
    if (given === undefined) return { said, because: "a flag has no value" };
    const text = takesNext ? given.text : (value ?? "");
    said.set(name, given.because === null ? scalar(text === "" ? null : text, given.origin) : unknown(given.because, given.origin));
  }
  return { said, because: null };
}

function isText(name: string): boolean {
  return (TEXTS as readonly string[]).includes(name);
}
