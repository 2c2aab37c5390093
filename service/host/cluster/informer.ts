// One kind of object as the cluster has it, kept up to date by the library's ListWatch, and a supervisor over it: a ListWatch
// that met an error is dead for good while its cache goes on answering. Whatever is wrong, one thing is done: a new one is
// made, and takes the place of the old one once it has listed everything.

import { performance } from "node:perf_hooks";
import { ListWatch } from "@kubernetes/client-node/dist/cache.js";
import type { Connection } from "./connection.ts";
import { listPages } from "./list.ts";
import { backOff, type Pace } from "./pace.ts";
import { pathOf, type Resource, trimmed } from "./resources.ts";
import type { ClusterObject, UnknownReason } from "./surroundings.ts";
import { type ClusterTrouble, troubleOf } from "./trouble.ts";
import { steadyWatch } from "./watch.ts";

/** `syncing`: never listed yet; `dead`: the rights or the kind are gone, so what is kept is not to be believed. */
export type InformerState = "syncing" | "live" | "stale" | "dead";

export interface Informer {
  readonly resource: Resource;
  readonly state: () => InformerState;
  /** Seconds since the server last proved what is kept, by a clock that nobody sets; infinite before the first list. */
  readonly age: () => number;
  /** Why nothing can be said; null while it is live. */
  readonly reason: () => UnknownReason | null;
  readonly get: (name: string, namespace: string | null) => ClusterObject | undefined;
  readonly list: (namespace?: string) => readonly ClusterObject[];
  readonly stop: () => void;
}

export interface InformerOptions {
  /** Only this namespace's; null for all. */
  readonly namespace: string | null;
  readonly pace: Pace;
  readonly failed?: (trouble: ClusterTrouble) => void;
}

interface Generation {
  readonly cache: ListWatch<ClusterObject>;
  readonly began: number;
  readonly end: () => void;
  provenAt: number;
}

export function informer(connection: Connection, resource: Resource, { namespace, pace, failed = () => undefined }: InformerOptions): Informer {
  let serving: Generation | null = null;
  let coming: Generation | null = null;
  let trouble: ClusterTrouble | null = null;
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function begin(): void {
    const listing = new AbortController();
    const list = async (): Promise<{ metadata: { resourceVersion: string }; items: ClusterObject[] }> => {
      const items: ClusterObject[] = [];
      const resourceVersion = await listPages(connection, resource, { namespace, limit: pace.list, signal: listing.signal }, (page) => {
        for (const object of page) {
          const kept = trimmed(object, resource);
          if (kept !== null) items.push(kept);
        }
      });
      return { metadata: { resourceVersion }, items };
    };
    const watch = steadyWatch(connection, resource, pace, {
      listed: () => listed(own),
      proven: () => {
        own.provenAt = performance.now();
      },
    });
    const cache = new ListWatch<ClusterObject>(pathOf(resource, namespace), watch, list as never, false);
    const end = (): void => {
      listing.abort();
      void cache.stop();
    };
    const own: Generation = { cache, began: performance.now(), end, provenAt: Number.NEGATIVE_INFINITY };
    cache.on("error", (thrown: unknown) => lost(own, thrown));
    coming = own;
    cache.start().catch((thrown: unknown) => lost(own, thrown));
  }

  function listed(own: Generation): void {
    if (stopped) own.end();
    own.provenAt = performance.now();
    if (stopped || own !== coming) return;
    serving?.end();
    serving = own;
    coming = null;
    trouble = null;
    next(pace.refresh * (0.9 + Math.random() * 0.2));
  }

  function lost(own: Generation, thrown: unknown): void {
    if (stopped || (own !== coming && own !== serving)) return;
    own.end();
    trouble = troubleOf(thrown, `GET ${pathOf(resource, namespace)}`);
    failed(trouble);
    // One that lasted was no failure of the same kind: what cuts each after a second must not be listed each second.
    failures = performance.now() - own.began > pace.backOff[1] ? 1 : failures + 1;
    if (own === coming) coming = null;
    if (coming === null) next(backOff(pace, failures));
  }

  function next(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(begin, milliseconds).unref();
  }

  const age = (): number => (serving === null ? Number.POSITIVE_INFINITY : (performance.now() - serving.provenAt) / 1_000);
  const state = (): InformerState => {
    if (trouble?.kind === "forbidden" || trouble?.kind === "missing") return "dead";
    if (serving === null) return "syncing";
    return age() * 1_000 > pace.stale ? "stale" : "live";
  };
  begin();
  return {
    resource,
    state,
    age,
    reason: () => {
      const now = state();
      if (now === "live") return null;
      if (now === "dead") return trouble?.kind === "missing" ? "not-found" : "forbidden";
      if (now === "stale") return "stale";
      return trouble === null ? "not-synced" : trouble.kind === "timeout" ? "timeout" : "api-down";
    },
    get: (name, inNamespace) => serving?.cache.get(name, inNamespace ?? undefined),
    list: (inNamespace) => serving?.cache.list(inNamespace) ?? [],
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      serving?.end();
      coming?.end();
    },
  };
}
