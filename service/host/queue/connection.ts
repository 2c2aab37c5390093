// The connection to the queue's NATS: servers, TLS and credentials as users of the `nats` command know them.
// No credential is ever part of a message.

import { readFileSync } from "node:fs";
import { type Authenticator, connect, credsAuthenticator, type NatsConnection, type NodeConnectionOptions, nkeyAuthenticator } from "@nats-io/transport-node";

export interface QueueAddress {
  /** `nats://[user:password@]host:port`, or `tls://`; several are of one cluster. */
  readonly servers: readonly string[];
  /** A file of JWT and seed, read again at every connect, so that it may be rotated. */
  readonly credentials?: string;
  /** A file that holds the seed of an nkey. */
  readonly nkey?: string;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** Files in PEM. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What is wrong with an address, in one sentence without its credentials; null when nothing is. */
export function addressProblem({ servers }: QueueAddress): string | null {
  if (servers.length === 0) return "it names no server";
  for (const server of servers) {
    const url = URL.canParse(server) ? new URL(server) : null;
    if (url === null || url.hostname === "") return "it takes nats://HOST[:PORT] or tls://HOST[:PORT], several with commas between them";
    if (url.protocol !== "nats:" && url.protocol !== "tls:") return `it takes nats:// or tls://, not ${url.protocol}//`;
    if (url.search !== "" || url.hash !== "" || !["", "/"].includes(url.pathname)) return "it takes a host and a port, and no path";
  }
  return null;
}

/** Connects, and stays connected for as long as the process lives: a lost server is looked for without end. */
export async function connectQueue(address: QueueAddress): Promise<NatsConnection> {
  try {
    return await connect(connectionOptions(address));
  } catch (thrown) {
    throw new Error(`the queue cannot be reached at ${shownServers(address)}: ${sentence(thrown)}`, { cause: thrown });
  }
}

/** The servers without credentials. */
export function shownServers({ servers }: QueueAddress): string {
  return servers.map((server) => (URL.canParse(server) ? `${new URL(server).protocol}//${new URL(server).host}` : "?")).join(", ");
}

function connectionOptions(address: QueueAddress): NodeConnectionOptions {
  const urls = address.servers.map((server) => new URL(server));
  const secure = urls.some((url) => url.protocol === "tls:") || [address.ca, address.certificate, address.key].some((file) => file !== undefined);
  const own = urls.find((url) => url.username !== "");
  const user = address.user ?? (own === undefined || own.password === "" ? undefined : decodeURIComponent(own.username));
  const password = address.password ?? (own === undefined ? undefined : decodeURIComponent(own.password));
  const token = address.token ?? (own !== undefined && own.password === "" ? decodeURIComponent(own.username) : undefined);
  const authenticator = authenticatorOf(address);
  return {
    name: "natslint",
    servers: urls.map((url) => url.host),
    timeout: 10_000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    ignoreAuthErrorAbort: true,
    pingInterval: 20_000,
    noAsyncTraces: true,
    ...(authenticator === undefined ? {} : { authenticator }),
    ...(user === undefined ? {} : { user, pass: password ?? "" }),
    ...(token === undefined ? {} : { token }),
    ...(secure ? { tls: tlsOptions(address) } : {}),
  };
}

/** The files are read by the library at every connect, so that they may be rotated; here it is only seen that they are there. */
function tlsOptions({ ca, certificate, key }: QueueAddress): NonNullable<NodeConnectionOptions["tls"]> {
  for (const file of [ca, certificate, key]) if (file !== undefined) readFileSync(file);
  return {
    ...(ca === undefined ? {} : { caFile: ca }),
    ...(certificate === undefined ? {} : { certFile: certificate }),
    ...(key === undefined ? {} : { keyFile: key }),
  };
}

function authenticatorOf({ credentials, nkey }: QueueAddress): Authenticator | undefined {
  if (credentials !== undefined) {
    readFileSync(credentials);
    return (nonce) => credsAuthenticator(readFileSync(credentials))(nonce);
  }
  if (nkey === undefined) return undefined;
  readFileSync(nkey);
  return (nonce) => nkeyAuthenticator(new TextEncoder().encode(readFileSync(nkey, "utf8").trim()))(nonce);
}

function sentence(thrown: unknown): string {
  const { code, name } = thrown as { readonly code?: string; readonly name?: string };
  if (name === "AuthorizationError" || name === "UserAuthenticationExpiredError") return "it refuses the credentials";
  if (name === "TimeoutError") return "it does not answer";
  if (code === "ENOENT") return "a file of credentials or certificates does not exist";
  if (code === "EACCES" || code === "EISDIR") return "a file of credentials or certificates cannot be read";
  return typeof code === "string" ? code : (name ?? "unknown error");
}
