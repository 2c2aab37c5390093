// Many texts in one call: GraphQL gives blobs by their names, dozens at a time, where REST gives one. It gives only what
// it takes for text, and cuts long ones off, so that each is held against its name and whatever does not fit is left out.

import { createHash } from "node:crypto";
import type { GitHub, Repository } from "./connection.ts";
import { faultOf } from "./fault.ts";

/** Blobs of one query. */
export const TEXTS = 40;

/** The bytes of those among at most `TEXTS` blobs that GitHub gives whole. What it is unsure of, or refuses, is not among them. */
export async function blobTexts(github: GitHub, { owner, name }: Repository, blobs: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = blobs.filter((blob) => /^[0-9a-f]{40,64}$/.test(blob));
  const fields = wanted.map((blob, index) => `b${index}: object(oid: "${blob}") { ... on Blob { oid isBinary isTruncated text } }`);
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
  const found = new Map<string, Uint8Array>();
  let answer: Answer;
  try {
    answer = await github.graphql<Answer>(query, { owner, name, request: { retries: 3 } });
  } catch (thrown) {
    const kind = faultOf(thrown)?.kind;
    // REST may do better where GraphQL does not know one of them; who is to wait, or is kept out, has to hear of it.
    if (kind !== "missing" && kind !== "validation" && kind !== "permission" && kind !== "server") throw thrown;
    return found;
  }
  for (const one of Object.values(answer.repository ?? {})) {
    if (one?.oid === undefined || typeof one.text !== "string" || one.isBinary === true || one.isTruncated !== false) continue;
    const bytes = Buffer.from(one.text, "utf8");
    if (blobName(bytes, one.oid.length) === one.oid) found.set(one.oid, bytes);
  }
  return found;
}

/** What git calls these bytes: its digest of SHA-1, or of SHA-256 where names have 64 digits. */
export function blobName(bytes: Uint8Array, digits: number): string {
  return createHash(digits === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

interface Answer {
  readonly repository: Readonly<Record<string, GivenBlob | null>> | null;
}

/** Whatever is no blob has none of these. */
interface GivenBlob {
  readonly oid?: string;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}
