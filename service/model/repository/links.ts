// Which servers of the repository are joined to each other, and how: by gateways, by leaf nodes, by routes. Only what the
// files make certain counts; the cost grows with the number of remotes, not with that of pairs.

import { posix } from "node:path";
import type { Member, Remote } from "./member.ts";

export interface Link {
  readonly kind: "gateway" | "leafnode";
  /** In the order of the repository, but for a leaf node, which comes before its hub. */
  readonly one: Member;
  readonly other: Member;
}

/** The pairs of different clusters that are joined. */
export function linksOf(members: readonly Member[]): Link[] {
  const byHost = groupedBy(members, ({ hosts }) => hosts);
  const gateways = members.filter(({ gateway }) => gateway !== null);
  const byUrl = groupedBy(gateways, ({ gateway }) => [...new Set((gateway?.remotes ?? []).flatMap(({ urls }) => urls).filter(isPublic))]);
  const found = new Map<string, Link>();
  const numbers = new Map(members.map((member, index) => [member, index] as const));
  const add = (kind: Link["kind"], one: Member, other: Member): void => {
    const [a, b] = [numbers.get(one) ?? 0, numbers.get(other) ?? 0];
    if (a === b || !areDistinct(one, other)) return;
    const [first, second] = kind === "leafnode" || a < b ? [one, other] : [other, one];
    found.set(`${kind} ${Math.min(a, b)} ${Math.max(a, b)}`, { kind, one: first, other: second });
  };
  // Of those that name one address in common, each is compared with the first: a name used twice is said once.
  for (const group of byUrl.values()) for (const one of firsts(group)) for (const other of group) add("gateway", one, other);
  for (const one of members) {
    for (const other of reached(one.gateway?.remotes ?? [], one, byHost)) if (other.gateway !== null) add("gateway", one, other);
    for (const other of reached(one.leafRemotes, one, byHost)) add("leafnode", one, other);
  }
  return [...found.values()];
}

/** The first of each cluster name in a group. */
function firsts(group: readonly Member[]): readonly Member[] {
  const seen = new Map<string, Member>();
  for (const one of group) {
    const name = one.cluster?.value ?? one.gateway?.name.value ?? "";
    if (!seen.has(name)) seen.set(name, one);
  }
  return [...seen.values()];
}

/** The servers that the addresses of remotes lead to by the names of their Services. */
function reached(remotes: readonly Remote[], from: Member, byHost: ReadonlyMap<string, readonly Member[]>): Member[] {
  return remotes
    .flatMap(({ urls }) => urls)
    .flatMap((url) => {
      const [service = "", namespace] = hostOf(url).split(".");
      const there = namespace ?? from.namespace;
      const fits = (byHost.get(service) ?? []).filter((one) => one.namespace === there && there !== null && areOfOneEnvironment(one, from));
      return fits.length === 1 ? fits : [];
    });
}

/** The server that an address leads to by the name of a Service, where it can be but one. */
export function serverAt(
  urls: readonly string[],
  from: { readonly namespace: string | null; readonly environment: Member["environment"] },
  members: readonly Member[],
): Member | undefined {
  const found = urls.map((url) => {
    const [service = "", namespace] = hostOf(url).split(".");
    const there = namespace ?? from.namespace;
    return members.filter((one) => one.hosts.includes(service) && one.namespace === there && one.environment === from.environment);
  });
  const all = new Set(found.flat());
  return found.length > 0 && found.every((one) => one.length === 1) && all.size === 1 ? [...all][0] : undefined;
}

/** The Service that an address names, with its namespace; null where that is not known. */
export function serviceOf(url: string, namespace: string | null): string | null {
  const [service = "", there = namespace] = hostOf(url).split(".");
  return there === null ? null : `${service} ${there}`;
}

function hostOf(url: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?\[?([^:/\]]*)/i.exec(url)?.[1] ?? "";
}

/** An address by which servers in different places mean the same one. */
function isPublic(url: string): boolean {
  const host = hostOf(url);
  return host.includes(".") && !/^(localhost|127\.|0\.0\.0\.0)/.test(host);
}

export function areOfOneEnvironment(one: Member, other: Member): boolean {
  return one.environment === null || other.environment === null || one.environment === other.environment;
}

/** Are they two clusters, and not two descriptions of one, nor two servers of one? */
function areDistinct(one: Member, other: Member): boolean {
  if (!areOfOneEnvironment(one, other)) return false;
  if (one.isWorkload !== other.isWorkload) return false;
  if (!one.isWorkload) {
    if (posix.dirname(one.path) === posix.dirname(other.path) && areNumbered(posix.basename(one.path), posix.basename(other.path))) return false;
    return (one.routes?.length ?? 0) > 0 && (other.routes?.length ?? 0) > 0 && !shareRoute(one, other);
  }
  if (leadsTo(one, other) || leadsTo(other, one)) return false;
  if (one.namespace !== null && other.namespace !== null && one.namespace !== other.namespace) return true;
  if (one.workload !== undefined && other.workload !== undefined && one.workload.value !== other.workload.value) return !shareRoute(one, other);
  return areBrothers(one.path, other.path);
}

/** east/values.yaml and west/values.yaml */
function areBrothers(one: string, other: string): boolean {
  return one !== other && posix.basename(one) === posix.basename(other) && posix.dirname(posix.dirname(one)) === posix.dirname(posix.dirname(other));
}

export function shareRoute(one: Member, other: Member): boolean {
  const routes = new Set(one.routes ?? []);
  return (other.routes ?? []).some((route) => routes.has(route));
}

/** n1.conf and n2.conf, server-a.conf and server-b.conf */
export function areNumbered(one: string, other: string): boolean {
  if (one.replace(/\d+/g, "#") === other.replace(/\d+/g, "#")) return true;
  return one.replace(/(^|[-_.])[a-z](?=\.)/, "$1#") === other.replace(/(^|[-_.])[a-z](?=\.)/, "$1#");
}

/** Does a route of one lead to the other: to its Service, or to a pod of it? A name that both have says nothing. */
function leadsTo(one: Member, other: Member): boolean {
  return (one.routes ?? []).some((route) => {
    const names = hostOf(route).split(".");
    const isTheirs = (name = ""): boolean => other.hosts.includes(name) && !one.hosts.includes(name);
    const isOf = (at: number): boolean => isTheirs(names[at]) && (names[at + 1] ?? one.namespace) === other.namespace;
    return isOf(0) || isOf(1);
  });
}

export function groupedBy<Key, One = Member>(all: readonly One[], keys: (one: One) => readonly Key[]): ReadonlyMap<Key, readonly One[]> {
  const found = new Map<Key, One[]>();
  for (const one of all)
    for (const key of new Set(keys(one))) {
      const group = found.get(key);
      if (group === undefined) found.set(key, [one]);
      else group.push(one);
    }
  return found;
}
