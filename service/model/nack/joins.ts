// What NACK's resources are to each other: whose subjects overlap, which stream a consumer reads, and what its filters find there.

import { at, isUnset, list, map, type MapNode, type Node, type Origin, scalar, type ScalarValue, text } from "../../document/node.ts";
import type { NackResource } from "./resource.ts";
import { type SubjectIndex, subjectIndex } from "./subject-index.ts";
import { collide, reservedSpace, within } from "./subjects.ts";

type Texts = readonly { readonly text: string; readonly origin: Origin }[];

type Facts = readonly (readonly [string, Node])[];

/** What the model says of each stream and of each consumer beside what is written there. */
export interface Joins {
  readonly stream: (stream: NackResource) => Facts;
  readonly consumer: (consumer: NackResource) => Facts;
}

/** A subject that a stream listens to. */
interface Listened {
  readonly text: string;
  readonly stream: NackResource;
}

/** Joins the streams and consumers of a unit. Each list is gone through once, and asked by names and subjects then. */
export function joins(streams: readonly NackResource[], consumers: readonly NackResource[]): Joins {
  const places = new Map(streams.map((one, place) => [one, place] as const));
  const placeOf = (one: NackResource): number => places.get(one) ?? 0;
  const listened = new Map<string, SubjectIndex<Listened>>();
  const named = new Map<string, NackResource>();
  for (const stream of streams) {
    const name = nameOf(stream);
    if (stream.connection === null) continue;
    if (name !== null && !named.has(key(stream, name))) named.set(key(stream, name), stream);
    for (const one of subjectsOf(stream)) of(listened, stream.connection, subjectIndex<Listened>).put(one, { text: one, stream });
  }
  const readers = new Map<string, NackResource[]>();
  for (const consumer of consumers) {
    const name = text(at(consumer.spec, "streamName"));
    if (name !== undefined) of(readers, key(consumer, name), () => [] as NackResource[]).push(consumer);
  }

  return { stream: streamFacts, consumer: consumerFacts };

  /** A stream's subjects that reach into what the server keeps for itself, and those that another subject overlaps. */
  function streamFacts(stream: NackResource): Facts {
    const { origin: whole } = stream.object.node;
    const before = subjectIndex<string>();
    const others = stream.connection === null ? undefined : listened.get(stream.connection);
    const overlaps: MapNode[] = [];
    const reserved: MapNode[] = [];
    for (const { text: subject, origin } of textsOf(stream.spec, "subjects")) {
      const [own] = before.overlapping(subject);
      before.put(subject, subject);
      if (own !== undefined) overlaps.push(fact({ subject, other: own, stream: null }, origin));
      for (const { text: other, stream: theirs } of firstOfEach(others?.overlapping(subject) ?? [], (one) => one.stream)) {
        // Of a pair the second is named; the first where the second has no subject to point at, but its name.
        const isFirst = placeOf(theirs) < placeOf(stream);
        if (isOther(theirs, stream) && (isFirst || textsOf(theirs.spec, "subjects").length === 0))
          overlaps.push(fact({ subject, other, stream: nameOf(theirs) }, origin));
      }
      const space = reservedSpace(subject);
      if (space !== null) reserved.push(fact({ subject, space }, origin));
    }
    return [
      ["overlaps", list(overlaps, whole)],
      ["reserved", list(reserved, whole)],
    ];
  }

  /** The stream that a consumer reads, by its place in the list, where it is in sight; and what its filters are to it and to each other. */
  function consumerFacts(consumer: NackResource): Facts {
    const { origin } = consumer.object.node;
    const name = text(at(consumer.spec, "streamName"));
    const stream = name === undefined || consumer.connection === null ? undefined : named.get(key(consumer, name));
    const filters = filtersOf(consumer);
    const overlaps = filters.flatMap((one, place) =>
      filters
        .filter((other, before) => before !== place && (within(one.text, other.text) || (before < place && within(other.text, one.text))))
        .slice(0, 1)
        .map((other) => fact({ filter: one.text, other: other.text }, one.origin)),
    );
    const subjects = stream === undefined || isFedOtherwise(stream) ? null : subjectsOf(stream);
    const outside =
      subjects === null || subjects.length === 0
        ? []
        : filters
            .filter(({ text: filter }) => !subjects.some((subject) => collide(subject, filter)))
            .map(({ text: filter, origin }) => fact({ filter, subjects: subjects.join(", ") }, origin));
    return [
      ["stream", scalar(stream === undefined ? null : placeOf(stream), origin)],
      ["overlaps", list(firstOfEach(overlaps, pairOf), origin)],
      ["outside", list(outside, origin)],
      ["rivals", list(stream === undefined ? [] : rivals(consumer, stream), origin)],
    ];
  }

  /** The first consumer before this one that a work queue would give the same messages. Other streams give them to all. */
  function rivals(consumer: NackResource, stream: NackResource): MapNode[] {
    if (text(at(stream.spec, "retention")) !== "workqueue") return [];
    const all = readers.get(key(consumer, nameOf(stream) ?? "")) ?? [];
    const rival = all.find((other) => other === consumer || (isBeside(other, consumer) && areRivals(other, consumer)));
    if (rival === undefined || rival === consumer) return [];
    return [fact({ consumer: text(at(rival.spec, "durableName")) ?? null }, at(consumer.spec, "durableName")?.origin ?? consumer.object.node.origin)];
  }
}

/** Where a name counts: at one connection. */
function key({ connection }: NackResource, name: string): string {
  return JSON.stringify([connection, name]);
}

function of<Value>(all: Map<string, Value>, name: string, make: () => Value): Value {
  const found = all.get(name) ?? make();
  all.set(name, found);
  return found;
}

/** Of those that are the same the first. */
function firstOfEach<One>(all: readonly One[], sameness: (one: One) => unknown): One[] {
  const said = new Set<unknown>();
  return all.filter((one) => !said.has(sameness(one)) && said.add(sameness(one)) !== undefined);
}

/** Of two filters that overlap, one is named. */
function pairOf(overlap: MapNode): string {
  return [text(at(overlap, "filter")), text(at(overlap, "other"))].sort().join(" ");
}

/** Two consumers that would both be given the same message. One without filters is given all. */
function areRivals(one: NackResource, other: NackResource): boolean {
  const durables = [one, other].map((resource) => text(at(resource.spec, "durableName")));
  if (durables[0] === undefined || durables[1] === undefined || durables[0] === durables[1]) return false;
  if (isOpen(one) || isOpen(other)) return false;
  const [ours, theirs] = [filtersOf(one), filtersOf(other)];
  if (ours.length === 0 || theirs.length === 0) return true;
  return ours.some((mine) => theirs.some((yours) => collide(mine.text, yours.text)));
}

/** Are the filters not all known? */
function isOpen({ spec }: NackResource): boolean {
  const many = at(spec, "filterSubjects");
  const nodes = [at(spec, "filterSubject"), many, ...(many?.kind === "list" ? many.items : [])];
  return nodes.some((node) => node?.kind === "unknown");
}

/** Do messages come into the stream under subjects that it does not list? */
function isFedOtherwise({ spec }: NackResource): boolean {
  const nodes = ["mirror", "sources", "subjectTransform", "republish"].map((key) => at(spec, key));
  const subjects = at(spec, "subjects");
  const unknown = subjects?.kind === "unknown" || (subjects?.kind === "list" && subjects.items.some((item) => item.kind === "unknown"));
  return unknown || nodes.some((node) => !isUnset(node));
}

/** The known subjects that a stream listens to: its name where it lists none, and none where it only copies. */
function subjectsOf(stream: NackResource): readonly string[] {
  const { spec } = stream;
  const written = at(spec, "subjects");
  if (written?.kind === "list" && written.items.length > 0) return textsOf(spec, "subjects").map(({ text: subject }) => subject);
  const name = nameOf(stream);
  return name === null || written?.kind === "unknown" || !isUnset(at(spec, "mirror")) || !isUnset(at(spec, "sources")) ? [] : [name];
}

function filtersOf({ spec }: NackResource): Texts {
  const single = at(spec, "filterSubject");
  const one = text(single);
  return [...(single === undefined || one === undefined ? [] : [{ text: one, origin: single.origin }]), ...textsOf(spec, "filterSubjects")];
}

function textsOf(spec: Node, key: string): Texts {
  const node = at(spec, key);
  const items = node?.kind === "list" ? node.items : [];
  return items.flatMap((item) => {
    const own = text(item);
    return own === undefined ? [] : [{ text: own, origin: item.origin }];
  });
}

function nameOf({ spec }: NackResource): string | null {
  return text(at(spec, "name")) ?? null;
}

/** Two that describe one stream are its variants, or two owners of it, but not two streams. */
function isOther(one: NackResource, other: NackResource): boolean {
  return one !== other && isBeside(one, other) && nameOf(one) !== null && nameOf(other) !== null && nameOf(one) !== nameOf(other);
}

function isBeside(one: NackResource, other: NackResource): boolean {
  return one.connection !== null && one.connection === other.connection;
}

function fact(entries: Readonly<Record<string, ScalarValue>>, origin: Origin): MapNode {
  return map(
    Object.entries(entries).map(([key, value]) => [key, scalar(value, origin)] as const),
    origin,
  );
}
