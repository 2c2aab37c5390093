// The App's log of webhooks: which of them never arrived, and how to have them sent again. GitHub sends none again by itself.

import type { Octokit } from "octokit";
import { PAGE } from "./pages.ts";

/** A webhook that was answered with no 2xx, at none of its attempts. */
export interface LostDelivery {
  /** Of its newest attempt. */
  readonly id: number;
  /** `merge_group` */
  readonly event: string;
  readonly attempts: number;
}

/** The log goes back days; so many pages are looked at. */
const MOST_PAGES = 10;

/** The webhooks since a time (milliseconds) that nobody took. `request` asks as the App. */
export async function lostDeliveries(request: Octokit["request"], since: number): Promise<readonly LostDelivery[]> {
  const found = new Map<string, { id: number; event: string; attempts: number; isTaken: boolean }>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { data, headers }: Answer = await request("GET /app/hook/deliveries", { per_page: PAGE, ...(cursor === null ? {} : { cursor }) });
    for (const { id, guid, event, status_code: status } of data) {
      // The newest stands first.
      const one = found.get(guid) ?? { id: Number(id), event, attempts: 0, isTaken: false };
      one.attempts++;
      one.isTaken ||= status >= 200 && status < 300;
      found.set(guid, one);
    }
    // Only the name of the next page is taken from the header, never its address.
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? "")?.[1] ?? null;
    if (cursor === null || data.some((one) => Date.parse(one.delivered_at) < since)) break;
    cursor = decodeURIComponent(cursor);
  }
  return [...found.values()].filter(({ isTaken }) => !isTaken).map(({ id, event, attempts }) => ({ id, event, attempts }));
}

/** Has a webhook sent once more; it keeps its GUID. */
export async function redeliver(request: Octokit["request"], id: number): Promise<void> {
  await request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
}

interface Answer {
  readonly data: readonly {
    readonly id: number | bigint;
    readonly guid: string;
    readonly event: string;
    readonly status_code: number;
    readonly delivered_at: string;
  }[];
  readonly headers: { readonly link?: string | undefined };
}
