// A small API server that lists and watches, and does to order what a real one cannot be made to do. It is a real server on
// a real port; the tests of test/cluster ask a real API server.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface FakeObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What the server does instead of its duty, by the plural of the resource; `*` for all. */
export interface Switches {
  /** An HTTP status for lists, watches and single objects. */
  status: Record<string, number>;
  /** Milliseconds before a list or an object is answered. */
  delay: Record<string, number>;
  /** `ends`: in order and at once; `cuts`: without an end; `silent`: no event, and no end either. */
  watch: Record<string, "ends" | "cuts" | "silent" | "gone" | "gone as an event" | "broken line">;
  /** The token that counts. */
  token: string | null;
}

export interface FakeApi {
  readonly kubeconfig: string;
  readonly switches: Switches;
  /** Every request: `list nodes`, `watch nodes`, `get configmaps nats`. */
  readonly requests: { readonly what: string; readonly at: number }[];
  readonly count: (what: string) => number;
  readonly put: (plural: string, object: FakeObject) => void;
  readonly remove: (plural: string, name: string) => void;
  /** Serves a group of custom kinds from now on, or no longer. */
  readonly install: (group: string, plurals: Readonly<Record<string, string>>) => void;
  readonly uninstall: (group: string) => void;
  readonly stop: () => Promise<void>;
  /** On the port that it had. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function fakeApi(): Promise<FakeApi> {
  const store = new Map<string, Map<string, FakeObject>>();
  const watchers = new Map<string, Set<(line: object) => void>>();
  const groups = new Map<string, Readonly<Record<string, string>>>();
  const requests: { what: string; at: number }[] = [];
  const switches: Switches = { status: {}, delay: {}, watch: {}, token: null };
  const folder = mkdtempSync(join(tmpdir(), "natslint-fake-api-"));
  let version = 100;
  let port = 0;
  let server = createServer();

  const of = (plural: string): Map<string, FakeObject> => {
    const found = store.get(plural) ?? new Map<string, FakeObject>();
    store.set(plural, found);
    return found;
  };
  const history: { readonly plural: string; readonly version: number; readonly line: object }[] = [];
  const tell = (plural: string, type: string, object: FakeObject): void => {
    const line = { type, object: { apiVersion: "v1", kind: "Whatever", ...object } };
    history.push({ plural, version, line });
    for (const send of watchers.get(plural) ?? []) send(line);
  };
  const versioned = (object: FakeObject): FakeObject => ({ ...object, metadata: { ...object.metadata, resourceVersion: String(++version) } });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const parts = url.pathname.split("/").filter((part) => part !== "");
    const rest = parts[0] === "api" ? parts.slice(2) : parts.slice(3);
    const [plural = "", name] = rest[0] === "namespaces" && rest.length > 2 ? rest.slice(2) : rest;
    const watching = url.searchParams.get("watch") === "true";
    const what = plural === "" ? "discover" : watching ? `watch ${plural}` : name === undefined ? `list ${plural}` : `get ${plural} ${name}`;
    requests.push({ what, at: performance.now() });
    const send = (status: number, body: object): void => void response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    const refused = switches.status[plural] ?? switches.status["*"];
    if (switches.token !== null && request.headers.authorization !== `Bearer ${switches.token}`) return send(401, { kind: "Status", code: 401 });
    if (refused !== undefined) return send(refused, { kind: "Status", code: refused });
    await sleep(switches.delay[plural] ?? 0);
    if (plural === "") return discovery(parts, send);
    if (watching) return watch(plural, url.searchParams, response);
    if (name !== undefined) {
      const object = of(plural).get(name);
      return object === undefined ? send(404, { kind: "Status", code: 404 }) : send(200, object);
    }
    const all = [...of(plural).values()];
    const [from, limit] = [Number(url.searchParams.get("continue") ?? 0), Number(url.searchParams.get("limit") ?? all.length)];
    const more = from + limit < all.length ? { continue: String(from + limit) } : {};
    send(200, { kind: "List", metadata: { resourceVersion: String(version), ...more }, items: all.slice(from, from + limit) });
  }

  function discovery([, group = ""]: readonly string[], send: (status: number, body: object) => void): void {
    const plurals = groups.get(group);
    const resources = Object.entries(plurals ?? {}).map(([name, kind]) => ({ name, kind, namespaced: true, verbs: ["list", "watch"] }));
    send(plurals === undefined ? 404 : 200, { preferredVersion: { groupVersion: `${group}/v1` }, resources });
  }

  function watch(plural: string, query: URLSearchParams, response: ServerResponse): void {
    const how = switches.watch[plural] ?? switches.watch["*"];
    if (how === "gone") return void response.writeHead(410).end();
    response.writeHead(200, { "Content-Type": "application/json" }).flushHeaders();
    if (how === "gone as an event") return void response.end(`${JSON.stringify({ type: "ERROR", object: { kind: "Status", code: 410 } })}\n`);
    if (how === "broken line") return void response.end('{"type":"ADDED","object":{"password":"hunter2"\n');
    if (how === "ends") return void response.end();
    if (how === "cuts") return void setTimeout(() => response.destroy(), 20);
    if (how === "silent") return;
    const mine = watchers.get(plural) ?? new Set<(line: object) => void>();
    watchers.set(plural, mine);
    const send = (line: object): void => void response.write(`${JSON.stringify(line)}\n`);
    mine.add(send);
    const from = Number(query.get("resourceVersion"));
    for (const past of history) if (past.plural === plural && past.version > from) send(past.line);
    const timer = setTimeout(() => response.end(), Number(query.get("timeoutSeconds")) * 1_000);
    response.on("close", () => {
      clearTimeout(timer);
      mine.delete(send);
    });
  }

  const start = async (): Promise<void> => {
    server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  };
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await start();
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, kubeconfigOf(`http://127.0.0.1:${port}`, "first"));
  return {
    kubeconfig,
    switches,
    requests,
    count: (what) => requests.filter((one) => one.what === what).length,
    put: (plural, object) => {
      const name = object.metadata.name;
      const type = of(plural).has(name) ? "MODIFIED" : "ADDED";
      const kept = versioned(object);
      of(plural).set(name, kept);
      tell(plural, type, kept);
    },
    remove: (plural, name) => {
      const gone = of(plural).get(name);
      of(plural).delete(name);
      if (gone !== undefined) tell(plural, "DELETED", versioned(gone));
    },
    install: (group, plurals) => void groups.set(group, plurals),
    uninstall: (group) => void groups.delete(group),
    stop,
    start,
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A kubeconfig for a server that is spoken to in the clear. */
export function kubeconfigOf(server: string, token: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{name: fake, cluster: {server: "${server}", insecure-skip-tls-verify: true}}]
users: [{name: one, user: {token: "${token}"}}]
contexts: [{name: fake, context: {cluster: fake, user: one}}]
current-context: fake
`;
}
