// The containers of the server's pod: nats, the reloader and the exporter, as their templates write them.

import { posix } from "node:path";
import { at, list, type Node, text, unknown } from "../../../document/node.ts";
import { both, choose, either, joined, type Written } from "../template.ts";
import type { Chart } from "./chart.ts";
import { PROTOCOLS } from "./config.ts";
import { isInclude } from "./conf-spelling.ts";
import { environment } from "./environment.ts";
import { printedValue, retyped } from "./go-values.ts";
import { image } from "./image.ts";
import { filledIn } from "./merge.ts";
import { tlsSecretMounts } from "./tls-secrets.ts";

export function natsContainer(chart: Chart): Node {
  const write = chart.near("container");
  const pidFile = choose(
    hasPidVolume(chart),
    () => write("/var/run/nats/nats.pid"),
    () => write("/var/run/nats.pid"),
  );
  const name = joined(chart.near("config", "serverNamePrefix"), printedValue(chart.get("config", "serverNamePrefix")), "$(POD_NAME)");
  const own = [
    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ...(chart.beta < 6 ? [] : [{ name: "SERVER_NAME", value: name }]),
  ];
  const content = write({
    name: "nats",
    ...image(chart, "container", "image"),
    ports: PROTOCOLS.map((protocol) => choose(isOpen(chart, protocol), () => containerPort(chart, protocol))),
    args: ["--config", "/etc/nats-config/nats.conf"],
    env: environment(chart, write(own), "container", "env"),
    lifecycle: { preStop: { exec: { command: ["nats-server", joined(write, "-sl=ldm=", pidFile)] } } },
    startupProbe: probe(chart, "/healthz", 10, 90),
    readinessProbe: probe(chart, "/healthz?js-server-only=true", 10, 3),
    livenessProbe: probe(chart, "/healthz?js-enabled-only=true", 30, 3),
    volumeMounts: mounts(chart),
    resources: choose(chart.since("1.3.15"), () => chart.get("container", "resources") ?? write(null)),
  });
  return chart.revised(content, "container");
}

/** Does the server listen for the protocol? For clients it always does. */
export function isOpen(chart: Chart, protocol: string): ReturnType<Chart["on"]> {
  return protocol === "nats" ? true : chart.on("config", protocol, "enabled");
}

/** The first versions have the volume of the PID file only for the reloader. */
export function hasPidVolume(chart: Chart): ReturnType<Chart["on"]> {
  return either(chart.since("1.0.2"), chart.on("reloader", "enabled"));
}

/** The claims that are mounted into the server: of JetStream's files and of the resolver. */
export function hasClaim(chart: Chart, block: "jetstream" | "resolver"): ReturnType<Chart["on"]> {
  if (block === "resolver") return both(chart.on("config", block, "enabled"), chart.on("config", block, "pvc", "enabled"));
  const file = ["config", block, "fileStore"] as const;
  return both(chart.on("config", block, "enabled"), both(chart.on(...file, "enabled"), chart.on(...file, "pvc", "enabled")));
}

export function claimName(chart: Chart, block: "jetstream" | "resolver"): Node {
  return block === "resolver" ? chart.named("-resolver", "config", block, "pvc") : chart.named("-js", "config", block, "fileStore", "pvc");
}

function containerPort(chart: Chart, protocol: string): Node {
  const port = chart.get("config", protocol, "port");
  const write = chart.near("config", protocol);
  return filledIn(write({ name: protocol, containerPort: port ?? null }), chart.get("container", "ports", protocol));
}

function probe(chart: Chart, path: string, period: number, failures: number): Node | undefined {
  const write = chart.near("config", "monitor");
  const isHttps = both(!chart.isEarly, chart.on("config", "monitor", "tls", "enabled"));
  const scheme = choose(both(chart.since("1.1.1"), isHttps), () => write("HTTPS"));
  return choose(chart.on("config", "monitor", "enabled"), () =>
    write({
      httpGet: { path, port: "monitor", scheme },
      initialDelaySeconds: 10,
      timeoutSeconds: 5,
      periodSeconds: period,
      successThreshold: 1,
      failureThreshold: failures,
    }),
  );
}

function mounts(chart: Chart): Written {
  const write = chart.near("container");
  const claim = (block: "jetstream" | "resolver", dir: Node | undefined) =>
    choose(hasClaim(chart, block), () => chart.near("config", block)({ name: claimName(chart, block), mountPath: printedValue(dir) ?? null }));
  return [
    { name: "config", mountPath: "/etc/nats-config" },
    choose(hasPidVolume(chart), () => write({ name: "pid", mountPath: "/var/run/nats" })),
    claim("jetstream", chart.get("config", "jetstream", "fileStore", "dir")),
    claim("resolver", chart.get("config", "resolver", "dir")),
    ...tlsSecretMounts(chart),
  ];
}

/** The reloader watches the configuration and every file that it names, and sees the server's mounts below its prefixes. */
export function reloaderContainer(chart: Chart, config: Node, nats: Node): Node {
  const write = chart.near("reloader");
  const watched = filesOf(config);
  const files = Array.isArray(watched) ? watched.flatMap((file): Written[] => ["-config", file]) : [];
  const args = Array.isArray(watched) ? write(["-pid", "/var/run/nats/nats.pid", "-config", "/etc/nats-config/nats.conf", ...files]) : watched;
  const content = write({
    name: "reloader",
    ...image(chart, "reloader", "image"),
    env: environment(chart, undefined, "reloader", "env"),
    args,
    volumeMounts: reloaderMounts(chart, at(nats, "volumeMounts")),
  });
  return chart.revised(content, "reloader");
}

function filesOf(config: Node): readonly Written[] | Node {
  if (config.kind === "unknown") return config;
  if (config.kind !== "map") return [];
  if (config.incomplete !== undefined) return unknown(config.incomplete, config.origin);
  const files: Written[] = [];
  for (const [key, node] of [...config.entries].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (key === "cert_file" || key === "key_file" || key === "ca_file") files.push(retyped(node));
    else if (node.kind === "scalar" && isInclude(key, node)) files.push(posix.normalize(`/etc/nats-config/${String(node.value)}`));
    else {
      const inner = filesOf(node);
      if (!Array.isArray(inner)) return inner as Node;
      files.push(...(inner as readonly Written[]));
    }
  }
  return files;
}

function reloaderMounts(chart: Chart, mounts: Node | undefined): Node {
  const write = chart.near("reloader");
  const prefixes = chart.get("reloader", "natsVolumeMountPrefixes");
  if (mounts?.kind === "unknown") return mounts;
  if (prefixes?.kind === "unknown") return prefixes;
  const wanted = prefixes?.kind === "list" ? prefixes.items : [];
  const items = mounts?.kind === "list" ? mounts.items : [];
  const seen = items.filter((mount) => {
    const path = text(at(mount, "mountPath"));
    return path === undefined || wanted.some((prefix) => prefix.kind === "unknown" || path.startsWith(text(prefix) ?? "\0"));
  });
  const isSure = (path: string | undefined): boolean => path !== undefined && wanted.some((prefix) => path.startsWith(text(prefix) ?? "\0"));
  const known = seen.map((mount) => (isSure(text(at(mount, "mountPath"))) ? mount : unknown("whether it is mounted is not known", mount.origin)));
  return list([write({ name: "pid", mountPath: "/var/run/nats" }), ...known], write(null).origin);
}

export function exporterContainer(chart: Chart): Node {
  const write = chart.near("promExporter");
  const port = chart.get("promExporter", "port");
  const flag = (name: string, text: string): Node | undefined => choose(chart.on("config", name, "enabled"), () => write(text));
  const isHttps = both(chart.since("1.3.3"), chart.on("config", "monitor", "tls", "enabled"));
  const scheme = choose(
    isHttps,
    () => write("https"),
    () => write("http"),
  );
  const host = choose(
    chart.since("1.3.3"),
    () => chart.get("promExporter", "monitorDomain"),
    () => write("localhost"),
  );
  const content = write({
    name: "prom-exporter",
    ...image(chart, "promExporter", "image"),
    ports: [{ name: "prom-metrics", containerPort: retyped(port) ?? null }],
    env: environment(chart, undefined, "promExporter", "env"),
    args: [
      joined(write, "-port=", port),
      ...["-connz", "-routez", "-subz", "-varz", "-prefix=nats", "-use_internal_server_id"],
      flag("jetstream", "-jsz=all"),
      flag("leafnodes", "-leafz"),
      flag("gateway", "-gatewayz"),
      joined(write, scheme, "://", host, ":", chart.get("config", "monitor", "port"), "/"),
    ],
  });
  return chart.revised(content, "promExporter");
}
