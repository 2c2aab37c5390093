// One connection to GitHub: octokit with the guards it lacks. No token goes to another host, no write is repeated by
// itself, no request waits for ever, and no answer that was cut off counts as one.

import { Octokit } from "octokit";

/** Calls GitHub; made by `connect`. */
export type GitHub = Octokit;

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** One call as metrics want it: no text of the request or the answer. Status 0: there was no answer. */
export interface Call {
  readonly method: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface ConnectionOptions {
  /** `https://api.github.com`, `https://HOST/api/v3`; a trailing slash does no harm. */
  readonly apiUrl: string;
  /** Gives the token to use. `renew` is true when GitHub has just refused the last one. */
  readonly token: (renew: boolean) => Promise<string>;
  /** Connections of one id keep their distance between writes together: one id per installation. */
  readonly throttleId: string;
  /** How many milliseconds a second lasts between writes and between repeated reads: 1000, in tests 0 for no wait at all. */
  readonly pace?: number;
  /** Milliseconds until a request counts as lost; 20 seconds unless said otherwise. */
  readonly timeout?: number;
  readonly onCall?: (call: Call) => void;
  /** Ends all calls, those that hang too; none is tried again. */
  readonly stop?: AbortSignal;
}

const VERSION = "2022-11-28";

/** A connection that signs its calls with a token. */
export function connect(options: ConnectionOptions): GitHub {
  const octokit = new Octokit(octokitOptions(options));
  guard(octokit, options.apiUrl);
  let renewing: Promise<string> | null = null;
  octokit.hook.wrap("request", async (request, parameters) => {
    // Hooks further in get the same object, whatever is passed on, so it is changed in place.
    const { headers } = parameters;
    const used = await options.token(false);
    headers.authorization = `token ${used}`;
    try {
      return await request(parameters);
    } catch (thrown) {
      if ((thrown as { readonly status?: number }).status !== 401) throw thrown;
      // A refused call had no effect, so a new token may try once more, be it a write.
      renewing ??= options.token(true).finally(() => (renewing = null));
      const renewed = await renewing;
      if (renewed === used) throw thrown;
      headers.authorization = `token ${renewed}`;
      return request(parameters);
    }
  });
  return octokit;
}

/** What every octokit here is made with. octokit's log is silent: it would print addresses and answers. */
export function octokitOptions(options: Omit<ConnectionOptions, "token">): ConstructorParameters<typeof Octokit>[0] & object {
  const pace = options.pace ?? 1000;
  const silent = (): void => {};
  return {
    baseUrl: baseUrl(options.apiUrl),
    userAgent: "natslint",
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: strictFetch(options) },
    retry: { retryAfterBaseValue: pace, doNotRetry: [400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 451] },
    throttle: { enabled: pace > 0, id: options.throttleId, onRateLimit: () => false, onSecondaryRateLimit: () => false },
  };
}

/**
 * Refuses other hosts (a `Link` header may name one), asks for one API version, and takes repeating off writes, but for
 * those that say `request: { retries: 3 }`: what comes to the same when done twice.
 */
export function guard(octokit: Octokit, apiUrl: string): void {
  const { origin } = new URL(apiUrl);
  octokit.hook.wrap("request", (request, parameters) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(parameters.url) && new URL(parameters.url).origin !== origin) throw new ForeignAnswer();
    const writes = parameters.method !== "GET" && parameters.method !== "HEAD";
    parameters.headers["x-github-api-version"] = VERSION;
    // The plugin would repeat whatever names a number, be the answer 404; so the number only tells what may be repeated.
    const { retries, ...rest } = parameters.request as typeof parameters.request & { readonly retries?: number };
    parameters.request = { ...rest, ...(writes && !(retries !== undefined && retries > 0) ? { retries: 0 } : {}) } as typeof parameters.request;
    return request(parameters);
  });
}

/** GitHub, or something that answers in its name, led to another host. */
export class ForeignAnswer extends Error {
  constructor() {
    super("the answer led to another host");
    this.name = "ForeignAnswer";
  }
}

function baseUrl(apiUrl: string): string {
  return apiUrl.replace(/\/+$/, "");
}

/** A fetch that reads the whole answer in time and takes only JSON for one: octokit would go on with half an answer. */
function strictFetch({ apiUrl, timeout = 20_000, onCall, stop }: Omit<ConnectionOptions, "token">): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (url, init) => {
    const started = performance.now();
    let status = 0;
    // Not AbortSignal.any: Node 20 may collect the timer's signal, and then nothing ends the call.
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(new DOMException("no answer in time", "TimeoutError")), timeout);
    const stopped = (): void => end.abort();
    if (stop?.aborted === true) stopped();
    stop?.addEventListener("abort", stopped);
    try {
      const answer = await fetch(url, { ...init, signal: end.signal });
      if (answer.url !== "" && new URL(answer.url).origin !== origin) throw new ForeignAnswer();
      const text = await answer.text();
      ({ status } = answer);
      return checked(answer, text);
    } finally {
      clearTimeout(timer);
      stop?.removeEventListener("abort", stopped);
      onCall?.({ method: init?.method ?? "GET", status, milliseconds: performance.now() - started });
    }
  };
}

function checked(answer: Response, text: string): Response {
  const headers = new Headers(answer.headers);
  const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
  const json = isJson(text);
  if (answer.ok && !empty && !json) throw new Error("the answer is no JSON");
  headers.delete("content-encoding");
  headers.set("content-type", json ? "application/json" : "text/plain");
  return new Response(empty ? null : text, { status: answer.status, statusText: answer.statusText, headers });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
