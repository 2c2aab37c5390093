// The service's one listener: webhooks, health, metrics. It answers; it does no work.

import express from "express";
import { createServer, type Server } from "node:http";
import { type Health, mountEnd, mountHealth } from "../../serving/health.ts";
import type { Log } from "../../serving/log.ts";
import { mountReceiver, type ReceiverOptions } from "./receiver.ts";

export interface ServerOptions extends Health {
  readonly receiver: ReceiverOptions;
  readonly log: Log;
}

export function httpServer({ receiver, log, ...health }: ServerOptions): Server {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  mountReceiver(app, receiver);
  mountHealth(app, health);
  mountEnd(app, log);
  const server = createServer(
    { requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
    app,
  );
  return server;
}
