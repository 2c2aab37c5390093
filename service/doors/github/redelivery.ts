// Webhooks that never arrived are asked for again, out of GitHub's log: a merge group or a button shows in no list of open
// pull requests, so that the sweep would not find them.

import { faultOf } from "../../host/github/fault.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import { isHandled } from "./events.ts";
import type { Service } from "./service.ts";

/** An event is asked for so often at most. */
const MOST_ATTEMPTS = 4;
/** Milliseconds that are looked back at in any case, so that the attempts of one event are seen together. */
const LEAST = 3_600_000;
/** What is older than a day nobody waits for. */
const MOST = 86_400_000;

/** `last`: when this was last done, 0 for never. Gives the number of webhooks that were asked for again; a GitHub that does not tell keeps nothing else from being done. */
export async function redeliverLost({ app, log }: Service, last: number): Promise<number> {
  const now = Date.now();
  try {
    const lost = (await app.lostDeliveries(Math.max(now - MOST, Math.min(last, now - LEAST)))).filter(
      ({ event, attempts }) => isHandled(event) && attempts < MOST_ATTEMPTS,
    );
    for (const { id } of lost) await app.redeliver(id);
    if (lost.length > 0) log.warn("webhooks that nobody took were asked for again", { webhooks: lost.length });
    return lost.length;
  } catch (thrown) {
    const fault = faultOf(thrown);
    log.warn("the log of webhooks could not be read", fault === null ? failureFields(thrown) : { fault: fault.kind });
    return 0;
  }
}
