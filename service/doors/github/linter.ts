// The threads that lint, from outside: one job each at a time, with an end to its time and its memory. A thread that
// was cut off is replaced.

import { Worker } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import type { FromThread, LintRequest, ToThread } from "./lint-thread.ts";
import type { ReadBlobs } from "./commit.ts";
import type { Judgement } from "./judge.ts";

export interface LinterOptions {
  readonly threads: number;
  /** Milliseconds of linting for one job; waiting for GitHub is not counted. */
  readonly time: number;
  /** MiB that a thread's objects may take. */
  readonly memory: number;
  /** The thread's program; found beside this one unless said otherwise. */
  readonly program?: string;
}

export interface Linter {
  /** Throws a LintFailure when the texts were too much. */
  readonly judge: (request: LintRequest, readBlobs: ReadBlobs) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

/** The files could not be linted. The message is a sentence for people. */
export class LintFailure extends Error {
  override readonly name = "LintFailure";
}

export function linter({ threads, time, memory, program = threadProgram() }: LinterOptions): Linter {
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  let started = 0;
  const start = (): Worker => {
    started++;
    return new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory, stackSizeMb: 8 }, execArgv: [], stdout: true, stderr: true, env: {} });
  };
  const take = async (): Promise<Worker> => idle.pop() ?? (started < threads ? start() : new Promise((resolve) => waiting.push(resolve)));
  const give = (worker: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  const replace = (worker: Worker): void => {
    started--;
    void worker.terminate();
    const next = waiting.shift();
    if (next !== undefined) next(start());
  };
  // The first is loading while the first webhook is still on its way.
  idle.push(start());
  return {
    judge: async (request, readBlobs) => {
      const worker = await take();
      try {
        const judgement = await ask(worker, request, readBlobs, time);
        give(worker);
        return judgement;
      } catch (thrown) {
        replace(worker);
        throw thrown;
      }
    },
    close: async () => {
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, request: LintRequest, readBlobs: ReadBlobs, time: number): Promise<Judgement> {
  return new Promise((resolve, reject) => {
    let left = time;
    let since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const run = (): void => {
      since = performance.now();
      timer = setTimeout(() => end(() => reject(new LintFailure("linting took too long and was stopped"))), left);
    };
    const pause = (): void => {
      clearTimeout(timer);
      left = Math.max(1, left - (performance.now() - since));
    };
    const end = (how: () => void): void => {
      clearTimeout(timer);
      // Not all listeners: some are the worker's own, and without them it hears nothing more.
      worker.off("message", hear).off("error", fail).off("exit", leave);
      how();
    };
    const hear = (message: FromThread): void => {
      if (message.kind === "judged") end(() => resolve(message.judgement));
      else if (message.kind === "failed") end(() => reject(new LintFailure(`linting failed (${message.why})`)));
      else {
        pause();
        readBlobs(message.blobs).then(
          (blobs) => {
            run();
            worker.postMessage({ kind: "blobs", blobs } satisfies ToThread);
          },
          (thrown: unknown) => end(() => reject(thrown)),
        );
      }
    };
    const fail = ({ code }: { readonly code?: string }): void => {
      end(() => reject(new LintFailure(code === "ERR_WORKER_OUT_OF_MEMORY" ? "linting took too much memory and was stopped" : "linting broke off")));
    };
    const leave = (): void => end(() => reject(new LintFailure("linting broke off")));
    worker.on("message", hear).on("error", fail).on("exit", leave);
    run();
    worker.postMessage({ kind: "judge", request } satisfies ToThread);
  });
}

/** `dist/lint-thread.js` stands beside the bundle, and below the package's folder for the sources. */
function threadProgram(): string {
  const here = fileURLToPath(new URL(".", import.meta.url));
  return /[\\/]service[\\/]doors[\\/]github[\\/]?$/.test(here)
    ? fileURLToPath(new URL("../../../dist/lint-thread.js", import.meta.url))
    : fileURLToPath(new URL("lint-thread.js", import.meta.url));
}
