// How long a review may take. The API server tells the seconds that it still waits, rounded up, and counts the way here
// and back; what is too late helps nobody.

/** Milliseconds by `performance.now()`. */
export interface Deadline {
  readonly end: number;
  /** Waiting for a thread. */
  readonly queue: number;
  /** Asking the cluster. */
  readonly cluster: number;
}

const ROUNDING = 1_000;
const NETWORK = 250;
const USUAL = 2_500;
const LEAST = 300;

/** `timeout` is the address's, such as `5s`. */
export function deadlineOf(timeout: unknown, now: number): Deadline {
  const seconds = typeof timeout === "string" ? Number(/^(\d{1,2})s$/.exec(timeout)?.[1] ?? 0) : 0;
  const time = seconds < 1 || seconds > 30 ? USUAL : Math.max(LEAST, seconds * 1_000 - ROUNDING - NETWORK);
  return { end: now + time, queue: Math.min(1_000, time), cluster: Math.min(300, time / 3) };
}

/** Asked to come again in a second, the API server does so within its own time; with less left it would only wait. */
export function canComeAgain(deadline: Deadline, now: number): boolean {
  return deadline.end - now >= 1_500;
}
