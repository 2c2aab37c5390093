// Images, probes and the exporter beside the server, as all charts of this line write them.

import { list, type Node, scalar } from "../../../document/node.ts";
import { goText } from "../nats-0x/printed.ts";
import { both, choose, type Decision, either, joined, type Written } from "../template.ts";
import type { Chart, Path } from "./chart.ts";

/** `[registry/]repository:tag`, or `@digest` where the chart knows one. */
export function image(chart: Chart, ...path: Path): Node {
  const tag = chart.get(...path, "tag");
  const digest = choose(both(chart.isCommon, chart.on(...path, "digest")), () => chart.get(...path, "digest"));
  const registry = chart.given("global", "imageRegistry") ?? chart.get(...path, "registry");
  const from = digest ?? tag;
  const write = from === undefined ? chart.near(...path) : chart.from(from);
  const isPrefixed = goText(registry) !== "";
  return joined(
    write,
    isPrefixed ? registry : "",
    isPrefixed ? "/" : "",
    chart.get(...path, "repository"),
    ...(digest === undefined ? [":", tag] : ["@", digest]),
  );
}

/** `imagePullSecrets` of the pod; a name alone or a map with a name. */
export function pullSecrets(chart: Chart): Written {
  const names: Written[] = [];
  for (const path of [
    ["global", "imagePullSecrets"],
    ["image", "pullSecrets"],
    ["metrics", "image", "pullSecrets"],
  ]) {
    const node = chart.get(...path);
    if (node?.kind === "unknown") return node;
    if (node?.kind !== "list") continue;
    for (const item of node.items) names.push(item.kind === "scalar" ? { name: item } : item);
    // Until 6.0.0 global ones replace the others.
    if (path[0] === "global" && names.length > 0 && chart.isCommon === false) break;
  }
  return names.length > 0 ? names : undefined;
}

/** A probe of stable/nats: switched on, at `/` of the monitoring port, with five times. */
export function simpleProbe(chart: Chart, name: string): Node | undefined {
  const times = ["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "successThreshold", "failureThreshold"];
  return choose(
    chart.on(name, "enabled"),
    () => chart.near(name)({ httpGet: { path: "/", port: "monitoring" }, ...Object.fromEntries(times.map((time) => [time, chart.get(name, time)])) }),
    () => switchedOff(chart, name),
  );
}

/** Nothing is written; the null stands where somebody switched it off. */
function switchedOff(chart: Chart, ...path: Path): Node | undefined {
  const node = chart.get(...path, "enabled");
  return node === undefined ? undefined : scalar(null, node.origin);
}

/** A probe of later charts: the map without `enabled`, and a check; or one that the user writes. */
export function probe(chart: Chart, path: Path, custom: Path, isCustomFirst: Decision, check: Written): Node | undefined {
  const off = (): Node | undefined => switchedOff(chart, ...path);
  const own = (): Node | undefined => choose(chart.on(...custom), () => chart.get(...custom), off);
  const usual = (): Node => chart.near(...path)({ ...without(chart.get(...path), "enabled"), ...(check as Record<string, Written>) });
  const first = (): Node | undefined =>
    choose(
      chart.on(...custom),
      () => chart.get(...custom),
      () => choose(chart.on(...path, "enabled"), usual, off),
    );
  return choose(isCustomFirst, first, () => choose(chart.on(...path, "enabled"), usual, own));
}

/** The entries of a map but one. */
function without(node: Node | undefined, key: string): Readonly<Record<string, Node>> {
  if (node?.kind !== "map") return {};
  return Object.fromEntries([...node.entries].filter(([name]) => name !== key));
}

/** A map of the values with a switch in it: without the switch where it is on, else nothing. */
export function switched(chart: Chart, ...path: Path): Node | undefined {
  const node = chart.get(...path);
  return choose(chart.on(...path, "enabled"), () => (node?.kind === "map" ? { ...node, entries: new Map(Object.entries(without(node, "enabled"))) } : node));
}

/** The exporter's container, where metrics are on. */
export function exporter(chart: Chart, monitoring: Path): Node | undefined {
  // Before 1.2.0 there is none, and no image for it.
  const isThere = chart.get("metrics", "image") === undefined ? false : chart.on("metrics", "enabled");
  return choose(isThere, () => {
    const { get, near, since } = chart;
    const isLater = chart.isCommon;
    const flags = choose(
      isLater,
      () => get("metrics", "flags"),
      () => get("metrics", "args"),
    );
    const target = joined(near(...monitoring), "http://localhost:", get(...monitoring));
    const port = choose(
      isLater,
      () =>
        choose(
          since("7.13.0"),
          () => chart.given("metrics", "containerPorts", "http") ?? get("metrics", "containerPort"),
          () => get("metrics", "containerPort"),
        ),
      // The first version with an exporter had no key for its port.
      () => get("metrics", "port") ?? near("metrics")(7777),
    );
    const fixed = (initialDelaySeconds: number, timeoutSeconds: number): Written => ({
      httpGet: { path: "/metrics", port: "metrics" },
      initialDelaySeconds,
      timeoutSeconds,
    });
    const check = { httpGet: { path: "/metrics", port: "metrics" } };
    const probed = (name: string, custom: string, delay: number, timeout: number): Node | undefined =>
      choose(
        both(isLater, since("8.3.0")),
        () => probe(chart, ["metrics", name], ["metrics", custom], true, check),
        () => near("metrics")(fixed(delay, timeout)),
      );
    return near("metrics")({
      name: "metrics",
      image: image(chart, "metrics", "image"),
      imagePullPolicy: get("metrics", "image", "pullPolicy"),
      securityContext: choose(isLater, () => switched(chart, "metrics", "containerSecurityContext")),
      args: flags?.kind === "list" ? list([...flags.items, target], flags.origin) : flags,
      ports: [{ name: "metrics", containerPort: port }],
      livenessProbe: probed("livenessProbe", "customLivenessProbe", 15, 5),
      readinessProbe: probed("readinessProbe", "customReadinessProbe", 5, 1),
      resources: resources(chart, "metrics"),
    });
  });
}

/** What a container asks for: what is written, else a preset by its name (7.14.0 on). */
export function resources(chart: Chart, ...path: Path): Node | undefined {
  const own = chart.get(...path, "resources");
  if (chart.isCommon === false) return own;
  const hasPreset = chart.since("7.14.0");
  return choose(
    chart.on(...path, "resources"),
    () => own,
    () => choose(hasPreset, () => preset(chart, ...path, "resourcesPreset")),
  );
}

function preset(chart: Chart, ...path: Path): Node | undefined {
  const name = goText(chart.get(...path));
  if (typeof name !== "string") return name;
  const sizes = PRESETS[name];
  if (sizes === undefined) return undefined;
  const node = chart.get(...path);
  const write = node === undefined ? chart.near(...path) : chart.from(node);
  const [cpu, memory, cpuLimit, memoryLimit] = sizes;
  const disk = choose(
    chart.since("8.2.12"),
    () => write("2Gi"),
    () => write("1024Mi"),
  );
  const limits = { cpu: cpuLimit, memory: memoryLimit, "ephemeral-storage": disk };
  const isLarge = name.endsWith("xlarge");
  const asked = (): Node => write({ requests: asks(cpu, memory), limits });
  if (!isLarge) return asked();
  // The requests of the two largest were lowered twice.
  const [first, second] = name === "xlarge" ? [asks("2.0", "4096Mi"), asks("1.5", "4096Mi")] : [asks("4.0", "8192Mi"), asks("1.5", "4096Mi")];
  const before = (): Node | undefined =>
    choose(
      chart.since("8.0.2"),
      () => write({ requests: second, limits }),
      () => write({ requests: first, limits }),
    );
  return choose(chart.since("8.2.8"), asked, before);
}

function asks(cpu: string, memory: string): Written {
  return { cpu, memory, "ephemeral-storage": "50Mi" };
}

/** Requests and limits by the preset's name. */
const PRESETS: Readonly<Record<string, readonly [cpu: string, memory: string, cpuLimit: string, memoryLimit: string]>> = {
  nano: ["100m", "128Mi", "150m", "192Mi"],
  micro: ["250m", "256Mi", "375m", "384Mi"],
  small: ["500m", "512Mi", "750m", "768Mi"],
  medium: ["500m", "1024Mi", "750m", "1536Mi"],
  large: ["1.0", "2048Mi", "1.5", "3072Mi"],
  xlarge: ["1.0", "3072Mi", "3.0", "6144Mi"],
  "2xlarge": ["1.0", "3072Mi", "6.0", "12288Mi"],
};

/** Is any of the values true? */
export function anyOf(...decisions: readonly Decision[]): Decision {
  return decisions.reduce<Decision>((one, other) => either(one, other), false);
}
