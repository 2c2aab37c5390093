// The queue of a single process: nothing to install, and nothing survives it. What is lost the sweeper finds again.

import {
  type Delivery,
  delayAfter,
  DUPLICATE_WINDOW,
  type Handle,
  type JobQueue,
  type Letter,
  type Outcome,
  QUEUE_TIMES,
  QueueUnavailable,
  type QueueTimes,
} from "./queue.ts";

export interface MemoryQueueOptions {
  readonly times?: Partial<QueueTimes>;
  /** Letters that may wait. */
  readonly capacity?: number;
}

interface Waiting {
  readonly letter: Letter;
  readonly failures: number;
  /** The clock's milliseconds from which on it may be handed out. */
  readonly from: number;
}

export function memoryQueue(options: MemoryQueueOptions = {}): JobQueue {
  const times = { ...QUEUE_TIMES, ...options.times };
  const capacity = options.capacity ?? 10_000;
  /** In the order in which they came; a replacement goes to the end. */
  const waiting = new Map<string, Waiting>();
  const ids = new Map<string, number>();
  const leases = new Set<string>();
  const notes = new Map<string, string>();
  const workers = new Set<() => void>();
  let running = 0;
  let dead = 0;
  let closed = false;

  function remember(id: string): boolean {
    const now = Date.now();
    for (const [one, at] of ids) {
      if (now - at < DUPLICATE_WINDOW) break;
      ids.delete(one);
    }
    if (ids.has(id)) return false;
    ids.set(id, now);
    return true;
  }

  function wait(letter: Letter, failures: number, after: number): void {
    waiting.delete(letter.key);
    waiting.set(letter.key, { letter, failures, from: Date.now() + after });
    for (const wake of workers) wake();
  }

  /** A letter that is to come again gives way to a newer one of its key. */
  function again(letter: Letter, failures: number, after: number): void {
    if (!waiting.has(letter.key)) wait(letter, failures, after);
  }

  function settle(one: Waiting, outcome: Outcome): void {
    if (outcome.kind === "put off") again(one.letter, one.failures, outcome.after);
    else if (outcome.kind === "failed") again(one.letter, one.failures + 1, delayAfter(one.failures + 1, times.delays));
    else if (outcome.kind === "dead") dead++;
  }

  function work(slots: number, handle: Handle): { readonly stop: () => Promise<void> } {
    const active = new Set<Promise<void>>();
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    const wake = (): void => {
      clearTimeout(timer);
      if (stopped || closed) return;
      const now = Date.now();
      let next = Number.POSITIVE_INFINITY;
      for (const [key, one] of waiting) {
        if (active.size >= slots) return;
        if (one.from > now) {
          next = Math.min(next, one.from);
          continue;
        }
        waiting.delete(key);
        const done = run(one).finally(() => {
          active.delete(done);
          wake();
        });
        active.add(done);
      }
      if (next < Number.POSITIVE_INFINITY) timer = setTimeout(wake, Math.min(next - now, 60_000));
    };
    const run = async (one: Waiting): Promise<void> => {
      running++;
      const delivery: Delivery = { key: one.letter.key, body: one.letter.body, attempt: one.failures + 1 };
      // Started in a turn of its own, so that putting a letter never waits for work.
      await new Promise((resolve) => setImmediate(resolve));
      const outcome = await handle(delivery).catch((): Outcome => ({ kind: "failed" }));
      running--;
      settle(one, outcome);
    };
    workers.add(wake);
    wake();
    return {
      stop: async () => {
        stopped = true;
        clearTimeout(timer);
        workers.delete(wake);
        await Promise.all(active);
      },
    };
  }

  return {
    put: async (letter) => {
      if (closed) throw new QueueUnavailable("the queue is closed");
      if (!waiting.has(letter.key) && waiting.size >= capacity) throw new QueueUnavailable("the queue is full");
      if (!remember(letter.id)) return "duplicate";
      wait(letter, 0, 0);
      return "queued";
    },
    work,
    lease: async (name) => {
      if (leases.has(name)) return null;
      leases.add(name);
      return { lost: new AbortController().signal, release: async () => void leases.delete(name) };
    },
    note: async (name, text) => void (text === null ? notes.delete(name) : notes.set(name, text)),
    noted: async (name) => notes.get(name) ?? null,
    problem: () => (closed ? "the queue is closed" : waiting.size >= capacity ? "the queue is full" : null),
    depth: async () => ({ waiting: waiting.size, running, dead }),
    close: async () => {
      closed = true;
    },
  };
}
