// Public nkeys and JWTs as the server tells valid ones from others: by their letters, their length and their checksum.

import { Buffer } from "node:buffer";

/** The first letter of a public key, by what the key belongs to. */
const PREFIX = { operator: "O", account: "A", user: "U", curve: "X" } as const;

export type KeyOf = keyof typeof PREFIX;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Is the text a public key of that kind? 32 bytes behind a byte that says the kind, and two of checksum, in base 32. */
export function isPublicKey(text: string, of: KeyOf): boolean {
  if (!new RegExp(`^${PREFIX[of]}[A-Z2-7]{55}$`).test(text)) return false;
  const bytes = base32(text);
  const sum = (bytes[33] ?? 0) | ((bytes[34] ?? 0) << 8);
  return crc16(bytes.slice(0, 33)) === sum;
}

/** What is wrong with a text that should be a public key, without a word of the text: it may be a secret. */
export function keyFault(text: string, of: KeyOf): string | null {
  if (isPublicKey(text, of)) return null;
  const wanted = `the public nkey of ${/^[aou]/.test(of) ? "an" : "a"} ${of}`.replace("a curve", "an xkey").replace("an user", "a user");
  if (/^S[UAOXNC][A-Z2-7]{56}$/.test(text)) return `a seed, which is secret, and not ${wanted}`;
  const other = (Object.keys(PREFIX) as KeyOf[]).find((one) => one !== of && isPublicKey(text, one));
  if (other !== undefined) return `the key of ${other === "operator" || other === "account" ? "an" : "a"} ${other}, and not ${wanted}`;
  if (text.length !== 56) return `not ${wanted}, which has 56 characters`;
  if (!text.startsWith(PREFIX[of])) return `not ${wanted}, which begins with ${PREFIX[of]}`;
  return `not ${wanted}: its checksum is wrong`;
}

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

function base32(text: string): number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = (held << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return bytes;
}

/** CRC-16/XMODEM, which ends every nkey. */
function crc16(bytes: readonly number[]): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : (sum << 1) & 0xffff;
  }
  return sum;
}
