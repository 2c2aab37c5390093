// What NACK's resources are to each other: whose subjects overlap, which stream a consumer reads, and what its filters find there.

import { at, isUnset, list, map, type MapNode, type Node, type Origin, scalar, type ScalarValue, text } from "../../document/node.ts";
import type { NackResource } from "./resource.ts";
import { collide, reservedSpace, within } from "./subjects.ts";

type Texts = readonly { readonly text: string; readonly origin: Origin }[];

type Facts = readonly (readonly [string, Node])[];

/** A stream's subjects that reach into what the server keeps for itself, and those that another subject overlaps. */
export function streamFacts(stream: NackResource, streams: readonly NackResource[]): Facts {
  const own = textsOf(stream.spec, "subjects");
  // Of a pair the second is named; the first where the second has no subject to point at, but its name.
  const place = streams.indexOf(stream);
  const others = streams.filter((other, index) => isOther(other, stream) && (index < place || textsOf(other.spec, "subjects").length === 0));
  const overlaps = own.flatMap(({ text: subject, origin }, index) => [
    ...own
      .slice(0, index)
      .filter((other) => collide(other.text, subject))
      .slice(0, 1)
      .map((other) => fact({ subject, other: other.text, stream: null }, origin)),
    ...others.flatMap((other) =>
      subjectsOf(other)
        .filter((one) => collide(one, subject))
        .slice(0, 1)
        .map((one) => fact({ subject, other: one, stream: nameOf(other) }, origin)),
    ),
  ]);
  const reserved = own.flatMap(({ text: subject, origin }) => {
    const space = reservedSpace(subject);
    return space === null ? [] : [fact({ subject, space }, origin)];
  });
  return [
    ["overlaps", list(overlaps, stream.object.node.origin)],
    ["reserved", list(reserved, stream.object.node.origin)],
  ];
}

/** The stream that a consumer reads, by its place in the list, where it is in sight; and what its filters are to it and to each other. */
export function consumerFacts(consumer: NackResource, streams: readonly NackResource[], consumers: readonly NackResource[]): Facts {
  const { origin } = consumer.object.node;
  const name = text(at(consumer.spec, "streamName"));
  const index = name === undefined ? -1 : streams.findIndex((stream) => nameOf(stream) === name && isBeside(stream, consumer));
  const stream = streams[index];
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
  const rivals =
    stream === undefined
      ? []
      : consumers
          .slice(0, consumers.indexOf(consumer))
          .filter((other) => text(at(other.spec, "streamName")) === name && isBeside(other, consumer) && areRivals(other, consumer))
          .map((other) => fact({ consumer: text(at(other.spec, "durableName")) ?? null }, at(consumer.spec, "durableName")?.origin ?? origin));
  return [
    ["stream", scalar(index < 0 ? null : index, origin)],
    ["overlaps", list(firstOfEach(overlaps), origin)],
    ["outside", list(outside, origin)],
    ["rivals", list(rivals, origin)],
  ];
}

/** Of a pair that overlaps, one is named. */
function firstOfEach(overlaps: readonly MapNode[]): MapNode[] {
  const said = new Set<string>();
  return overlaps.filter((one) => {
    const pair = [text(at(one, "filter")), text(at(one, "other"))].sort().join(" ");
    return !said.has(pair) && said.add(pair) !== undefined;
  });
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
