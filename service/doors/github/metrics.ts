// What the service counts, for Prometheus. No label holds a name from a repository: their number has no end.

import { Counter, Gauge, Histogram } from "prom-client";
import type { Call } from "../../host/github/connection.ts";
import type { JobQueue } from "../../host/queue/queue.ts";
import { type MetricsText, metricsText, processRegistry } from "../../serving/counting.ts";
import type { Received } from "./receiver.ts";

export interface Metrics {
  readonly received: (one: Received) => void;
  readonly called: (call: Call) => void;
  /** `result`: done, put off, failed, dead. */
  readonly worked: (kind: string, result: string, seconds: number) => void;
  readonly swept: (jobs: number) => void;
  readonly text: () => Promise<MetricsText>;
}

export function metrics(queue: JobQueue): Metrics {
  const registry = processRegistry();
  const registers = [registry];
  const webhooks = new Counter({ name: "natslint_webhooks_total", help: "Webhooks by what became of them", labelNames: ["result", "status"], registers });
  const webhookSeconds = new Histogram({
    name: "natslint_webhook_seconds",
    help: "Time until a webhook was answered",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const jobs = new Counter({ name: "natslint_jobs_total", help: "Jobs by what became of them", labelNames: ["kind", "result"], registers });
  const jobSeconds = new Histogram({
    name: "natslint_job_seconds",
    help: "Time that jobs took",
    labelNames: ["kind"],
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers,
  });
  const calls = new Counter({ name: "natslint_github_calls_total", help: "Calls to GitHub; status 0: no answer", labelNames: ["method", "status"], registers });
  const callSeconds = new Histogram({
    name: "natslint_github_call_seconds",
    help: "Time until GitHub answered",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers,
  });
  const swept = new Counter({ name: "natslint_swept_jobs_total", help: "Jobs that the sweeper made because a webhook was lost", registers });
  const depth = new Gauge({ name: "natslint_queue_jobs", help: "Jobs on the queue", labelNames: ["state"], registers });
  return {
    received: ({ result, status, milliseconds }) => {
      webhooks.inc({ result, status: String(status) });
      webhookSeconds.observe(milliseconds / 1000);
    },
    called: ({ method, status, milliseconds }) => {
      calls.inc({ method, status: String(status) });
      callSeconds.observe(milliseconds / 1000);
    },
    worked: (kind, result, seconds) => {
      jobs.inc({ kind, result });
      jobSeconds.observe({ kind }, seconds);
    },
    swept: (count) => swept.inc(count),
    text: async () => {
      // Without an answer of the queue its gauge keeps the last one; readiness tells.
      const now = await queue.depth().catch(() => null);
      if (now !== null) for (const state of ["waiting", "running", "dead"] as const) depth.set({ state }, now[state]);
      return await metricsText(registry);
    },
  };
}
