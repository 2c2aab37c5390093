// The users of a NatsCluster, where the Secret that holds them is in sight. The operator takes its JSON over as the block
// `authorization`, and of the JSON only what its own structs know.

import { Buffer } from "node:buffer";
import { at, list, map, type Node, type Origin, scalar, unknown } from "../../document/node.ts";
import { type KubernetesObject, together } from "../kubernetes/objects.ts";
import { numberOf, type Resource, textOf } from "./resource.ts";

const BLOCK = ["username", "password", "token", "timeout", "users", "default_permissions"] as const;
const USER = ["username", "password", "nkey", "permissions"] as const;

/** Unknown where the Secret is not in sight, or where several of its keys may be the one that the operator meets first. */
export function clientsAuth({ object, get, because }: Resource, beside: readonly KubernetesObject[]): Node {
  const { origin } = because("auth", "clientsAuthSecret")(null);
  const name = textOf(get("auth", "clientsAuthSecret"));
  const found = beside.filter((one) => one.kind === "Secret" && one.name !== null && one.name === name && together(one, object));
  const [secret, ...others] = found;
  if (secret === undefined || others.length > 0) return unknown("another file holds the users", origin);
  const block = authorization(secret);
  if (block?.kind !== "map") return block ?? unknown("the Secret's content is not known", origin);
  const timeout = get("auth", "clientsAuthTimeout");
  if (timeout === undefined || (numberOf(timeout) ?? 1) <= 0) return block;
  return { ...block, entries: new Map([...block.entries, ["timeout", timeout]]) };
}

function authorization({ node }: KubernetesObject): Node | undefined {
  const [data, plain] = [at(node, "data"), at(node, "stringData")];
  const entries = [data, plain].flatMap((block) => (block?.kind === "map" && block.incomplete === undefined ? [...block.entries] : []));
  const [entry, ...more] = entries;
  if (entry === undefined || more.length > 0 || data?.kind === "unknown" || plain?.kind === "unknown") return undefined;
  const [, content] = entry;
  // A chart's dialect has a tree there.
  if (content.kind !== "scalar") return taken(content, BLOCK);
  const text = textOf(content);
  const json = text === null ? undefined : parsed(at(data, entry[0]) === content ? Buffer.from(text, "base64").toString("utf8") : text);
  return json === undefined ? undefined : taken(nodeOf(json, content.origin), BLOCK);
}

function taken(node: Node, keys: readonly string[]): Node {
  if (node.kind !== "map") return node;
  const entries = [...node.entries].filter(([key]) => keys.includes(key));
  const users = (one: Node): Node => (one.kind === "list" ? { ...one, items: one.items.map((user) => taken(user, USER)) } : one);
  return { ...node, entries: new Map(entries.map(([key, value]) => [key, key === "users" ? users(value) : value])) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** All of it stands where the one text does. */
function nodeOf(value: unknown, origin: Origin): Node {
  if (Array.isArray(value))
    return list(
      value.map((one) => nodeOf(one, origin)),
      origin,
    );
  if (typeof value === "object" && value !== null)
    return map(
      Object.entries(value).map(([key, one]) => [key, nodeOf(one, origin)] as const),
      origin,
    );
  if (typeof value === "string") return scalar(value, origin, { text: value, style: "double", conf: "quoted" });
  return scalar(typeof value === "number" || typeof value === "boolean" ? value : null, origin);
}
