// A certificate in a Secret: what its public part says, in the words that cert-manager has for it.

import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { at, list, type MapNode, type Node, scalar, text } from "../../document/node.ts";

/** Entries of the certificate at a key of a Secret, at the place of the key; null where no certificate can be read there. */
export function readPem(secret: MapNode, key: string): { readonly entries: readonly (readonly [string, Node])[]; readonly origin: Node } | null {
  const plain = at(secret, "stringData", key);
  const place = plain ?? at(secret, "data", key);
  const written = text(place);
  if (place === undefined || written === undefined) return null;
  const read = parsed(plain === undefined ? Buffer.from(written, "base64").toString("utf8") : written);
  if (read === null) return null;
  const { origin } = place;
  const names = (read.subjectAltName ?? "").split(", ");
  const named = (kind: string): Node =>
    list(
      names.filter((one) => one.startsWith(kind)).map((one) => scalar(one.slice(kind.length), origin)),
      origin,
    );
  const usages = read.keyUsage?.flatMap((oid) => USAGES[oid] ?? ["other"]);
  const common = /(?:^|\n)CN=(.*)/.exec(read.subject)?.[1];
  const entries: (readonly [string, Node])[] = [
    ["duration", scalar((Date.parse(read.validTo) - Date.parse(read.validFrom)) / 1000, origin)],
    ...(usages === undefined
      ? []
      : [
          [
            "usages",
            list(
              usages.map((one) => scalar(one, origin)),
              origin,
            ),
          ] as const,
        ]),
    ["dnsNames", named("DNS:")],
    ["ipAddresses", named("IP Address:")],
    ...(common === undefined ? [] : [["commonName", scalar(common, origin)] as const]),
    ["isCA", scalar(read.ca, origin)],
    ["selfSigned", scalar(read.issuer === read.subject, origin)],
    ["misspelled", list([], origin)],
  ];
  return { entries, origin: place };
}

const USAGES: Readonly<Record<string, readonly string[]>> = {
  "1.3.6.1.5.5.7.3.1": ["server auth"],
  "1.3.6.1.5.5.7.3.2": ["client auth"],
  "2.5.29.37.0": ["any"],
};

/** A chain begins with the certificate that counts. */
function parsed(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}
