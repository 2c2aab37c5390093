// Accounts in one form: short forms written out, and each import joined to the export that grants it.

import { at, list, map, type MapNode, type Node, scalar, type ScalarNode, text } from "../../document/node.ts";
import { SHAPES } from "./shapes.ts";

/** Accounts by name; the short form, a list of names, has accounts without anything in them. */
export function accountMap(node: Node): Node {
  if (node.kind === "list") {
    const names = node.items.filter((item): item is ScalarNode => item.kind === "scalar");
    if (names.length < node.items.length) return { kind: "unknown", because: "a name in the list is not known", origin: node.origin };
    return map(
      names.map((name) => [String(name.value), map([], name.origin)] as const),
      node.origin,
    );
  }
  if (node.kind !== "map") return node;
  const accounts: MapNode = {
    ...node,
    entries: new Map([...node.entries].map(([name, account]) => [name, account.kind === "map" ? oneAccount(account) : account] as const)),
  };
  return { ...accounts, entries: new Map([...accounts.entries].map(([name, account]) => [name, granted(name, account, accounts)] as const)) };
}

/** Subject mappings: a subject, one destination or several become a list of destinations. */
export function mappings(node: Node): Node {
  if (node.kind !== "map") return node;
  const destinations = (to: Node): Node => {
    if (to.kind === "list" || to.kind === "unknown") return to;
    const only =
      to.kind === "map"
        ? to
        : map(
            [
              ["dest", to],
              ["weight", scalar(100, { ...to.origin, span: { start: to.origin.span.start, end: to.origin.span.start } })],
            ],
            to.origin,
          );
    return list([only], to.origin);
  };
  return { ...node, entries: new Map([...node.entries].map(([from, to]) => [from, destinations(to)] as const)) };
}

/** Permissions in one form: a subject or a list of them stands for what is allowed. */
function permissions(node: Node): Node {
  if (node.kind !== "map") return node;
  const entries = lowerCased(node);
  for (const key of ["publish", "pub", "import", "subscribe", "sub", "export"]) {
    const own = entries.get(key);
    if (own?.kind === "list" || own?.kind === "scalar") entries.set(key, map([["allow", own]], own.origin));
  }
  return { ...node, entries };
}

/** The members of a block that hold permissions, and its users, in one form. `keys` are those of the block itself. */
export function withPermissions(node: Node, keys: readonly string[]): Node {
  if (node.kind !== "map") return node;
  const entries = lowerCased(node);
  for (const key of keys) {
    const own = entries.get(key);
    if (own !== undefined) entries.set(key, permissions(own));
  }
  const users = entries.get("users");
  if (users?.kind === "list")
    entries.set("users", { ...users, items: users.items.map((user) => withPermissions(user, ["permissions", "permission", "authorization"])) });
  return { ...node, entries };
}

/** `jetstream` of an account: is it on, and with which limits. */
function oneAccount(node: MapNode): MapNode {
  const own = withPermissions(node, ["default_permissions"]) as MapNode;
  const entries = new Map(own.entries);
  const jetstream = entries.get("jetstream");
  if (jetstream !== undefined) {
    if (jetstream.kind === "map") entries.set("jetstream_limits", jetstream);
    entries.set("jetstream", jetstream.kind === "map" ? scalar(true, jetstream.origin) : switched(jetstream));
  }
  for (const key of ["mappings", "maps"]) {
    const mapped = entries.get(key);
    if (mapped !== undefined) entries.set(key, mappings(mapped));
  }
  const exports = entries.get("exports");
  if (exports?.kind === "list") entries.set("exports", { ...exports, items: exports.items.map(oneExport) });
  return { ...own, entries };
}

function switched(node: Node): Node {
  if (node.kind !== "scalar") return node;
  const word = typeof node.value === "string" ? node.value.toLowerCase() : node.value;
  return scalar(word === true || word === "enabled" || word === "enable", node.origin);
}

function oneExport(node: Node): Node {
  if (node.kind !== "map") return node;
  const entries = lowerCased(node);
  const latency = entries.get("latency");
  if (latency?.kind === "scalar") entries.set("latency", map([["subject", latency]], latency.origin));
  return { ...node, entries };
}

/** The imports of an account, each with `granted`. */
function granted(importer: string, account: Node, accounts: MapNode): Node {
  if (account.kind !== "map") return account;
  const imports = account.entries.get("imports");
  if (imports?.kind !== "list") return account;
  const items = imports.items.map((item) => {
    if (item.kind !== "map") return item;
    const entries = lowerCased(item);
    for (const kind of ["stream", "service"] as const) {
      const from = entries.get(kind);
      if (from?.kind === "map")
        entries.set(kind, { ...from, entries: new Map([...lowerCased(from), ["granted", grant(importer, kind, lowerCased(from), accounts)]]) });
    }
    return { ...item, entries };
  });
  return { ...account, entries: new Map([...account.entries, ["imports", { ...imports, items }]]) };
}

function grant(importer: string, kind: "stream" | "service", from: ReadonlyMap<string, Node>, accounts: MapNode): Node {
  const subject = from.get("subject");
  const name = text(from.get("account"));
  const near = subject?.origin ?? accounts.origin;
  // Nobody wrote the answer, so it stands in no text.
  const beside = { ...near, span: { start: near.span.start, end: near.span.start } };
  const unknown: Node = { kind: "unknown", because: "not all that decides it is known", origin: beside };
  // What is no subject is another fault.
  if (name === undefined || text(subject) === undefined || SHAPES["subject"]?.(text(subject) ?? "", undefined)?.refused === true) return unknown;
  const exporter = accounts.entries.get(name);
  if (exporter === undefined) return accounts.incomplete === undefined ? scalar(null, beside) : unknown;
  const exports = exporter.kind === "map" ? at(exporter, "exports") : exporter;
  if (exports === undefined) return scalar("not exported", beside);
  if (exports.kind !== "list") return unknown;
  let answer = "not exported";
  for (const one of exports.items) {
    const exported = at(one, kind);
    if (one.kind !== "map" || (exported !== undefined && text(exported) === undefined)) return unknown;
    if (exported === undefined || !covers(text(exported) ?? "", text(subject) ?? "")) continue;
    const allowed = at(one, "accounts");
    // An export by the position of the account's name in the subject asks for a token.
    if (one.entries.has("account_token_position") || (allowed !== undefined && allowed.kind !== "list")) return unknown;
    if (allowed === undefined || (allowed.kind === "list" && (allowed.items.length === 0 || allowed.items.some((item) => text(item) === importer))))
      return scalar("yes", beside);
    answer = allowed.kind === "list" && allowed.items.some((item) => item.kind === "unknown") ? "" : "not to this account";
  }
  return answer === "" ? unknown : scalar(answer, beside);
}

/** Does what is exported hold all that is imported? */
function covers(exported: string, imported: string): boolean {
  if (exported === imported) return true;
  // Most exports are one subject, and there may be thousands of them.
  if (!exported.includes("*") && !exported.includes(">")) return false;
  const [wide, narrow] = [exported.split("."), imported.split(".")];
  for (const [index, token] of wide.entries()) {
    const other = narrow[index];
    if (other === undefined || other === "") return false;
    if (token === ">") return true;
    if (other === ">" || (token !== "*" && token !== other)) return false;
  }
  return wide.length === narrow.length;
}

function lowerCased(node: MapNode): Map<string, Node> {
  return new Map([...node.entries].map(([key, value]) => [key.toLowerCase(), value] as const));
}
