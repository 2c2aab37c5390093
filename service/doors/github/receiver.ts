// The webhook's address: raw bytes, their signature, a job on the queue, an answer. No work is done here, and nothing
// of a body is logged.

import type { Express, Request, Response } from "express";
import { QueueUnavailable } from "../../host/queue/queue.ts";
import { type EventContext, sortEvent } from "./events.ts";
import { type Job, keyOf, writeJob } from "./job.ts";
import { readBody } from "../../serving/raw-body.ts";
import { isSigned } from "./signature.ts";

export const WEBHOOK_PATH = "/api/github/webhooks";

/** What became of one delivery: for logs and metrics. No part of a body. */
export interface Received {
  /** "queued", "duplicate", "ignored", "ping", "refused", "unavailable". */
  readonly result: string;
  readonly status: number;
  readonly delivery?: string;
  readonly event?: string;
  readonly milliseconds: number;
}

export interface ReceiverOptions extends EventContext {
  /** The webhook's secrets: one, or several while it is rotated. */
  readonly secrets: readonly string[];
  readonly put: (letter: { readonly key: string; readonly id: string; readonly body: string }) => Promise<"queued" | "duplicate">;
  readonly told: (received: Received) => void;
  /** Bytes; GitHub delivers no more than 25 MB. */
  readonly largest?: number;
}

/** Mounts the webhook's route. No body parser may come before it. */
export function mountReceiver(app: Express, options: ReceiverOptions): void {
  app.post(WEBHOOK_PATH, (request: Request, response: Response) => receive(request, response, options));
  app.all(WEBHOOK_PATH, (_request: Request, response: Response) => {
    response.set("Allow", "POST").status(405).json({ error: "webhooks are posted here" });
  });
}

async function receive(request: Request, response: Response, options: ReceiverOptions): Promise<void> {
  const began = performance.now();
  const event = request.get("X-GitHub-Event");
  const delivery = request.get("X-GitHub-Delivery");
  const answer = (status: number, result: string, body: object): void => {
    response.status(status).json(body);
    options.told({ status, result, ...known(delivery, event), milliseconds: performance.now() - began });
  };
  const refused = (status: number, error: string): void => answer(status, "refused", { error });

  const bytes = await readBody(request, options.largest ?? 25 * 1024 * 1024).catch(() => undefined);
  if (bytes === undefined) return;
  if (bytes === null) {
    // What is left of the body is not waited for.
    response.set("Connection", "close").once("finish", () => request.destroy());
    return refused(413, "the body is larger than 25 MB");
  }
  if (!["", "identity"].includes(request.get("Content-Encoding") ?? ""))
    return refused(415, "the body must not be compressed: the signature is over its bytes");
  if (!/^application\/json *(;|$)/i.test(request.get("Content-Type") ?? ""))
    return refused(415, "the webhook's content type has to be application/json: change it in the App's settings");
  if (!isSigned(bytes, request.get("X-Hub-Signature-256"), options.secrets)) return refused(401, "the signature does not fit the secret");
  if (!isName(event) || !isName(delivery)) return refused(400, "X-GitHub-Event and X-GitHub-Delivery have to be there, once each");
  const payload = readPayload(bytes);
  if (payload === null) return refused(400, "the body is no JSON object");
  if (event === "ping") return answer(200, "ping", { ok: true });
  const sorted = sortEvent(event, payload, options);
  if ("refused" in sorted) return refused(400, sorted.refused);
  if ("ignored" in sorted) return answer(202, "ignored", { ignored: sorted.ignored });
  try {
    const results = await Promise.all(sorted.jobs.map((job) => options.put(letterOf(job, delivery))));
    const result = results.includes("queued") ? "queued" : "duplicate";
    answer(202, result, { [result]: sorted.jobs.length });
  } catch (thrown) {
    if (!(thrown instanceof QueueUnavailable)) throw thrown;
    response.set("Retry-After", "60");
    answer(503, "unavailable", { error: "the queue does not take jobs now" });
  }
}

/** One event may make several jobs, so its number alone does not tell them apart. */
function letterOf(job: Job, delivery: string): { readonly key: string; readonly id: string; readonly body: string } {
  const key = keyOf(job);
  return { key, id: `${delivery}:${key}`, body: writeJob(job) };
}

/** Null for what is no JSON object in UTF-8. */
function readPayload(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

function isName(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{1,100}$/.test(text);
}

/** Headers are told only where they are what GitHub sends. */
function known(delivery: string | undefined, event: string | undefined): { delivery?: string; event?: string } {
  return { ...(isName(delivery) ? { delivery } : {}), ...(isName(event) ? { event } : {}) };
}
