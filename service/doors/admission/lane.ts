// A lane: threads for reviews of one size, and the line in front of them. Small reviews have one of their own, so that a
// large one is waited for only by other large ones.

import { fairQueue } from "./fair-queue.ts";
import type { Started, Thread } from "./threads.ts";
import type { FromThread, ToThread } from "./thread.ts";

export interface Job {
  readonly message: ToThread;
  /** Whose line it waits in. */
  readonly line: string;
  /** When it must have begun, and how long it may then take: milliseconds, by `performance.now()`. */
  readonly startBy: number;
  readonly time: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

export type Outcome =
  | FromThread
  | { readonly kind: "lost"; readonly why: "timeout" | "memory" | "died" }
  | { readonly kind: "shed"; readonly why: "queue" | "wait" }
  | { readonly kind: "gone" };

export interface Lane {
  /** Milliseconds in the line are told with the outcome. */
  readonly run: (job: Job) => Promise<Outcome & { readonly waited: number }>;
  readonly waiting: () => number;
  /** Does each thread live, or is another on its way? Resolves false when one does not answer in time. */
  readonly isWell: () => Promise<boolean>;
  readonly end: () => Promise<void>;
}

export interface LaneOptions {
  readonly threads: readonly Started[];
  /** How many may wait. */
  readonly most: number;
  /** A thread for one that is gone. */
  readonly replace: () => Started;
  readonly lost: (why: string) => void;
}

interface Waiting {
  readonly job: Job;
  readonly since: number;
  readonly settle: (outcome: Outcome) => void;
  readonly timer: NodeJS.Timeout;
}

export function lane({ threads, most, replace, lost }: LaneOptions): Lane {
  const queue = fairQueue<Waiting>(most);
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  let ended = false;
  let tries = 0;

  const join = ({ thread, ready }: Started): void => {
    all.add(thread);
    ready.then(
      () => {
        tries = 0;
        free(thread);
      },
      () => {
        all.delete(thread);
        if (ended) return;
        lost("start");
        // What cannot be loaded now may be loaded later; until then the lane sheds, and is not well.
        setTimeout(() => ended || join(replace()), Math.min(30_000, 250 * 2 ** tries++)).unref();
      },
    );
  };
  const free = (thread: Thread): void => {
    const next = queue.take();
    if (next === undefined) idle.push(thread);
    else void begin(thread, next);
  };
  const begin = async (thread: Thread, waiting: Waiting): Promise<void> => {
    clearTimeout(waiting.timer);
    const { job, settle } = waiting;
    const outcome = await thread.ask(job.message, job.time);
    settle(outcome);
    if (outcome.kind !== "lost") return free(thread);
    all.delete(thread);
    if (ended) return;
    lost(outcome.why);
    join(replace());
  };
  for (const one of threads) join(one);

  return {
    waiting: queue.size,
    run: (job) =>
      new Promise((resolve) => {
        const since = performance.now();
        const settle = (outcome: Outcome): void => resolve({ ...outcome, waited: performance.now() - since });
        if (job.gone.aborted) return settle({ kind: "gone" });
        const leave = (outcome: Outcome): void => {
          clearTimeout(waiting.timer);
          queue.remove(job.line, waiting);
          waiting.settle(outcome);
        };
        const timer = setTimeout(() => leave({ kind: "shed", why: "wait" }), Math.max(1, job.startBy - since));
        const abandon = (): void => leave({ kind: "gone" });
        const waiting: Waiting = {
          job,
          since,
          timer,
          settle: (outcome) => {
            job.gone.removeEventListener("abort", abandon);
            settle(outcome);
          },
        };
        let thread = idle.pop();
        while (thread !== undefined && !thread.isAlive()) {
          all.delete(thread);
          lost("died");
          join(replace());
          thread = idle.pop();
        }
        if (thread !== undefined) return void begin(thread, waiting);
        job.gone.addEventListener("abort", abandon, { once: true });
        const left = queue.put(job.line, waiting);
        if (left !== null) {
          clearTimeout(left.timer);
          left.settle({ kind: "shed", why: "queue" });
        }
      }),
    isWell: async () => {
      if (all.size === 0) return false;
      const thread = idle.pop();
      // Those that work have a watchdog.
      if (thread === undefined) return true;
      const answer = await thread.ask({ kind: "ping" }, 5_000);
      if (answer.kind === "pong") free(thread);
      else {
        all.delete(thread);
        if (!ended) {
          lost("ping");
          join(replace());
        }
      }
      return answer.kind === "pong";
    },
    end: async () => {
      ended = true;
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}
