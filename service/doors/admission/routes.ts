// The addresses that the API server calls. What is wrong with a request itself is said in plain text, which the API
// server shows to people; everything else is an answer.

import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { failureFields } from "../../serving/failure-fields.ts";
import type { Log } from "../../serving/log.ts";
import type { Admission, Reply } from "./admission.ts";
import { readBody } from "./body.ts";
import { deadlineOf } from "./deadline.ts";
import { labelAnswer, mayChangeLabel } from "./label-guard.ts";
import type { Metrics } from "./metrics.ts";
import { readReview } from "./review.ts";

const ADMIT_PATH = "/v1/admit";
const LABEL_PATH = "/v1/admit-label";

export interface RoutesOptions {
  readonly admission: Admission;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly labelEditors: readonly string[];
  /** Bytes of one body, and of all that are held at a time. */
  readonly largestBody: number;
  readonly largestBodies: number;
  /** Why no more can be taken in now; null while it can. */
  readonly busy: () => string | null;
  /** Is this answer to be the last on its connection? Asked once for each. */
  readonly closes: (request: Request) => boolean;
}

export function routes(options: RoutesOptions): Express {
  const { admission, metrics, log, labelEditors, largestBody, largestBodies, busy, closes } = options;
  let held = 0;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("case sensitive routing", true);

  app.post(ADMIT_PATH, async (request: Request, response: Response) => {
    const began = performance.now();
    const deadline = deadlineOf(request.query["timeout"], began);
    const problem = mediaProblem(request);
    if (problem !== null) return send(request, response, { status: 415, body: problem, isJson: false });
    const full = busy() ?? (held > largestBodies ? "bodies" : null);
    if (full !== null) {
      // The body is not read, so nothing else can come on this connection.
      response.set("Connection", "close");
      return send(request, response, admission.shed(full, deadline));
    }
    let own = 0;
    try {
      const body = await readBody(request, largestBody, (bytes) => {
        own += bytes;
        held += bytes;
      });
      if (body.kind === "gone") return metrics.undecided("admit", "gone");
      if (body.kind === "too large") {
        if (body.isOpen) response.set("Connection", "close").once("finish", () => request.destroy());
        return send(request, response, admission.tooLarge(body.head));
      }
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      const reply = await admission.admit(body.bytes, deadline, began, gone.signal);
      if (reply !== null) send(request, response, reply);
    } finally {
      held -= own;
    }
  });

  app.post(LABEL_PATH, async (request: Request, response: Response) => {
    const problem = mediaProblem(request);
    if (problem !== null) return send(request, response, { status: 415, body: problem, isJson: false });
    const body = await readBody(request, 1024 * 1024, () => undefined);
    if (body.kind === "gone") return;
    if (body.kind === "too large") {
      response.set("Connection", "close").once("finish", () => request.destroy());
      return send(request, response, { status: 413, body: "no namespace is so large", isJson: false });
    }
    const review = readReview(body.bytes);
    if ("refused" in review) {
      metrics.undecided("label", "refused");
      return send(request, response, { status: 400, body: review.refused, isJson: false });
    }
    const isAllowed = mayChangeLabel(review, labelEditors);
    metrics.guarded(review.operation, isAllowed);
    if (!isAllowed) log.warn("a label was refused", { uid: review.uid, namespace: review.name });
    send(request, response, { status: 200, body: labelAnswer(review.uid, isAllowed), isJson: true });
  });

  app.all([ADMIT_PATH, LABEL_PATH], (request: Request, response: Response) => {
    response.set("Allow", "POST");
    send(request, response, { status: 405, body: "reviews are posted here", isJson: false });
  });
  app.use((request: Request, response: Response) => send(request, response, { status: 404, body: "there is nothing here", isJson: false }));
  // express tells an error by the number of parameters.
  app.use((thrown: unknown, request: Request, response: Response, _next: NextFunction) => {
    log.error("a request failed", failureFields(thrown));
    metrics.engineError("exception");
    if (!response.headersSent) send(request, response, { status: 500, body: "natslint failed", isJson: false });
  });

  const send = (request: Request, response: Response, { status, body, isJson, retryAfter }: Reply): void => {
    if (response.writableEnded || response.destroyed) return;
    if (closes(request)) response.set("Connection", "close");
    if (retryAfter !== undefined) response.set("Retry-After", String(retryAfter));
    response.statusCode = status;
    response.setHeader("Content-Type", isJson ? "application/json" : "text/plain; charset=utf-8");
    response.setHeader("Content-Length", Buffer.byteLength(body));
    response.end(body);
  };
  return app;
}

function mediaProblem(request: Request): string | null {
  if (!["", "identity"].includes(request.get("Content-Encoding") ?? "")) return "the body must not be compressed";
  return /^application\/json *(;|$)/i.test(request.get("Content-Type") ?? "") ? null : "the content type has to be application/json";
}
