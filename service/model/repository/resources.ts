// Streams and the like beside the servers that keep them, the accounts and streams that they name, and each other.

import { distance } from "fastest-levenshtein";
import { at, isUnset, type Node, type Origin, text } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import type { FileObject } from "../read-sources.ts";
import type { NackResource } from "../nack/resource.ts";
import type { NackUnit } from "../nack/units.ts";
import { serverAt } from "./links.ts";
import type { Member } from "./member.ts";
import { type Entry, entry } from "./table.ts";
import { titleOf } from "./names.ts";
import { posix } from "node:path";

/** Resources that are in sight of each other, and where they go. */
export interface Placed {
  readonly unit: NackUnit;
  readonly namespace: string | null;
  readonly environment: Environment | null;
}

const KEPT: Readonly<Partial<Record<NackResource["list"], string>>> = { streams: "Stream", keyValues: "Bucket", objectStores: "Object store" };

/** Resources that ask for more replicas than there are servers to keep them. */
export function replicasOverCluster(places: readonly Placed[], members: readonly Member[]): Entry[] {
  return places.flatMap((place) =>
    place.unit.resources.flatMap((resource): Entry[] => {
      const what = KEPT[resource.list];
      const replicas = at(resource.spec, "replicas");
      if (what === undefined || replicas?.kind !== "scalar" || typeof replicas.value !== "number" || replicas.value < 2) return [];
      const server = serverOf(resource, place, members);
      if (server === undefined || server.cluster === undefined || server.gateway !== null || server.replicas === undefined) return [];
      const clustered = server.cluster !== null;
      const placed = at(resource.spec, "placement", "cluster");
      if (!isUnset(placed) && text(placed) !== server.cluster?.value) return [];
      const servers = clustered ? server.replicas.value : 1;
      if (replicas.value <= servers || servers < 1) return [];
      return [
        entry(place.environment, {
          replicas: [replicas.value, replicas.origin],
          what: [what, replicas.origin],
          name: [nameOf(resource), replicas.origin],
          servers: [servers, server.replicas.origin],
          cluster: [titleOf(server), server.replicas.origin],
          clustered: [clustered, replicas.origin],
        }),
      ];
    }),
  );
}

/** The server that a resource goes to: by the addresses that it or its account says, else the only one beside it. */
function serverOf({ spec }: NackResource, place: Placed, members: readonly Member[]): Member | undefined {
  const account = at(spec, "account");
  const said = isUnset(account)
    ? undefined
    : place.unit.resources.find((one) => one.list === "accounts" && one.object.name !== null && one.object.name === text(account));
  if (!isUnset(account) && said === undefined) return undefined;
  const servers = at(spec, "servers") ?? at(said?.spec, "servers");
  if (!isUnset(servers)) {
    const urls = servers?.kind === "list" ? servers.items.map((item) => text(item)) : [undefined];
    return urls.length === 0 || urls.includes(undefined) ? undefined : serverAt(urls as string[], place, members);
  }
  const able = members.filter(({ isWorkload, kind, environment }) => isWorkload && kind === "nats" && environment === place.environment);
  const beside = able.filter(({ path }) => posix.dirname(path) === posix.dirname(place.unit.path));
  const [only, ...more] = beside.length > 0 ? beside : able.filter(({ namespace }) => namespace !== null && namespace === place.namespace);
  return more.length === 0 && only?.jetstream === true ? only : undefined;
}

/** Streams and accounts that are named and stand in no file; with one of nearly that name, or where all is in sight. */
export function missingNames(places: readonly Placed[]): Entry[] {
  const all = places.flatMap(({ unit }) => unit.resources);
  const streams = namesIn(all, ({ spec }) => at(spec, "name"), "streams");
  const accounts = namesIn(all, ({ object }) => at(object.node, "metadata", "name"), "accounts");
  if (streams === null || accounts === null) return [];
  return places.flatMap((place) =>
    place.unit.resources.flatMap((resource): Entry[] => [
      ...(resource.list === "consumers" ? absent("stream", at(resource.spec, "streamName"), resource, streams, place) : []),
      ...absent("account", at(resource.spec, "account"), resource, accounts, place),
    ]),
  );
}

function absent(what: "stream" | "account", named: Node | undefined, by: NackResource, there: ReadonlySet<string>, { unit, environment }: Placed): Entry[] {
  const name = text(named);
  if (named === undefined || name === undefined || there.has(name)) return [];
  const own = unit.resources.flatMap((one) =>
    what === "account" ? (one.list === "accounts" ? (one.object.name ?? []) : []) : one.list === "streams" ? (text(at(one.spec, "name")) ?? []) : [],
  );
  const near = own.filter((one) => distance(one.toLowerCase(), name.toLowerCase()) <= Math.min(2, Math.floor(name.length / 3)))[0] ?? null;
  if (near === null && (!unit.complete || own.length === 0)) return [];
  return [
    entry(environment, {
      name: [name, named.origin],
      what: [what, named.origin],
      by: [`${by.object.kind} ${by.object.name ?? ""}`.trim(), named.origin],
      near: [near, named.origin],
    }),
  ];
}

/** Null where one of the names is not known: it may be any. */
function namesIn(all: readonly NackResource[], name: (one: NackResource) => Node | undefined, kind: NackResource["list"]): ReadonlySet<string> | null {
  const named = all.filter((one) => one.list === kind).map((one) => text(name(one)));
  return named.includes(undefined) ? null : new Set(named as string[]);
}

/** Two resources, or a resource and a command of a Job, that set up the same stream. */
export function managedTwice(places: readonly Placed[], objects: readonly FileObject[]): Entry[] {
  return places.flatMap(({ unit, environment }) => {
    const seen = new Map<string, NackResource>();
    const commands = commandsIn(objects, unit);
    return unit.resources.flatMap((resource): Entry[] => {
      const node = nameNode(resource);
      const name = streamName(resource);
      if (name === null || node === undefined || resource.connection === null) return [];
      const key = `${resource.connection} ${name}`;
      const before = seen.get(key);
      if (before === undefined) seen.set(key, resource);
      const command = commands.get(name);
      const what = KEPT[resource.list] ?? "";
      const said = (other: string, origin: Origin): Entry[] => [
        entry(environment, { name: [text(node) ?? "", node.origin], what: [what, node.origin], other: [other, origin] }),
      ];
      if (before !== undefined && before.object.name !== resource.object.name)
        return said(`${before.object.kind} ${before.object.name ?? ""}`, (nameNode(before) ?? node).origin);
      return before === undefined && command !== undefined ? said(command.by, command.origin) : [];
    });
  });
}

function nameNode({ list, spec }: NackResource): Node | undefined {
  return list === "streams" ? at(spec, "name") : list === "keyValues" || list === "objectStores" ? at(spec, "bucket") : undefined;
}

/** What NATS calls the stream behind it. */
function streamName(resource: NackResource): string | null {
  const name = text(nameNode(resource));
  if (name === undefined) return null;
  return resource.list === "keyValues" ? `KV_${name}` : resource.list === "objectStores" ? `OBJ_${name}` : name;
}

/** Streams that commands of Jobs beside the resources make or change. */
function commandsIn(objects: readonly FileObject[], { path, namespace }: NackUnit): ReadonlyMap<string, { readonly by: string; readonly origin: Origin }> {
  const found = new Map<string, { readonly by: string; readonly origin: Origin }>();
  const near = objects.filter((one) => posix.dirname(one.path) === posix.dirname(path) && (one.object.namespace ?? namespace) === namespace);
  for (const { object } of near) {
    const spec = object.kind === "CronJob" ? at(object.node, "spec", "jobTemplate", "spec") : object.kind === "Job" ? at(object.node, "spec") : undefined;
    const containers = at(spec, "template", "spec", "containers");
    for (const container of containers?.kind === "list" ? containers.items : [])
      for (const words of ["command", "args"].map((key) => at(container, key)))
        for (const said of textsOf(words))
          for (const [, kind = "", name = ""] of said.text.matchAll(MAKES)) {
            const stream = /^kv$/i.test(kind) ? `KV_${name}` : /^obj/i.test(kind) ? `OBJ_${name}` : name;
            if (!found.has(stream)) found.set(stream, { by: `${object.kind} ${object.name ?? ""}`, origin: said.origin });
          }
  }
  return found;
}

const MAKES = /\bnats\b[^\n;&|]*?\b(stream|str|kv|object|obj)\s+(?:add|create|edit|update)\s+["']?([\w-]+)/g;

/** Each text of a list, and all in a row where the words of one command stand by themselves. */
function textsOf(node: Node | undefined): readonly { readonly text: string; readonly origin: Origin }[] {
  if (node?.kind !== "list") return [];
  const texts = node.items.flatMap((item) => {
    const own = text(item);
    return own === undefined ? [] : [{ text: own, origin: item.origin }];
  });
  const whole = texts.map((one) => one.text).join(" ");
  return texts.some((one) => /\s/.test(one.text)) ? texts : [{ text: whole, origin: node.origin }];
}

function nameOf(resource: NackResource): string | null {
  return text(nameNode(resource)) ?? resource.object.name;
}
