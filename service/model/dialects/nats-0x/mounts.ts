// The volumes of the server's pods and where they are mounted, by the 0.x nats chart.

import { at, type Node } from "../../../document/node.ts";
import { both, choose, computed, type Decision, either, joined, not, truth, type Written } from "../template.ts";
import { named } from "./names.ts";
import { plain } from "./printed.ts";
import { beside, each, from, get, is, isText, pickDecision, type Scope, some, spliced, union, withTrue } from "./scope.ts";
import { advertisesNode } from "./listeners.ts";
import { type CertificateFolder, secretName } from "./transport.ts";

/** The members of the pod's `volumes`. */
export function volumes(scope: Scope): readonly Written[] {
  const custom = from(scope, "0.8.9", () => get(scope, "nats", "customConfigSecret"));
  const resolver = get(scope, "auth", "resolver");
  return [
    {
      name: "config-volume",
      secret: withTrue(custom, (node) => beside(scope, node)({ secretName: printed(scope, at(node, "name")) })),
      configMap: choose(
        truth(custom),
        () => undefined,
        () => scope.write({ name: named(scope, "-config") }),
      ),
    },
    ...spliced(from(scope, "0.11.0", () => get(scope, "nats", "config"))),
    emptyOr(scope, "pid", "pidVolume"),
    ...some(resolverMounts(scope).accountsVolume, () => [{ name: "resolver-volume", configMap: { name: printed(scope, at(resolver, "configMap", "name")) } }]),
    ...some(resolverMounts(scope).operator, () => [
      { name: "operator-jwt-volume", configMap: { name: printed(scope, get(scope, "auth", "operatorjwt", "configMap", "name")) } },
    ]),
    ...some(advertisesNode(scope), () => [emptyOr(scope, "advertiseconfig", "advertiseconfigVolume")]),
    ...some(both(claimsFile(scope), truth(existingClaim(scope))), () => [
      { name: claimName(scope), persistentVolumeClaim: { claimName: existingClaim(scope) } },
    ]),
    ...certificates(scope, "volume").map(([name, secret]) => (secret === undefined ? name : { name, secret: { secretName: secret } })),
    ...leafSecrets(scope, (secret) => [{ name: joined(scope.write, secret, "-volume"), secret: { secretName: secret } }]),
    ...spliced(from(scope, "0.11.0", () => get(scope, "additionalVolumes"))),
  ];
}

/** The members of `volumeMounts` of the server's container. */
export function mounts(scope: Scope): readonly Written[] {
  const { accounts, operator, store } = resolverMounts(scope);
  const directory = get(scope, "nats", "jetstream", "fileStorage", "storageDirectory");
  // 0.3.0 and 0.3.2 mounted what follows the operator only while `auth` was on.
  const later = pickDecision(
    scope,
    "0.3.4",
    () => true,
    () => is(scope, "auth", "enabled"),
  );
  return [
    { name: "config-volume", mountPath: "/etc/nats-config" },
    { name: "pid", mountPath: "/var/run/nats" },
    ...some(advertisesNode(scope), () => [advertiseMount]),
    ...configMounts(scope, "0.11.0"),
    ...some(accounts, () => [{ name: "resolver-volume", mountPath: "/etc/nats-config/accounts" }]),
    ...some(store, () => [{ name: "nats-jwt-pvc", mountPath: get(scope, "auth", "resolver", "store", "dir") }]),
    ...some(operator, () => [{ name: "operator-jwt-volume", mountPath: "/etc/nats-config/operator" }]),
    ...some(claimsFile(scope), () => [{ name: claimName(scope), mountPath: printed(scope, directory) }]),
    ...some(later, () => [
      ...certificateMounts(scope),
      ...leafSecrets(scope, (secret, folder) => [{ name: joined(scope.write, secret, "-volume"), mountPath: joined(scope.write, folder, secret) }]),
    ]),
    ...additionalMounts(scope),
  ];
}

/** Where the init container leaves what the server advertises. */
export const advertiseMount = { mountPath: "/etc/nats-config/advertise", name: "advertiseconfig", subPath: "advertise" } as const;

/** The certificates of all listeners as the server and, later, the reloader see them. */
export function certificateMounts(scope: Scope): readonly Written[] {
  return certificates(scope, "mount").map(([name, secret, folder]) =>
    secret === undefined ? name : { name, mountPath: joined(computed(scope.title, secret.origin), `/etc/nats-certs/${folder}/`, secret) },
  );
}

/** The user's own configuration files. */
export function configMounts(scope: Scope, since: string): readonly Written[] {
  return each(
    from(scope, since, () => get(scope, "nats", "config")),
    (item) => {
      const name = at(item, "name");
      return [{ name, mountPath: joined(scope.write, "/etc/nats-config/", name) }];
    },
  );
}

export function additionalMounts(scope: Scope): readonly Written[] {
  return spliced(from(scope, "0.11.0", () => get(scope, "additionalVolumeMounts")));
}

/** Has JetStream a claim for its files? Before 0.15.1 it had one also while JetStream was off. */
export function claimsFile(scope: Scope): Decision {
  const onFile = is(scope, "nats", "jetstream", "fileStorage", "enabled");
  return both(
    scope.since("0.7.0"),
    pickDecision(
      scope,
      "0.15.1",
      () => both(is(scope, "nats", "jetstream", "enabled"), onFile),
      () => onFile,
    ),
  );
}

export function existingClaim(scope: Scope): Node | undefined {
  return get(scope, "nats", "jetstream", "fileStorage", "existingClaim");
}

/** The volume of JetStream's files, whether it is an existing claim or a template. */
export function claimName(scope: Scope): Node {
  return named(scope, "-js-pvc");
}

interface ResolverMounts {
  readonly accounts: Decision;
  readonly accountsVolume: Decision;
  readonly operator: Decision;
  readonly store: Decision;
}

function resolverMounts(scope: Scope): ResolverMounts {
  const resolver = get(scope, "auth", "resolver");
  const on = both(scope.since("0.3.0"), is(scope, "auth", "enabled"));
  const present = pickDecision(
    scope,
    "0.6.0",
    () => both(on, truth(resolver)),
    () => on,
  );
  const type = at(resolver, "type");
  const configMap = truth(at(resolver, "configMap"));
  const isMemory = both(present, isText(type, "memory"));
  const isFull = both(both(present, scope.since("0.7.0")), isText(type, "full"));
  return {
    accounts: either(isMemory, both(isFull, configMap)),
    accountsVolume: pickDecision(
      scope,
      "0.7.0",
      () => both(present, configMap),
      () => isMemory,
    ),
    operator: both(present, isText(type, "URL")),
    store: both(isFull, truth(at(resolver, "store"))),
  };
}

type Certificate = readonly [name: Node, secret?: Node, folder?: CertificateFolder];

/** One volume for each listener with TLS. Custom TLS of leaf nodes has none, that of the cluster has no mount. */
function certificates(scope: Scope, side: "volume" | "mount"): readonly Certificate[] {
  const listeners: readonly (readonly [string, CertificateFolder, string])[] = [
    ["nats", "clients", "0.3.2"],
    ["mqtt", "mqtt", "0.8.2"],
    ["cluster", "cluster", "0.3.2"],
    ["leafnodes", "leafnodes", "0.3.2"],
    ["gateway", "gateways", "0.3.2"],
    ["websocket", "ws", "0.7.0"],
  ];
  return listeners.flatMap(([listener, folder, since]): readonly Certificate[] => {
    const tls = get(scope, listener, "tls");
    const skips = listener === "leafnodes" || (listener === "cluster" && side === "mount");
    const custom = skips ? both(scope.since("0.11.0"), truth(at(tls, "custom"))) : false;
    const is = both(scope.since(since), both(truth(tls), not(custom)));
    if (typeof is !== "boolean") return [[is]];
    if (!is || tls === undefined) return [];
    const secret = secretName(scope, tls);
    return [[joined(computed(scope.title, secret.origin), secret, `-${folder}-volume`), secret, folder]];
  });
}

/** Credentials and certificates of remote leaf nodes. */
function leafSecrets(scope: Scope, content: (secret: Node | undefined, folder: string) => readonly Written[]): readonly Written[] {
  const on = both(scope.since("0.3.0"), is(scope, "leafnodes", "enabled"));
  return some(on, () =>
    each(get(scope, "leafnodes", "remotes"), (remote) => [
      ...some(truth(at(remote, "credentials")), () => content(at(remote, "credentials", "secret", "name"), "/etc/nats-creds/")),
      ...some(both(scope.since("0.9.2"), truth(at(remote, "tls"))), () => content(at(remote, "tls", "secret", "name"), "/etc/nats-certs/leafnodes/")),
    ]),
  );
}

/** A volume that is an emptyDir unless the values say what it is. */
function emptyOr(scope: Scope, name: string, key: string): Node {
  const { write } = scope;
  const own = get(scope, key);
  const standard = (): Node => write({ name, emptyDir: {} });
  return choose(scope.since("0.19.11"), () => union(write, write({ name }), own), standard) as Node;
}

function printed(scope: Scope, node: Node | undefined): Node {
  return plain(scope.title, node, scope.write);
}
