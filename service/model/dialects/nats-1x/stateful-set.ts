// The server's StatefulSet: pod template, replicas and claims.

import { at, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { choose, listed, type Written } from "../template.ts";
import type { Chart, Path } from "./chart.ts";
import { claimName, exporterContainer, hasClaim, hasPidVolume, natsContainer, reloaderContainer } from "./containers.ts";
import { printedValue, retyped } from "./go-values.ts";
import { filledIn } from "./merge.ts";
import { tlsSecretVolumes } from "./tls-secrets.ts";

export function statefulSet(chart: Chart, config: Node): MapNode {
  const write = chart.near("statefulSet");
  const name = chart.named("", "statefulSet");
  const replicas = choose(
    chart.on("config", "cluster", "enabled"),
    () => retyped(chart.get("config", "cluster", "replicas")) ?? write(null),
    () => chart.near("config", "cluster", "enabled")(1),
  );
  const claims = [
    choose(hasClaim(chart, "jetstream"), () => claim(chart, "jetstream", "config", "jetstream", "fileStore", "pvc")),
    choose(hasClaim(chart, "resolver"), () => claim(chart, "resolver", "config", "resolver", "pvc")),
  ];
  const content = write({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: chart.metadata(name, "nats"),
    spec: {
      selector: { matchLabels: chart.selector("nats") },
      replicas,
      serviceName: chart.named("-headless", "headlessService"),
      podManagementPolicy: "Parallel",
      template: podTemplate(chart, config),
      volumeClaimTemplates: listed(claims, write),
    },
  });
  return chart.object(content, "statefulSet");
}

function podTemplate(chart: Chart, config: Node): Node {
  const write = chart.near("podTemplate");
  const nats = natsContainer(chart);
  const hasReloader = chart.on("reloader", "enabled");
  const pid = (): Node => write({ name: "pid", emptyDir: {} });
  const checksum = unknown("it is computed when the chart is rendered", write(null).origin);
  const content = write({
    metadata: {
      labels: chart.labels("nats"),
      annotations: choose(
        chart.on("podTemplate", "configChecksumAnnotation"),
        () => write({ "checksum/config": checksum }),
        () => write(null),
      ),
    },
    spec: {
      containers: [
        nats,
        choose(hasReloader, () => reloaderContainer(chart, config, nats)),
        choose(chart.on("promExporter", "enabled"), () => exporterContainer(chart)),
      ],
      enableServiceLinks: false,
      imagePullSecrets: pullSecrets(chart),
      serviceAccountName: choose(chart.on("serviceAccount", "enabled"), () => printedValue(chart.named("", "serviceAccount"))),
      shareProcessNamespace: choose(hasReloader, () => write(true)),
      volumes: [{ name: "config", configMap: { name: chart.named("-config", "configMap") } }, choose(hasPidVolume(chart), pid), ...tlsSecretVolumes(chart)],
      topologySpreadConstraints: spread(chart),
      terminationGracePeriodSeconds: choose(chart.since("1.3.4"), () => write(60)),
    },
  });
  return chart.revised(content, "podTemplate");
}

/** Names of Secrets for registries; versions before 1.1.4 do not read them. */
export function pullSecrets(chart: Chart): Node | undefined {
  const names = chart.get("global", "image", "pullSecretNames");
  const content = (): Node | undefined => {
    const isSet = chart.on("global", "image", "pullSecretNames");
    if (typeof isSet !== "boolean") return isSet;
    if (names?.kind !== "list" || !isSet) return undefined;
    return chart.from(names)(names.items.map((name) => ({ name: printedValue(name) ?? null })));
  };
  return choose(chart.since("1.1.4"), content);
}

/** A map of the values by topology key; the chart adds the selector of its own pods. */
function spread(chart: Chart): Node | undefined {
  const map = chart.get("podTemplate", "topologySpreadConstraints");
  const isSet = chart.on("podTemplate", "topologySpreadConstraints");
  if (typeof isSet !== "boolean") return isSet;
  if (!isSet || map === undefined) return undefined;
  if (map.kind !== "map" || map.incomplete !== undefined) return unknown((map as MapNode).incomplete ?? "the chart takes a map here", map.origin);
  const constraint = (key: string): Written => {
    const value = map.entries.get(key) as Node;
    // The topology key is the key itself.
    const { key: span = value.origin.span } = value.origin;
    const topologyKey = chart.from({ ...value, origin: { ...value.origin, span } })(key);
    return filledIn({ ...chart.from(value)({ topologyKey, labelSelector: { matchLabels: chart.selector("nats") } }), origin: value.origin }, value);
  };
  return chart.from(map)([...map.entries.keys()].sort().map(constraint));
}

function claim(chart: Chart, block: "jetstream" | "resolver", ...path: Path): Node {
  const write = chart.near(...path);
  const className = chart.on(...path, "storageClassName");
  const content = write({
    metadata: { name: claimName(chart, block) },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: printedValue(chart.get(...path, "size")) ?? null } },
      storageClassName: choose(className, () => printedValue(chart.get(...path, "storageClassName"))),
    },
  });
  return chart.revised(content, ...path);
}

/** How many servers the StatefulSet runs, where that is known. */
export function replicasOf(set: MapNode): number | undefined {
  const node = at(set, "spec", "replicas");
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}
