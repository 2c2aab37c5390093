// nats.conf as the chart builds it from `config`: one function for each block, then its `merge` and `patch`.
// What comes out still is what the chart's JSON says; conf-spelling.ts says how it is printed.

import { type Node, scalar } from "../../../document/node.ts";
import { both, choose, either, joined, type Write, type Written } from "../template.ts";
import type { Chart, Path } from "./chart.ts";
import { intOf, pathIn, printedValue, queryEscaped, retyped } from "./go-values.ts";

/** The blocks with a port of their own, in the chart's order. */
export const PROTOCOLS: readonly string[] = ["nats", "leafnodes", "websocket", "mqtt", "cluster", "gateway", "monitor", "profiling"];

/** More routes than anybody runs: the list is not written out. */
const MOST_ROUTES = 500;

/** The configuration before it is printed, keys as in nats.conf. */
export function config(chart: Chart): Node {
  const write = chart.near("config");
  const blocks: Record<string, Written> = {};
  for (const name of ["leafnodes", "websocket", "mqtt", "cluster", "gateway", "jetstream", "resolver"] as const)
    blocks[name] = choose(chart.on("config", name, "enabled"), () => chart.revised(BLOCKS[name](chart), "config", name));
  const isMonitored = chart.on("config", "monitor", "enabled");
  const isHttps = both(!chart.isEarly, chart.on("config", "monitor", "tls", "enabled"));
  const port = (name: string) => (): Node => given(chart, "config", name, "port");
  const pidFile = choose(
    either(chart.since("1.0.2"), chart.on("reloader", "enabled")),
    () => write("/var/run/nats/nats.pid"),
    () => write("/var/run/nats.pid"),
  );
  const content = write({
    server_name: chart.beta < 6 ? "<< $POD_NAME >>" : "<< $SERVER_NAME >>",
    lame_duck_grace_period: "10s",
    lame_duck_duration: "30s",
    pid_file: pidFile,
    port: choose(chart.on("config", "nats"), port("nats")),
    tls: choose(chart.on("config", "nats", "tls", "enabled"), () => tls(chart, "config", "nats", "tls")),
    ...blocks,
    https_port: choose(isMonitored, () => choose(isHttps, port("monitor"))),
    http_port: choose(isMonitored, () => choose(isHttps, () => undefined, port("monitor"))),
    prof_port: choose(chart.on("config", "profiling", "enabled"), port("profiling")),
  });
  return chart.revised(content, "config");
}

const BLOCKS = { leafnodes, websocket, mqtt, cluster, gateway, jetstream, resolver };

function leafnodes(chart: Chart): Node {
  return chart.near(
    "config",
    "leafnodes",
  )({
    port: given(chart, "config", "leafnodes", "port"),
    no_advertise: true,
    tls: tlsWhereOn(chart, "leafnodes"),
  });
}

function websocket(chart: Chart): Node {
  const write = chart.near("config", "websocket");
  const isEncrypted = chart.on("config", "websocket", "tls", "enabled");
  return write({
    port: given(chart, "config", "websocket", "port"),
    compression: choose(
      chart.since("1.2.0"),
      () => undefined,
      () => write(true),
    ),
    tls: tlsWhereOn(chart, "websocket"),
    no_tls: choose(
      isEncrypted,
      () => undefined,
      () => chart.near("config", "websocket", "tls")(true),
    ),
  });
}

function mqtt(chart: Chart): Node {
  return chart.near("config", "mqtt")({ port: given(chart, "config", "mqtt", "port"), tls: tlsWhereOn(chart, "mqtt") });
}

function gateway(chart: Chart): Node {
  const write = chart.near("config", "gateway");
  return write({ name: chart.named("", "statefulSet"), port: given(chart, "config", "gateway", "port"), tls: tlsWhereOn(chart, "gateway") });
}

function cluster(chart: Chart): Node {
  const write = chart.near("config", "cluster");
  const user = chart.get("config", "cluster", "routeURLs", "user");
  const password = chart.get("config", "cluster", "routeURLs", "password");
  const isAuthorized = both(chart.on("config", "cluster", "routeURLs", "user"), chart.on("config", "cluster", "routeURLs", "password"));
  const authorization = (): Node => chart.near("config", "cluster", "routeURLs")({ user: printedValue(user), password: printedValue(password) });
  return write({
    name: chart.named("", "statefulSet"),
    port: given(chart, "config", "cluster", "port"),
    no_advertise: choose(
      chart.since("2.12.4"),
      () => given(chart, "config", "cluster", "noAdvertise"),
      () => write(true),
    ),
    routes: routes(chart, write),
    authorization: choose(isAuthorized, authorization),
    tls: tlsWhereOn(chart, "cluster"),
  });
}

/** One route for each replica, to its name behind the headless Service. */
function routes(chart: Chart, write: Write): Node {
  const replicas = chart.get("config", "cluster", "replicas");
  if (replicas?.kind === "unknown") return replicas;
  const user = chart.get("config", "cluster", "routeURLs", "user");
  const password = chart.get("config", "cluster", "routeURLs", "password");
  const isAuthorized = both(chart.on("config", "cluster", "routeURLs", "user"), chart.on("config", "cluster", "routeURLs", "password"));
  const scheme = choose(
    chart.on("config", "cluster", "tls", "enabled"),
    () => write("tls"),
    () => write("nats"),
  );
  const login = choose(
    isAuthorized,
    () => joined(write, queryEscaped(user), ":", queryEscaped(password), "@"),
    () => write(""),
  );
  const short = chart.named("-headless", "headlessService");
  const long = (): Node => joined(write, short, ".", namespace(chart, write), ".svc.", chart.get("config", "cluster", "routeURLs", "k8sClusterDomain"));
  const domain = choose(chart.on("config", "cluster", "routeURLs", "useFQDN"), long, () => short);
  const port = chart.get("config", "cluster", "port");
  const count = intOf(replicas);
  if (count > MOST_ROUTES) return { kind: "unknown", because: "there are too many routes to write out", origin: write(null).origin };
  const route = (_: unknown, index: number): Node =>
    joined(write, scheme, "://", login, chart.named("", "statefulSet"), `-${index}.`, domain, ":", port?.kind === "unknown" ? port : String(intOf(port)));
  return count > 0 ? write(Array.from({ length: count }, route)) : write(null);
}

function namespace(chart: Chart, write: Write): Node {
  const own = chart.get("namespaceOverride");
  const release = (): Node =>
    chart.release.namespace === null
      ? { kind: "unknown", because: "nothing says the release's namespace", same: "{namespace}", origin: write(null).origin }
      : write(chart.release.namespace);
  return choose(chart.on("namespaceOverride"), () => own, release) ?? release();
}

function jetstream(chart: Chart): Node {
  const memory: Path = ["config", "jetstream", "memoryStore"];
  const file: Path = ["config", "jetstream", "fileStore"];
  const hasMemory = chart.on(...memory, "enabled");
  const hasFiles = chart.on(...file, "enabled");
  const none = (path: Path) => (): Node => chart.near(...path, "enabled")(0);
  const size = (...path: Path): Node | undefined => choose(chart.on(...path), () => bare(chart.get(...path)));
  const ofClaim = (): Node | undefined => {
    const node = bare(chart.get(...file, "pvc", "size") ?? chart.near(...file, "pvc")(null));
    return node?.kind === "scalar" ? chart.from(node)(node.value) : node;
  };
  const fileSize = (): Node | undefined =>
    choose(
      chart.on(...file, "maxSize"),
      () => bare(chart.get(...file, "maxSize")),
      () => choose(chart.on(...file, "pvc", "enabled"), ofClaim),
    );
  return chart.near(
    "config",
    "jetstream",
  )({
    max_memory_store: choose(chart.on(...memory), () => choose(hasMemory, () => size(...memory, "maxSize"), none(memory))),
    store_dir: choose(hasFiles, () => given(chart, ...file, "dir")),
    max_file_store: choose(chart.on(...file), () => choose(hasFiles, fileSize, none(file))),
  });
}

function resolver(chart: Chart): Node {
  return chart.near("config", "resolver")({ dir: given(chart, "config", "resolver", "dir") });
}

function tlsWhereOn(chart: Chart, block: string): Node | undefined {
  return choose(chart.on("config", block, "tls", "enabled"), () => tls(chart, "config", block, "tls"));
}

function tls(chart: Chart, ...path: Path): Node {
  const write = chart.near(...path);
  const hasSecret = chart.on(...path, "secretName");
  const inSecret = (key: string, otherwise: string) => (): Node => pathIn(write, chart.get(...path, "dir"), chart.get(...path, key), otherwise);
  const content = write({
    cert_file: choose(hasSecret, inSecret("cert", "tls.crt")),
    key_file: choose(hasSecret, inSecret("key", "tls.key")),
    ...(chart.isEarly
      ? {
          ca_file: choose(both(hasSecret, chart.on(...path, "ca")), inSecret("ca", "")),
          verify: choose(both(hasSecret, chart.on(...path, "ca")), () => write(true)),
        }
      : { ca_file: caFile(chart) }),
  });
  return chart.revised(content, ...path);
}

/** The CA that the chart shares between all blocks. */
export function caFile(chart: Chart): Node | undefined {
  const hasSource = either(chart.on("tlsCA", "configMapName"), chart.on("tlsCA", "secretName"));
  return choose(both(chart.on("tlsCA", "enabled"), hasSource), () =>
    pathIn(chart.near("tlsCA"), chart.get("tlsCA", "dir"), chart.get("tlsCA", "key"), "ca.crt"),
  );
}

/** A value that the template prints into its own YAML; null when there is none. */
function given(chart: Chart, ...path: Path): Node {
  return retyped(chart.get(...path)) ?? chart.near(...path)(null);
}

/** A value that the template puts between `<<` and `>>`, to be printed without quotes. */
function bare(node: Node | undefined): Node | undefined {
  const content = printedValue(node);
  return content?.kind === "scalar" ? scalar(`<< ${String(content.value)} >>`, content.origin) : content;
}
