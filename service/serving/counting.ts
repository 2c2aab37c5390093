// Where a service's counters live, with those of the process itself, and how Prometheus reads them.

import { collectDefaultMetrics, Registry } from "prom-client";

/** Metrics in Prometheus' text format, with its content type. */
export interface MetricsText {
  readonly type: string;
  readonly body: string;
}

/** An empty registry but for the process's own figures. */
export function processRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export async function metricsText(registry: Registry): Promise<MetricsText> {
  return { type: registry.contentType, body: await registry.metrics() };
}
