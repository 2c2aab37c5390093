// The keys of NATS's own kind (nkeys): base32 of a prefix, 32 bytes and a checksum. Only whether a text is one.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What the first byte of a public key says that it is of. */
const PUBLIC: Readonly<Record<string, number>> = { operator: 14 << 3, server: 13 << 3, cluster: 2 << 3, account: 0, user: 20 << 3, curve: 23 << 3 };
const USER = 20 << 3;
const SEED = 18 << 3;

/** Is the text the public key of such a one; or, where nothing more is said, of anything? */
export function isPublicKey(text: string, of?: string): boolean {
  const [first] = decoded(text) ?? [];
  return first !== undefined && (of === undefined ? Object.values(PUBLIC).includes(first) : PUBLIC[of] === first);
}

/** Is the text the seed of a user's key? */
export function isUserSeed(text: string): boolean {
  const bytes = decoded(text);
  if (bytes === null) return false;
  const [first = 0, second = 0] = bytes;
  return (first & 248) === SEED && (((first & 7) << 5) | ((second & 248) >> 3)) === USER;
}

/** Is the text the seed of anything? */
export function isNkeySeed(text: string): boolean {
  const bytes = decoded(text);
  return bytes !== null && bytes.length === 34 && ((bytes[0] ?? 0) & 248) === SEED;
}

/** The bytes without the checksum behind them; null for what is none. */
function decoded(text: string): Uint8Array | null {
  if (text.length > 200) return null;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  if (bytes.length < 4) return null;
  const body = Uint8Array.from(bytes.slice(0, -2));
  const [low = 0, high = 0] = bytes.slice(-2);
  return checksum(body) === (low | (high << 8)) ? body : null;
}

/** CRC-16 of the XMODEM kind. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
