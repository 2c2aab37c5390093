// Servers that form a group with others beyond their own workload: by routes to other hosts, by an FT group's name, or by
// the peers of a STAN cluster.

import { posix } from "node:path";
import { at, type MapNode, type Node, scalar, text, unknown } from "../document/node.ts";
import type { Found } from "./releases.ts";

/** Each server with `peers`: is it joined to servers outside its own workload? */
export function withPeers(found: readonly Found[]): Found[] {
  const groups = new Map<string, number>();
  for (const one of found) {
    const name = groupName(one);
    if (name !== null) groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return found.map((one) => {
    const { tree } = one.server;
    const name = groupName(one);
    const shared = name !== null && (groups.get(name) ?? 0) > 1;
    const peers = shared || hasPeersElsewhere(one) ? scalar(true, tree.origin) : routesElsewhere(tree);
    return { ...one, server: { ...one.server, tree: { ...tree, entries: new Map([...tree.entries, ["peers", peers]]) } } };
  });
}

/**
 * Servers of one FT group have the same cluster id and the same group name. Those of one STAN cluster have the id in
 * common, but so have values for several environments: only manifests of one folder and namespace are taken for one.
 */
function groupName({ server: { tree }, chart, path, namespace }: Found): string | null {
  const group = text(at(tree, "streaming", "ft_group")) ?? text(at(tree, "streaming", "ft_group_name"));
  const id = text(at(tree, "streaming", "cluster_id")) ?? text(at(tree, "streaming", "id")) ?? text(at(tree, "streaming", "cid"));
  if (group !== undefined && group !== "") return `${id ?? "test-cluster"}/${group}`;
  const isClustered = at(tree, "streaming", "cluster")?.kind === "map" && chart === undefined;
  return isClustered ? `${id ?? "test-cluster"} in ${posix.dirname(path)} in ${namespace ?? ""}` : null;
}

/** Does a STAN cluster name peers that are no pods of the workload? */
function hasPeersElsewhere({ server: { tree } }: Found): boolean {
  const peers = at(tree, "streaming", "cluster", "peers");
  const own = named(at(tree, "workload", "name"));
  if (own === undefined || peers?.kind !== "list") return false;
  return peers.items.some((peer) => text(peer) !== undefined && !isPodOf(own, text(peer) ?? ""));
}

function routesElsewhere(tree: MapNode): Node {
  const routes = at(tree, "config", "cluster", "routes");
  if (routes === undefined) return scalar(false, tree.origin);
  if (routes.kind !== "list") return routes.kind === "unknown" ? routes : scalar(false, routes.origin);
  const own = [named(at(tree, "workload", "name")), named(at(tree, "workload", "serviceName"))].filter((name) => name !== undefined);
  const hosts = routes.items.map((item) => hostOf(item));
  if (own.length === 0 || hosts.includes(undefined)) {
    // Neither its own name nor where the routes lead is known, so they may lead anywhere.
    return routes.items.length === 0 ? scalar(false, routes.origin) : unknown("where the routes lead is not known", routes.origin);
  }
  const services = namesOf(at(tree, "services"));
  const isOwn = (host: string): boolean => {
    const [first = "", second = ""] = host.split(".");
    return (
      [first, second].some((label) => own.includes(label) || services.has(label) || own.some((name) => isPodOf(name, label))) ||
      /^(localhost|127\.|0\.0\.0\.0)/.test(host)
    );
  };
  return scalar(
    hosts.some((host) => host !== undefined && !isOwn(host)),
    routes.origin,
  );
}

function hostOf(route: Node): string | undefined {
  const url = named(route);
  return url === undefined ? undefined : /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?\[?([^:/\]]*)/i.exec(url)?.[1];
}

function namesOf(services: Node | undefined): ReadonlySet<string> {
  const names = services?.kind === "list" ? services.items.map((item) => named(at(item, "name"))) : [];
  return new Set(names.filter((name) => name !== undefined));
}

/** A text; for one that hangs on what is not known, as the release's name, what it is known to be the same as. */
function named(node: Node | undefined): string | undefined {
  return node?.kind === "unknown" ? node.same : text(node);
}

function isPodOf(workload: string, name: string): boolean {
  return name.startsWith(`${workload}-`) && /^\d+$/.test(name.slice(workload.length + 1));
}
