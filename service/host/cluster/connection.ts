// The connection to one cluster's API server: where it is and who asks, by kubeconfig, and every call with a limit of time.
// The client library knows kubeconfigs and ways of proving who one is; the calls themselves are Node's own.

import { readFileSync } from "node:fs";
import { type IncomingMessage, type RequestOptions as HttpOptions, request as overHttp } from "node:http";
import { Agent, request as overHttps, type RequestOptions } from "node:https";
// This file of the library alone: the others bring streams, sockets and archives along.
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { UsageError } from "../usage-error.ts";
import { ClusterTrouble, refusal, troubleOf } from "./trouble.ts";

/** Where the cluster is said to be. Without a file: KUBECONFIG, ~/.kube/config, or the pod's own service account. */
export interface ClusterPlace {
  readonly kubeconfig?: string;
  readonly context?: string;
}

export interface Call {
  readonly method?: "GET" | "PATCH" | "DELETE" | "POST" | "PUT";
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, which is YAML too: server-side apply takes it so. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** Milliseconds for the whole call; 30 s unless said. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface Connection {
  /** Host and port of the API server, for people. */
  readonly server: string;
  /** The namespace of the kubeconfig's context; null when it names none. */
  readonly namespace: string | null;
  /** The answer's JSON. Throws a ClusterTrouble. */
  readonly json: (path: string, call?: Call) => Promise<unknown>;
  /** Each line of an answer that goes on; resolves when the server ends it in order. Throws a ClusterTrouble. */
  readonly lines: (path: string, call: Call, told: { readonly opened: () => void; readonly line: (text: string) => void }) => Promise<void>;
  readonly close: () => void;
}

/** Objects have at most 3 MiB; what goes on for longer is no line of a watch. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Reads the kubeconfig; nothing is called yet. Throws a UsageError when there is none that can be used. */
export function openCluster(place: ClusterPlace = {}): Connection {
  let config = loaded(place);
  let agent: { readonly agent: Agent; readonly of: string } | null = null;
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new UsageError(`${place.kubeconfig ?? "the kubeconfig"}: it names no cluster`);
  const base = cluster.server.replace(/\/+$/, "");
  const overTls = base.startsWith("https:");

  /** Who asks, as it is now: tokens are read again by the library once they may have changed. */
  async function identified(): Promise<RequestOptions> {
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    if (!overTls || config.getCurrentCluster()?.proxyUrl !== undefined) return options;
    // The library makes an agent for each call, and with it a handshake; this one keeps its connections.
    const of = JSON.stringify([ca, cert, key, servername, rejectUnauthorized].map(String));
    if (agent?.of !== of) {
      agent?.agent.destroy();
      agent = { of, agent: new Agent({ keepAlive: true, ...defined({ ca, cert, key, servername, rejectUnauthorized }) }) };
    }
    return { ...options, agent: agent.agent };
  }

  async function answer(path: string, call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const once = async (): Promise<IncomingMessage> => {
      const { headers, ...options } = await identified();
      const { method = "GET", query = {}, body, contentType = "application/json" } = call;
      const url = new URL(base + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const text = body === undefined ? undefined : JSON.stringify(body);
      return await new Promise((resolve, reject) => {
        const all = {
          ...options,
          method,
          signal,
          headers: { ...headers, Accept: "application/json", ...(text === undefined ? {} : { "Content-Type": contentType }) },
        };
        const request = overTls ? overHttps(url, all, resolve) : overHttp(url, all as HttpOptions, resolve);
        request.on("error", reject);
        request.on("socket", (socket) => socket.setKeepAlive(true, 15_000));
        request.end(text);
      });
    };
    const first = await once();
    if (first.statusCode !== 401) return first;
    // A token that was rotated: read everything again, and ask once more.
    first.resume();
    config = loaded(place);
    return await once();
  }

  async function limited<T>(path: string, call: Call, read: (response: IncomingMessage) => Promise<T>): Promise<T> {
    const what = `${call.method ?? "GET"} ${path}`;
    const late = AbortSignal.timeout(call.limit ?? 30_000);
    try {
      const response = await answer(path, call, call.signal === undefined ? late : AbortSignal.any([late, call.signal]));
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 299) {
        response.resume();
        throw refusal(status, what);
      }
      return await read(response.setEncoding("utf8"));
    } catch (thrown) {
      if (thrown instanceof ClusterTrouble) throw thrown;
      if (late.aborted) throw new ClusterTrouble("timeout", `the API server did not finish ${what} in time`);
      throw troubleOf(thrown, what);
    }
  }

  return {
    server: new URL(base).host,
    namespace: config.getContextObject(config.getCurrentContext())?.namespace ?? null,
    json: (path, call = {}) =>
      limited(path, call, async (response) => {
        const parts: string[] = [];
        for await (const part of response) parts.push(part as string);
        try {
          return JSON.parse(parts.join("")) as unknown;
        } catch {
          throw new ClusterTrouble("malformed", `what the API server answers to ${call.method ?? "GET"} ${path} is no JSON`);
        }
      }),
    lines: (path, call, { opened, line }) =>
      limited(path, call, async (response) => {
        opened();
        let rest: string[] = [];
        let length = 0;
        for await (const part of response) {
          const [head = "", ...lines] = (part as string).split("\n");
          rest.push(head);
          length += head.length;
          if (length > LONGEST_LINE) throw new ClusterTrouble("malformed", `a line of the answer to ${path} has no end`);
          for (const next of lines) {
            line(rest.join(""));
            rest = [next];
            length = next.length;
          }
        }
        if (length > 0) throw new ClusterTrouble("malformed", `the answer to ${path} ended within a line`);
      }),
    close: () => agent?.agent.destroy(),
  };
}

/** What the library takes where it finds nothing. */
const NOWHERE = "http://localhost:8080";

function loaded({ kubeconfig, context }: ClusterPlace): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else {
      readFileSync(kubeconfig);
      config.loadFromFile(kubeconfig);
    }
  } catch (thrown) {
    const { code } = thrown as { readonly code?: string };
    const why = code === "ENOENT" ? "it does not exist" : code === undefined ? "it is no kubeconfig" : `it cannot be read (${code})`;
    throw new UsageError(`${kubeconfig ?? "the kubeconfig"}: ${why}`, { cause: thrown });
  }
  if (kubeconfig === undefined && config.getCurrentCluster()?.server === NOWHERE)
    throw new UsageError("no cluster is known: KUBECONFIG is not set, there is no ~/.kube/config, and this is no pod with a service account");
  if (context !== undefined) {
    const known = config.getContexts().map(({ name }) => name);
    if (!known.includes(context)) throw new UsageError(`the kubeconfig has no context "${context}"${known.length === 0 ? "" : `; it has ${known.join(", ")}`}`);
    config.setCurrentContext(context);
  }
  return config;
}

function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
