// A GitHub for tests: real sockets, real commits and diffs, checked by GitHub's own published description. What cannot be
// learnt from that description (where comments may stand, what tokens may do) it does as GitHub is known to do.

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { access, type Access, type Caller, type FakeInstallation, type Permissions } from "./access.ts";
import { answer, type Given } from "./answering.ts";
import { type Faults, faults, type How, type MatchedCall } from "./faults.ts";
import { graphqlName } from "./graphql.ts";
import { Refusal } from "./refusal.ts";
import type { Json } from "./rest-schema.ts";
import { fakeState, type SeedRepository, type State } from "./state.ts";
import { type Payloads, payloadProblem, payloads, signedWebhook, type SignedWebhook, type WebhookOptions } from "./webhooks.ts";
import type { Limits, World } from "./world.ts";

export interface Seed {
  readonly repositories: readonly SeedRepository[];
  /** Of the App, on all repositories of each owner; null: it is installed nowhere. */
  readonly permissions?: Permissions | null;
  /** Tokens that are there from the start: of workflows ("github-actions[bot]"), of people. */
  readonly tokens?: Readonly<Record<string, { readonly login: string; readonly permissions: Permissions; readonly repositories?: readonly string[] }>>;
  /** An Enterprise Server: everything below `/api/v3`, GraphQL at `/api/graphql`. */
  readonly enterprise?: boolean;
}

/** One call that arrived, without its token. */
export interface Exchange {
  readonly call: MatchedCall;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** 0 while there was no answer. */
  status: number;
  readonly time: number;
}

export interface FakeGitHub {
  /** The API's address, to be given as `GITHUB_API_URL`. */
  readonly url: string;
  readonly app: { readonly id: number; readonly slug: string; readonly privateKey: string; readonly webhookSecret: string };
  readonly state: State;
  readonly installations: Access["installations"];
  readonly tokens: Access["tokens"];
  readonly limits: Limits;
  /** `skew`: seconds by which GitHub's clock is ahead of this machine's. */
  readonly clock: { skew: number };
  /** What was written through the API, one readable line each; without `since` everything. */
  writes(since?: number): string[];
  /** Every call that arrived. */
  readonly traffic: Exchange[];
  /** What was sent or answered against GitHub's description; `close` throws when it is not empty. */
  readonly problems: string[];
  readonly fail: Faults["fail"];
  readonly payloads: Payloads;
  /** A signed webhook, ready to be sent. */
  webhook(event: string, payload: unknown, options?: WebhookOptions): SignedWebhook;
  /** Sends a webhook and keeps it in the App's log of deliveries; gives the status, 0 when nobody was there. */
  deliver(to: string, event: string, payload: unknown, options?: WebhookOptions): Promise<number>;
  close(): Promise<void>;
}

const SECRET = "It's a Secret to Everybody";
const USUAL: Permissions = { metadata: "read", contents: "read", pull_requests: "write", checks: "write", merge_queues: "read" };
let keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | null = null;

export async function startFakeGitHub({ seed }: { readonly seed: Seed }): Promise<FakeGitHub> {
  keys ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app = { id: 4711, slug: "natslint", publicKey: keys.publicKey };
  const state = fakeState(seed.repositories);
  const clock = { skew: 0, now: () => Date.now() + clock.skew * 1000 };
  const rights = access(state, app, clock);
  install(state, rights, seed);
  const log: string[] = [];
  const problems: string[] = [];
  const traffic: Exchange[] = [];
  const planned = faults();
  const limits: Limits = { treeEntries: 100_000, comments: 2500, text: 512_000, calls: Number.POSITIVE_INFINITY, createsPerMinute: Number.POSITIVE_INFINITY };
  const world: World = { state, access: rights, app, limits, deliveries: [], log: (line) => void log.push(line) };
  const prefix = seed.enterprise === true ? "/api/v3" : "";
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  const installationOf = (owner: string): number => [...rights.installations.values()].find(({ account }) => account === owner)?.id ?? 0;
  const fake: FakeGitHub = {
    url,
    app: { id: app.id, slug: app.slug, privateKey: String(keys.privateKey.export({ type: "pkcs8", format: "pem" })), webhookSecret: SECRET },
    state,
    installations: rights.installations,
    tokens: rights.tokens,
    limits,
    clock,
    writes: (since = 0) => log.slice(since),
    traffic,
    problems,
    fail: planned.fail,
    payloads: payloads(state, app, installationOf),
    webhook(event, payload, { secret = SECRET, delivery = newId(state) } = {}) {
      return signedWebhook(event, payload, secret, delivery);
    },
    async deliver(to, event, payload, options = {}) {
      const problem = payloadProblem(event, payload as { readonly [key: string]: Json });
      if (problem !== null) problems.push(problem);
      return deliver(to, event, fake.webhook(event, payload, options), false);
    },
    async close() {
      await stop(server);
      if (problems.length > 0) throw new Error(`against GitHub's description:\n${problems.join("\n")}`);
    },
  };
  return fake;

  async function deliver(to: string, event: string, sent: SignedWebhook, redelivery: boolean): Promise<number> {
    const id = state.next();
    const status = await fetch(to, sent).then(
      (one) => one.status,
      () => 0,
    );
    const { action = null } = JSON.parse(sent.body) as { readonly action?: string };
    const common = { id, guid: sent.headers["x-github-delivery"] ?? "", delivered_at: state.now(), redelivery, duration: 0.1, event, action };
    const json = {
      ...common,
      status: status >= 200 && status < 300 ? "OK" : "failed",
      status_code: status,
      installation_id: null,
      repository_id: null,
      throttled_at: null,
    };
    world.deliveries.unshift({ json, again: () => void deliver(to, event, sent, true) });
    return status;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
    const { method = "GET", headers } = request;
    const isGraphql = pathname === (seed.enterprise === true ? "/api/graphql" : "/graphql");
    const path = isGraphql ? "/graphql" : pathname.startsWith(prefix) ? pathname.slice(prefix.length) : pathname;
    const parsed = parse(body);
    const call = callNamed(method, path, isGraphql, parsed);
    const { authorization: _secret, ...shown } = headers;
    const exchange: Exchange = {
      call,
      method,
      path: `${path}${searchParams.size === 0 ? "" : `?${searchParams}`}`,
      headers: shown,
      body,
      status: 0,
      time: Date.now(),
    };
    traffic.push(exchange);
    const how = planned.next(call);
    if (how?.kind === "meanwhile") how.happens();
    if (how?.kind === "hang") return;
    if (how?.kind === "reset" && how.when === "before") return void request.socket.destroy();
    if (how?.kind === "delay") await new Promise((resolve) => setTimeout(resolve, how.milliseconds));
    const instead = how === null ? null : insteadOf(how);
    const given = instead ?? limited() ?? answered(method, path, searchParams, parsed, headers);
    if (how?.kind === "reset" && how.when === "after") return void request.socket.destroy();
    exchange.status = given.status;
    send(response, how === null ? given : changed(given, how), how, {
      date: new Date(clock.now()).toUTCString(),
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": String(Math.min(5000, limits.calls)),
      "x-ratelimit-reset": reset(),
    });
  }

  function answered(method: string, path: string, query: URLSearchParams, body: unknown, headers: IncomingMessage["headers"]): Given {
    let caller: Caller;
    try {
      caller = rights.caller(headers.authorization);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return { status: thrown.status, headers: { "content-type": "application/json; charset=utf-8" }, text: JSON.stringify({ message: thrown.message }) };
    }
    return answer({ method, path, query, body, caller, url, etag: headers["if-none-match"] }, world, problems);
  }

  function limited(): Given | null {
    if (limits.calls-- > 0) return null;
    limits.calls = 0;
    return {
      status: 403,
      headers: { "content-type": "application/json; charset=utf-8" },
      text: JSON.stringify({ message: "API rate limit exceeded for installation ID 1." }),
    };
  }

  function reset(): string {
    return String(Math.ceil(clock.now() / 1000) + 60);
  }
}

/** One installation for each owner. */
function install(state: State, { installations, tokens }: Access, { permissions = USUAL, tokens: given = {} }: Seed): void {
  const owners = new Set(state.repositories.map(({ owner }) => owner));
  for (const account of permissions === null ? [] : owners) {
    const repositories = state.repositories.filter(({ owner }) => owner === account).map(({ owner, name }) => `${owner}/${name}`);
    const installation: FakeInstallation = { id: state.next(), account, repositories, permissions: permissions ?? USUAL, isSuspended: false };
    installations.set(installation.id, installation);
  }
  for (const [value, { login, permissions: may, repositories }] of Object.entries(given)) {
    const ids = repositories?.map((name) => state.repository(name).id) ?? null;
    tokens.set(value, {
      user: state.user(login),
      repositories: ids,
      permissions: { metadata: "read", ...may },
      installation: null,
      expires: Number.POSITIVE_INFINITY,
    });
  }
}

function callNamed(method: string, path: string, isGraphql: boolean, body: unknown): MatchedCall {
  if (!isGraphql) return { name: `${method} ${path}`, isWrite: method !== "GET" && !path.startsWith("/app/"), body };
  const { name, isWrite } = graphqlName(String((body as { readonly query?: unknown } | undefined)?.query ?? ""));
  return { name: `graphql ${name}`, isWrite, body };
}

/** The answer that a fault puts in place of the call. */
function insteadOf(how: How): Given | null {
  const json = { "content-type": "application/json; charset=utf-8" };
  switch (how.kind) {
    case "status":
      return {
        status: how.status,
        headers: { ...json, ...how.headers },
        text: how.body ?? JSON.stringify({ message: how.message ?? "made to fail", documentation_url: "https://docs.github.com/rest" }),
      };
    case "html":
      return { status: how.status ?? 502, headers: { "content-type": "text/html" }, text: "<html><body><h1>Unicorn!</h1></body></html>" };
    case "redirect":
      return { status: how.status, headers: { ...json, location: how.to }, text: JSON.stringify({ message: "Moved" }) };
    case "graphql":
      return { status: 200, headers: json, text: JSON.stringify({ data: null, errors: [{ type: how.type, message: how.message }] }) };
    default:
      return null;
  }
}

/** What a fault makes of an answer that was given. */
function changed(given: Given, how: How): Given {
  if (how.kind === "empty") return { ...given, text: "" };
  if (how.kind === "truncated") return { ...given, text: given.text.slice(0, given.text.length / 2) };
  if (how.kind === "content type") return { ...given, headers: { ...given.headers, "content-type": how.type } };
  if (how.kind === "link") return { ...given, headers: { ...given.headers, link: `<${how.next}>; rel="next"` } };
  if (how.kind === "change") return { ...given, text: JSON.stringify(how.change(JSON.parse(given.text))) };
  return given;
}

function send(response: ServerResponse, { status, headers, text }: Given, how: How | null, usual: Readonly<Record<string, string>>): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...usual, "x-github-request-id": "FAKE", ...(status === 204 ? {} : { "content-length": String(bytes.length) }), ...headers });
  if (how?.kind !== "cut") return void response.end(bytes);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function parse(body: string): unknown {
  try {
    return body === "" ? undefined : JSON.parse(body);
  } catch {
    return body;
  }
}

function newId(state: State): string {
  return `00000000-0000-4000-8000-${String(state.next()).padStart(12, "0")}`;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
