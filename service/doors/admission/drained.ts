// The end of a replica that nobody notices: it serves on until those who know its address have heard that it goes, and
// until no connection is used any more.

import { setTimeout as pause } from "node:timers/promises";
import type { Connections } from "./connections.ts";

export interface DrainTimes {
  /** Serving on at least so long, until all endpoints are told. */
  readonly drain: number;
  readonly quiet: number;
  /** Longer than the API server keeps a connection that it does not use. */
  readonly drainAtMost: number;
}

/** Told a second time to end, the process does not wait for this. */
const UNREF = { ref: false };

export async function drained({ quiet }: Connections, times: DrainTimes): Promise<void> {
  const began = performance.now();
  await pause(times.drain, undefined, UNREF);
  while (quiet() < times.quiet && performance.now() - began < times.drainAtMost) await pause(50, undefined, UNREF);
}
