// Servers that are joined, by gateways or by routes, and run different lines of the server.

import { areOfOneEnvironment, groupedBy, type Link, serviceOf } from "./links.ts";
import type { Member } from "./member.ts";
import { titleOf } from "./names.ts";
import { type Entry, entry } from "./table.ts";

/** The older of two that are joined, with the newest that it is joined to; each once. */
export function versions(links: readonly Link[], members: readonly Member[]): Entry[] {
  const newest = new Map<Member, { readonly other: Member; readonly link: "gateway" | "route" }>();
  const compare = (one: Member, other: Member, link: "gateway" | "route"): void => {
    const [older, newer] = isOlder(one, other) ? [one, other] : isOlder(other, one) ? [other, one] : [];
    if (older === undefined || newer === undefined) return;
    const before = newest.get(older);
    if (before === undefined || isOlder(before.other, newer)) newest.set(older, { other: newer, link });
  };
  for (const { kind, one, other } of links) if (kind === "gateway") compare(one, other, kind);
  for (const [one, other] of routed(members)) compare(one, other, "route");
  return members.flatMap((one): Entry[] => {
    const found = newest.get(one);
    const [own, theirs] = [one.serverVersion, found?.other.serverVersion];
    if (found === undefined || own === undefined || theirs === undefined || ![one, found.other].every(isSure)) return [];
    return [
      entry(one.environment, {
        version: [own.value, own.origin],
        theirs: [theirs.value, own.origin],
        other: [titleOf(found.other), theirs.origin],
        link: [found.link, own.origin],
      }),
    ];
  });
}

/** Servers of two workloads of which one has a route to a Service that leads to the other. */
function routed(members: readonly Member[]): (readonly [Member, Member])[] {
  const servers = members.filter(({ isWorkload, kind }) => isWorkload && kind === "nats");
  const byHost = groupedBy(servers, ({ hosts, namespace }) => (namespace === null ? [] : hosts.map((host) => `${host} ${namespace}`)));
  return servers.flatMap((one) => {
    const hosts = new Set((one.routes ?? []).map((url) => serviceOf(url, one.namespace)));
    const others = new Set([...hosts].flatMap((host) => (host === null ? [] : (byHost.get(host) ?? []))));
    return [...others].flatMap((other) => (areTwo(one, other) ? [[one, other] as const] : []));
  });
}

/** Two workloads, and not two descriptions of one. */
function areTwo(one: Member, other: Member): boolean {
  return one.workload !== undefined && other.workload !== undefined && one.workload.value !== other.workload.value && areOfOneEnvironment(one, other);
}

/** Of an older line: of 2.10.22 and 2.10.3 neither is. */
function isOlder(one: Member, other: Member): boolean {
  const [[major, minor], [theirMajor, theirMinor]] = [lineOf(one), lineOf(other)];
  if (major === undefined || minor === undefined || theirMajor === undefined || theirMinor === undefined) return false;
  return major < theirMajor || (major === theirMajor && minor < theirMinor);
}

function lineOf({ serverVersion }: Member): readonly (number | undefined)[] {
  const found = /^v?(\d+)\.(\d+)/.exec(serverVersion?.value ?? "");
  return [found?.[1], found?.[2]].map((part) => (part === undefined ? undefined : Number(part)));
}

/** Do all versions of its chart that may read the values run this server? */
function isSure(one: Member): boolean {
  return one.others().every((other) => other?.serverVersion?.value === one.serverVersion?.value);
}
