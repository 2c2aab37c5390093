// TLS in the nats.conf of the 0.x charts: files below /etc/nats-certs, one folder for each listener and secret.

import { at, type Node, unknown } from "../../../document/node.ts";
import { computed } from "../template.ts";
import { expanded } from "./embedded-template.ts";
import { block, confJoined, json, shown } from "./printed.ts";
import { beside, from, pick, type Scope, withTrue } from "./scope.ts";

/** Where the certificates of a listener are mounted. */
export type CertificateFolder = "clients" | "cluster" | "leafnodes" | "gateways" | "ws" | "mqtt";

/** The `tls` block of a listener: its files and how it verifies. */
export function tlsBlock(scope: Scope, tls: Node, folder: CertificateFolder): Node {
  const node = pick(
    scope,
    "0.8.10",
    () => expanded(scope, tls),
    () => tls,
  ) as Node;
  if (node.kind !== "map") return node;
  return block(beside(scope, tls), {
    ...files(scope, node, folder),
    insecure: shown(at(node, "insecure")),
    verify: shown(at(node, "verify")),
    verify_and_map: shown(at(node, "verifyAndMap")),
    verify_cert_and_check_known_urls: from(scope, "0.17.4", () => shown(at(node, "verifyCertAndCheckKnownUrls"))),
    curve_preferences: shown(at(node, "curvePreferences")),
    timeout: shown(at(node, "timeout")),
    cipher_suites: from(scope, "0.12.1", () => withTrue(at(node, "cipherSuites"), json)),
  });
}

/** A `tls` block of nothing but files, as websockets and remote leaf nodes have it. */
export function tlsFiles(scope: Scope, tls: Node, folder: CertificateFolder): Node {
  if (tls.kind !== "map") return tls.kind === "unknown" ? tls : unknown("something else than a map stands there", tls.origin);
  return block(beside(scope, tls), files(scope, tls, folder));
}

/** The name of the secret with a listener's certificates. */
export function secretName(scope: Scope, tls: Node): Node {
  const name = at(tls, "secret", "name");
  if (name === undefined) return unknown("no secret is named", tls.origin);
  return pick(
    scope,
    "0.8.10",
    () => expanded(scope, name),
    () => name,
  ) as Node;
}

function files(scope: Scope, tls: Node, folder: CertificateFolder): Record<string, Node | undefined> {
  const secret = secretName(scope, tls);
  // For a time the conf named another folder than the mount of the gateways.
  const top =
    folder === "gateways"
      ? pick(
          scope,
          "0.8.7",
          () => folder,
          () =>
            pick(
              scope,
              "0.8.0",
              () => "gateway",
              () => folder,
            ),
        )
      : folder;
  const file = (key: string): Node | undefined =>
    withTrue(at(tls, key), (node) => confJoined("bare", computed(scope.title, node.origin), "/etc/nats-certs/", top, "/", secret, "/", node));
  return { cert_file: file("cert"), key_file: file("key"), ca_file: file("ca") };
}
