// Qlik's chart `nats-streaming`, a part of its umbrella `messaging`: a NATS Streaming server that has no file at all,
// only arguments. Known from the umbrella's README and from what it rendered.

import type { MapNode, Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { type Chart, chartOf, metadata, podLabels, selectorLabels } from "./bitnami-line/chart.ts";
import { image, simpleProbe } from "./bitnami-line/containers.ts";
import { replicas } from "./bitnami-line/conf.ts";
import { roleService } from "./bitnami-line/objects.ts";
import { antiAffinity } from "./bitnami-line/simple-workload.ts";
import { goText } from "./nats-0x/printed.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { both, choose, type Decision, joined, not, releaseName, type Written } from "./template.ts";

export const qlikStreaming: Dialect = { chart: "nats-streaming", repository: "qlik", generation: "qlik", render };

function render(values: Node, versions: Candidates, release: Release): Rendering {
  const chart = chartOf(values, versions, release, { commonSince: null, isAlwaysPrefixed: true });
  return { objects: [statefulSet(chart), roleService(chart, "monitoring", ["monitoring", "service"])], unread: [], violations: [] };
}

function statefulSet(chart: Chart): MapNode {
  const { get, near } = chart;
  const isKept = chart.on("persistence", "enabled");
  const claim = (): Node =>
    near("persistence")([
      {
        metadata: { name: "datadir" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: chart.given("persistence", "storageClass"),
          resources: { requests: { storage: get("persistence", "size") } },
        },
      },
    ]);
  return near()({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: metadata(chart, chart.name),
    spec: {
      serviceName: "",
      replicas: chart.plain("replicaCount"),
      updateStrategy: { type: get("statefulset", "updateStrategy") },
      selector: { matchLabels: selectorLabels(chart) },
      template: {
        metadata: { labels: podLabels(chart), annotations: chart.given("podAnnotations") },
        spec: {
          affinity: antiAffinity(chart),
          containers: [server(chart)],
          volumes: choose(
            isKept,
            () => undefined,
            () => near("persistence")([{ name: "datadir", emptyDir: {} }]),
          ),
        },
      },
      volumeClaimTemplates: choose(isKept, claim),
    },
  }) as MapNode;
}

function server(chart: Chart): Node {
  const { get, near } = chart;
  return near()({
    name: chart.app,
    image: image(chart, "image"),
    imagePullPolicy: get("image", "pullPolicy"),
    args: args(chart),
    env: [{ name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }, ...password(chart)],
    ports: [{ name: "monitoring", containerPort: chart.plain("monitoring", "service", "port") }],
    livenessProbe: simpleProbe(chart, "livenessProbe"),
    readinessProbe: simpleProbe(chart, "readinessProbe"),
    resources: get("resources"),
    volumeMounts: [{ name: "datadir", mountPath: "/nats" }],
  });
}

/** The arguments in the order in which the chart writes them. One that is not known leaves those behind it open. */
function args(chart: Chart): Node {
  const { get, near } = chart;
  const write = near();
  const id = clusterId(chart);
  const isFile = chart.says("file", "store");
  const folder = (name: string): Node => joined(write, "/nats/", id, `/$(POD_NAME)/${name}`);
  const value = (node: Node | undefined): Node | undefined => (node?.kind === "scalar" ? joined(chart.from(node), node) : node);
  const clustered = chart.on("clustered");
  const isGrouped = both(not(clustered), chart.on("ftGroup"));
  const words: readonly (readonly [Decision, readonly Written[]])[] = [
    [true, ["-cid", id, "-m", value(get("monitoring", "service", "port")), "-ns", address(chart)]],
    [chart.on("hbInterval"), ["-hbi", value(get("hbInterval"))]],
    [chart.on("hbTimeout"), ["-hbt", value(get("hbTimeout"))]],
    [chart.on("hbFailCount"), ["-hbf", value(get("hbFailCount"))]],
    [clustered, ["-clustered", "--cluster_node_id", "$(POD_NAME)", "--cluster_peers", peers(chart), "--cluster_log_path", folder("raft")]],
    [both(clustered, chart.on("cluster_raft_logging")), ["--cluster_raft_logging"]],
    [isGrouped, ["-ft_group", value(get("ftGroup"))]],
    [true, ["--store", value(get("store"))]],
    // A group shares its directory; every other server has its own.
    [
      isFile,
      [
        "--dir",
        choose(
          isGrouped,
          () => joined(write, "/nats/", id, "/data"),
          () => folder("data"),
        ),
      ],
    ],
    [chart.on("auth", "enabled"), ["--user", value(get("auth", "user")), "--pass", "$(PASSWORD)"]],
  ];
  const unsure = words.find(([decision]) => typeof decision !== "boolean")?.[0];
  if (typeof unsure === "object") return unsure;
  return write(words.filter(([decision]) => decision === true).flatMap(([, some]) => some));
}

function clusterId(chart: Chart): Node {
  const write = chart.near("clusterID");
  return chart.given("clusterID") ?? joined(write, releaseName(chart.release, write), "-nats-streaming-cluster");
}

function address(chart: Chart): Node {
  const write = chart.near("natsSvc");
  return chart.given("natsSvc") ?? joined(write, "nats://", releaseName(chart.release, write), "-nats-client:4222");
}

function peers(chart: Chart): Node | undefined {
  const count = replicas(chart);
  if (typeof count !== "number") return count;
  const write = chart.near("replicaCount");
  const parts = Array.from({ length: Math.min(Math.max(count, 0), 1000) }, (_, index) => [index === 0 ? "" : ",", chart.name, `-${index}`] as const);
  return joined(write, ...parts.flat());
}

/** The password comes by the environment, from a Secret unless the values have it. */
function password(chart: Chart): readonly Written[] {
  const write = chart.near("auth");
  const own = chart.get("auth", "password");
  if (own !== undefined && goText(own) !== "") return [{ name: "PASSWORD", value: own }];
  const name = chart.given("auth", "secretName") ?? joined(write, releaseName(chart.release, write), "-nats-secret");
  return [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name, key: chart.get("auth", "secretKey") ?? "client-password" } } }];
}
