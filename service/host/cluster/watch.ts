// The watch below the library's ListWatch. Its own opens anew at once when the server ends it, never notices a connection
// that has gone silent, and swallows what it cannot read; this one waits, has an end, and fails.

import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { KubeConfig, Watch } from "@kubernetes/client-node";
import type { Connection } from "./connection.ts";
import type { Pace } from "./pace.ts";
import { backOff } from "./pace.ts";
import { isRecord, type Resource, trimmed } from "./resources.ts";
import { ClusterTrouble, refusal } from "./trouble.ts";

export interface WatchTold {
  /** A list is in, and the watch on from it is about to begin. */
  readonly listed: () => void;
  /** The server is there and what is known is as it says: the watch was opened, or something came. */
  readonly proven: () => void;
}

/** A watch for ListWatch: it calls this again whenever the one before ended, and `done` tells it so. */
export function steadyWatch(connection: Connection, resource: Resource, pace: Pace, told: WatchTold): Watch {
  let short = 0;

  async function follow(
    path: string,
    query: Readonly<Record<string, unknown>>,
    callback: (phase: string, object: unknown) => void,
    signal: AbortSignal,
  ): Promise<void> {
    // A server that ends each watch at once is not asked more and more often. The pause also lets the caller note the watch.
    await pause(short === 0 ? 1 : backOff(pace, short), undefined, { signal, ref: false });
    const seconds = Math.round(pace.watchSeconds * (0.8 + Math.random() * 0.4));
    const began = performance.now();
    try {
      await connection.lines(
        path,
        {
          query: { ...texts(query), watch: "true", allowWatchBookmarks: "true", timeoutSeconds: String(seconds) },
          limit: seconds * 1_000 + pace.grace,
          signal,
        },
        { opened: told.proven, line: (text) => event(text, callback) },
      );
    } finally {
      short = performance.now() - began < Math.min(5_000, seconds * 500) ? short + 1 : 0;
    }
  }

  function event(text: string, callback: (phase: string, object: unknown) => void): void {
    const { type, object } = read(text);
    if (type === "ERROR") {
      const code = isRecord(object) && typeof object["code"] === "number" ? object["code"] : 500;
      throw refusal(code, `the watch of ${resource.plural}`);
    }
    told.proven();
    // A bookmark has nothing but a resourceVersion.
    if (type === "BOOKMARK") callback(type, object);
    else {
      const kept = trimmed(object, resource);
      if (kept !== null) callback(type, kept);
    }
  }

  function read(text: string): { readonly type: string; readonly object: unknown } {
    try {
      const line = JSON.parse(text) as unknown;
      if (isRecord(line) && typeof line["type"] === "string") return { type: line["type"], object: line["object"] };
    } catch {
      // Said below, without the text: the parser's message quotes it.
    }
    throw new ClusterTrouble("malformed", `a line of the watch of ${resource.plural} cannot be read`);
  }

  return {
    config: undefined as unknown as KubeConfig,
    watch: async (path, query, callback, done) => {
      told.listed();
      const ended = new AbortController();
      follow(path, query, callback, ended.signal).then(
        () => !ended.signal.aborted && done(null),
        (thrown: unknown) => !ended.signal.aborted && done(thrown),
      );
      return ended;
    },
  };
}

function texts(query: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
