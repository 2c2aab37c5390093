// What a JWT of NATS says, where it stands in the configuration itself. Who signed it is not looked at.

import { Buffer } from "node:buffer";

/** The claims of a JWT that NATS made; null for any other text. Who signed it is not looked at. */
export function claimsOf(text: string): Readonly<Record<string, unknown>> | null {
  const parts = text.trim().split(".");
  if (parts.length !== 3) return null;
  const [head, body] = parts.slice(0, 2).map(json);
  if (typeof head?.["alg"] !== "string" || !/^ed25519/.test(head["alg"]) || body === null || body === undefined) return null;
  return body;
}

/** What kind of thing the claims are about: "operator", "account", "user". Version 1 said it beside `nats`. */
export function kindOfClaims(claims: Readonly<Record<string, unknown>>): unknown {
  const nats = claims["nats"];
  return (typeof nats === "object" && nats !== null ? (nats as Readonly<Record<string, unknown>>)["type"] : undefined) ?? claims["type"];
}

function json(part: string): Readonly<Record<string, unknown>> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof read === "object" && read !== null ? (read as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
