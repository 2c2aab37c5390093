// The plain types of the tables: which kinds of value each takes, in what form, and how a sentence calls it.

import { bytesOfConfSize, secondsOfDuration } from "../units.ts";
import { hostPort, isGoUrl, isSubject } from "./go-address.ts";
import { isPublicKey, isUserSeed } from "./nkey.ts";
import { claimsOf, kindOfClaims } from "../startup/jwt.ts";
import type { Kind } from "./kinds.ts";

export interface Plain {
  /** "a string"; `many` for lists of it. */
  readonly words: string;
  readonly many: string;
  readonly kinds: readonly Kind[];
  /** What a string has to look like. */
  readonly text?: (text: string) => boolean;
  /** What a number has to be. */
  readonly number?: (value: number) => boolean;
  /** The value may be shown: it is no secret, whatever people write there. */
  readonly shown?: true;
  /** What the bounds of the table are compared with. */
  readonly measure?: (value: string | number) => number | null;
}

/** By the words of the tables. */
export const PLAIN: Readonly<Record<string, Plain>> = {
  string: { words: "a string", many: "strings", kinds: ["string"] },
  "filled-string": { words: "a string that is not empty", many: "strings", kinds: ["string"], text: (text) => text !== "" },
  bool: { words: "true or false", many: "booleans", kinds: ["bool"] },
  false: { words: "false, for only routes and gateways take true", many: "booleans", kinds: ["bool"] },
  int: { words: "an integer", many: "integers", kinds: ["int"], shown: true, measure: Number },
  size: {
    words: 'a size such as 10GB or "10G"',
    many: "sizes",
    kinds: ["int", "string"],
    text: (text) => bytesOfConfSize(text) !== null,
    shown: true,
    measure: (value) => (typeof value === "string" ? bytesOfConfSize(value) : value),
  },
  duration: { words: 'a duration such as "2m"', many: "durations", kinds: ["string"], text: isDuration, shown: true },
  "quoted-duration": {
    words: 'a duration in quotes such as "2m"',
    many: "durations in quotes",
    kinds: ["string"],
    text: isDuration,
    shown: true,
    measure: seconds,
  },
  seconds: { words: 'seconds, or a duration such as "2s"', many: "durations", kinds: ["int", "float", "string"], text: isDuration, shown: true },
  listen: { words: "a port or host:port", many: "addresses", kinds: ["int", "string"], text: (text) => hostPort(text) !== null, shown: true },
  url: { words: "a URL", many: "URLs", kinds: ["string"], text: isGoUrl },
  "proxy-url": {
    words: "an http or https URL",
    many: "URLs",
    kinds: ["string"],
    text: (text) => text === "" || (isGoUrl(text) && /^https?:\/\/[^/?#]/.test(text)),
  },
  "leaf-version": { words: "a version of at least 2.8.0", many: "versions", kinds: ["string"], text: isLeafVersion, shown: true },
  sha256: { words: "64 hexadecimal digits", many: "fingerprints of 64 hexadecimal digits", kinds: ["string"], text: (text) => /^[A-Fa-f0-9]{64}$/.test(text) },
  percentage: {
    words: "0 to 100, with or without %",
    many: "percentages",
    kinds: ["int", "string"],
    text: (text) => isPercent(text, 0),
    number: (value) => value >= 0 && value <= 100,
    shown: true,
  },
  "operator-nkey": publicKey("an operator", "operator"),
  "account-nkey": publicKey("an account", "account"),
  "user-nkey": publicKey("a user", "user"),
  "curve-nkey": publicKey("a curve", "curve"),
  "account-jwt": { words: "the JWT of an account", many: "JWTs", kinds: ["string"], text: isAccountJwt },
  "publish-subject": { words: "a subject without wildcards", many: "subjects", kinds: ["string"], text: isLiteral, shown: true },
  resolver: { words: "MEMORY, URL(...) or a block", many: "resolvers", kinds: ["string"], text: isResolver },
  cipher: { words: "the name of a cipher suite", many: "names of cipher suites", kinds: ["string"], text: (text) => CIPHERS.test(text), shown: true },
  sampling: {
    words: "1 to 100, with or without %",
    many: "percentages",
    kinds: ["int", "string"],
    text: (text) => isPercent(text, 1),
    number: (value) => value >= 1 && value <= 100,
    shown: true,
  },
  "connection-type": {
    words: "a type of connection such as WEBSOCKET",
    many: "types of connections such as WEBSOCKET",
    kinds: ["string"],
    text: (text) => CONNECTIONS.test(text),
    shown: true,
  },
  "public-nkey": { words: "the public key of a proxy", many: "public keys", kinds: ["string"], text: (text) => isPublicKey(text) },
  "user-seed": { words: "the seed of a user's key", many: "seeds", kinds: ["string"], text: isUserSeed },
};

function publicKey(whose: string, of: string): Plain {
  return { words: `the public key of ${whose}`, many: "public keys", kinds: ["string"], text: (text) => isPublicKey(text, of) };
}

/** Whether its signature holds is not asked. */
function isAccountJwt(text: string): boolean {
  const claims = claimsOf(text);
  return claims !== null && kindOfClaims(claims) === "account";
}

function isLeafVersion(text: string): boolean {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (found === null) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > 2 || (major === 2 && minor >= 8);
}

/** Suites that Go holds insecure: servers from 2.12.0 on want to be told that they are meant. */
export const INSECURE_CIPHERS: RegExp = /^TLS_(ECDHE_(ECDSA|RSA)_WITH_(AES_128_CBC_SHA256|RC4_128_SHA)|ECDHE_RSA_WITH_3DES_EDE_CBC_SHA|RSA_WITH_.*)$/;

const CIPHERS =
  /^TLS_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256|ECDHE_(ECDSA|RSA)_WITH_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305(_SHA256)?|AES_128_CBC_SHA|AES_256_CBC_SHA|AES_128_CBC_SHA256|RC4_128_SHA)|ECDHE_RSA_WITH_3DES_EDE_CBC_SHA|RSA_WITH_(AES_128_CBC_SHA|AES_256_CBC_SHA|AES_128_CBC_SHA256|AES_128_GCM_SHA256|AES_256_GCM_SHA384|RC4_128_SHA|3DES_EDE_CBC_SHA))$/;

const CONNECTIONS = /^(STANDARD|WEBSOCKET|LEAFNODE|LEAFNODE_WS|MQTT|MQTT_WS|IN_PROCESS)$/i;

function seconds(value: string | number): number | null {
  return typeof value === "string" ? secondsOfDuration(value) : null;
}

function isDuration(text: string): boolean {
  return secondsOfDuration(text) !== null;
}

function isLiteral(text: string): boolean {
  return isSubject(text) && !text.split(".").some((token) => token === "*" || token === ">");
}

function isResolver(text: string): boolean {
  if (/mem/i.test(text)) return true;
  const url = /url(?:\(\s*"?([^\s"]*)"?\s*\))?/i.exec(text);
  return url !== null && isGoUrl(url[1] ?? "");
}

function isPercent(text: string, least: number): boolean {
  const found = /^[+-]?\d{1,9}(?=%?$)/.exec(text);
  return found !== null && Number(found[0]) >= least && Number(found[0]) <= 100;
}
