// The workload of Bitnami's charts from 6.x on: presets for affinity and resources, hooks for containers and volumes,
// and from 7.5.0 on a claim for JetStream.

import { list, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { goText } from "../nats-0x/printed.ts";
import { both, choose, type Decision, either, joined, not, type Written } from "../template.ts";
import { type Chart, isDisputedDefault, metadata, type Path, podLabels, selectorLabels } from "./chart.ts";
import { affinity } from "./common-affinity.ts";
import { claimTemplate, many, mounts, volumes } from "./common-volumes.ts";
import { isStatefulSet } from "./conf.ts";
import { anyOf, exporter, image, probe, pullSecrets, resources, switched } from "./containers.ts";

export interface CommonWorkload {
  readonly ports: { readonly client: Path; readonly cluster: Path; readonly monitoring: Path };
  /** The configuration's file name. */
  readonly file: Node;
  /** The headless Service. */
  readonly headless: Node;
  /** The Secret with the configuration, from 7.0.0 on; before that it is the release's ConfigMap. */
  readonly secret?: Node;
}

export function commonWorkload(chart: Chart, how: CommonWorkload): MapNode {
  const { get, given, near } = chart;
  const isSet = isStatefulSet(chart);
  const strategy = given("updateStrategy");
  const claims = both(hasClaim(chart, how), isSet);
  const retention = near("persistentVolumeClaimRetentionPolicy");
  const ofSet = {
    serviceName: how.headless,
    podManagementPolicy: choose(chart.since("8.4.6"), () => get("podManagementPolicy")),
    updateStrategy: strategy,
    persistentVolumeClaimRetentionPolicy: choose(both(claims, chart.on("persistentVolumeClaimRetentionPolicy", "enabled")), () =>
      retention({
        whenDeleted: get("persistentVolumeClaimRetentionPolicy", "whenDeleted"),
        whenScaled: get("persistentVolumeClaimRetentionPolicy", "whenScaled"),
      }),
    ),
    volumeClaimTemplates: choose(claims, () => list([claimTemplate(chart)], near("persistence")(null).origin)),
  };
  return near()({
    apiVersion: "apps/v1",
    kind: typeof isSet === "boolean" ? near("resourceType")(isSet ? "StatefulSet" : "Deployment") : isSet,
    metadata: metadata(chart, chart.name),
    spec: {
      replicas: chart.plain("replicaCount"),
      selector: { matchLabels: selectorLabels(chart) },
      ...(isSet === false ? { strategy } : ofSet),
      template: { metadata: { labels: podLabels(chart), annotations: annotations(chart, how) }, spec: podSpec(chart, how) },
    },
  }) as MapNode;
}

/** Every pod has the configuration's checksum, which is new at each rendering as long as passwords are random. */
function annotations(chart: Chart, how: CommonWorkload): Node | undefined {
  const own = chart.given("podAnnotations");
  if (how.secret === undefined || own?.kind === "unknown" || chart.given("existingSecret") !== undefined) return own;
  const write = chart.near("podAnnotations");
  const checksum = unknown("it is computed from the whole configuration", write(null).origin);
  return write({ "checksum/secret": checksum, ...(own?.kind === "map" ? Object.fromEntries(own.entries) : {}) });
}

function podSpec(chart: Chart, how: CommonWorkload): Written {
  const { get, given } = chart;
  const hasAccount = chart.since("7.12.0");
  return {
    imagePullSecrets: pullSecrets(chart),
    serviceAccountName: choose(hasAccount, () => serviceAccountName(chart)),
    automountServiceAccountToken: choose(hasAccount, () => get("automountServiceAccountToken")),
    hostAliases: given("hostAliases"),
    affinity: affinity(chart),
    nodeSelector: given("nodeSelector"),
    tolerations: given("tolerations"),
    priorityClassName: given("priorityClassName"),
    topologySpreadConstraints: how.secret === undefined ? undefined : given("topologySpreadConstraints"),
    schedulerName: given("schedulerName"),
    securityContext: switched(chart, "podSecurityContext"),
    initContainers: given("initContainers"),
    containers: [server(chart, how), exporter(chart, how.ports.monitoring), ...many(given("sidecars"))],
    volumes: volumes(chart, how),
  };
}

export function serviceAccountName(chart: Chart): Node {
  const write = chart.near("serviceAccount");
  const own = chart.given("serviceAccount", "name");
  return (
    own ??
    choose(
      chart.on("serviceAccount", "create"),
      () => chart.name,
      () => write("default"),
    ) ??
    write("default")
  );
}

function server(chart: Chart, how: CommonWorkload): Node {
  const { get, given, near } = chart;
  const isDiagnosed = both(chart.since("6.4.0"), chart.on("diagnosticMode", "enabled"));
  const isCustomFirst = chart.since("7.4.5");
  const check = (path: Written): Written => ({ httpGet: { path, port: "monitoring" } });
  // Up to 6.x the check itself is a value too. For a while the Deployment had the two paths the wrong way round.
  const isSet = isStatefulSet(chart);
  const isSwapped = both(not(isSet), both(chart.since("8.0.1"), not(chart.since("9.0.0"))));
  const isHealth = either(both(isSet, chart.since("8.2.2")), chart.since("9.0.0"));
  const path = (isHealthz: Decision): Written =>
    choose(
      isHealthz,
      () => near()("/healthz"),
      () => near()("/"),
    );
  const liveness = how.secret === undefined ? {} : check(path(isHealth));
  const readiness = how.secret === undefined ? {} : check(path(isSwapped));
  const checked = (name: string, custom: string, what: Written): Node | undefined =>
    choose(
      isDiagnosed,
      () => undefined,
      () => probe(chart, [name], [custom], isCustomFirst, what),
    );
  return near()({
    name: "nats",
    image: image(chart, "image"),
    imagePullPolicy: get("image", "pullPolicy"),
    securityContext: how.secret === undefined ? undefined : switched(chart, "containerSecurityContext"),
    command: choose(
      isDiagnosed,
      () => get("diagnosticMode", "command"),
      () =>
        choose(
          chart.on("command"),
          () => get("command"),
          () => command(chart, how),
        ),
    ),
    args: choose(
      isDiagnosed,
      () => get("diagnosticMode", "args"),
      () =>
        choose(
          chart.on("args"),
          () => get("args"),
          () => args(chart, how),
        ),
    ),
    env: environment(chart, how),
    envFrom: environmentFrom(chart),
    ports: (["client", "cluster", "monitoring"] as const).map((name) => ({ name, containerPort: chart.plain(...how.ports[name]) })),
    livenessProbe: checked("livenessProbe", "customLivenessProbe", liveness),
    readinessProbe: checked("readinessProbe", "customReadinessProbe", readiness),
    startupProbe: how.secret === undefined ? undefined : checked("startupProbe", "customStartupProbe", { tcpSocket: { port: "monitoring" } }),
    lifecycle: how.secret === undefined ? undefined : given("lifecycleHooks"),
    resources: resources(chart),
    volumeMounts: mounts(chart, how, filePath(chart, how), hasClaim(chart, how)),
  });
}

/** From 7.0.0 to 8.x neither command nor arguments are written: the image's entry point starts the server. */
function isByImage(chart: Chart, how: CommonWorkload): Decision {
  return how.secret === undefined ? false : not(chart.since("9.0.0"));
}

function command(chart: Chart, how: CommonWorkload): Node | undefined {
  const write = chart.near("natsFilename");
  const own =
    how.secret === undefined
      ? chart.get("natsFilename")
      : choose(
          chart.since("9.0.12"),
          () => write("nats-server"),
          () => write("/nats-server"),
        );
  return choose(
    isByImage(chart, how),
    () => undefined,
    () => write([own]),
  );
}

function args(chart: Chart, how: CommonWorkload): Node | undefined {
  const write = chart.near("natsFilename");
  const flags = how.secret === undefined ? chart.given("extraFlags") : undefined;
  if (flags?.kind === "unknown") return flags;
  const more =
    flags?.kind === "map" ? [...flags.entries].map(([key, node]) => joined(chart.from(node), `--${key}`, ...(goText(node) === "" ? [] : ["=", node]))) : [];
  return choose(
    isByImage(chart, how),
    () => undefined,
    () => write(["-c", filePath(chart, how), ...more]),
  );
}

function filePath(chart: Chart, how: CommonWorkload): Node {
  const write = chart.near("natsFilename");
  const inFolder = (folder: string): Node => joined(write, folder, how.file);
  if (how.secret === undefined) return inFolder("/opt/bitnami/nats/");
  return (
    choose(
      chart.since("9.0.0"),
      () => inFolder("/etc/"),
      () => inFolder("/bitnami/nats/conf/"),
    ) ?? inFolder("/etc/")
  );
}

function environment(chart: Chart, how: CommonWorkload): Node | undefined {
  const write = chart.near();
  const own = chart.given("extraEnvVars");
  if (own?.kind === "unknown") return own;
  const isNamed = how.secret === undefined ? false : both(chart.since("7.5.0"), isStatefulSet(chart));
  const isByEntryPoint = isByImage(chart, how);
  if (typeof isNamed !== "boolean") return isNamed;
  if (typeof isByEntryPoint !== "boolean") return isByEntryPoint;
  const isVerbose = anyOf(chart.on("image", "debug"), chart.on("diagnosticMode", "enabled"));
  const debug = choose(
    isVerbose,
    () => write("true"),
    () => write("false"),
  );
  const forImage = isByEntryPoint
    ? [
        { name: "BITNAMI_DEBUG", value: debug },
        { name: "NATS_FILENAME", value: chart.get("natsFilename") },
      ]
    : [];
  const name = isNamed ? [{ name: "NATS_SERVER_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }] : [];
  const all = [...forImage, ...name, ...many(own)];
  return all.length === 0 ? undefined : write(all);
}

function environmentFrom(chart: Chart): Node | undefined {
  // The default was null and became an empty text, which is the same here.
  const named = (key: string): Node | undefined => (isDisputedDefault(chart.get(key)) ? undefined : chart.given(key));
  const configMap = named("extraEnvVarsCM");
  const secret = named("extraEnvVarsSecret");
  if (configMap === undefined && secret === undefined) return undefined;
  return chart.near()([
    ...(configMap === undefined ? [] : [{ configMapRef: { name: configMap } }]),
    ...(secret === undefined ? [] : [{ secretRef: { name: secret } }]),
  ]);
}

/** JetStream's claim: with persistence, which came with 7.5.0. */
function hasClaim(chart: Chart, how: CommonWorkload): Decision {
  return how.secret === undefined ? false : both(chart.since("7.5.0"), chart.on("persistence", "enabled"));
}
