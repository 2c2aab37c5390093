// Servers of different workloads that keep JetStream in one directory of one claim: each reads and writes the other's files.

import { posix } from "node:path";
import { at, type MapNode, scalar, text } from "../../document/node.ts";
import type { AssembledServer } from "./assemble.ts";

/** Each server with `sharedWith` in its JetStream's directory: the workload before it that has the same one, null where none certainly has. */
export function withSharedDirectories(servers: readonly AssembledServer[]): AssembledServer[] {
  const places = servers.map(placeOf);
  return servers.map((server, index) => {
    const place = places[index];
    const other = servers.find((_, at) => at < index && place !== undefined && places[at] === place);
    return { ...server, tree: shared(server.tree, other === undefined ? null : other.workload.name) };
  });
}

/** Where the files are, as far as it can be compared: claim, namespace, and the folder in the claim. */
function placeOf({ tree, workload }: AssembledServer): string | undefined {
  const directory = at(tree, "directories", "jetstream_store_dir");
  const mount = at(directory, "mount");
  const claim = text(at(mount, "volume", "claimName"));
  const [path, top] = [text(at(directory, "path")), text(at(mount, "mountPath"))];
  const [folder, expression] = [at(mount, "subPath"), at(mount, "subPathExpr")];
  if (claim === undefined || path === undefined || top === undefined || expression !== undefined || folder?.kind === "unknown") return undefined;
  return JSON.stringify([workload.namespace, claim, posix.resolve("/", text(folder) ?? "", posix.relative(top, posix.resolve("/", path)))]);
}

function shared(tree: MapNode, other: string | null): MapNode {
  const directories = at(tree, "directories");
  const own = at(directories, "jetstream_store_dir");
  if (directories?.kind !== "map" || own?.kind !== "map") return tree;
  const directory = { ...own, entries: new Map([...own.entries, ["sharedWith", scalar(other, own.origin)]]) };
  return {
    ...tree,
    entries: new Map([...tree.entries, ["directories", { ...directories, entries: new Map([...directories.entries, ["jetstream_store_dir", directory]]) }]]),
  };
}
