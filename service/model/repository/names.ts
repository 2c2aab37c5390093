// Names that two clusters or two servers have which meet each other, and gateways of which only one lists the other.

import { posix } from "node:path";
import { areNumbered, areOfOneEnvironment, groupedBy, type Link, shareRoute } from "./links.ts";
import type { Leaf, Member } from "./member.ts";
import { type Entry, entry } from "./table.ts";

/** Clusters that are joined and have one name. */
export function clusterNames(links: readonly Link[]): Entry[] {
  return links.flatMap(({ kind, one, other }) => {
    const [name, theirs] = [one.cluster, other.cluster];
    if (name?.value === null || name === undefined || name === null || theirs?.value !== name.value || theirs === null) return [];
    // The leaf node is the one that is turned away; of two gateways the second is named.
    const [here, there] = kind === "leafnode" ? [name, theirs] : [theirs, name];
    const first = kind === "leafnode" ? other : one;
    return [
      entry((kind === "leafnode" ? one : other).environment, {
        name: [here.value ?? "", here.origin],
        other: [titleOf(first), there.origin],
        link: [kind, here.origin],
      }),
    ];
  });
}

/** Servers that are joined by gateways or by routes and have one name. */
export function serverNames(links: readonly Link[], members: readonly Member[]): Entry[] {
  const byGateway = links.flatMap(({ kind, one, other }) => (kind === "gateway" ? sameName(one, other, kind) : []));
  const named = groupedBy(
    members.filter(({ isWorkload }) => !isWorkload),
    ({ serverName, path }) => (serverName === undefined ? [] : [`${posix.dirname(path)} ${serverName.value}`]),
  );
  const byRoute = [...named.values()].flatMap(([first, ...others]) =>
    others.flatMap((other) => (first !== undefined && areServersOfOneCluster(first, other) ? sameName(first, other, "route") : [])),
  );
  return [...byGateway, ...byRoute];
}

function sameName(one: Member, other: Member, link: "gateway" | "route"): Entry[] {
  const [name, theirs] = [serverName(one), serverName(other)];
  if (name === undefined || theirs?.value !== name.value) return [];
  return [entry(other.environment, { name: [theirs.value, theirs.origin], other: [titleOf(one), name.origin], link: [link, theirs.origin] })];
}

/** The name of the first server. */
function serverName({ serverName: said, prefix, workload }: Member): Leaf<string> | undefined {
  if (said !== undefined) return said;
  if (prefix === undefined || workload === undefined) return undefined;
  return { value: `${prefix.value}${workload.value}-0`, origin: prefix.origin };
}

/** Two files for two servers, and not a copy: they name one cluster and a common route, and listen elsewhere or are numbered. */
function areServersOfOneCluster(one: Member, other: Member): boolean {
  if (one.path === other.path || !areOfOneEnvironment(one, other) || !shareRoute(one, other)) return false;
  if ((one.cluster?.value ?? null) !== (other.cluster?.value ?? null)) return false;
  return one.listens !== other.listens || areNumbered(posix.basename(one.path), posix.basename(other.path));
}

/** Gateways that do not list one that lists them. */
export function gateways(members: readonly Member[]): Entry[] {
  const byName = groupedBy(members, ({ gateway }) => (gateway === null ? [] : [gateway.name.value]));
  const said = new Set<string>();
  return members.flatMap((one) =>
    (one.gateway?.remotes ?? []).flatMap((remote) =>
      (byName.get(remote.name ?? "") ?? []).flatMap((other): Entry[] => {
        const { gateway } = other;
        const own = one.gateway?.name;
        if (gateway?.remotes === undefined || own === undefined || gateway.name.value === own.value || !areNeighbours(one, other)) return [];
        if (gateway.remotes.some(({ name }) => name === null || name === own.value)) return [];
        const key = `${gateway.origin.path} ${gateway.origin.span.start} ${own.value}`;
        if (said.has(key)) return [];
        said.add(key);
        return [
          entry(other.environment, {
            name: [gateway.name.value, gateway.origin],
            other: [own.value, remote.origin],
            rejects: [gateway.rejects, gateway.origin],
          }),
        ];
      }),
    ),
  );
}

/** Of one environment, and near enough in the repository that one name means one gateway. */
function areNeighbours(one: Member, other: Member): boolean {
  const [here, there] = [posix.dirname(one.path), posix.dirname(other.path)];
  return one.environment === other.environment && (here === there || posix.dirname(here) === posix.dirname(there));
}

/** How a sentence names a cluster: by its release, and where that is the same, by its file. */
export function titleOf({ release, namespace, path }: Member): string {
  if (release === null || release === path) return path;
  return namespace === null ? `release ${release} of ${path}` : `release ${release} in namespace ${namespace}`;
}
