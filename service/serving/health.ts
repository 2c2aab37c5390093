// The routes by which a platform watches a service, and what is answered where there is nothing.

import type { Express, NextFunction, Request, Response } from "express";
import { failureFields } from "./failure-fields.ts";
import type { Log } from "./log.ts";
import type { MetricsText } from "./counting.ts";

export interface Health {
  /** One sentence when the process can do nothing any more and has to be started again; null while it can. */
  readonly dead: () => string | null;
  /** One sentence when no request should come here now. */
  readonly unready: () => string | null;
  readonly metrics: () => Promise<MetricsText>;
}

/** `/livez`, `/readyz` and `/metrics`. */
export function mountHealth(app: Express, { dead, unready, metrics }: Health): void {
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
}

/** Ends an app: 404 for every other address, and 500 for what was thrown. To be mounted last. */
export function mountEnd(app: Express, log: Log): void {
  app.use((_request: Request, response: Response) => {
    response.status(404).json({ error: "there is nothing here" });
  });
  // express tells an error by the number of parameters.
  app.use((thrown: unknown, _request: Request, response: Response, _next: NextFunction) => {
    log.error("a request failed", failureFields(thrown));
    if (!response.headersSent) response.status(500).json({ error: "natslint failed" });
  });
}
