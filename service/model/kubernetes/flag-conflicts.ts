// Flags that say something else than the configuration file of the same server: the flag wins, and the file is not the truth.

import { at, list, map, type MapNode, type Node, scalar } from "../../document/node.ts";
import { configuration } from "../configuration.ts";

/** Keys of nats.conf that a flag may set as well, no secrets among them, each with the other names that files have for it. */
const KEYS: readonly (readonly [readonly string[], ...(readonly string[])[]])[] = [
  [["port"]],
  [["host"], ["net"]],
  [["server_name"]],
  [["client_advertise"]],
  [["debug"]],
  [["trace"]],
  [["logtime"]],
  [["log_file"], ["logfile"]],
  [["pid_file"], ["pidfile"]],
  [["http_port"], ["monitor_port"]],
  [["https_port"]],
  [["prof_port"]],
  [["cluster", "name"]],
  [["cluster", "port"]],
  [
    ["cluster", "advertise"],
    ["cluster", "cluster_advertise"],
  ],
  [["cluster", "no_advertise"]],
  [["jetstream", "store_dir"]],
];

/** The model's `overruled`: what the file says and a flag says otherwise. Unknown values are silence. */
export function overruled(file: Node | undefined, flags: MapNode, beside: Node): Node {
  const read = file?.kind === "map" ? configuration(file) : undefined;
  const found = KEYS.flatMap(([key, ...aliases]): Node[] => {
    const flag = at(flags, ...key);
    const own = [key, ...aliases].map((path) => at(read, ...path)).find((node) => node !== undefined);
    if (flag?.kind !== "scalar" || own?.kind !== "scalar" || flag.value === null || own.value === null || flag.value === own.value) return [];
    const name = flag.origin.via?.find((one) => one.kind === "command line");
    if (name === undefined) return [];
    const entries: [string, Node][] = [
      ["key", scalar(key.join("."), flag.origin)],
      ["flag", scalar(name.flag, flag.origin)],
      ["value", scalar(String(flag.value), flag.origin)],
      ["file", scalar(String(own.value), own.origin)],
    ];
    return [map(entries, flag.origin)];
  });
  return list(found, beside.origin);
}
