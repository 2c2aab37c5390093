// The threads of both lanes and the spare one, and whether they can be relied on.

import type { Log } from "../../serving/log.ts";
import type { Settings } from "../../settings/settings.ts";
import { type Lane, lane } from "./lane.ts";
import type { Metrics } from "./metrics.ts";
import type { Cap } from "./modes.ts";
import { type Started, startThread } from "./threads.ts";

export interface JudgesOptions {
  readonly settings: Settings;
  readonly cap: Cap;
  readonly largestObject: number;
  /** Threads for small reviews. */
  readonly threads: number;
  readonly program?: string;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Judges {
  readonly small: Lane;
  readonly large: Lane;
  /** The policies' digest; empty until they are loaded. */
  readonly bundle: () => string;
  /** One sentence while nothing can be judged. */
  readonly unready: () => string | null;
  readonly dead: () => string | null;
  readonly end: () => Promise<void>;
}

const MOST_WAITING = { small: 64, large: 4 };

export function judges({ settings, cap, largestObject, threads, program, log, metrics }: JudgesOptions): Judges {
  let bundle = "";
  const start = (): Started => {
    const options = { data: { settings, cap, largest: largestObject, memory: 128 }, heap: 256 };
    const started = startThread(program === undefined ? options : { ...options, program });
    started.ready.then(
      (digest) => {
        bundle = digest;
      },
      () => undefined,
    );
    return started;
  };
  let spare: Started | null = null;
  const replace = (): Started => {
    const now = spare ?? start();
    spare = start();
    return now;
  };
  const lost = (why: string): void => {
    metrics.recycled(why);
    log.error("a thread was lost", { why });
  };
  const small = lane({ threads: Array.from({ length: threads }, start), most: MOST_WAITING.small, replace, lost });
  const large = lane({ threads: [start()], most: MOST_WAITING.large, replace, lost });
  let tested: string | null = "the policies are not loaded yet";
  let unwell = 0;
  let ended = false;

  const test = async (): Promise<void> => {
    const now = performance.now();
    const outcome = await small.run({
      message: { kind: "self-test" },
      line: "",
      startBy: now + 30_000,
      time: 10_000,
      gone: new AbortController().signal,
    });
    if (ended) return;
    tested = outcome.kind === "self-tested" ? outcome.problem : "the policies could not be tested";
    if (tested === null) {
      spare ??= start();
      log.info("the policies are loaded", { bundle });
    } else {
      log.error("the self-test failed", { problem: tested });
      setTimeout(() => void test(), 5_000).unref();
    }
  };
  void test();
  const watch = setInterval(async () => {
    const well = await Promise.all([small.isWell(), large.isWell()]);
    unwell = well.every((one) => one) ? 0 : unwell + 1;
  }, 5_000).unref();

  return {
    small,
    large,
    bundle: () => bundle,
    unready: () => tested,
    // One thread that does not answer is replaced; a process that cannot have any is of no use.
    dead: () => (unwell >= 6 ? "no thread can be started" : null),
    end: async () => {
      ended = true;
      clearInterval(watch);
      await Promise.all([small.end(), large.end(), spare?.thread.end()]);
    },
  };
}
