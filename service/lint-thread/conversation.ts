// One question to a thread, to its answer: what the thread wants to read is read for it, and its time is kept.

import type { Worker } from "node:worker_threads";
import type { Judgement, Reads } from "../commit/judge.ts";
import type { FromThread, ToThread } from "./messages.ts";

/** The files could not be linted. The message is a sentence for people. */
export class LintFailure extends Error {
  override readonly name = "LintFailure";
  /** What there was too little of; null when it was none of both. */
  readonly limit: "time" | "memory" | null;
  constructor(message: string, limit: LintFailure["limit"] = null) {
    super(message);
    this.limit = limit;
  }
}

/** Milliseconds; starting the thread, and waiting for what is read, are not counted. */
export interface Limits {
  readonly time: number;
  /** For each file that is tried by itself. */
  readonly each?: { readonly time: number; readonly begins: (blob: string) => void };
}

/** A thread takes a tenth of a second to start; on a machine with no time to spare it may be many. */
const START = 60_000;

export function converse(worker: Worker, asked: ToThread & { readonly kind: "judge" }, reads: Reads, limits: Limits): Promise<Judgement>;
export function converse(worker: Worker, asked: ToThread & { readonly kind: "try" }, reads: Reads, limits: Limits): Promise<null>;
export function converse(worker: Worker, asked: ToThread, reads: Reads, { time, each }: Limits): Promise<Judgement | null> {
  return new Promise((resolve, reject) => {
    let left = time;
    let since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const tooLong = (): void => end(() => reject(new LintFailure("linting took too long and was stopped", "time")));
    const run = (most = left): void => {
      since = performance.now();
      timer = setTimeout(tooLong, Math.min(left, most));
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
    const answer = (reading: Promise<ToThread>): void => {
      pause();
      reading.then(
        (message) => {
          run();
          worker.postMessage(message);
        },
        (thrown: unknown) => end(() => reject(thrown)),
      );
    };
    const hear = (message: FromThread): void => {
      if (message.kind === "begun") {
        clearTimeout(timer);
        run();
      } else if (message.kind === "judged") end(() => resolve(message.judgement));
      else if (message.kind === "tried") end(() => resolve(null));
      else if (message.kind === "failed") end(() => reject(new LintFailure(`linting failed (${message.why})`)));
      else if (message.kind === "read") answer(reads.blobs(message.blobs).then((blobs) => ({ kind: "blobs", blobs })));
      else if (message.kind === "compare") answer(reads.changed(message.paths).then((files) => ({ kind: "changed", files })));
      else {
        each?.begins(message.blob);
        pause();
        run(each?.time);
      }
    };
    const fail = ({ code }: { readonly code?: string }): void => {
      const isMemory = code === "ERR_WORKER_OUT_OF_MEMORY";
      end(() => reject(isMemory ? new LintFailure("linting took too much memory and was stopped", "memory") : new LintFailure("linting broke off")));
    };
    const leave = (): void => end(() => reject(new LintFailure("linting broke off")));
    worker.on("message", hear).on("error", fail).on("exit", leave);
    timer = setTimeout(() => end(() => reject(new LintFailure("the thread that lints did not start"))), START);
    worker.postMessage(asked);
  });
}
