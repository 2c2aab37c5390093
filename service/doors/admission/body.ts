// A request's body up to a limit, and what can be told of one without parsing it: the API server writes the request's uid
// and namespace before the object.

import type { IncomingMessage } from "node:http";

export type Body =
  | { readonly kind: "read"; readonly bytes: Buffer }
  /** More than the limit: only its beginning was kept. `isOpen`: its end did not come within reason. */
  | { readonly kind: "too large"; readonly head: Buffer; readonly isOpen: boolean }
  | { readonly kind: "gone" };

const HEAD = 4_096;

/**
 * Reads a body. One that is too large is read on and thrown away for a while, because who still sends does not hear an
 * answer. `grown` is told of each piece that is kept.
 */
export function readBody(request: IncomingMessage, largest: number, grown: (bytes: number) => void): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let head: Buffer | undefined;
    const end = (body: Body): void => {
      request.off("data", take).off("end", complete).off("close", gone).off("error", gone);
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= largest) {
        chunks.push(chunk);
        grown(chunk.length);
        return;
      }
      head ??= Buffer.concat([...chunks, chunk]).subarray(0, HEAD);
      chunks = [];
      if (size > largest * 4) end({ kind: "too large", head, isOpen: true });
    };
    const complete = (): void => end(head === undefined ? { kind: "read", bytes: Buffer.concat(chunks) } : { kind: "too large", head, isOpen: false });
    const gone = (): void => end({ kind: "gone" });
    request.on("data", take).on("end", complete).on("close", gone).on("error", gone);
  });
}

/** The request's uid, and the namespace as a word to sort by: a wrong one harms nobody. Null and empty where they are not seen. */
export function peek(bytes: Buffer): { readonly uid: string | null; readonly line: string } {
  const text = bytes.toString("latin1", 0, HEAD);
  const request = text.slice(Math.max(0, text.indexOf('"request"')));
  const uid = /^"request"\s*:\s*\{\s*"uid"\s*:\s*"([\w-]{1,128})"/.exec(request)?.[1] ?? null;
  return { uid, line: /"namespace"\s*:\s*"([a-z0-9-]{1,63})"/.exec(request)?.[1] ?? "" };
}
