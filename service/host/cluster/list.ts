// Lists in pages, as they come over the wire: typed clients drop the fields that they do not know, and turn times into dates.

import type { Connection } from "./connection.ts";
import { isRecord, pathOf, type Resource } from "./resources.ts";
import { ClusterTrouble } from "./trouble.ts";

export interface Listing {
  readonly namespace?: string | null;
  /** Objects to a page. */
  readonly page?: number;
  /** Milliseconds for each page. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * Hands over each page as it comes, so that what is not kept of it need not be in memory together with the next; gives the
 * resourceVersion that a watch goes on from. Throws a ClusterTrouble.
 */
export async function listPages(connection: Connection, resource: Resource, options: Listing, take: (items: readonly unknown[]) => void): Promise<string> {
  const { namespace = null, page = 500, limit = 120_000, signal } = options;
  const path = pathOf(resource, namespace);
  for (let more = ""; ; ) {
    const answer = await connection.json(path, {
      query: { limit: String(page), ...(more === "" ? {} : { continue: more }) },
      limit,
      ...(signal === undefined ? {} : { signal }),
    });
    const { items, metadata } = isRecord(answer) ? answer : {};
    // Go writes an empty list as null.
    if (!isRecord(metadata) || (items !== null && !Array.isArray(items)))
      throw new ClusterTrouble("malformed", `what the API server answers to GET ${path} is no list`);
    take(items ?? []);
    more = typeof metadata["continue"] === "string" ? metadata["continue"] : "";
    if (more === "") return String(metadata["resourceVersion"] ?? "");
  }
}
