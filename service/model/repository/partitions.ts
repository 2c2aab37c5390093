// Partitions of NATS Streaming against each other: channels that two of them have, directories that two groups write,
// ids that keep two apart which share the rest. Grouped by what they must have in common to meet at all.

import { posix } from "node:path";
import { subjectIndex } from "../nack/subject-index.ts";
import { within } from "../nack/subjects.ts";
import { areNumbered, groupedBy } from "./links.ts";
import type { Leaf, Member } from "./member.ts";
import { titleOf } from "./names.ts";
import type { Streaming } from "./streaming.ts";
import { type Entry, entry } from "./table.ts";

interface Part extends Streaming {
  readonly member: Member;
}

export interface Partitions {
  readonly partitionChannels: readonly Entry[];
  readonly partitionPaths: readonly Entry[];
  readonly partitionIds: readonly Entry[];
}

export function partitions(members: readonly Member[]): Partitions {
  const parts = members.flatMap((member): Part[] => (member.streaming === null ? [] : [{ ...member.streaming, member }]));
  return { partitionChannels: sharedChannels(parts), partitionPaths: sharedPaths(parts), partitionIds: ids(parts) };
}

/** Channels that a partition before has, too. */
function sharedChannels(parts: readonly Part[]): Entry[] {
  return grouped(parts, clusterKey).flatMap((cluster) => {
    const before = subjectIndex<{ readonly channel: string; readonly owner: Part }>();
    const seen = new Set<string>();
    return cluster.flatMap((part) => {
      const found = (part.channels ?? []).flatMap((channel): Entry[] => {
        for (const { channel: theirs, owner } of before.overlapping(channel.value))
          if (areTwo(part, owner) && areSure([part, owner], channelFacts)) return [channelEntry(channel, part, theirs, owner)];
        return [];
      });
      const key = `${part.group} ${part.member.workload?.value} ${part.member.path} ${channelsOf(part)}`;
      if (!seen.has(key)) for (const { value } of part.channels ?? []) before.put(value, { channel: value, owner: part });
      seen.add(key);
      return found;
    });
  });
}

/** A server looks up each of its channels, as it is written, among those of the other: what only overlaps it does not see. */
function channelEntry({ value, origin }: Leaf<string>, { member }: Part, theirs: string, owner: Part): Entry {
  const there = owner.channels?.find((one) => one.value === theirs)?.origin ?? origin;
  return entry(member.environment, {
    channel: [value, origin],
    theirs: [theirs, origin],
    other: [titleOf(owner.member), there],
    refused: [within(value, theirs) || within(theirs, value), origin],
  });
}

/** Partitions meet on one NATS by one cluster id; where the address is not known, one volume says the same. */
function clusterKey(part: Part): string | null {
  const { clusterId, partitioning, nats, claim, group, isNamed, member } = part;
  if (partitioning !== true || clusterId === undefined || group === undefined) return null;
  if (typeof nats === "string") return key(part, clusterId.value, nats, "");
  // A server that brings NATS along is joined to others by flags and routes that are not in sight: the name is what says so.
  if (nats === null && isNamed) return key(part, clusterId.value, "embedded", member.namespace);
  return claim === undefined ? null : key(part, clusterId.value, "volume", claim, member.namespace);
}

function channelFacts({ partitioning, clusterId, group, channels, nats, claim }: Streaming): unknown {
  return [partitioning, clusterId?.value, group, channels?.map(({ value }) => value), nats, nats === undefined ? claim : null];
}

/** Directories on one claim that two groups write, one in the other or both in the same. */
function sharedPaths(parts: readonly Part[]): Entry[] {
  const claims = grouped(parts, (part) =>
    part.claim === undefined || part.place === undefined || part.group === undefined ? null : claimKey(part, part.claim),
  );
  return claims.flatMap((claim) => {
    const byPlace = groupedBy(claim, ({ place }) => (place === undefined ? [] : [place]));
    return [...byPlace].flatMap(([place, here]) => {
      const [first, ...others] = here;
      const same = others.flatMap((part) => (first === undefined ? [] : pathEntry(part, first, "same")));
      const above = ancestors(place).flatMap((folder) => byPlace.get(folder) ?? []);
      const nested = here.flatMap((part) => above.flatMap((owner) => pathEntry(part, owner, "nested")).slice(0, 1));
      return [...same, ...nested];
    });
  });
}

function pathEntry(part: Part, owner: Part, how: "same" | "nested"): Entry[] {
  const [dir, theirs] = [part.dir, owner.dir];
  if (dir === undefined || theirs === undefined || !areTwo(part, owner) || !areSure([part, owner], placeFacts)) return [];
  return [
    entry(part.member.environment, {
      path: [dir.value, dir.origin],
      theirs: [theirs.value, dir.origin],
      other: [titleOf(owner.member), theirs.origin],
      claim: [part.claim ?? "", dir.origin],
      how: [how, dir.origin],
      locked: [part.group !== null && owner.group !== null, dir.origin],
    }),
  ];
}

function placeFacts({ group, claim, place }: Streaming): unknown {
  return [group, claim, place];
}

function ancestors(place: string): readonly string[] {
  return place === "/" ? [] : [posix.dirname(place), ...ancestors(posix.dirname(place))];
}

/** Partitions on one volume and one NATS whose cluster ids differ from that of the first. */
function ids(parts: readonly Part[]): Entry[] {
  const shared = grouped(parts, (part) => {
    const { partitioning, clusterId, nats, claim } = part;
    return partitioning !== true || clusterId === undefined || nats === undefined || claim === undefined ? null : claimKey(part, `${claim} ${nats}`);
  });
  return shared.flatMap(([first, ...others]) =>
    others.flatMap((part): Entry[] => {
      const [id, theirs] = [part.clusterId, first?.clusterId];
      if (first === undefined || id === undefined || theirs === undefined || id.value === theirs.value || !areSure([part, first], idFacts)) return [];
      return [entry(part.member.environment, { id: [id.value, id.origin], theirs: [theirs.value, id.origin], other: [titleOf(first.member), theirs.origin] })];
    }),
  );
}

function idFacts({ partitioning, clusterId, nats, claim }: Streaming): unknown {
  return [partitioning, clusterId?.value, nats, claim];
}

function claimKey(part: Part, claim: string): string {
  return key(part, claim, part.member.namespace);
}

/** What is compared is of one environment and near in the repository: what lies elsewhere may go to another cluster of Kubernetes. */
function key({ member: { isWorkload, environment, path } }: Part, ...more: readonly (string | null)[]): string {
  return JSON.stringify([isWorkload, environment, posix.dirname(posix.dirname(path)), ...more]);
}

function grouped(parts: readonly Part[], keyOf: (part: Part) => string | null): (readonly Part[])[] {
  return [...groupedBy(parts, (part) => [keyOf(part)].filter((one) => one !== null))].map(([, group]) => group);
}

/** Two servers, and not the active and standby of one group, nor one server as two files describe it. */
function areTwo(one: Part, other: Part): boolean {
  if (one.group !== null && other.group !== null) return one.group !== other.group;
  const [name, theirs] = [one.member.workload?.value, other.member.workload?.value];
  if (name !== undefined && theirs !== undefined) return name !== theirs;
  if (channelsOf(one) === channelsOf(other)) return false;
  const [file, another] = [posix.basename(one.member.path), posix.basename(other.member.path)];
  if (posix.dirname(one.member.path) !== posix.dirname(other.member.path) || areNumbered(file, another)) return true;
  return ![file, another].some((name) => /^values\b/.test(name)) && !isVariant(file, another) && !isVariant(another, file);
}

/** stan-eu.conf is a variant of stan.conf */
function isVariant(file: string, of: string): boolean {
  return file.startsWith(posix.parse(of).name);
}

function channelsOf({ channels }: Part): string {
  return JSON.stringify(channels?.map(({ value }) => value));
}

/** Do all versions of the chart that may read the values make these facts of them? */
function areSure(parts: readonly Part[], facts: (streaming: Streaming) => unknown): boolean {
  return parts.every((part) =>
    part.member.others().every((other) => other !== null && other.streaming !== null && JSON.stringify(facts(other.streaming)) === JSON.stringify(facts(part))),
  );
}
