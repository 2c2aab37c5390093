// The certificates of a server as far as their making is in sight: what cert-manager is asked for, and what stands in a
// Secret already. Only the public part is read.

import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { secondsOfDuration } from "../units.ts";
import { optional } from "./directories.ts";
import { find, type KubernetesObject, ofKind, together } from "./objects.ts";
import { readPem } from "./pem.ts";
import type { PodView } from "./pod-file.ts";
import { placeInPod } from "./pod-file.ts";

/** What a certificate is used for: by a listener of the server, or by the server where it is a client. */
interface Use {
  readonly role: string;
  readonly secret: string;
  readonly entry: string;
}

/** The model's `issued`; `files` are its `certificates`, `peers` the hosts by which servers of this workload call each other. */
export function issued(files: Node, streaming: Node | undefined, config: Node, view: PodView): Node {
  const uses = [...listenersOf(files), ...outgoing(streaming, config, view)];
  const peers = peersOf(config, view);
  const asked = ofKind(view.unit, "Certificate").filter((one) => isCertManagers(one) && together(one, view.workload));
  const made = asked.flatMap((one): Node[] => {
    const secret = text(at(one.node, "spec", "secretName"));
    const own = uses.filter((use) => use.secret === secret);
    return own.length > 0 || isNamedForNats(one, secret) ? [certificate(one, own, peers, view)] : [];
  });
  const names = new Set(asked.map(({ node }) => text(at(node, "spec", "secretName"))));
  const found = new Map(uses.filter(({ secret }) => !names.has(secret)).map((use) => [`${use.secret}/${use.entry}`, use] as const));
  const pems = [...found.values()].flatMap(({ secret, entry }): Node[] => {
    const place = scalar(secret, view.workload.node.origin);
    const object = find(view.unit, view.workload, "Secret", place)?.node;
    const own = uses.filter((use) => use.secret === secret && use.entry === entry);
    const pem = object === undefined ? null : readPem(object, entry);
    return pem === null ? [] : [record("Secret", pem.entries, own, peers, pem.origin.origin)];
  });
  return list([...made, ...pems], view.workload.node.origin);
}

function certificate({ node }: KubernetesObject, own: readonly Use[], peers: readonly string[], view: PodView): Node {
  const spec = at(node, "spec");
  const isCA = at(spec, "isCA");
  const signed = isCA?.kind === "scalar" && isCA.value === true ? scalar(false, node.origin) : issuedByItself(spec, node, view);
  const durations = ["duration", "renewBefore"] as const;
  const misspelled = durations.filter((key) => {
    const written = text(at(spec, key));
    return written !== undefined && !/\$|\{\{/.test(written) && secondsOfDuration(written) === null;
  });
  const entries: [string, Node][] = [
    ...durations.flatMap((key) => optional(key, misspelled.includes(key) ? scalar(null, (at(spec, key) ?? node).origin) : at(spec, key))),
    ...["usages", "dnsNames", "ipAddresses", "commonName", "isCA"].flatMap((key) => optional(key, at(spec, key))),
    ["selfSigned", signed],
    [
      "misspelled",
      list(
        misspelled.map((key) => scalar(key, (at(spec, key) ?? node).origin)),
        node.origin,
      ),
    ],
  ];
  return record("Certificate", entries, own, peers, (spec ?? node).origin);
}

function record(kind: string, entries: readonly (readonly [string, Node])[], own: readonly Use[], peers: readonly string[], origin: Node["origin"]): Node {
  const roles = [...new Set(own.map(({ role }) => role))].sort();
  const whole = map(entries, origin);
  return map(
    [
      ["kind", scalar(kind, origin)],
      [
        "roles",
        list(
          roles.map((role) => scalar(role, origin)),
          origin,
        ),
      ],
      ...entries,
      ["uncovered", roles.includes("cluster") ? uncovered(whole, peers) : list([], origin)],
      ["named", named(whole)],
    ],
    origin,
  );
}

/** Is the issuer one that has a certificate sign itself? Where it is not in sight nobody knows. */
function issuedByItself(spec: Node | undefined, node: MapNode, view: PodView): Node {
  const reference = at(spec, "issuerRef");
  const kind = text(at(reference, "kind")) ?? "Issuer";
  const issuer = find(view.unit, view.workload, kind, at(reference, "name"))?.node;
  const { origin } = reference ?? node;
  if (issuer === undefined) return unknown("the issuer is not in sight", origin);
  const own = at(issuer, "spec");
  return own?.kind === "map" ? scalar(own.entries.has("selfSigned"), origin) : unknown("how the issuer signs is not known", origin);
}

/** The peers that the certificate does not name; unknown with its names. */
function uncovered(certificate: MapNode, peers: readonly string[]): Node {
  const names = [...(texts(certificate, "dnsNames") ?? []), ...(texts(certificate, "ipAddresses") ?? [])];
  const place = certificate.entries.get("dnsNames") ?? certificate;
  if (texts(certificate, "dnsNames") === null || texts(certificate, "ipAddresses") === null) return unknown("its names are not known", place.origin);
  return list(
    peers.filter((peer) => !names.some((name) => covers(name, peer))).map((peer) => scalar(peer, place.origin)),
    place.origin,
  );
}

/** Does it have a name that clients look at: a common name counts for none. */
function named(certificate: MapNode): Node {
  const dns = texts(certificate, "dnsNames");
  const ips = texts(certificate, "ipAddresses");
  const common = certificate.entries.get("commonName");
  if (dns === null || ips === null || common?.kind === "unknown") return unknown("its names are not known", certificate.origin);
  const own = text(common) ?? "";
  const isHost = /^(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(own);
  const isRepeated = !isHost || [...dns, ...ips].some((name) => covers(name, own));
  return scalar(isRepeated && dns.length + ips.length > 0, (common ?? certificate).origin);
}

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  const [wide, narrow] = [name.toLowerCase(), host.toLowerCase()];
  return wide === narrow || (wide.startsWith("*.") && narrow.includes(".") && narrow.slice(narrow.indexOf(".")) === wide.slice(1));
}

/** A list of texts; empty where nothing is written, null where it is not known. */
function texts(certificate: MapNode, key: string): readonly string[] | null {
  const node = certificate.entries.get(key);
  if (isUnset(node)) return [];
  const all = node?.kind === "list" ? node.items.map(text) : [undefined];
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length ? known : null;
}

function listenersOf(files: Node): Use[] {
  return (files.kind === "list" ? files.items : []).flatMap((file): Use[] => {
    const [role, secret, entry] = ["listener", "secret", "entry"].map((key) => text(at(file, key)));
    const isCertificate = text(at(file, "key")) === "cert_file";
    return isCertificate && role !== undefined && secret !== undefined && entry !== undefined ? [{ role, secret, entry }] : [];
  });
}

/** Where the server is a client itself: NATS Streaming of NATS, a leaf node of its hub. */
function outgoing(streaming: Node | undefined, config: Node, view: PodView): Use[] {
  const remotes = at(config, "leafnodes", "remotes") ?? at(config, "leaf", "remotes");
  const files = [at(streaming, "tls", "client_cert"), ...(remotes?.kind === "list" ? remotes.items.map((one) => at(one, "tls", "cert_file")) : [])];
  return files.flatMap((node): Use[] => {
    const path = text(node);
    const place = path?.startsWith("/") === true ? placeInPod(path, view) : undefined;
    const secret = place === undefined || "kind" in place ? undefined : text(at(place.volume, "secret", "secretName"));
    return place === undefined || "kind" in place || secret === undefined ? [] : [{ role: "outgoing", secret, entry: place.key }];
  });
}

/** The hosts of routes that lead to pods of this very workload, which share one certificate. */
function peersOf(config: Node, view: PodView): readonly string[] {
  const routes = at(config, "cluster", "routes");
  const { name } = view.workload;
  if (routes?.kind !== "list" || name === null) return [];
  const hosts = routes.items.flatMap((one) => /^[\w+-]+:\/\/(?:[^@/]*@)?([^:/]+)/.exec(text(one) ?? "")?.[1] ?? []);
  return [...new Set(hosts.filter((host) => host.startsWith(`${name}-`) && /^\d+$/.test(host.slice(name.length + 1).split(".")[0] ?? "")))];
}

function isCertManagers({ node }: KubernetesObject): boolean {
  return /^(?:cert-manager\.io|certmanager\.k8s\.io)\//.test(text(at(node, "apiVersion")) ?? "");
}

function isNamedForNats({ name }: KubernetesObject, secret: string | undefined): boolean {
  return /(?:^|[-_.])(?:nats|stan|jetstream|nack)(?:[-_.]|$)/i.test(name ?? "") || /(?:^|[-_.])(?:nats|stan)(?:[-_.]|$)/i.test(secret ?? "");
}
