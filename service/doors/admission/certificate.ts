// A certificate and its key, checked before anybody is served with them: a pair that does not fit would take the webhook
// down, and the pair before it usually still holds.

import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** PEM texts: the leaf first, then what leads to its authority. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export interface Checked extends Pair {
  /** Of the pair's texts, to tell whether they changed. */
  readonly digest: string;
  readonly fingerprint: string;
  readonly serial: string;
  /** Milliseconds of the wall clock. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly coversHost: (host: string) => boolean;
}

/** Why a pair cannot be used, or the pair. No text of it is ever part of a sentence. */
export function checkPair(pair: Pair): Checked | { readonly problem: string } {
  if (pair.certificate.trim() === "" || pair.key.trim() === "") return { problem: "the certificate or its key is empty" };
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(pair.certificate);
  } catch {
    return { problem: "the certificate is no PEM that can be read" };
  }
  try {
    if (!leaf.checkPrivateKey(createPrivateKey(pair.key))) return { problem: "the key is not that of the certificate" };
  } catch {
    return { problem: "the key is no PEM that can be read" };
  }
  return {
    ...pair,
    digest: digestOf(pair),
    fingerprint: leaf.fingerprint256,
    serial: leaf.serialNumber,
    notBefore: Date.parse(leaf.validFrom),
    notAfter: Date.parse(leaf.validTo),
    // The API server looks at alternative names alone.
    coversHost: (host) =>
      leaf.subjectAltName !== undefined && (isIP(host) === 0 ? leaf.checkHost(host, { subject: "never" }) : leaf.checkIP(host)) !== undefined,
  };
}

export function digestOf({ certificate, key }: Pair): string {
  return createHash("sha256").update(certificate).update("\0").update(key).digest("hex");
}

/** Why no API server would take the certificate now, or soon not any more; null when it would. */
export function validityProblem({ notBefore, notAfter, coversHost }: Checked, now: number, host: string | null): string | null {
  if (now < notBefore) return `the certificate is not valid before ${new Date(notBefore).toISOString()}: is this machine's clock right?`;
  if (now >= notAfter) return `the certificate expired at ${new Date(notAfter).toISOString()}`;
  if (now >= notAfter - LEAST_LEFT) return `the certificate expires at ${new Date(notAfter).toISOString()}, which is too soon`;
  if (host !== null && !coversHost(host)) return `the certificate has no alternative name ${host}, by which the API server calls`;
  return null;
}

/** A certificate with less time than this is as good as expired: who is to take over has to be ready by then. */
const LEAST_LEFT = 10 * 60_000;
