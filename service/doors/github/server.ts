// The service's one listener: webhooks, health, metrics. It answers; it does no work.

import express, { type NextFunction, type Request, type Response } from "express";
import { createServer, type Server } from "node:http";
import type { Log } from "./log.ts";
import { failureFields } from "./log.ts";
import { mountReceiver, type ReceiverOptions } from "./receiver.ts";

export interface ServerOptions {
  readonly receiver: ReceiverOptions;
  readonly log: Log;
  /** One sentence when the process can do nothing any more and has to be started again; null while it can. */
  readonly dead: () => string | null;
  /** One sentence when no webhook should come here now. */
  readonly unready: () => string | null;
  readonly metrics: () => Promise<{ readonly type: string; readonly body: string }>;
}

export function httpServer({ receiver, log, dead, unready, metrics }: ServerOptions): Server {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  mountReceiver(app, receiver);
  const health = (problem: () => string | null) => (_request: Request, response: Response) => {
    const said = problem();
    response
      .status(said === null ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json(said === null ? { ok: true } : { ok: false, problem: said });
  };
  app.get("/livez", health(dead));
  app.get(
    "/readyz",
    health(() => dead() ?? unready()),
  );
  app.get("/metrics", async (_request: Request, response: Response) => {
    const { type, body } = await metrics();
    response.set("Content-Type", type).send(body);
  });
  app.use((_request: Request, response: Response) => {
    response.status(404).json({ error: "there is nothing here" });
  });
  // express tells an error by the number of parameters.
  app.use((thrown: unknown, _request: Request, response: Response, _next: NextFunction) => {
    log.error("a request failed", failureFields(thrown));
    if (!response.headersSent) response.status(500).json({ error: "natslint failed" });
  });
  const server = createServer(
    { requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
    app,
  );
  return server;
}
