// A caller that takes answers as the API server takes them: what it would not accept fails the test, wherever it comes
// from. The checks are those of the API server's own verification of responses.
import { Agent, request } from "node:https";
import { expect } from "vitest";
import type { Loose } from "./reviews.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Caller {
  /** Any body, and what came back. */
  readonly post: (body: string | Uint8Array, how?: How) => Promise<Answered>;
  /** A review, and its checked response. */
  readonly ask: (review: Loose, how?: How) => Promise<Loose>;
  readonly close: () => void;
}

export interface How {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const SERVICE = "natslint.natslint.svc";

/** Keeps its connections as Go does. `trusted`: PEM of the authorities. */
export function caller(port: number, trusted: string, sockets = 25): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets, ca: trusted, servername: SERVICE });
  const post: Caller["post"] = (body, { path = "/v1/admit?timeout=10s", method = "POST", headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path, method, agent, headers: { "Content-Type": "application/json", ...headers } }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(method === "GET" ? undefined : body);
    });
  return {
    post,
    ask: async (review, how) => verified(review, await post(JSON.stringify(review), how)),
    close: () => agent.destroy(),
  };
}

/** The response of an answer, if the API server would take it. */
function verified(review: Loose, { status, headers, text }: Answered): Loose {
  expect([status, text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  expect(headers["content-type"]).toBe("application/json");
  const { apiVersion, kind, response } = JSON.parse(text) as Loose;
  expect([apiVersion, kind]).toEqual([review.apiVersion, review.kind]);
  expect(response.uid).toBe(review.request.uid);
  expect(typeof response.allowed).toBe("boolean");
  expect(response).not.toHaveProperty("patch");
  expect(response).not.toHaveProperty("patchType");
  const warnings: string[] = response.warnings ?? [];
  // With a control character a warning is dropped in silence; past so many characters in all, each is cut.
  for (const warning of warnings) expect(warning).not.toMatch(/[\p{Cc}\ufffd]/u);
  for (const warning of warnings) expect([...warning].length).toBeLessThanOrEqual(120);
  expect(warnings.reduce((sum, one) => sum + [...one].length, 0)).toBeLessThanOrEqual(4096);
  expect(new Set(warnings).size).toBe(warnings.length);
  for (const [key, value] of Object.entries(response.auditAnnotations ?? {})) {
    expect(key).toMatch(/^[A-Za-z0-9][\w.-]*$/);
    expect(typeof value).toBe("string");
  }
  if (response.allowed === false) {
    expect(response.status.code).toBeGreaterThanOrEqual(400);
    expect(Buffer.byteLength(response.status.message)).toBeLessThanOrEqual(8192);
    expect(response.status.message).not.toMatch(/[\p{Cc}]/u);
  }
  return response;
}
