// Certificates that natslint makes itself, and the order in which they are replaced: no client ever meets a certificate
// whose authority it was not told of before. Pure but for the making; the clock is given.

import { X509Certificate } from "node:crypto";
import type { Signed } from "./authority.ts";

export interface Rotation {
  /** What is served. */
  readonly leaf: Signed;
  /** What signed it. */
  readonly authority: Signed;
  /** The authority to come. `announced`: since when clients are known to have heard of it; null: not yet. */
  readonly next: { readonly authority: Signed; readonly announced: number | null } | null;
  /** Authorities whose last certificate is still good until then. */
  readonly former: readonly { readonly certificate: string; readonly until: number }[];
}

/** How to make certificates; `now` in milliseconds. */
export interface Maker {
  readonly makeAuthority: (now: number, days: number) => Promise<Signed>;
  readonly makeLeaf: (authority: Signed, names: readonly string[], now: number, days: number) => Promise<Signed>;
}

export interface Situation {
  readonly now: number;
  readonly names: readonly string[];
  /** Does each webhook in the cluster have all authorities of `bundleOf` this state? */
  readonly isObserved: boolean;
}

const AUTHORITY_DAYS = 5 * 365;
const LEAF_DAYS = 90;
/** API servers take a changed configuration over within seconds. */
const PROPAGATION = 60_000;

/** The state after this one; the same object where nothing is to be done. */
export async function rotate(state: Rotation | null, { now, names, isObserved }: Situation, { makeAuthority, makeLeaf }: Maker): Promise<Rotation> {
  if (state === null || expiry(state.authority) <= now) {
    const authority = await makeAuthority(now, AUTHORITY_DAYS);
    return { authority, leaf: await makeLeaf(authority, names, now, LEAF_DAYS), next: null, former: [] };
  }
  const { authority, leaf, next, former } = state;
  const lasting = former.filter(({ until }) => until > now);
  if (lasting.length < former.length) return { ...state, former: lasting };
  if (next === null) {
    if (isDue(authority, now)) return { ...state, next: { authority: await makeAuthority(now, AUTHORITY_DAYS), announced: null } };
    if (isDue(leaf, now) || !covers(leaf, names)) return { ...state, leaf: await makeLeaf(authority, names, now, LEAF_DAYS) };
    return state;
  }
  if (next.announced === null) return isObserved ? { ...state, next: { ...next, announced: now } } : renewed(state);
  // A clock that was set back starts the wait again.
  if (now < next.announced) return { ...state, next: { ...next, announced: now } };
  if (now - next.announced < PROPAGATION) return renewed(state);
  return {
    authority: next.authority,
    leaf: await makeLeaf(next.authority, names, now, LEAF_DAYS),
    next: null,
    former: [...former, { certificate: authority.certificate, until: expiry(leaf) }],
  };

  /** While the next authority is announced, the present one still signs what runs out. */
  async function renewed(waiting: Rotation): Promise<Rotation> {
    return isDue(leaf, now) || !covers(leaf, names) ? { ...waiting, leaf: await makeLeaf(authority, names, now, LEAF_DAYS) } : waiting;
  }
}

/** All authorities that clients have to trust now. */
export function bundleOf({ authority, next, former }: Rotation): string {
  return [...former.map(({ certificate }) => certificate), authority.certificate, ...(next === null ? [] : [next.authority.certificate])].join("");
}

/** The state as texts of a Secret. */
export function toTexts({ authority, leaf, next, former }: Rotation): Record<string, string> {
  const coming = next === null ? {} : { "next-ca.crt": next.authority.certificate, "next-ca.key": next.authority.key };
  const announced = next?.announced == null ? {} : { "next-announced": String(next.announced) };
  const before = former.length === 0 ? {} : { former: JSON.stringify(former) };
  return { "tls.crt": leaf.certificate, "tls.key": leaf.key, "ca.crt": authority.certificate, "ca.key": authority.key, ...coming, ...announced, ...before };
}

/** Null for a Secret that holds none yet, or nothing that can be used. */
export function fromTexts(texts: Readonly<Record<string, string>>): Rotation | null {
  const leaf = signed(texts["tls.crt"], texts["tls.key"]);
  const authority = signed(texts["ca.crt"], texts["ca.key"]);
  const coming = signed(texts["next-ca.crt"], texts["next-ca.key"]);
  if (leaf === null || authority === null || !issued(authority, leaf)) return null;
  const announced = /^\d{1,15}$/.test(texts["next-announced"] ?? "") ? Number(texts["next-announced"]) : null;
  return { leaf, authority, next: coming === null ? null : { authority: coming, announced }, former: formerOf(texts["former"]) };
}

function formerOf(text: string | undefined): Rotation["former"] {
  try {
    const read: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(read) ? read.filter((one) => typeof one?.certificate === "string" && typeof one?.until === "number") : [];
  } catch {
    return [];
  }
}

function signed(certificate: string | undefined, key: string | undefined): Signed | null {
  if (certificate === undefined || key === undefined || key === "") return null;
  try {
    new X509Certificate(certificate);
    return { certificate, key };
  } catch {
    return null;
  }
}

function issued(authority: Signed, leaf: Signed): boolean {
  return new X509Certificate(leaf.certificate).verify(new X509Certificate(authority.certificate).publicKey);
}

function expiry({ certificate }: Signed): number {
  return Date.parse(new X509Certificate(certificate).validTo);
}

/** Two thirds of its life are over. */
function isDue(one: Signed, now: number): boolean {
  const from = Date.parse(new X509Certificate(one.certificate).validFrom);
  return now >= from + ((expiry(one) - from) * 2) / 3;
}

function covers({ certificate }: Signed, names: readonly string[]): boolean {
  const leaf = new X509Certificate(certificate);
  return names.every((name) => leaf.checkHost(name, { subject: "never" }) !== undefined);
}
