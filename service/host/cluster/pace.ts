// How often and for how long: every period of what is kept of a cluster, so that a test can be quicker than a cluster.

export interface Pace {
  /** Milliseconds after which everything is listed anew, plus or minus a tenth: what was missed is missed no longer. */
  readonly refresh: number;
  /** What was not proven for so many milliseconds is stale. */
  readonly stale: number;
  /** The first and the longest pause before something is tried again, in milliseconds. */
  readonly backOff: readonly [number, number];
  /** The server is asked to end a watch after so many seconds, plus or minus a fifth, and each new one proves that it is there. */
  readonly watchSeconds: number;
  /** Milliseconds over that after which a watch that has not ended is a connection to nobody. */
  readonly grace: number;
  /** Milliseconds for one page of a list: a server under load takes its time. */
  readonly list: number;
  /** Milliseconds between two looks for kinds that were installed or removed. */
  readonly discover: number;
}

/**
 * A connection that went silent is noticed after 36 s of watch and 8 s of grace at most, and stale after 60 s. The pause
 * ends at 20 s, and a jitter at 24, so that a server that is back is listed within 30.
 */
export const USUAL_PACE: Pace = {
  refresh: 600_000,
  stale: 60_000,
  backOff: [1_000, 20_000],
  watchSeconds: 30,
  grace: 8_000,
  list: 120_000,
  discover: 300_000,
};

/** The pause before the try after `failures` failures, doubled each time, plus or minus a fifth: many replicas do not come at once. */
export function backOff({ backOff: [first, longest] }: Pace, failures: number): number {
  return Math.min(longest, first * 2 ** (failures - 1)) * (0.8 + Math.random() * 0.4);
}
