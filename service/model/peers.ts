// Servers that form a group with others beyond their own workload: by routes to other hosts, or by an FT group's name.

import { at, type MapNode, type Node, scalar, text, unknown } from "../document/node.ts";
import type { Found } from "./releases.ts";

/** Each server with `peers`: is it joined to servers outside its own workload? */
export function withPeers(found: readonly Found[]): Found[] {
  const groups = new Map<string, number>();
  for (const one of found) {
    const name = groupName(one.server.tree);
    if (name !== null) groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return found.map((one) => {
    const { tree } = one.server;
    const name = groupName(tree);
    const shared = name !== null && (groups.get(name) ?? 0) > 1;
    const peers = shared ? scalar(true, tree.origin) : routesElsewhere(tree);
    return { ...one, server: { ...one.server, tree: { ...tree, entries: new Map([...tree.entries, ["peers", peers]]) } } };
  });
}

/** Servers of one FT group have the same cluster id and the same group name. */
function groupName(tree: MapNode): string | null {
  const group = text(at(tree, "streaming", "ft_group")) ?? text(at(tree, "streaming", "ft_group_name"));
  const id = text(at(tree, "streaming", "cluster_id")) ?? text(at(tree, "streaming", "id")) ?? text(at(tree, "streaming", "cid"));
  return group === undefined || group === "" ? null : `${id ?? "test-cluster"}/${group}`;
}

function routesElsewhere(tree: MapNode): Node {
  const routes = at(tree, "config", "cluster", "routes");
  if (routes === undefined) return scalar(false, tree.origin);
  if (routes.kind !== "list") return routes.kind === "unknown" ? routes : scalar(false, routes.origin);
  const own = [text(at(tree, "workload", "name")), text(at(tree, "workload", "serviceName"))].filter((name) => name !== undefined);
  const hosts = routes.items.map((item) => hostOf(item));
  if (own.length === 0 || hosts.includes(undefined)) {
    // Neither its own name nor where the routes lead is known, so they may lead anywhere.
    return routes.items.length === 0 ? scalar(false, routes.origin) : unknown("where the routes lead is not known", routes.origin);
  }
  const services = namesOf(at(tree, "services"));
  const isOwn = (host: string): boolean => {
    const [first = "", second = ""] = host.split(".");
    return [first, second].some((label) => own.includes(label) || services.has(label) || own.some((name) => new RegExp(`^${escape(name)}-\\d+$`).test(label))) || /^(localhost|127\.|0\.0\.0\.0)/.test(host);
  };
  return scalar(hosts.some((host) => host !== undefined && !isOwn(host)), routes.origin);
}

function hostOf(route: Node): string | undefined {
  const url = text(route);
  return url === undefined ? undefined : /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?\[?([^:/\]]*)/i.exec(url)?.[1];
}

function namesOf(services: Node | undefined): ReadonlySet<string> {
  const names = services?.kind === "list" ? services.items.map((item) => text(at(item, "name"))) : [];
  return new Set(names.filter((name) => name !== undefined));
}

function escape(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
