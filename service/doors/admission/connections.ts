// How long connections live. The API server keeps one for as long as it is used, so new replicas would get no work, and
// one that ends while a request is on its way loses that request: they are ended by an answer that says so.

import type { IncomingMessage } from "node:http";

export interface Connections {
  /** Is the answer to this request to end its connection? */
  readonly closes: (request: IncomingMessage) => boolean;
  /** From now on every answer ends its connection. */
  readonly drain: () => void;
  /** Milliseconds since a request came. */
  readonly quiet: () => number;
}

const LIFE = 10 * 60_000;

export function connections(): Connections {
  const ends = new WeakMap<object, number>();
  let draining = false;
  let last = performance.now();
  return {
    closes: ({ socket }) => {
      const now = performance.now();
      last = now;
      let end = ends.get(socket);
      if (end === undefined) ends.set(socket, (end = now + LIFE * (0.8 + Math.random() * 0.4)));
      return draining || now >= end;
    },
    drain: () => {
      draining = true;
    },
    quiet: () => performance.now() - last,
  };
}

/** How late the event loop runs its timers, in milliseconds, of late. */
export function loopLag(): { readonly now: () => number; readonly stop: () => void } {
  const every = 100;
  let due = performance.now() + every;
  let lag = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    lag = Math.max(0, now - due);
    due = now + every;
  }, every).unref();
  return { now: () => lag, stop: () => clearInterval(timer) };
}
