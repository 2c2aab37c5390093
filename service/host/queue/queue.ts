// What a queue of jobs promises, whichever keeps it: in memory for one process, JetStream for several.
// It knows no job: a letter is a key, an id and a text. A letter carries nothing that only it knows, because the
// latest of a key replaces one that still waits.

/** One thing to be done. */
export interface Letter {
  /** Tokens of a-z, A-Z, 0-9, `_` and `-` joined by dots. At most one letter of a key waits. */
  readonly key: string;
  /** Two letters of the same id within ten minutes are one. */
  readonly id: string;
  readonly body: string;
}

/** A letter that is handed to a worker. Until it is settled, or its worker falls silent, nobody else gets it. */
export interface Delivery {
  readonly key: string;
  readonly body: string;
  /** How often it was tried, this time included; being put off is no try. 1-based. */
  readonly attempt: number;
}

/** What became of a delivery. */
export type Outcome =
  | { readonly kind: "done" }
  /** Not now, and nobody's fault: somebody else is at it, or GitHub says wait. Counts as no try. */
  | { readonly kind: "put off"; readonly after: number }
  /** It failed; it comes again after the queue's own delays. */
  | { readonly kind: "failed" }
  /** It will never work: it goes to the dead letters. `why` is kept with it and holds nothing of what was linted. */
  | { readonly kind: "dead"; readonly why: string };

/** Handles one delivery; what it throws counts as failed. */
export type Handle = (delivery: Delivery) => Promise<Outcome>;

/** A right that one worker at a time has, over all replicas. */
export interface Lease {
  /** Aborted when the lease is gone while it was thought to be held. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
}

export interface Work {
  /** Takes no more letters; resolves when the ones being worked on are settled. */
  readonly stop: () => Promise<void>;
}

export interface Depth {
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
}

export interface JobQueue {
  /** Resolves once the letter is kept. Throws a QueueUnavailable when it is not, or may not be. */
  readonly put: (letter: Letter) => Promise<"queued" | "duplicate">;
  /** Hands out letters, at most `slots` at a time in this process. */
  readonly work: (slots: number, handle: Handle) => Work;
  /** Takes a lease by name, or null while another has it. Throws a QueueUnavailable when that cannot be known. */
  readonly lease: (name: string) => Promise<Lease | null>;
  /** Leaves a note for all replicas, for a day at most; null takes it away. Throws a QueueUnavailable. */
  readonly note: (name: string, text: string | null) => Promise<void>;
  /** The note of that name, or null. Throws a QueueUnavailable. */
  readonly noted: (name: string) => Promise<string | null>;
  /** What keeps the queue from taking letters, in one sentence; null when nothing does. */
  readonly problem: () => string | null;
  readonly depth: () => Promise<Depth>;
  readonly close: () => Promise<void>;
}

/** How long things take; tests shorten it. All in milliseconds. */
export interface QueueTimes {
  /** A worker that is silent for so long has lost its letter. */
  readonly ackWait: number;
  /** The same for a lease. */
  readonly leaseTime: number;
  /** The delays after the first, second ... failure; the last holds for all further ones. */
  readonly delays: readonly number[];
  /** How long putting a letter may take. */
  readonly putTimeout: number;
}

export const QUEUE_TIMES: QueueTimes = {
  ackWait: 60_000,
  leaseTime: 90_000,
  delays: [5_000, 30_000, 120_000, 300_000, 900_000],
  putTimeout: 3_000,
};

/** Ids are remembered for so long. */
export const DUPLICATE_WINDOW: number = 10 * 60_000;

/** The queue does not take a letter now: it is full, or away. The sender tries again later. */
export class QueueUnavailable extends Error {
  override readonly name = "QueueUnavailable";
}

/** The delay after so many failures. */
export function delayAfter(attempt: number, delays: readonly number[]): number {
  return delays[Math.min(attempt, delays.length) - 1] ?? 0;
}

/** A token of a key from any text: what keys may not hold becomes `_`. */
export function token(text: string | number): string {
  return String(text).replace(/[^A-Za-z0-9_-]/g, "_") || "_";
}
