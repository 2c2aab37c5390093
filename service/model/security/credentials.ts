// The secrets of a configuration that can be read in the files: where each is written, by what means, and whether anybody
// guesses it. What they say stays here.

import { list, map, type Node, type Origin, scalar } from "../../document/node.ts";
import { type Guess, guessOf, standsForSecret } from "./guessable.ts";

/** What is seen of the surroundings of a configuration. */
export interface SecretSight {
  /** Where the value of a variable of the environment is written; undefined where that is not in sight. */
  readonly variable: (name: string) => Origin | undefined;
  /** Does the place lie in the encoded payload of a Secret, where secrets belong? */
  readonly isPayload: (origin: Origin) => boolean;
}

type What = "password" | "token" | "encryption key";

/** One place that may hold a secret. */
interface Place {
  readonly node: Node | undefined;
  readonly what: What;
  readonly whose: string;
  readonly user: string | null;
  readonly account?: string;
  /** The secret as a part of what stands there: of a URL, of a data source. */
  readonly text?: string;
}

/** The model's `credentials`. A secret that stands in several places is there once: all of it is one thing to change. */
export function credentialsOf(config: Node, streaming: Node | undefined, sight: SecretSight): Node {
  const seen = new Set<string>();
  const found = [...ofConfiguration(config), ...ofStreaming(streaming)].flatMap((place): Node[] => {
    const { node, what, whose, user, account } = place;
    if (node === undefined) return [];
    const text = place.text ?? textOf(node);
    const written = meansOf(node, text === undefined, sight);
    if (written === null || (text !== undefined && (text === "" || standsForSecret(text)))) return [];
    const { origin, means } = written;
    const guess: Guess = text === undefined ? null : guessOf(text, user, account ?? null);
    if (text !== undefined && seen.has(`${guess} ${text}`)) return [];
    if (text !== undefined) seen.add(`${guess} ${text}`);
    const entries = { what, whose, means, guess };
    // The last entry is for hiding what stands there; the model has no such key.
    return [map([...Object.entries(entries).map(([key, value]) => [key, scalar(value, origin)] as const), ["secret", scalar("", origin)]], origin)];
  });
  return list(found, config.origin);
}

function* ofConfiguration(config: Node): Iterable<Place> {
  yield* login(get(config, "authorization"), "the clients");
  const accounts = get(config, "accounts");
  if (accounts?.kind === "map") for (const [name, account] of accounts.entries) yield* users(account, "the clients", name);
  for (const [block, whose] of BLOCKS) yield* login(get(get(config, block), "authorization", "authentication"), whose);
  yield secret(get(get(config, "jetstream"), "key", "ek", "encryption_key"), "encryption key", "JetStream");
  yield* urls(get(get(config, "cluster"), "routes"), "the routes");
  const gateways = get(get(config, "gateway"), "gateways");
  if (gateways?.kind === "list") for (const one of gateways.items) yield* urls(get(one, "urls", "url"), "the gateways");
  const remotes = get(get(config, "leafnodes", "leaf"), "remotes");
  if (remotes?.kind === "list") for (const one of remotes.items) yield* urls(get(one, "urls", "url"), "the leaf nodes");
}

const BLOCKS = [
  ["cluster", "the routes"],
  ["gateway", "the gateways"],
  ["leafnodes", "the leaf nodes"],
  ["leaf", "the leaf nodes"],
  ["websocket", "websocket clients"],
  ["ws", "websocket clients"],
  ["mqtt", "MQTT clients"],
] as const;

function* ofStreaming(streaming: Node | undefined): Iterable<Place> {
  if (streaming === undefined) return;
  yield* login(streaming, "NATS Streaming");
  yield secret(get(streaming, "encryption_key"), "encryption key", "NATS Streaming");
  yield* urls(get(streaming, "nats_server_url", "nats_server", "ns"), "NATS Streaming");
  const source = get(get(streaming, "sql", "sql_options"), "source");
  const said = source === undefined ? undefined : textOf(source);
  if (said !== undefined) yield ofDataSource(source, said);
}

/** A user with a password, or a token, and the list of users that may stand beside them. */
function* login(block: Node | undefined, whose: string): Iterable<Place> {
  if (block?.kind !== "map") return;
  const user = get(block, "user", "username");
  const name = user === undefined ? null : (textOf(user) ?? null);
  yield { node: get(block, "password", "pass"), what: "password", whose, user: name };
  yield { node: get(block, "token"), what: "token", whose, user: null };
  yield* users(block, whose);
}

function* users(block: Node, whose: string, account?: string): Iterable<Place> {
  const found = get(block, "users");
  if (found?.kind !== "list") return;
  for (const one of found.items) {
    const user = get(one, "user", "username");
    const name = user === undefined ? null : (textOf(user) ?? null);
    yield { node: get(one, "password", "pass"), what: "password", whose, user: name, ...(account !== undefined && { account }) };
  }
}

function* urls(node: Node | undefined, whose: string): Iterable<Place> {
  for (const one of node?.kind === "list" ? node.items : [node]) {
    const written = one === undefined ? undefined : textOf(one);
    // What comes of variables and templates is judged as a whole: a part of it may be an open brace.
    if (written === undefined || standsForSecret(written)) continue;
    // Go takes the last @ for the end of the password.
    const [, user, password] = /^[\w+-]+:\/\/([^/@:\s]+):([^/?#\s]+)@/.exec(written) ?? [];
    if (user !== undefined && password !== undefined) yield { node: one, what: "password", whose, user: unescaped(user), text: unescaped(password) };
  }
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A data source of PostgreSQL, as a URL or as pairs, or of MySQL: `user:password@tcp(host)/name`. */
function ofDataSource(node: Node | undefined, said: string): Place {
  const [, user, password] = /^(?:\w+:\/\/)?([^/@:\s=]+):([^@\s]+)@/.exec(said) ?? [];
  const pair = (key: string): string | undefined =>
    new RegExp(`(?:^|[\\s?&])${key}=(?:'([^']*)'|([^\\s&]*))`)
      .exec(said)
      ?.slice(1)
      .find((one) => one !== undefined);
  const text = standsForSecret(said) ? "" : (password ?? pair("password") ?? "");
  return { node, what: "password", whose: "the database", user: user ?? pair("user") ?? null, text };
}

function secret(node: Node | undefined, what: What, whose: string): Place {
  return { node, what, whose, user: null };
}

type Means = "written" | "default" | "payload" | "flag" | "variable of a flag" | "parameter";

/** How the secret comes to the server, and where it is written; null where nothing in sight holds it. */
function meansOf(node: Node, isHidden: boolean, sight: SecretSight): { readonly origin: Origin; readonly means: Means } | null {
  const { origin } = node;
  const via = origin.via ?? [];
  const flag = via.find((one) => one.kind === "command line")?.flag;
  const variable = via.find((one) => one.kind === "variable")?.name;
  if (flag !== undefined && /^-[a-z]/.test(flag)) {
    const isVariable = variable !== undefined || (node.kind === "unknown" && node.same?.startsWith("variable ") === true);
    return isVariable ? { origin, means: "variable of a flag" } : isHidden ? null : { origin, means: "flag" };
  }
  if (isHidden || via.some((one) => one.kind === "template")) return null;
  if (via.some((one) => one.kind === "chart default")) return { origin, means: "default" };
  if (flag !== undefined && flag !== "targetPath") return { origin, means: "parameter" };
  const place = variable === undefined ? origin : sight.variable(variable);
  return place === undefined ? null : { origin: place, means: sight.isPayload(place) ? "payload" : "written" };
}

/** A text, or what stands there for one; undefined where the text is not known. */
function textOf(node: Node): string | undefined {
  if (node.kind === "scalar")
    return typeof node.value === "string" ? node.value : node.value === null ? undefined : (node.spelling?.text ?? String(node.value));
  return node.kind === "unknown" && node.same === undefined ? node.spelling?.text : undefined;
}

/** The first of some names that a map has; keys of a configuration are compared without their case. */
function get(node: Node | undefined, ...names: readonly string[]): Node | undefined {
  if (node?.kind !== "map") return undefined;
  for (const [key, child] of node.entries) if (names.includes(key.toLowerCase())) return child;
  return undefined;
}
