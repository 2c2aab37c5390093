// Is a webhook GitHub's? Its HMAC is taken over the bytes as they came, never over what was made of them.

import { createHmac, timingSafeEqual } from "node:crypto";

/** True when one of the secrets signed the body; several hold while a secret is rotated. */
export function isSigned(body: Uint8Array, signature: string | undefined, secrets: readonly string[]): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(signature ?? "")?.[1];
  if (given === undefined) return false;
  const bytes = Buffer.from(given, "hex");
  // All are tried, so that the time taken does not tell which.
  return secrets.map((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), bytes)).includes(true);
}
