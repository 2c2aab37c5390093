// Webhooks as GitHub sends them, signed: what tests post.
import { createHmac, randomUUID } from "node:crypto";

export const SECRET = "It's a Secret to Everybody";

export interface Sent {
  readonly event?: string;
  readonly delivery?: string;
  readonly secret?: string;
}

/** The headers of a delivery over these bytes. */
export function headersFor(body: string | Uint8Array, { event = "pull_request", delivery = randomUUID(), secret = SECRET }: Sent = {}): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "User-Agent": "GitHub-Hookshot/044aadd",
    "X-GitHub-Event": event,
    "X-GitHub-Delivery": delivery,
    "X-Hub-Signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
}

export const HEAD: string = "a".repeat(40);
export const BASE: string = "b".repeat(40);

/** A pull request's event, as far as the receiver looks at it, and with texts that nobody may see again. */
export function pullRequestEvent(action: string, over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    action,
    number: 7,
    pull_request: { number: 7, title: 'a "title" <!-- --> 🚀', head: { sha: HEAD, ref: "canary-branch", repo: null } },
    repository: { id: 1001, name: "shop", full_name: "acme/shop", owner: { login: "acme" } },
    installation: { id: 42 },
    sender: { login: "ada" },
    ...over,
  };
}
