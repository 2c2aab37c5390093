// The threads that lint, from outside: one question each at a time, with an end to its time and its memory. A thread that
// was cut off is replaced, and the files that were too hard are looked for, so that the others can be judged without them.

import { Worker } from "node:worker_threads";
import type { Judgement, Question, Reads } from "../commit/judge.ts";
import { converse, LintFailure, type Limits } from "./conversation.ts";

export interface LinterOptions {
  readonly threads: number;
  /** Milliseconds of linting for one question; waiting for what is read is not counted. */
  readonly time: number;
  /** MiB that a thread's objects may take. */
  readonly memory: number;
  /** The thread's program: one that calls `serveLinting`. */
  readonly program: string;
}

export interface Linter {
  /** Throws a LintFailure when the texts were too much, and no single one of them was to blame. */
  readonly judge: (question: Question, reads: Reads) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

export { LintFailure };

export function linter({ threads, time, memory, program }: LinterOptions): Linter {
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
  const inThread: InThread = async (use) => {
    const worker = await take();
    try {
      const found = await use(worker);
      give(worker);
      return found;
    } catch (thrown) {
      replace(worker);
      throw thrown;
    }
  };
  // The first is loading while what it will be asked is still on its way.
  idle.push(start());
  return {
    judge: async (question, reads) => {
      const ask = (hard: ReadonlyMap<string, string>): Promise<Judgement> =>
        inThread((worker) => converse(worker, { kind: "judge", question: { ...question, hard } }, reads, { time }));
      try {
        return await ask(new Map());
      } catch (thrown) {
        if (!(thrown instanceof LintFailure) || thrown.limit === null) throw thrown;
        const hard = await hardFiles(question, reads, inThread, time);
        if (hard.size === 0) throw thrown;
        return await ask(hard);
      }
    },
    close: async () => {
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
    },
  };
}

type InThread = <T>(use: (worker: Worker) => Promise<T>) => Promise<T>;

/** More files of that kind are no accident. */
const MOST_HARD = 3;

/** The blobs that cannot be linted even by themselves in a quarter of the time, and why. All the looking takes no longer than linting may. */
async function hardFiles(question: Question, reads: Reads, inThread: InThread, time: number): Promise<ReadonlyMap<string, string>> {
  const hard = new Map<string, string>();
  const fine = new Set<string>();
  for (let left = time; left > 0 && hard.size < MOST_HARD; ) {
    const began = performance.now();
    const now: { blob: string | null } = { blob: null };
    const each: Limits["each"] = {
      time: time / 4,
      begins: (blob) => {
        if (now.blob !== null) fine.add(now.blob);
        now.blob = blob;
      },
    };
    try {
      await inThread((worker) => converse(worker, { kind: "try", question: { ...question, hard }, fine }, reads, { time: left, each }));
      return hard;
    } catch (thrown) {
      if (!(thrown instanceof LintFailure)) throw thrown;
      if (now.blob === null || thrown.limit === null) return hard;
      hard.set(now.blob, `linting it took too ${thrown.limit === "time" ? "long" : "much memory"} and was stopped`);
    }
    left -= performance.now() - began;
  }
  return hard;
}
