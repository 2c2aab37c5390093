// What decides whether a server starts and stands in several places of its configuration: joined here, told by rules.

import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import type { Part } from "../parts.ts";
import type { RootSchema } from "../schema.ts";
import { secondsOfDuration } from "../units.ts";
import { misshapenOf } from "./misshapen.ts";
import { databaseOf } from "./database.ts";
import { claimsOf } from "./jwt.ts";

/** Parts of the model's server beside its configuration, which has been through `configuration`. */
export function startupFacts(config: Node, streaming: Node | undefined, schema: RootSchema, version: readonly number[] | undefined): readonly Part[] {
  return [
    ["misshapen", () => misshapenOf(config, streaming, schema, version)],
    ["users", () => usersOf(config)],
    ["resolver", () => resolverOf(config)],
    ["timeouts", () => timeoutsOf(config)],
    ["operators", () => operatorsOf(config)],
    ["database", () => databaseOf(streaming, config.origin)],
  ];
}

/** Everybody who may log in, of `authorization` and of all accounts. One that is not known makes the whole list so. */
function usersOf(config: Node): Node {
  if (config.kind !== "map" || config.incomplete !== undefined) return unknown("the configuration is not known as a whole", config.origin);
  const accounts = at(config, "accounts");
  const places: (readonly [string | null, Node | undefined])[] = [[null, at(config, "authorization", "users")]];
  if (accounts?.kind === "map" && accounts.incomplete === undefined)
    for (const [name, account] of accounts.entries)
      places.push([name, account.kind === "map" ? at(account, "users") : account.kind === "unknown" ? account : undefined]);
  else if (!isUnset(accounts)) return unknown("the accounts are not known", config.origin);
  const users: MapNode[] = [];
  for (const [account, found] of places) {
    if (isUnset(found)) continue;
    if (found?.kind !== "list") return unknown("who the users are is not known", config.origin);
    for (const user of found.items) {
      const nkey = at(user, "nkey");
      const name = isUnset(nkey) ? (at(user, "user") ?? at(user, "username")) : nkey;
      const known = text(name);
      if (name === undefined || known === undefined) return unknown("who the users are is not known", config.origin);
      users.push(
        map(
          [
            ["name", name],
            ["nkey", scalar(!isUnset(nkey), name.origin)],
            ["account", scalar(account, name.origin)],
          ],
          name.origin,
        ),
      );
    }
  }
  return list(users, config.origin);
}

/** How long logging in may take, in each place where somebody said it. */
function timeoutsOf(config: Node): Node {
  const found = [[], ["cluster"], ["gateway"], ["leafnodes"], ["leaf"]].flatMap((path) => {
    const timeout = at(config, ...path, "authorization", "timeout");
    const written = timeout?.kind === "scalar" ? timeout.value : undefined;
    const seconds = typeof written === "string" ? secondsOfDuration(written) : Number(written);
    if (timeout === undefined || seconds === null || Number.isNaN(seconds) || written === null || typeof written === "boolean") return [];
    const tls = at(config, ...path, "tls");
    const begin = isUnset(tls) ? scalar(null, timeout.origin) : tls?.kind === "map" ? tlsTimeout(tls) : unknown("TLS is not known", timeout.origin);
    const entries: [string, Node][] = [
      ["seconds", scalar(seconds, timeout.origin)],
      ["text", scalar(typeof written === "string", timeout.origin)],
      ["tls", begin],
    ];
    return [map(entries, timeout.origin)];
  });
  return list(found, config.origin);
}

/** What TLS has to begin; two seconds where nothing is said. */
function tlsTimeout(tls: MapNode): Node {
  const timeout = at(tls, "timeout");
  if (timeout?.kind === "unknown") return timeout;
  const written = timeout?.kind === "scalar" ? timeout.value : 2;
  const seconds = typeof written === "string" ? secondsOfDuration(written) : Number(written);
  return seconds === null || Number.isNaN(seconds) ? unknown("the timeout of TLS is no time", tls.origin) : scalar(seconds, (timeout ?? tls).origin);
}

function resolverOf(config: Node): Node {
  const node = first(config, "resolver", "account_resolver", "accounts_resolver");
  if (node === undefined || isUnset(node) || node.kind === "unknown") return node ?? scalar(null, config.origin);
  if (node.kind === "list") return unknown("something else than a resolver stands there", node.origin);
  if (node.kind === "scalar") return map([["kind", scalar(shortKind(String(node.value)), node.origin)]], node.origin);
  // The keys of the block are compared in their own case, and what is not among them is passed over.
  const type = at(node, "type");
  const kind =
    type?.kind === "unknown" ? type : scalar(isUnset(type) ? "missing" : (KINDS[(text(type) ?? "").toUpperCase()] ?? "other"), type?.origin ?? node.origin);
  return { ...node, entries: new Map([...node.entries, ["kind", kind] as const]) };
}

const KINDS: Readonly<Record<string, string>> = { FULL: "full", CACHE: "cache", MEM: "memory", MEMORY: "memory" };

/** The server looks for the words anywhere in the text. */
function shortKind(words: string): string {
  return /mem/i.test(words) ? "memory" : /url/i.test(words) ? "url" : "other";
}

/** Operators whose JWT stands in the configuration; one that is a file makes the list unknown. */
function operatorsOf(config: Node): Node {
  const node = first(config, "operator", "operators", "root", "roots", "root_operator", "root_operators");
  if (node === undefined || isUnset(node) || node.kind === "unknown") return node ?? scalar(null, config.origin);
  const items = node.kind === "list" ? node.items : [node];
  const read = items.map((item) => {
    const claims = claimsOf(text(item) ?? "");
    if (claims === null) return undefined;
    const nats = claims["nats"] as Readonly<Record<string, unknown>> | undefined;
    const account = nats?.["system_account"];
    return map([["system_account", scalar(typeof account === "string" && account !== "" ? account : null, item.origin)]], item.origin);
  });
  const known = read.filter((one) => one !== undefined);
  return known.length < items.length ? unknown("the operator's JWT is in another file", node.origin) : list(known, node.origin);
}

function first(config: Node, ...keys: readonly string[]): Node | undefined {
  return keys.map((key) => at(config, key)).find((node) => node !== undefined);
}
