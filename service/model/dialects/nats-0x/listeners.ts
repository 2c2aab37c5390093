// The blocks of nats.conf that open a port besides the clients': cluster, leaf nodes, gateway, WebSocket, MQTT.

import { at, list, type Node, unknown } from "../../../document/node.ts";
import { readConf } from "../../../document/conf/read-conf.ts";
import { both, choose, type Decision, either, truth } from "../template.ts";
import { nameOf } from "./names.ts";
import { bare, bareAlways, block, braced, confJoined, goText, inQuotes, json, shown, shownInQuotes, word } from "./printed.ts";
import { beside, each, from, get, is, orUnset, pick, pickDecision, type Scope, when, withTrue } from "./scope.ts";
import { tlsBlock, tlsFiles } from "./transport.ts";

/** Is what a node advertises written by an init container, into a file that the conf includes? */
export function advertisesNode(scope: Scope): Decision {
  return both(is(scope, "nats", "advertise"), is(scope, "nats", "externalAccess"));
}

/** The one key that the included file has. */
export function advertised(scope: Scope, otherwise: () => Node | undefined = () => undefined): Node | undefined {
  const origin = (get(scope, "nats", "externalAccess") ?? scope.values).origin;
  return choose(advertisesNode(scope), () => unknown("a file that the pod brings says it", origin), otherwise);
}

/** The `cluster` block; whether it is written at all is the caller's to know. */
export function clusterBlock(scope: Scope, routes: Node): Node {
  const write = beside(scope, get(scope, "cluster"));
  const { origin } = write(null);
  const name = get(scope, "cluster", "name");
  const named = (): Node | undefined =>
    choose(
      is(scope, "nats", "jetstream", "enabled"),
      () =>
        choose(
          truth(name),
          () => bare(name as Node),
          () => bare(nameOf(scope)),
        ),
      () => shown(name),
    );
  return braced(write, {
    port: word("6222", origin),
    name: pick(scope, "0.8.0", named, () => from(scope, "0.6.0", () => shown(name))),
    tls: withTrue(get(scope, "cluster", "tls"), (tls) => from(scope, "0.3.2", () => tlsBlock(scope, tls, "cluster"))),
    authorization: from(scope, "0.8.2", () => account(scope, get(scope, "cluster", "authorization"))),
    routes,
    cluster_advertise: word("$CLUSTER_ADVERTISE", origin),
    no_advertise: orUnset(
      from(scope, "0.5.6", () => shown(get(scope, "cluster", "noAdvertise"))),
      from(scope, "0.5.6", () => get(scope, "cluster", "noAdvertise")),
    ),
    connect_retries: bareAlways(get(scope, "nats", "connectRetries"), scope.write),
  });
}

/** The `leafnodes` block, undefined while leaf nodes are off. */
export function leafnodesBlock(scope: Scope): Node | undefined {
  const leafnodes = get(scope, "leafnodes");
  const enabled = is(scope, "leafnodes", "enabled");
  const present = pickDecision(
    scope,
    "0.6.2",
    () => either(enabled, is(scope, "leafnodes", "remotes")),
    () =>
      pickDecision(
        scope,
        "0.6.0",
        () => truth(leafnodes),
        () => enabled,
      ),
  );
  const write = beside(scope, leafnodes);
  return when(scope, present, () =>
    block(write, {
      listen: when(scope, enabled, () =>
        confJoined(
          "quoted",
          write,
          "0.0.0.0:",
          pick(
            scope,
            "0.15.0",
            () => get(scope, "leafnodes", "port"),
            () => "7422",
          ),
        ),
      ),
      advertise: advertised(scope),
      no_advertise: orUnset(
        from(scope, "0.5.6", () => shown(get(scope, "leafnodes", "noAdvertise"))),
        from(scope, "0.5.6", () => get(scope, "leafnodes", "noAdvertise")),
      ),
      authorization: from(scope, "0.8.6", () => leafAuthorization(scope)),
      tls: from(scope, "0.3.2", () => withTrue(get(scope, "leafnodes", "tls"), (tls) => tlsOrCustom(scope, tls, () => tlsBlock(scope, tls, "leafnodes")))),
      remotes: from(scope, "0.3.0", () => remotes(scope)),
    }),
  );
}

function leafAuthorization(scope: Scope): Node | undefined {
  return withTrue(get(scope, "leafnodes", "authorization"), (node) =>
    block(beside(scope, node), {
      user: shown(at(node, "user")),
      password: shown(at(node, "password")),
      account: shownInQuotes(at(node, "account")),
      timeout: shown(at(node, "timeout")),
      users: withTrue(at(node, "users"), json),
    }),
  );
}

function remotes(scope: Scope): Node {
  const node = get(scope, "leafnodes", "remotes");
  if (node?.kind === "unknown") return node;
  const write = beside(scope, node ?? get(scope, "leafnodes"));
  return list(each(node, (remote) => [oneRemote(scope, remote)]) as Node[], write(null).origin);
}

function oneRemote(scope: Scope, remote: Node): Node {
  const write = beside(scope, remote);
  const url = at(remote, "url");
  return block(write, {
    url: pick(
      scope,
      "0.8.6",
      () => shownInQuotes(url),
      () => shown(url),
    ),
    urls: from(scope, "0.8.6", () => withTrue(at(remote, "urls"), json)),
    account: from(scope, "0.8.6", () => shownInQuotes(at(remote, "account"))),
    credentials: withTrue(at(remote, "credentials"), (node) =>
      confJoined("quoted", beside(scope, node), "/etc/nats-creds/", at(node, "secret", "name"), "/", at(node, "secret", "key")),
    ),
    tls: from(scope, "0.8.2", () => withTrue(at(remote, "tls"), (tls) => tlsOrCustom(scope, tls, () => tlsFiles(scope, tls, "leafnodes")))),
  });
}

/** Leaf nodes may bring the inside of their `tls` block as a text. */
function tlsOrCustom(scope: Scope, tls: Node, otherwise: () => Node): Node | undefined {
  const custom = from(scope, "0.11.0", () => at(tls, "custom"));
  return choose(
    truth(custom),
    () => {
      if (custom?.kind !== "scalar") return custom;
      const { errors, root } = readConf(String(custom.value), { path: custom.origin.path, origin: () => custom.origin });
      return errors.length > 0 ? unknown("the text cannot be read", custom.origin) : root;
    },
    otherwise,
  );
}

/** The `gateway` block, undefined while there is none. */
export function gatewayBlock(scope: Scope): Node | undefined {
  const gateway = get(scope, "gateway");
  const write = beside(scope, gateway);
  return when(scope, both(scope.since("0.3.0"), is(scope, "gateway", "enabled")), () =>
    block(write, {
      name: bareAlways(at(gateway, "name"), scope.write),
      port: pick(
        scope,
        "0.15.0",
        () => bareAlways(at(gateway, "port"), scope.write),
        () => word("7522", write(null).origin),
      ),
      advertise: advertised(scope, () => from(scope, "0.8.9", () => shown(at(gateway, "advertise")))),
      reject_unknown_cluster: from(scope, "0.12.0", () => shown(at(gateway, "rejectUnknownCluster"))),
      authorization: from(scope, "0.8.10", () => account(scope, at(gateway, "authorization"))),
      connect_retries: from(scope, "0.19.12", () => shown(at(gateway, "connectRetries"))),
      tls: from(scope, "0.3.2", () => withTrue(at(gateway, "tls"), (tls) => tlsBlock(scope, tls, "gateways"))),
      gateways: gateways(scope, at(gateway, "gateways")),
    }),
  );
}

function gateways(scope: Scope, node: Node | undefined): Node {
  if (node?.kind === "unknown") return node;
  const write = beside(scope, node ?? get(scope, "gateway"));
  const one = (item: Node): Node =>
    block(beside(scope, item), {
      name: shown(at(item, "name")),
      url: shownInQuotes(at(item, "url")),
      urls: withTrue(at(item, "urls"), (urls) =>
        pick(
          scope,
          "0.3.8",
          () => wordList(urls),
          () => inQuotes(urls),
        ),
      ),
    });
  return list(each(node, (item) => [one(item)]) as Node[], write(null).origin);
}

/** A list whose members stand bare, with commas between. */
function wordList(node: Node): Node {
  if (node.kind === "list") return { ...node, items: node.items.map(bare) };
  const text = goText(node);
  return typeof text === "string" ? list([word(text, node.origin)], node.origin) : text;
}

/** The `websocket` block; it was called `ws` before 0.8.0. */
export function websocketBlock(scope: Scope): Node | undefined {
  const websocket = get(scope, "websocket");
  const tls = at(websocket, "tls");
  return when(scope, both(scope.since("0.7.0"), is(scope, "websocket", "enabled")), () =>
    braced(beside(scope, websocket), {
      port: bareAlways(at(websocket, "port"), scope.write),
      tls: withTrue(tls, (node) => tlsFiles(scope, node, "ws")),
      no_tls: from(scope, "0.8.0", () =>
        choose(
          truth(tls),
          () => undefined,
          () => bareAlways(at(websocket, "noTLS"), scope.write),
        ),
      ),
      same_origin: from(scope, "0.8.9", () => bareAlways(at(websocket, "sameOrigin"), scope.write)),
      allowed_origins: from(scope, "0.8.9", () => withTrue(at(websocket, "allowedOrigins"), json)),
      advertise: from(scope, "0.13.2", () => shown(at(websocket, "advertise"))),
      handshake_timeout: from(scope, "0.16.0", () => shownInQuotes(at(websocket, "handshakeTimeout"))),
    }),
  );
}

/** The `mqtt` block, undefined while there is none. */
export function mqttBlock(scope: Scope): Node | undefined {
  const mqtt = get(scope, "mqtt");
  const write = beside(scope, mqtt);
  return when(scope, both(scope.since("0.8.2"), is(scope, "mqtt", "enabled")), () =>
    braced(write, {
      port: word("1883", write(null).origin),
      tls: withTrue(at(mqtt, "tls"), (tls) => tlsBlock(scope, tls, "mqtt")),
      no_auth_user: shownInQuotes(at(mqtt, "noAuthUser")),
      ack_wait: withTrue(at(mqtt, "ackWait"), inQuotes),
      max_ack_pending: bareAlways(at(mqtt, "maxAckPending"), scope.write),
    }),
  );
}

/** `authorization` of routes and gateways: one user. */
function account(scope: Scope, node: Node | undefined): Node | undefined {
  return withTrue(node, (one) =>
    block(beside(scope, one), { user: shown(at(one, "user")), password: shown(at(one, "password")), timeout: shown(at(one, "timeout")) }),
  );
}
