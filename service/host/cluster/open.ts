// The surroundings of objects in a live cluster: informers for what changes slowly, single reads for the rest.

import { byName, type ByNameLimits, USUAL_LIMITS } from "./by-name.ts";
import { openCluster } from "./connection.ts";
import { discover } from "./discovery.ts";
import { steadyFacts } from "./facts.ts";
import { type Informer, informer, type InformerState } from "./informer.ts";
import { type Pace, USUAL_PACE } from "./pace.ts";
import { relatedTo } from "./related.ts";
import { COMPANIONS, type Resource, resourceName, WATCHED, WORKLOADS } from "./resources.ts";
import type { ClusterObject, Known, Related, Surroundings, SurroundingsOptions, UnknownReason } from "./surroundings.ts";
import { troubleOf } from "./trouble.ts";

/** What natslint knows of a watched kind, for metrics; of several namespaces the worst counts. */
export interface Freshness {
  readonly resource: string;
  readonly synced: boolean;
  /** Seconds; infinite before the first list. */
  readonly age: number;
  readonly state: InformerState;
}

export interface LiveSurroundings extends Surroundings {
  readonly freshness: () => readonly Freshness[];
  readonly close: () => Promise<void>;
}

/** What autoscalers write about themselves. */
const AUTOSCALER = { namespace: "kube-system", name: "cluster-autoscaler-status" };

const CONFIG_MAP: Resource = { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true };
const READABLE: readonly Resource[] = [...WATCHED, ...WORKLOADS, ...COMPANIONS];

/** Opens the surroundings; nothing is synced yet. Throws an Error with a sentence where the kubeconfig cannot be used. */
export async function openSurroundings(
  { kubeconfig, namespaces, told: log }: SurroundingsOptions,
  pace: Pace = USUAL_PACE,
  limits: ByNameLimits = USUAL_LIMITS,
): Promise<LiveSurroundings> {
  /** Nobody's trouble with a log is one of the watches. */
  const told: SurroundingsOptions["told"] = (event, fields) => {
    try {
      log(event, fields);
    } catch {
      // There is nowhere to say it.
    }
  };
  const connection = openCluster(kubeconfig === null ? {} : { kubeconfig });
  const read = byName(connection, limits, (resource, why) => told("cluster read failed", { resource, why }));
  const watched = new Map<string, { readonly resource: Resource; readonly informers: readonly Informer[] }>();
  const facts = steadyFacts();
  let autoscaled = false;
  let custom: readonly Resource[] = [];
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  function watch(resource: Resource): void {
    const scopes = resource.namespaced && namespaces.length > 0 ? namespaces : [null];
    const failed = ({ kind, message }: { readonly kind: string; readonly message: string }): void =>
      told("cluster watch failed", { resource: resourceName(resource), why: kind, message });
    watched.set(resourceName(resource), { resource, informers: scopes.map((namespace) => informer(connection, resource, { namespace, pace, failed })) });
  }

  /** Kinds that were installed are watched from now on, kinds that were removed no longer. */
  async function look(): Promise<void> {
    try {
      const found = await discover(connection);
      if (closed) return;
      const names = new Set(found.map(resourceName));
      for (const gone of custom.filter((one) => !names.has(resourceName(one)))) {
        for (const one of watched.get(resourceName(gone))?.informers ?? []) one.stop();
        watched.delete(resourceName(gone));
      }
      custom = found;
      for (const resource of found) if (!watched.has(resourceName(resource))) watch(resource);
      autoscaled = (await read(CONFIG_MAP, AUTOSCALER.namespace, AUTOSCALER.name)).state === "present";
    } catch (thrown) {
      told("cluster discovery failed", { why: troubleOf(thrown, "discovery").kind });
    } finally {
      if (!closed) timer = setTimeout(() => void look(), pace.discover).unref();
    }
  }

  /** The objects of a kind, where each of its informers can answer. */
  function all(plural: string, namespace?: string): Known<readonly ClusterObject[]> {
    const informers = watched.get(plural)?.informers ?? [];
    const covering = namespace === undefined || namespaces.length === 0 || namespaces.includes(namespace);
    if (informers.length === 0 || !covering) return { state: "unknown", reason: "off" };
    const reasons = informers.map((one) => one.reason()).filter((reason): reason is UnknownReason => reason !== null);
    const [reason] = reasons;
    if (reason !== undefined) return { state: "unknown", reason, ...(reason === "stale" ? { age: Math.max(...informers.map((one) => one.age())) } : {}) };
    return { state: "present", value: informers.flatMap((one) => one.list(namespace)) };
  }

  for (const resource of WATCHED) watch(resource);
  void look();
  return {
    facts: () =>
      facts({
        nodes: seen(all("nodes")),
        storageClasses: seen(all("storageclasses.storage.k8s.io")),
        autoscaled,
      }),
    related: async (object, namespace, signal): Promise<readonly Related[]> => {
      const where = namespace ?? object.metadata.namespace;
      if (where === undefined) return [];
      return await relatedTo(object, {
        namespace: where,
        all: (kind) => all(resourceName(READABLE.find((one) => one.kind === kind) ?? CONFIG_MAP), where),
        configMap: (name) => read(CONFIG_MAP, where, name, signal),
      });
    },
    object: async ({ kind, namespace, name }, signal) => {
      const resource = [...READABLE, ...custom].find((one) => one.kind === kind);
      // A kind that natslint has no business with: Secrets above all.
      if (resource === undefined) return { state: "unknown", reason: "forbidden" };
      for (const one of watched.get(resourceName(resource))?.informers ?? []) {
        const kept = one.reason() === null ? one.get(name, namespace) : undefined;
        if (kept !== undefined) return { state: "present", value: kept };
      }
      return await read(resource, namespace, name, signal);
    },
    freshness: () =>
      [...watched].map(([resource, { informers }]) => {
        const age = Math.max(...informers.map((one) => one.age()));
        const states = informers.map((one) => one.state());
        const state = (["dead", "syncing", "stale"] as const).find((one) => states.includes(one)) ?? "live";
        return { resource, synced: Number.isFinite(age), age, state };
      }),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      for (const { informers } of watched.values()) for (const one of informers) one.stop();
      connection.close();
    },
  };
}

function seen<T>(known: Known<T>): T | null {
  return known.state === "present" ? known.value : null;
}
