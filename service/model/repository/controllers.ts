// NACK's controllers beside the resources that they see: what they leave undone of them, and the files that they have not got.

import { posix } from "node:path";
import { at, isUnset, type MapNode, type Node, text } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import type { NackResource } from "../nack/resource.ts";
import type { Release } from "../releases.ts";
import { groupedBy } from "./links.ts";
import { ownConnection } from "./own-connection.ts";
import type { Placed } from "./resources.ts";
import { type Entry, entry } from "./table.ts";

/** A member of a model's `nackControllers`, and where it is deployed. */
export interface Controller {
  readonly node: MapNode;
  readonly path: string;
  readonly environment: Environment | null;
}

interface ControllerFacts {
  readonly unlooped: readonly Entry[];
  readonly unconnected: readonly Entry[];
  readonly unmounted: readonly Entry[];
}

export function controllersIn(releases: readonly Release[]): readonly Controller[] {
  return releases.flatMap(({ tree, path, environment }) => {
    const found = at(tree, "nackControllers");
    return (found?.kind === "list" ? found.items : []).flatMap((node) => (node.kind === "map" ? [{ node, path, environment }] : []));
  });
}

export function controllerFacts(places: readonly Placed[], controllers: readonly Controller[]): ControllerFacts {
  if (controllers.length === 0) return { unlooped: [], unconnected: [], unmounted: [] };
  const seen = seers(controllers);
  const seenBy = places.flatMap((place) => {
    const found = seen(place);
    if (found.length === 0) return [];
    const accounts = new Map(place.unit.resources.flatMap((one) => (one.list === "accounts" ? [[one.object.name, one] as const] : [])));
    return place.unit.resources.map((resource) => ({ resource, accounts, found }));
  });
  const unlooped = seenBy.filter(
    ({ resource: { list }, found }) => (list === "keyValues" || list === "objectStores") && found.every((one) => isOff(one, "controlLoop")),
  );
  const unconnected = seenBy.flatMap(({ resource, accounts, found }) => {
    const key = found.every((one) => isOff(one, "controlLoop") && isOff(one, "crdConnect"))
      ? ownConnection(
          resource,
          accounts,
          found.map(({ node }) => node),
        )
      : undefined;
    return key === undefined ? [] : [{ resource, key, found }];
  });
  return {
    unlooped: firstOfEach(unlooped).flatMap(({ resource, controller }) => said(controller, "controlLoop", { by: titleOf(resource) })),
    unconnected: firstOfEach(unconnected).flatMap(({ resource, controller, key }) => said(controller, "crdConnect", { key, by: titleOf(resource) })),
    unmounted: [...controllers.flatMap(ownUnmounted), ...seenBy.flatMap(({ resource, found }) => unmountedFor(resource, found))],
  };
}

/** One defect is said once, at the controller, whatever the number of resources. */
function firstOfEach<One extends { readonly found: readonly Controller[] }>(all: readonly One[]): readonly (One & { readonly controller: Controller })[] {
  const by = new Map<Controller, One>();
  for (const one of all) for (const controller of one.found) if (!by.has(controller)) by.set(controller, one);
  return [...by].map(([controller, one]) => ({ ...one, controller }));
}

function said({ node, environment }: Controller, flag: string, facts: Readonly<Record<string, string>>): Entry[] {
  const { origin } = at(node, flag) ?? node;
  const values = Object.entries({ controller: nameOf(node), ...facts }).map(([key, value]) => [key, [value, origin]] as const);
  return [entry(environment, Object.fromEntries(values))];
}

/**
 * The controllers that surely see the resources of a place: those of its folder, else the only one of the folders beside it
 * or of its namespace, where both say their namespace: examples, which lie so beside each other, do not. None where it is
 * not known of one of them whether it sees them.
 */
function seers(controllers: readonly Controller[]): (place: Placed) => readonly Controller[] {
  const key = (environment: Environment | null, ...more: readonly string[]): string => JSON.stringify([environment, ...more]);
  const placed = controllers.flatMap((one) => {
    const namespace = text(at(one.node, "namespace"));
    return namespace === undefined ? [] : [{ one, namespace, around: posix.dirname(posix.dirname(one.path)) }];
  });
  const folders = groupedBy(controllers, ({ environment, path }) => [key(environment, posix.dirname(path))]);
  const arounds = groupedBy(placed, ({ one, around }) => [key(one.environment, around)]);
  const namespaces = groupedBy(placed, ({ one, namespace }) => [key(one.environment, namespace)]);
  return ({ unit: { path }, namespace, environment }) => {
    const here = (folders.get(key(environment, posix.dirname(path))) ?? []).filter((one) => sees(one, namespace) !== false);
    const near = namespace === null ? undefined : arounds.get(key(environment, posix.dirname(posix.dirname(path))));
    const same = namespace === null ? undefined : namespaces.get(key(environment, namespace));
    const only = [near, same].find((group) => group?.length === 1) ?? [];
    const found = here.length > 0 ? here : only.map(({ one }) => one);
    return found.every((one) => sees(one, namespace) === true) ? found : [];
  };
}

/** Null where it is not known. */
function sees({ node }: Controller, namespace: string | null): boolean | null {
  const watches = at(node, "watches");
  if (watches === undefined || watches.kind === "unknown") return null;
  if (isUnset(watches)) return true;
  return namespace === null ? null : text(watches) === namespace;
}

function isOff({ node }: Controller, flag: string): boolean {
  return is(at(node, flag), false);
}

function isOn({ node }: Controller, flag: string): boolean {
  return is(at(node, flag), true);
}

function is(node: Node | undefined, value: boolean): boolean {
  return node?.kind === "scalar" && node.value === value;
}

/** Files of its own flags. One that connects only as resources say has no use for them. */
function ownUnmounted(controller: Controller): Entry[] {
  const { node } = controller;
  if (!isOff(controller, "crdConnect") && !isOn(controller, "controlLoop")) return [];
  const [creds, nkey, cert, key, ca] = [at(node, "creds"), at(node, "nkey"), ...["cert", "key", "ca"].map((name) => at(node, "tls", name))];
  const pair = text(cert) !== undefined && text(key) !== undefined ? [cert, key] : [];
  return unmounted([creds, isUnset(creds) ? nkey : undefined, ...pair, ca], "the controller", [controller]);
}

/** Files that a resource names, where the controllers connect as resources say. */
function unmountedFor(resource: NackResource, found: readonly Controller[]): Entry[] {
  const { spec, list } = resource;
  if (list === "accounts" || !found.every((one) => isOn(one, "controlLoop") || (isOn(one, "crdConnect") && isOff(one, "controlLoop")))) return [];
  if (list !== "streams" && list !== "consumers" && !found.every((one) => isOn(one, "controlLoop"))) return [];
  const [creds, cas] = [at(spec, "creds"), at(spec, "tls", "rootCas")];
  const [cert, key] = ["clientCert", "clientKey"].map((name) => at(spec, "tls", name));
  const pair = text(cert) !== undefined && text(key) !== undefined ? [cert, key] : [];
  // What the account brings may take their place.
  const own = isUnset(at(spec, "account")) ? [creds, isUnset(creds) ? at(spec, "nkey") : undefined, ...pair] : [];
  return unmounted([...own, ...(cas?.kind === "list" ? cas.items : [])], titleOf(resource), found);
}

function unmounted(files: readonly (Node | undefined)[], by: string, controllers: readonly Controller[]): Entry[] {
  const [controller] = controllers;
  if (controller === undefined) return [];
  const name = nameOf(controller.node);
  return files.flatMap((file): Entry[] => {
    const path = text(file);
    if (file === undefined || path === undefined || !controllers.every((one) => lacks(one, path))) return [];
    const { origin } = file;
    const isOwn = by === "the controller";
    return [entry(controller.environment, { path: [path, origin], by: [by, origin], own: [isOwn, origin], controller: [name, origin] })];
  });
}

/** What the image itself has, and what injectors put there without a mount in sight. */
const ELSEWHERE = /^\/(?:etc\/ssl|etc\/pki|usr|vault|var\/run|run|proc|dev)\//;

/** Is it sure that nothing is mounted above the path? */
function lacks({ node }: Controller, path: string): boolean {
  const mounts = at(node, "mounts");
  if (mounts?.kind !== "list" || !path.startsWith("/") || ELSEWHERE.test(path)) return false;
  const file = posix.normalize(path);
  return mounts.items.every((mount) => {
    const where = text(at(mount, "mountPath"))?.replace(/\/+$/, "");
    return where !== undefined && file !== where && !file.startsWith(`${where}/`);
  });
}

function nameOf(controller: Node): string {
  return text(at(controller, "name")) ?? "NACK's controller";
}

function titleOf({ object }: NackResource): string {
  return `${object.kind} ${object.name ?? ""}`.trim();
}
