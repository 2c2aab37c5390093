// What the webhook counts, for Prometheus. No label holds a namespace or a name: their number has no end.

import { Counter, Gauge, Histogram } from "prom-client";
import { type MetricsText, metricsText, processRegistry } from "../../serving/counting.ts";
import type { Told } from "./thread.ts";

export interface Metrics {
  /** `seconds` from the first byte to the answer. */
  readonly decided: (told: Told, seconds: number) => void;
  readonly guarded: (operation: string, isAllowed: boolean) => void;
  /** A request that got no decision: refused, shed, error, gone. */
  readonly undecided: (webhook: "admit" | "label", result: string) => void;
  readonly phase: (phase: "queue" | "parse" | "refs" | "eval", seconds: number) => void;
  readonly shed: (reason: string) => void;
  readonly engineError: (kind: string) => void;
  readonly recycled: (reason: string) => void;
  readonly certificate: (result: string, notAfter: number | null) => void;
  readonly degraded: (is: boolean) => void;
  readonly text: () => Promise<MetricsText>;
}

export interface MetricsSource {
  readonly bundle: () => string;
  readonly freshness: () => readonly { readonly resource: string; readonly synced: boolean; readonly age: number }[];
}

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function metrics({ bundle, freshness }: MetricsSource): Metrics {
  const registry = processRegistry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
    new Counter({ name: `natslint_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []): Gauge<T> =>
    new Gauge({ name: `natslint_${name}`, help, labelNames: [...labelNames], registers });
  const requests = counter("admission_requests_total", "Reviews by what was answered", ["webhook", "operation", "kind", "result", "mode", "dry_run"]);
  const duration = new Histogram({ name: "natslint_admission_duration_seconds", help: "Time until a review was answered", buckets: SECONDS, registers });
  const phases = new Histogram({
    name: "natslint_admission_phase_seconds",
    help: "Time of a review by what it was spent on",
    labelNames: ["phase"],
    buckets: SECONDS,
    registers,
  });
  const findings = counter("admission_findings_total", "Findings in reviews", ["rule", "level"]);
  const sheds = counter("admission_shed_total", "Reviews that were asked to come again", ["reason"]);
  const errors = counter("admission_engine_errors_total", "Reviews that natslint failed to judge", ["kind"]);
  const unresolved = counter("admission_unresolved_total", "Objects that reviews name and that are not known", ["reason"]);
  const recycles = counter("wasm_recycles_total", "Threads that were ended and replaced", ["reason"]);
  const notAfter = gauge("cert_not_after_seconds", "When the certificate that is served expires, in seconds since 1970");
  const reloads = counter("cert_reload_total", "Certificates that were read", ["result"]);
  const isDegraded = gauge("degraded", "1 while the cluster was never read completely");
  const synced = gauge("cache_synced", "1 once a resource was listed", ["resource"]);
  const age = gauge("cache_age_seconds", "How old is what is known of a resource", ["resource"]);
  const info = gauge("bundle_info", "The policies that judge", ["digest"]);
  return {
    decided: (told, seconds) => {
      const mode = told.findings.some((one) => one.mode === "deny") ? "deny" : told.findings.some((one) => one.mode === "warn") ? "warn" : "none";
      const { operation, object, result } = told;
      requests.inc({ webhook: "admit", operation, kind: kindLabel(object), result, mode, dry_run: String(told.dryRun) });
      duration.observe(seconds);
      for (const { rule, mode: level } of told.findings) findings.inc({ rule, level });
      for (const reason of told.unresolved) unresolved.inc({ reason });
    },
    guarded: (operation, isAllowed) =>
      requests.inc({ webhook: "label", operation, kind: "Namespace", result: isAllowed ? "ok" : "deny", mode: "none", dry_run: "false" }),
    undecided: (webhook, result) => requests.inc({ webhook, operation: "", kind: "", result, mode: "none", dry_run: "" }),
    phase: (phase, seconds) => phases.observe({ phase }, seconds),
    shed: (reason) => sheds.inc({ reason }),
    engineError: (kind) => errors.inc({ kind }),
    recycled: (reason) => recycles.inc({ reason }),
    certificate: (result, until) => {
      reloads.inc({ result });
      if (until !== null) notAfter.set(until / 1000);
    },
    degraded: (is) => isDegraded.set(is ? 1 : 0),
    text: async () => {
      info.reset();
      info.set({ digest: bundle() }, 1);
      for (const one of freshness()) {
        synced.set({ resource: one.resource }, one.synced ? 1 : 0);
        if (Number.isFinite(one.age)) age.set({ resource: one.resource }, one.age);
      }
      return await metricsText(registry);
    },
  };
}

const KINDS = new Set(
  "StatefulSet StatefulSet/scale Deployment Deployment/scale Scale/scale DaemonSet ConfigMap Service PersistentVolumeClaim PodDisruptionBudget NetworkPolicy Ingress HelmRelease Application NatsCluster NatsStreamingCluster Stream Consumer Account Secret Pod".split(
    " ",
  ),
);

/** Anybody may install kinds, so the others count as one. */
function kindLabel(kind: string): string {
  return KINDS.has(kind) ? kind : "other";
}
