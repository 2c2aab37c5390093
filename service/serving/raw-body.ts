// A request's body as the bytes that came. Parsers that come with express wait for the end of a body that is too
// large before they refuse it; one without end would keep them for ever.

import type { IncomingMessage } from "node:http";

/** The bytes, or null when there are more than `largest`: what is left of them is not read. Throws when the sender breaks off. */
export function readBody(request: IncomingMessage, largest: number): Promise<Uint8Array | null> {
  if (Number(request.headers["content-length"]) > largest) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= largest) chunks.push(chunk);
      else {
        request.off("data", take).pause();
        resolve(null);
      }
    };
    request.on("data", take);
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => reject(new Error("the body ended early")));
  });
}
