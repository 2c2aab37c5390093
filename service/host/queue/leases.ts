// Leases in a bucket whose entries die of age: who falls silent loses what it held.

import type { KV } from "@nats-io/kv";
import { JetStreamApiError } from "@nats-io/jetstream";
import { type Lease, QueueUnavailable } from "./queue.ts";

/** Takes a lease and renews it until it is released. Null while somebody else has it. */
export async function takeLease(bucket: KV, name: string, time: number): Promise<Lease | null> {
  let revision: number;
  // Counted from before the server's answer, so that here it ends no later than there.
  let since = Date.now();
  try {
    revision = await bucket.create(name, "");
  } catch (thrown) {
    if (isTaken(thrown)) return null;
    throw new QueueUnavailable("the queue does not say who works on what", { cause: thrown });
  }
  const lost = new AbortController();
  let released = false;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async (): Promise<void> => {
    const asked = Date.now();
    try {
      revision = await bucket.update(name, "", revision);
      since = asked;
    } catch (thrown) {
      // No answer is no loss yet: the lease lasts until its time is over, and the next try may get through.
      if (isTaken(thrown) || Date.now() - since > time - time / 6) give(lost);
    }
  };
  const give = (controller: AbortController): void => {
    clearInterval(timer);
    if (!released) controller.abort();
  };
  const timer = setInterval(() => {
    renewing = renewing.then(renew);
  }, time / 3);
  timer.unref();
  return {
    lost: lost.signal,
    release: async () => {
      released = true;
      clearInterval(timer);
      await renewing;
      // Whoever has it after us has another revision; an entry that cannot be deleted dies of age.
      if (!lost.signal.aborted) await bucket.delete(name, { previousSeq: revision }).catch(() => undefined);
    },
  };
}

/** "Wrong last sequence": somebody else wrote it. */
function isTaken(thrown: unknown): boolean {
  return thrown instanceof JetStreamApiError && (thrown.code === 10071 || thrown.code === 10164);
}
