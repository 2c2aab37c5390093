// One object by its name, asked for when it is needed: watching every ConfigMap of a cluster would keep all of them in memory.
// Whoever asks waits a moment at most; the answer that comes later is there for the next.

import { performance } from "node:perf_hooks";
import type { Connection } from "./connection.ts";
import { pathOf, type Resource, trimmed } from "./resources.ts";
import type { ClusterObject, Known, UnknownReason } from "./surroundings.ts";
import { troubleOf } from "./trouble.ts";

export interface ByNameLimits {
  /** Milliseconds that one who asks waits. */
  readonly budget: number;
  /** Milliseconds that an object is believed, and that anything else is. */
  readonly present: number;
  readonly otherwise: number;
}

export const USUAL_LIMITS: ByNameLimits = { budget: 300, present: 5_000, otherwise: 2_000 };

/** Asks once for all who ask at the same time. Never throws. */
export type ByName = (resource: Resource, namespace: string | null, name: string, signal?: AbortSignal) => Promise<Known<ClusterObject>>;

/** Answers that are kept; each may be 1 MiB. */
const MOST = 64;

export function byName(connection: Connection, limits: ByNameLimits = USUAL_LIMITS, failed: (what: string, why: string) => void = () => undefined): ByName {
  const kept = new Map<string, { readonly answer: Known<ClusterObject>; readonly until: number }>();
  const asked = new Map<string, Promise<Known<ClusterObject>>>();

  async function ask(key: string, resource: Resource, path: string): Promise<Known<ClusterObject>> {
    const answer = await read(connection, resource, path, failed);
    asked.delete(key);
    kept.delete(key);
    kept.set(key, { answer, until: performance.now() + (answer.state === "present" ? limits.present : limits.otherwise) });
    for (const [oldest] of kept) {
      if (kept.size <= MOST) break;
      kept.delete(oldest);
    }
    return answer;
  }

  return async (resource, namespace, name, signal) => {
    const path = `${pathOf(resource, namespace)}/${encodeURIComponent(name)}`;
    const before = kept.get(path);
    if (before !== undefined && before.until > performance.now()) return before.answer;
    let asking = asked.get(path);
    if (asking === undefined) {
      asking = ask(path, resource, path);
      asked.set(path, asking);
    }
    return await within(asking, limits.budget, signal);
  };
}

async function read(connection: Connection, resource: Resource, path: string, failed: (what: string, why: string) => void): Promise<Known<ClusterObject>> {
  try {
    const object = trimmed(await connection.json(path, { limit: 5_000 }), resource);
    return object === null ? unknown("api-down") : { state: "present", value: object };
  } catch (thrown) {
    const { kind } = troubleOf(thrown, `GET ${path}`);
    if (kind === "missing") return { state: "absent" };
    failed(resource.plural, kind);
    return unknown(kind === "forbidden" ? "forbidden" : kind === "timeout" ? "timeout" : "api-down");
  }
}

function unknown(reason: UnknownReason): Known<ClusterObject> {
  return { state: "unknown", reason };
}

function within<T>(answer: Promise<Known<T>>, budget: number, signal: AbortSignal | undefined): Promise<Known<T>> {
  return new Promise((resolve) => {
    const late = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", late);
      resolve({ state: "unknown", reason: "timeout" });
    };
    const timer = setTimeout(late, budget);
    signal?.addEventListener("abort", late);
    if (signal?.aborted === true) late();
    void answer.then((one) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", late);
      resolve(one);
    });
  });
}
