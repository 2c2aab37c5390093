// What a cluster tells about the surroundings of one object. A cache lags and objects of one apply come in any order, so
// each answer has three states, and that something is not there is never proof that it will not be.

import type { ClusterFacts } from "../../settings/settings.ts";

/** Why something is not known. `not-found` is one of them: what is not there now may come later in the same apply. */
export type UnknownReason = "off" | "not-synced" | "stale" | "not-found" | "forbidden" | "timeout" | "api-down";

/** `absent` is said only of what was asked for just now and was not there; a cache alone never says it. */
export type Known<T> =
  | { readonly state: "present"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly reason: UnknownReason; readonly age?: number };

/** Which object is meant. `namespace` is null for what belongs to none. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** A Kubernetes object as the API server's JSON gives it, plain data: apiVersion and kind are always there. */
export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/**
 * An object that another names or that is found beside it: the ConfigMap with its nats.conf, the Services that select its
 * pods, its claims, its budget. `by` says what led to it, for people: "volume config of StatefulSet nats".
 */
export interface Related {
  readonly object: ObjectName;
  readonly by: string;
  readonly found: Known<ClusterObject>;
}

/** What can be asked about the surroundings. Nothing here throws, and nothing takes longer than its signal allows. */
export interface Surroundings {
  /** Nodes and zones, as rules take them; a fact that is not known is left out. Null while none is known. The same object until they change. */
  readonly facts: () => ClusterFacts | null;
  /**
   * What belongs to the object in its namespace. `namespace` is the request's: the object itself may not say it. What was
   * not answered when the signal aborts is `unknown` for `timeout`. Never a Secret.
   */
  readonly related: (object: ClusterObject, namespace: string | null, signal: AbortSignal) => Promise<readonly Related[]>;
  /** One object by its name: the StatefulSet that a Scale is about. Never a Secret. */
  readonly object: (name: ObjectName, signal: AbortSignal) => Promise<Known<ClusterObject>>;
  /** Each resource that is watched: has it been listed once, and how old is what is known, in seconds. */
  readonly freshness: () => readonly { readonly resource: string; readonly synced: boolean; readonly age: number }[];
}

export interface SurroundingsOptions {
  /** A kubeconfig's path; null: what a pod is given, else what kubectl would use. */
  readonly kubeconfig: string | null;
  /** Namespaces to look at; empty: all. */
  readonly namespaces: readonly string[];
  /** Told of what went wrong with a watch or a read: names of resources and reasons, never content. */
  readonly told: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
}

/**
 * Opens a cluster's surroundings. Resolves at once, before anything is synced; throws an Error with a sentence for people
 * only where the kubeconfig cannot be used.
 */
export type OpenSurroundings = (options: SurroundingsOptions) => Promise<Surroundings & { readonly close: () => Promise<void> }>;
