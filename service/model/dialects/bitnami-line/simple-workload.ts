// The workload of stable/nats up to 5.x and of its fork by Qlik: a StatefulSet or, on request, a Deployment.

import { list, type MapNode, type Node } from "../../../document/node.ts";
import { choose, type Decision, joined, not } from "../template.ts";
import { type Chart, metadata, type Path, podLabels, selectorLabels } from "./chart.ts";
import { isStatefulSet } from "./conf.ts";
import { anyOf, exporter, image, pullSecrets, simpleProbe } from "./containers.ts";

/** What differs between stable/nats and the fork. */
export interface SimpleWorkload {
  readonly ports: { readonly client: Path; readonly cluster: Path; readonly monitoring: Path };
  readonly command: Node;
  /** The configuration's file name, and the folder that it stands in. */
  readonly file: Node;
  readonly folder: string;
  /** Mounts the whole folder instead of the one file. */
  readonly mountsFolder: boolean;
  readonly apiVersion: Node | undefined;
  readonly hasHeadless: Decision;
}

export function simpleWorkload(chart: Chart, how: SimpleWorkload): MapNode {
  const { get, near } = chart;
  const isSet = isStatefulSet(chart);
  const strategy = chart.says("Recreate", "statefulset", "updateStrategy");
  const partition = choose(not(strategy), () =>
    choose(chart.on("statefulset", "rollingUpdatePartition"), () => near("statefulset")({ partition: chart.plain("statefulset", "rollingUpdatePartition") })),
  );
  const shared = { replicas: chart.plain("replicaCount"), selector: { matchLabels: selectorLabels(chart) }, template: podTemplate(chart, how) };
  const spec =
    isSet === false
      ? {
          ...shared,
          strategy: {
            type: get("deployment", "updateType"),
            rollingUpdate: { maxSurge: get("deployment", "maxSurge"), maxUnavailable: get("deployment", "maxUnavailable") },
          },
        }
      : {
          ...shared,
          serviceName: choose(how.hasHeadless, () => chart.named("-headless")),
          updateStrategy: { type: get("statefulset", "updateStrategy"), rollingUpdate: partition },
        };
  return near()({
    apiVersion: isSet === false ? "apps/v1" : how.apiVersion,
    kind: typeof isSet === "boolean" ? near("resourceType")(isSet ? "StatefulSet" : "Deployment") : isSet,
    metadata: metadata(chart, chart.name),
    spec,
  }) as MapNode;
}

function podTemplate(chart: Chart, how: SimpleWorkload): Node {
  const { get, given, near } = chart;
  const hasAnnotations = anyOf(chart.on("podAnnotations"), chart.on("metrics", "enabled"));
  const security = get("securityContext");
  return near()({
    metadata: { labels: podLabels(chart), annotations: choose(hasAnnotations, () => annotations(chart)) },
    spec: {
      imagePullSecrets: pullSecrets(chart),
      securityContext: choose(chart.on("securityContext", "enabled"), () =>
        security?.kind === "map"
          ? near("securityContext")({ fsGroup: get("securityContext", "fsGroup"), runAsUser: get("securityContext", "runAsUser") })
          : security,
      ),
      priorityClassName: given("priorityClassName"),
      nodeSelector: given("nodeSelector"),
      tolerations: given("tolerations"),
      schedulerName: given("schedulerName"),
      affinity: antiAffinity(chart),
      containers: [server(chart, how), ...sidecars(chart), exporter(chart, how.ports.monitoring)],
      volumes: [{ name: "config", configMap: { name: chart.name } }],
    },
  });
}

function annotations(chart: Chart): Node {
  const own = chart.given("podAnnotations");
  const metrics = chart.given("metrics", "podAnnotations");
  const unsure = [own, metrics].find((one) => one?.kind === "unknown");
  return unsure ?? chart.near("podAnnotations")({ ...entries(own), ...entries(metrics) });
}

function entries(node: Node | undefined): Readonly<Record<string, Node>> {
  return node?.kind === "map" ? Object.fromEntries(node.entries) : {};
}

function sidecars(chart: Chart): readonly (Node | undefined)[] {
  const node = chart.given("sidecars");
  return node?.kind === "list" ? node.items : [node?.kind === "unknown" ? node : undefined];
}

/** `hard`, `soft`, or none for any other word. */
export function antiAffinity(chart: Chart): Node | undefined {
  const write = chart.near("antiAffinity");
  const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: selectorLabels(chart) } };
  const hard = (): Node => write({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } });
  const soft = (): Node => write({ podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] } });
  // Nothing is written then; the null says beside which key.
  const none = (): Node => write(null);
  return choose(chart.says("hard", "antiAffinity"), hard, () => choose(chart.says("soft", "antiAffinity"), soft, none));
}

function server(chart: Chart, how: SimpleWorkload): Node {
  const { get, near } = chart;
  const path = joined(near("natsFilename"), `${how.folder}/`, how.file);
  const extra = chart.given("extraArgs");
  const args = [near()("-c"), path];
  const all = extra?.kind === "list" ? list([...args, ...extra.items], extra.origin) : extra?.kind === "unknown" ? extra : near()(args);
  return near()({
    name: chart.app,
    image: image(chart, "image"),
    imagePullPolicy: get("image", "pullPolicy"),
    command: [how.command],
    args: all,
    ports: (["client", "cluster", "monitoring"] as const).map((name) => ({ name, containerPort: chart.plain(...how.ports[name]) })),
    livenessProbe: simpleProbe(chart, "livenessProbe"),
    readinessProbe: simpleProbe(chart, "readinessProbe"),
    resources: get("resources"),
    volumeMounts: [{ name: "config", mountPath: how.mountsFolder ? how.folder : path, subPath: how.mountsFolder ? undefined : how.file }],
  });
}
