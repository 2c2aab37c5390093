// Which container of a pod is the server. Exporters, reloaders, boxes and clients beside it are none.

import { at, type MapNode, text } from "../../document/node.ts";
import type { Version } from "../versions.ts";
import { commandLine } from "./command-line.ts";
import { environment } from "./environment.ts";
import { imageName, serverOfImage, versionOfImage } from "./server-image.ts";

export interface ServerContainer {
  readonly container: MapNode;
  readonly kind: "nats" | "stan";
  /** From the image's tag: NATS's version, or STAN's where the kind is `stan`. Null when the tag does not say it. */
  readonly version: Version | null;
}

/** The server among a pod's containers, init containers left out; null when there is none. Of several, the one named for it, else the first. */
export function serverContainer(pod: MapNode): ServerContainer | null {
  const known = servers.get(pod);
  if (known !== undefined) return known;
  const server = findServer(pod);
  servers.set(pod, server);
  return server;
}

/** Who sorts objects, who joins them and who assembles servers ask about the same pods. */
const servers = new WeakMap<MapNode, ServerContainer | null>();

function findServer(pod: MapNode): ServerContainer | null {
  const containers = at(pod, "containers");
  const found: ServerContainer[] = [];
  for (const container of containers?.kind === "list" ? containers.items : []) {
    if (container.kind !== "map") continue;
    const line = commandLine(
      container,
      environment(container, () => undefined),
    );
    if (line === null) continue;
    const image = imageName(at(container, "image"));
    // The tag counts only where the image's name promises the same server as the command runs.
    const version = serverOfImage(image) === line.program ? versionOfImage(image) : null;
    found.push({ container, kind: line.program, version });
  }
  const named = found.find(({ container }) => /^(?:nats|stan|nats-server|nats-streaming)$/.test(text(at(container, "name")) ?? ""));
  return named ?? found[0] ?? null;
}
