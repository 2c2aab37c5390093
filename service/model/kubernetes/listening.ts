// Which listener of a server has which port, and whether those are all.

import { at, isUnset, type MapNode, type Node } from "../../document/node.ts";

export interface Listening {
  /** The listeners whose ports are known. */
  readonly byPort: ReadonlyMap<number, string>;
  /** Does the server certainly listen to nothing else? */
  readonly complete: boolean;
  /** The container that it runs in. */
  readonly container: MapNode;
}

/** What the configuration says of ports; one that the system chooses (-1) is not known. */
export function listeningOf(config: Node, container: MapNode): Listening {
  const byPort = new Map<number, string>();
  let complete = config.kind === "map" && config.incomplete === undefined;
  const add = (node: Node | undefined, name: string, standard?: number): void => {
    if (isUnset(node)) {
      if (standard !== undefined && config.kind === "map" && config.incomplete === undefined) byPort.set(standard, name);
    } else if (node?.kind === "scalar" && typeof node.value === "number" && node.value >= 0) {
      if (node.value > 0) byPort.set(node.value, name);
    } else complete = false;
  };
  add(at(config, "port"), "client", 4222);
  for (const [name, ...aliases] of BLOCKS) {
    const node = [name, ...aliases].map((key) => at(config, key)).find((one) => one !== undefined);
    if (node?.kind === "unknown") complete = false;
    if (node?.kind === "map") add(node.entries.get("port") ?? (node.incomplete === undefined ? undefined : at(node, "port")), name);
  }
  add(at(config, "http_port") ?? at(config, "monitor_port"), "monitor");
  add(at(config, "https_port"), "monitor");
  add(at(config, "prof_port"), "profiling");
  return { byPort, complete, container };
}

const BLOCKS = [["cluster"], ["gateway"], ["leafnodes", "leaf"], ["websocket", "ws"], ["mqtt"]] as const;
