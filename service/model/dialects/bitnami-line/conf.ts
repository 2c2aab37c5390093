// The configuration that these charts write as text: one shape from stable/nats 0.0.1 to bitnami/nats 9, with what changed.
// How a value is printed, bare or in quotes, decides what the server reads, so it stands in the spelling.

import { at, list, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { bare as bareNode, block, confJoined, goText, inQuotes as quotedNode, word } from "../nats-0x/printed.ts";
import { orUnset } from "../nats-0x/scope.ts";
import { both, choose, type Decision, either, not } from "../template.ts";
import type { Chart, Path } from "./chart.ts";
import { integer, limit } from "./conf-numbers.ts";

export type ConfLine = "stable" | "qlik" | "bitnami";

/** Where a line of charts has what the configuration needs. */
export interface ConfKeys {
  readonly line: ConfLine;
  readonly client: Path;
  readonly cluster: Path;
  readonly monitoring: Path;
  readonly clusterAuth: Path;
}

/** What these charts put in place of a password that nobody sets. */
const GENERATED = "the chart makes a new random password at each rendering";

/** The tree of nats.conf. */
export function conf(chart: Chart, keys: ConfKeys): MapNode {
  const { near } = chart;
  const isBitnami = keys.line === "bitnami";
  const hasServerName = isBitnami ? both(chart.since("7.5.0"), isStatefulSet(chart)) : false;
  const auth = near("auth");
  const hasNoAuthUser = both(hasUserLists(chart, keys), both(chart.on("auth", "enabled"), chart.on("auth", "noAuthUser")));
  const hasCluster = isBitnami ? either(not(chart.since("8.4.1")), isClustered(chart)) : true;
  return block(near(), {
    server_name: choose(hasServerName, () => word("$NATS_SERVER_NAME", near()(null).origin)),
    listen: listen(chart, keys.client),
    http: listen(chart, keys.monitoring),
    client_advertise: keys.line === "qlik" ? confJoined("bare", near("client", "service"), chart.name, "-client:", chart.get(...keys.client)) : undefined,
    authorization: orUnset(
      choose(chart.on("auth", "enabled"), () => block(auth, clientAuthorization(chart, keys))),
      chart.get("auth", "enabled"),
    ),
    no_auth_user: choose(hasNoAuthUser, () => inQuotes(chart.get("auth", "noAuthUser"))),
    debug: logging(chart, keys, "enabled"),
    trace: logging(chart, keys, "trace"),
    logtime: logging(chart, keys, "logtime"),
    pid_file: pidFile(chart, keys),
    max_connections: limit(chart, keys, "maxConnections"),
    max_control_line: limit(chart, keys, "maxControlLine"),
    max_payload: limit(chart, keys, "maxPayload"),
    write_deadline: choose(chart.on("writeDeadline"), () => inQuotes(chart.get("writeDeadline"))),
    tls: isBitnami ? choose(both(chart.since("9.0.0"), chart.on("tls", "enabled")), () => tls(chart)) : undefined,
    cluster: choose(hasCluster, () => cluster(chart, keys)),
    jetstream: isBitnami ? choose(both(chart.since("7.5.0"), chart.on("jetstream", "enabled")), () => jetStream(chart)) : undefined,
  });
}

/** Does the chart make a StatefulSet? What is no Deployment is one, in the versions that render at all. */
export function isStatefulSet(chart: Chart): Decision {
  if (chart.since("2.5.0") === false) return true;
  const written = chart.get("resourceType");
  if (written === undefined || written.origin.via?.some((one) => one.kind === "chart default") === true) return true;
  const found = goText(written);
  return typeof found === "string" ? !found.toLowerCase().includes("deployment") : found;
}

/** More than one server, as `int` of a template counts. */
export function isClustered(chart: Chart): Decision {
  const count = replicas(chart);
  return typeof count === "number" ? count > 1 : count;
}

/** The number of replicas for a template's `int`; a text that is no number is 0. */
export function replicas(chart: Chart): number | Exclude<Decision, boolean> {
  const found = goText(chart.get("replicaCount"));
  if (typeof found !== "string") return found;
  const count = Math.trunc(Number(found));
  return Number.isNaN(count) ? 0 : count;
}

function listen(chart: Chart, port: Path): Node {
  const node = chart.get(...port);
  return confJoined("bare", node === undefined ? chart.near(...port) : chart.from(node), "0.0.0.0:", node);
}

/** Versions that take a list of users for clients. */
function hasUserLists(chart: Chart, { line }: ConfKeys): Decision {
  return line === "bitnami" ? true : line === "stable" ? chart.since("6.5.0") : false;
}

/** Are passwords and names printed in quotes? */
function isQuoted(chart: Chart, { line }: ConfKeys): Decision {
  return line === "bitnami" ? true : line === "qlik" ? false : chart.since("6.2.3");
}

function clientAuthorization(chart: Chart, keys: ConfKeys): Readonly<Record<string, Node | undefined>> {
  const timeout = (): Node | undefined => integer(chart.get("auth", "timeout"), chart.near("auth"));
  const hasTimeout = keys.line === "bitnami" ? true : keys.line === "stable" ? chart.since("6.3.0") : false;
  const end = { timeout: choose(hasTimeout, timeout, () => chart.near("auth")(1)) };
  const isNewest = keys.line === "bitnami" ? chart.since("9.0.0") : false;
  if (isNewest === true) {
    const token = chart.on("auth", "token");
    return {
      token: choose(token, () => printed(chart, keys, chart.get("auth", "token"))),
      users: choose(not(token), () => choose(chart.on("auth", "credentials"), () => users(chart, ["auth", "credentials"], "user"))),
      ...end,
    };
  }
  if (isNewest !== false) return { user: isNewest, password: isNewest, token: isNewest, users: isNewest, ...end };
  if (keys.line === "qlik") {
    const isList = chart.on("auth", "users");
    const single = credentials(chart, keys, ["auth"]);
    return {
      ...Object.fromEntries(
        Object.entries(single).map(([key, node]) => [
          key,
          choose(
            isList,
            () => undefined,
            () => node,
          ),
        ]),
      ),
      users: choose(isList, () => users(chart, ["auth", "users"], "user")),
      ...end,
    };
  }
  const isOther = either(chart.on("auth", "user"), chart.on("auth", "token"));
  const hasUsers = both(hasUserLists(chart, keys), both(not(isOther), switchOfUsers(chart, keys)));
  return { ...credentials(chart, keys, ["auth"]), users: choose(hasUsers, () => users(chart, ["auth", "usersCredentials"], "username")), ...end };
}

/** Until 6.6.0 the list was only read where a key of another name was set too. */
function switchOfUsers(chart: Chart, { line }: ConfKeys): Decision {
  if (line === "bitnami" || chart.since("6.6.0") === true) return chart.on("auth", "usersCredentials");
  return both(chart.since("6.5.0"), chart.on("auth", "users"));
}

/** A user with a password, or a token where there is no user. */
function credentials(chart: Chart, keys: ConfKeys, path: Path): Readonly<Record<string, Node | undefined>> {
  const isUser = chart.on(...path, "user");
  const hasToken = keys.line === "bitnami" && path[0] === "cluster" ? not(chart.since("7.5.0")) : true;
  const isToken = both(hasToken, both(not(isUser), chart.on(...path, "token")));
  // Without a token to fall back on, the template writes the user whatever it is.
  const writesUser = either(isUser, not(hasToken));
  return {
    user: choose(writesUser, () => printed(chart, keys, chart.get(...path, "user"))),
    password: choose(writesUser, () =>
      choose(
        chart.on(...path, "password"),
        () => printed(chart, keys, chart.get(...path, "password")),
        () => generated(chart, path),
      ),
    ),
    token: choose(isToken, () => printed(chart, keys, chart.get(...path, "token"))),
  };
}

function users(chart: Chart, path: Path, name: string): Node | undefined {
  const node = chart.get(...path);
  if (node?.kind !== "list") return node?.kind === "unknown" ? node : unknown("something else than a list stands there", chart.near(...path)(null).origin);
  const write = chart.near(...path);
  const items = node.items.map((item) => {
    if (item.kind === "unknown") return item;
    const password = at(item, "password");
    const isGenerated = goText(password) === "" && chart.since("9.0.0") === true;
    return block(item.kind === "map" ? chart.from(item) : write, {
      user: inQuotes(at(item, name)) ?? inQuotes(write("")),
      password: isGenerated ? unknown(GENERATED, item.origin, "generated") : (inQuotes(password) ?? inQuotes(write(""))),
    });
  });
  return list(items, node.origin);
}

function printed(chart: Chart, keys: ConfKeys, node: Node | undefined): Node | undefined {
  // Where nobody knows, quotes are assumed: then nothing is said about how the text reads.
  return isQuoted(chart, keys) === false ? bare(node) : inQuotes(node);
}

/** Points at the switch that turns authentication on. */
function generated(chart: Chart, path: Path): Node {
  return unknown(GENERATED, chart.get(...path, "enabled")?.origin ?? chart.near(...path)(null).origin, "generated");
}

function logging(chart: Chart, { line }: ConfKeys, key: string): Node | undefined {
  const node = chart.get("debug", key);
  const printedAsIs = (): Node | undefined => bare(node) ?? unknown("the template prints nothing there", chart.near("debug")(null).origin);
  const isDiagnosed = line === "qlik" ? false : both(line === "bitnami" ? true : chart.since("6.4.0"), chart.on("diagnosticMode", "enabled"));
  if (isDiagnosed === false) return printedAsIs();
  return choose(isDiagnosed, () => word("true", chart.near("diagnosticMode", "enabled")(null).origin), printedAsIs);
}

function pidFile(chart: Chart, { line }: ConfKeys): Node | undefined {
  const write = chart.near("natsFilename");
  const file = line === "qlik" ? undefined : chart.get("natsFilename");
  const named = (folder: string): Node => confJoined("quoted", write, folder, file, ".pid");
  if (line === "qlik") return confJoined("quoted", write, "/tmp/gnatsd.pid");
  if (line === "bitnami")
    return choose(
      chart.since("9.0.0"),
      () => named("/tmp/"),
      () => named("/opt/bitnami/nats/tmp/"),
    );
  return choose(
    chart.since("3.0.0"),
    () => named("/tmp/"),
    () => confJoined("quoted", write, "/tmp/gnatsd.pid"),
  );
}

function cluster(chart: Chart, keys: ConfKeys): Node {
  const write = chart.near(...keys.clusterAuth);
  const hasName = keys.line === "bitnami" ? chart.since("7.5.0") : false;
  const hasRetries = keys.line === "bitnami" ? true : keys.line === "stable" ? chart.since("4.3.0") : false;
  return block(chart.near("cluster"), {
    name: choose(hasName, () => inQuotes(chart.get("cluster", "name"))),
    listen: listen(chart, keys.cluster),
    no_advertise: keys.line === "qlik" ? bare(chart.get("cluster", "noAdvertise")) : undefined,
    authorization: choose(chart.on(...keys.clusterAuth, "enabled"), () => block(write, { ...credentials(chart, keys, keys.clusterAuth), timeout: write(1) })),
    routes: routes(chart, keys),
    connect_retries: choose(both(hasRetries, chart.on("cluster", "connectRetries")), () => bare(chart.get("cluster", "connectRetries"))),
  });
}

/** One route to the Service of all servers; from bitnami 8.5.4 on one to each pod. */
function routes(chart: Chart, keys: ConfKeys): Node {
  const write = chart.near(...keys.clusterAuth);
  const { origin } = write(null);
  const port = chart.get(...(keys.line === "bitnami" ? ["service", "ports", "cluster"] : keys.cluster));
  const secret = choose(
    chart.on(...keys.clusterAuth, "enabled"),
    () => login(chart, keys),
    () => write(""),
  );
  if (secret === undefined) return list([], origin);
  const to = (...host: readonly (string | Node)[]): Node => confJoined("bare", write, "nats://", secret, ...host, ":", port);
  const one = (): Node => list([to(...(keys.line === "bitnami" ? [chart.name] : [chart.name, "-cluster"]))], origin);
  const each = (): Node => {
    const count = replicas(chart);
    if (typeof count !== "number") return count;
    if (count > MOST) return unknown("they are too many", origin);
    return list(
      Array.from({ length: Math.max(0, count) }, (_, index) => to(chart.name, `-${index}.`, chart.name, "-headless")),
      origin,
    );
  };
  return (keys.line === "bitnami" ? choose(chart.since("8.5.4"), each, one) : one()) ?? one();
}

/** More pods than anybody runs; a number like 1e9 must not become as many routes. */
const MOST = 1000;

/** The part of a route before the host. What is generated never shows, so its place is held by a word. */
function login(chart: Chart, keys: ConfKeys): Node | undefined {
  const { user, password, token } = credentials(chart, keys, keys.clusterAuth);
  const write = chart.near(...keys.clusterAuth);
  const shown = (node: Node | undefined): Node | string | undefined => (node?.kind === "unknown" && node.same === "generated" ? "generated" : node);
  if (user !== undefined) return confJoined("bare", write, user, ":", shown(password), "@");
  return token === undefined ? undefined : confJoined("bare", write, token, "@");
}

function tls(chart: Chart): Node {
  const write = chart.near("tls");
  const path = (text: string): Node => word(text, write(null).origin);
  return block(write, {
    ca_file: path("/etc/certs/ca/tls.crt"),
    cert_file: path("/etc/certs/server/tls.crt"),
    key_file: path("/etc/certs/server/tls.key"),
    timeout: write(2),
  });
}

function jetStream(chart: Chart): Node {
  const write = chart.near("jetstream");
  const fixed = choose(
    chart.since("9.0.0"),
    () => word("/data", write(null).origin),
    () => word("/data/jetstream", write(null).origin),
  );
  return block(write, {
    store_dir: choose(
      chart.since("9.0.6"),
      () => bare(chart.get("jetstream", "storeDirectory")),
      () => fixed,
    ),
    max_memory_store: bare(chart.get("jetstream", "maxMemory")),
    max_file_store: bare(chart.get("persistence", "size")),
  });
}

function bare(node: Node | undefined): Node | undefined {
  return node === undefined ? undefined : bareNode(node);
}

function inQuotes(node: Node | undefined): Node | undefined {
  return node === undefined ? undefined : quotedNode(node);
}
