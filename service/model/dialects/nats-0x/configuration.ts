// The nats.conf that the 0.x nats chart writes as text, as a tree. The stan chart embeds a copy of an early state of it.
// Later blocks of the same name win, as for the server.

import { at, type MapNode, type Node } from "../../../document/node.ts";
import { both, choose, truth } from "../template.ts";
import { authorization } from "./authorization.ts";
import { jetstreamBlock } from "./jetstream.ts";
import { advertised, clusterBlock, gatewayBlock, leafnodesBlock, mqttBlock, websocketBlock } from "./listeners.ts";
import { bareAlways, block, inRawQuotes, json, phrase, shown, shownInQuotes, word } from "./printed.ts";
import { clusterRoutes } from "./routes.ts";
import { each, from, get, is, pick, type Scope, when, withTrue } from "./scope.ts";
import { tlsBlock } from "./transport.ts";

/** The configuration of a server of the nats chart. */
export function configuration(scope: Scope): MapNode {
  const { write } = scope;
  const { origin } = write(null);
  const shared = serverConfiguration(scope, {
    pidFile: "/var/run/nats/nats.pid",
    cluster: when(scope, is(scope, "cluster", "enabled"), () => clusterBlock(scope, clusterRoutes(scope))),
  });
  const prefixed = both(scope.since("0.9.2"), is(scope, "nats", "serverNamePrefix"));
  const entries = {
    port: from(scope, "0.11.2", () => bareAlways(get(scope, "nats", "client", "port"), scope.write)),
    server_name: choose(
      prefixed,
      () => word("$SERVER_NAME", origin),
      () => word("$POD_NAME", origin),
    ),
    server_tags: from(scope, "0.17.0", () => tags(scope)),
    jetstream: jetstreamBlock(scope),
    mappings: from(scope, "0.19.10", () => withTrue(get(scope, "nats", "mappings"), json)),
    mqtt: mqttBlock(scope),
  };
  return block(write, { ...Object.fromEntries(shared.entries), ...entries }, imports(scope) ?? shared.incomplete);
}

/** What the nats chart and the server inside the stan chart have in common. */
export function serverConfiguration(scope: Scope, own: { readonly pidFile: string; readonly cluster: Node | undefined }): MapNode {
  const { write } = scope;
  const { origin } = write(null);
  const tls = get(scope, "nats", "tls");
  const auth = authorization(scope);
  return block(
    write,
    {
      pid_file: phrase(own.pidFile, origin),
      http: word("8222", origin),
      server_name: word("$POD_NAME", origin),
      tls: from(scope, "0.3.2", () => withTrue(tls, (node) => tlsBlock(scope, node, "clients"))),
      allow_non_tls: from(scope, "0.13.1", () => shown(at(tls, "allowNonTLS"))),
      cluster: own.cluster,
      client_advertise: advertised(scope),
      leafnodes: leafnodesBlock(scope),
      gateway: gatewayBlock(scope),
      ...logging(scope),
      ...limits(scope),
      websocket: from(scope, "0.8.0", () => websocketBlock(scope)),
      ws: choose(
        scope.since("0.8.0"),
        () => undefined,
        () => websocketBlock(scope),
      ),
      ...auth.entries,
    },
    auth.incomplete,
  );
}

function logging(scope: Scope): Record<string, Node | undefined> {
  const value = (key: string): Node | undefined => shown(get(scope, "nats", "logging", key));
  return {
    debug: value("debug"),
    trace: value("trace"),
    logtime: value("logtime"),
    connect_error_reports: value("connectErrorReports"),
    reconnect_error_reports: value("reconnectErrorReports"),
  };
}

/** Until 0.8.9 some limits were read from other keys than values.yaml has, and one of them twice. */
function limits(scope: Scope): Record<string, Node | undefined> {
  const limit = (key: string): Node | undefined => get(scope, "nats", "limits", key);
  const moved = (key: string): Node | undefined =>
    pick(
      scope,
      "0.8.10",
      () => shown(limit(key)),
      () => shown(get(scope, "nats", key)),
    );
  const deadline = (): Node | undefined => shownInQuotes(get(scope, "nats", "writeDeadline"));
  return {
    max_connections: shown(limit("maxConnections")),
    max_subscriptions: shown(limit("maxSubscriptions")),
    max_pending: shown(limit("maxPending")),
    max_control_line: shown(limit("maxControlLine")),
    max_payload: shown(limit("maxPayload")),
    ping_interval: moved("pingInterval"),
    ping_max: moved("maxPings"),
    write_deadline: pick(scope, "0.8.10", () => shown(limit("writeDeadline")), deadline),
    lame_duck_grace_period: from(scope, "0.14.0", () => shown(limit("lameDuckGracePeriod"))),
    lame_duck_duration: pick(scope, "0.8.10", () => shown(limit("lameDuckDuration")), deadline),
  };
}

function tags(scope: Scope): Node | undefined {
  return withTrue(get(scope, "nats", "serverTags"), (node) => scope.write(each(node, (tag) => [inRawQuotes(tag)])));
}

/** Files of the user's own that the conf includes may say anything. */
function imports(scope: Scope): string | undefined {
  const config = from(scope, "0.11.0", () => get(scope, "nats", "config"));
  const decision = truth(config);
  if (decision === false) return undefined;
  return decision === true ? "it includes files that the values name and do not hold" : decision.because;
}
