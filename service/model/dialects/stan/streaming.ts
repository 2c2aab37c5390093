// The stan.conf of the stan chart: the `streaming` block, and from 0.6.0 on the configuration of a NATS server inside.

import { at, type MapNode, type Node, type Origin, scalar, unknown } from "../../../document/node.ts";
import { compareParts, readVersion } from "../../versions.ts";
import { serverConfiguration } from "../nats-0x/configuration.ts";
import { advertisesNode, clusterBlock } from "../nats-0x/listeners.ts";
import { ownNamespace } from "../nats-0x/names.ts";
import { bareAlways, block, confJoined, escapedJson, goText, phrase, shown, word } from "../nats-0x/printed.ts";
import { peerRoutes } from "../nats-0x/routes.ts";
import { beside, from, get, is, isText, pick, type Scope, when, withTrue } from "../nats-0x/scope.ts";
import { both, choose, computed, either, not, truth } from "../template.ts";
import { storeLimits } from "./limits.ts";
import { clusterPeers, nameOf } from "./names.ts";

/** The whole stan.conf. */
export function configuration(scope: Scope): MapNode {
  const { write } = scope;
  const embedded = scope.since("0.6.0");
  const server = embedded === false ? undefined : embeddedServer(scope);
  const entries: [string, Node | undefined][] = [
    ["http", word("8222", write(null).origin)],
    ["streaming", streamingBlock(scope)],
    // 0.2.0 left the limits outside, where no server looks.
    [
      "store_limits",
      pick(
        scope,
        "0.2.2",
        () => undefined,
        () => withTrue(get(scope, "store", "limits"), escapedJson),
      ),
    ],
    ...[...(server?.entries ?? [])].map(([key, node]): [string, Node | undefined] => [
      key,
      choose(
        embedded,
        () => node,
        () => (key === "http" ? node : undefined),
      ),
    ]),
  ];
  return block(write, Object.fromEntries(entries), server?.incomplete);
}

function streamingBlock(scope: Scope): Node {
  const { write } = scope;
  const { origin } = write(null);
  const logs = (key: string): Node | undefined =>
    from(scope, "0.5.6", () =>
      when(scope, is(scope, "stan", "logging", key), () =>
        word("true", computed(scope.title, get(scope, "stan", "logging", key)?.origin ?? origin)(null).origin),
      ),
    );
  const clusterId = get(scope, "stan", "clusterID");
  const override = get(scope, "nameOverride");
  return block(write, {
    ns: natsUrl(scope),
    id: choose(
      truth(clusterId),
      () => bareAlways(clusterId, write),
      () => confJoined("bare", override === undefined ? write : computed(scope.title, override.origin), nameOf(scope)),
    ),
    sd: logs("debug"),
    sv: logs("trace"),
    credentials: from(scope, "0.5.2", () =>
      withTrue(get(scope, "stan", "credentials"), (node) => confJoined("quoted", beside(scope, node), "/etc/stan-creds/", at(node, "secret", "key"))),
    ),
    ...login(scope),
    tls: from(scope, "0.5.0", () =>
      when(scope, both(is(scope, "stan", "tls", "enabled"), is(scope, "stan", "tls", "secretName")), () => jsonOf(get(scope, "stan", "tls", "settings"))),
    ),
    ft_group_name: shown(get(scope, "store", "ft", "group")),
    ...store(scope),
    cluster: when(scope, is(scope, "store", "cluster", "enabled"), () =>
      block(beside(scope, get(scope, "store", "cluster")), {
        node_id: word("$POD_NAME", origin),
        log_path: shown(get(scope, "store", "cluster", "logPath")),
        peers: clusterPeers(scope),
      }),
    ),
    partitioning: from(scope, "0.6.2", () => withTrue(get(scope, "store", "partitioning"), (node) => bareAlways(at(node, "enabled"), write))),
    store_limits: from(scope, "0.2.2", () => withTrue(get(scope, "store", "limits"), (node) => storeLimits(scope, node))),
  });
}

/** Without a URL STAN starts a NATS server of its own; 0.4.0 to 0.5.6 wrote the key all the same. */
function natsUrl(scope: Scope): Node | undefined {
  const url = get(scope, "stan", "nats", "url");
  const role = both(scope.since("0.4.0"), is(scope, "stan", "nats", "serviceRoleAuth", "enabled"));
  const plainUrl = (): Node | undefined =>
    pick(
      scope,
      "0.6.0",
      () => shown(url),
      () =>
        pick(
          scope,
          "0.4.0",
          () => bareAlways(url, scope.write),
          () => shown(url),
        ),
    );
  return choose(role, () => word("$NATS_URL", beside(scope, get(scope, "stan", "nats", "serviceRoleAuth"))(null).origin), plainUrl);
}

/** How STAN logs in to NATS. All of it stands bare, so a password of digits is a number. */
function login(scope: Scope): Record<string, Node | undefined> {
  const auth = get(scope, "stan", "auth");
  const on = both(scope.since("0.7.5"), truth(at(auth, "enabled")));
  const paired = both(on, both(truth(at(auth, "username")), truth(at(auth, "password"))));
  const seed = at(auth, "nkeySeedFile");
  return {
    username: when(scope, paired, () => shown(at(auth, "username"))),
    password: when(scope, paired, () => shown(at(auth, "password"))),
    token: when(scope, on, () => shown(at(auth, "token"))),
    nkey_seed_file: when(scope, both(on, truth(seed)), () => phrase("/etc/nkey-seed-file", beside(scope, seed)(null).origin)),
  };
}

/** Every other word than sql and memory is a file store. */
function store(scope: Scope): Record<string, Node | undefined> {
  const { write } = scope;
  const type = get(scope, "store", "type");
  const origin = type === undefined || type.origin.via?.some((one) => one.kind === "chart default") === true ? write(null).origin : type.origin;
  const sql = get(scope, "store", "sql");
  const isSql = isText(type, "sql");
  const isFile = not(either(isSql, isText(type, "memory")));
  const source = at(sql, "source");
  const kind = (name: string) => (): Node => phrase(name, isText(type, name) === true ? origin : computed(scope.title, origin)(null).origin);
  return {
    store: choose(isSql, kind("sql"), () => choose(isFile, kind("file"), kind("memory"))),
    sql_options: when(scope, isSql, () =>
      block(beside(scope, sql), { driver: bareAlways(at(sql, "driver"), write), source: inApostrophes(source, write(null)) }),
    ),
    dir: when(scope, isFile, () => bareAlways(get(scope, "store", "file", "path"), write)),
    file_options: from(scope, "0.5.2", () => when(scope, isFile, () => withTrue(get(scope, "store", "file", "options"), escapedJson))),
  };
}

function inApostrophes(node: Node | undefined, beside: Node): Node {
  const text = goText(node);
  if (typeof text !== "string") return text;
  const { origin } = node ?? beside;
  if (text.includes("'")) return unknown("the text breaks out of its quotes", origin);
  return scalar(text, origin, { text, style: "single", conf: "quoted" });
}

/** The copy of the nats chart's configuration is that of 0.6.0, later of 0.6.2, and was never brought up to date. */
function embeddedServer(scope: Scope): MapNode {
  const copied: Scope = {
    ...scope,
    since: (version) => {
      const parts = readVersion(version)?.parts ?? [];
      if (compareParts(parts, [0, 6, 0]) <= 0) return true;
      return compareParts(parts, [0, 6, 2]) <= 0 ? scope.since("0.6.2") : false;
    },
  };
  const clustered = both(
    not(is(scope, "stan", "nats", "url")),
    both(is(scope, "cluster", "enabled"), either(is(scope, "store", "cluster", "enabled"), is(scope, "store", "ft", "group"))),
  );
  const pidFile = pick(
    scope,
    "0.6.2",
    () => "/var/run/stan/stan.pid",
    () => "/var/run/nats/nats.pid",
  );
  const server = serverConfiguration(copied, { pidFile: "", cluster: when(scope, clustered, () => clusterBlock(copied, routes(scope))) });
  const included = advertisesNode(copied);
  // What the values leave unset the files that are included may set.
  const isSet = ([, node]: readonly [string, Node]): boolean => included === false || node.kind !== "scalar" || node.value !== null;
  const { origin } = get(scope, "nats", "externalAccess") ?? scope.values;
  const open = (node: Node): Node => {
    if (node.kind !== "map" || included === false) return node;
    const inner = [...node.entries].filter(isSet);
    if (included !== true) return { ...node, entries: new Map(inner), incomplete: included.because };
    return { ...node, entries: new Map(inner.map((entry) => (entry[0] === "advertise" ? including("advertise/gateway_advertise.conf", origin) : entry))) };
  };
  const entries = [...server.entries].filter(isSet).map(([key, node]): readonly [string, Node] => {
    if (key === "client_advertise" && included === true) return including("advertise/client_advertise.conf", origin);
    return [key, key === "leafnodes" || key === "gateway" ? open(node) : node];
  });
  const ownPidFile = pidFile?.kind === "scalar" ? phrase(String(pidFile.value), scope.write(null).origin) : (pidFile as Node);
  const made: MapNode = { ...server, entries: new Map([...entries, ["pid_file", ownPidFile]]) };
  return typeof included === "boolean" ? made : { ...made, incomplete: included.because };
}

/** A file that the embedded configuration includes, though no container of this chart writes it. */
function including(file: string, origin: Origin): readonly [string, Node] {
  return ["$include", scalar(file, origin, { text: `"${file}"`, style: "double", conf: "include" })];
}

function routes(scope: Scope): Node {
  const { write } = scope;
  const name = nameOf(scope);
  const namespace = ownNamespace(scope);
  return peerRoutes(
    scope,
    get(scope, "stan", "replicas"),
    { set: name, service: name, namespace, credentials: undefined, domain: write(".svc") },
    beside(scope, get(scope, "cluster")),
  );
}

function jsonOf(node: Node | undefined): Node | undefined {
  return node === undefined ? undefined : escapedJson(node);
}
