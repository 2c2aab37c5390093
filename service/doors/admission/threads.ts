// The threads from outside: one question each at a time, with an end to its time. WebAssembly cannot be interrupted, so a
// thread that takes too long is ended, and a spare one that is already loaded takes its place.

import { Worker } from "node:worker_threads";
import { servicePath } from "../../host/assets.ts";
import type { ClusterFacts } from "../../settings/settings.ts";
import type { FromThread, Posted, ThreadData, ToThread } from "./thread.ts";

export interface Thread {
  /** Answers, or says why there is no answer; after that the thread is gone. */
  readonly ask: (message: ToThread, time: number) => Promise<FromThread | { readonly kind: "lost"; readonly why: "timeout" | "memory" | "died" }>;
  readonly isAlive: () => boolean;
  readonly end: () => Promise<unknown>;
}

export interface ThreadOptions {
  readonly data: ThreadData;
  /** MiB that a thread's objects may take. */
  readonly heap: number;
  /** The thread's program; the package's own unless said otherwise. */
  readonly program?: string;
}

export interface Started {
  readonly thread: Thread;
  /** The policies' digest, once it is loaded. Rejects when it cannot be. */
  readonly ready: Promise<string>;
}

export function startThread({ data, heap, program = servicePath("admission-thread") }: ThreadOptions): Started {
  const worker = new Worker(program, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: heap, stackSizeMb: 8 },
    execArgv: [],
    stdout: true,
    stderr: true,
    env: {},
  });
  let alive = true;
  let lost: "memory" | "died" = "died";
  worker.on("error", ({ code }: { readonly code?: string }) => {
    if (code === "ERR_WORKER_OUT_OF_MEMORY") lost = "memory";
  });
  worker.on("exit", () => {
    alive = false;
  });
  const ready = new Promise<string>((resolve, reject) => {
    worker.once("message", (message: FromThread) => (message.kind === "ready" ? resolve(message.bundle) : reject(new Error("the thread did not begin"))));
    worker.once("exit", () => reject(new Error("the policies cannot be loaded")));
  });
  ready.catch(() => undefined);
  let told: ClusterFacts | null = null;
  /** The nodes of a large cluster are longer than most reviews, so they are sent when they have changed. */
  const post = (message: ToThread): void => {
    const send = (posted: Posted): void => worker.postMessage(posted);
    if (message.kind !== "judge") send(message);
    else if (message.around == null) send({ ...message, around: message.around });
    else {
      const { facts, ...around } = message.around;
      if (facts !== told) send({ kind: "facts", facts });
      told = facts;
      send({ ...message, around });
    }
  };
  const thread: Thread = {
    isAlive: () => alive,
    end: () => worker.terminate(),
    ask: (message, time) =>
      new Promise((resolve) => {
        if (!alive) return resolve({ kind: "lost", why: lost });
        const end = (answer: Awaited<ReturnType<Thread["ask"]>>): void => {
          clearTimeout(timer);
          worker.off("message", end).off("exit", leave);
          resolve(answer);
        };
        const leave = (): void => end({ kind: "lost", why: lost });
        const timer = setTimeout(() => {
          alive = false;
          void worker.terminate();
          end({ kind: "lost", why: "timeout" });
        }, time);
        worker.on("message", end).on("exit", leave);
        post(message);
      }),
  };
  return { thread, ready };
}
