// Objects become servers: each workload that runs NATS or STAN, with its configuration and all that belongs to it.
// Rendered by a chart or written by hand, the same code joins them.

import type { ConfError } from "../../document/conf/read-conf.ts";
import { at, isUnset, list, map, type MapNode, type Node, type Origin, scalar, unknown } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import type { ClusterFacts } from "../../settings/settings.ts";
import { confKeys, streamingKeys } from "../conf-schema/conf-keys.ts";
import { configuration, streaming } from "../configuration.ts";
import { later, type Part, serverOf } from "../parts.ts";
import type { RootSchema } from "../schema.ts";
import { lexicalOf } from "../lexical.ts";
import { specification } from "../operators/specification.ts";
import { authenticationOf } from "../security/authentication.ts";
import { credentialsOf } from "../security/credentials.ts";
import { advisoriesOf, lineOf } from "../server-releases/known-releases.ts";
import { startupFacts } from "../startup/startup-facts.ts";
import { type Version, versionNode } from "../versions.ts";
import { saidOfAbsentFile } from "./absent-file.ts";
import { affinity, spread } from "./affinity.ts";
import { autoscalers } from "./autoscalers.ts";
import { anyZone, domains } from "./domains.ts";
import { claim, directories, optional, volumeMounts } from "./directories.ts";
import { balancedRoutes } from "./balanced-routes.ts";
import { certificates } from "./certificates.ts";
import { disruptionBudgets } from "./disruption-budgets.ts";
import { environment } from "./environment.ts";
import { overruled } from "./flag-conflicts.ts";
import { confWithFlags, streamingWithFlags } from "./flag-overlay.ts";
import { readFlags, saidOfFault } from "./flags.ts";
import { exposures } from "./exposures.ts";
import { governingService } from "./governing-service.ts";
import { files as namedFiles } from "./files.ts";
import { identity } from "./identity.ts";
import { issued } from "./issued.ts";
import { isPayload } from "./payload.ts";
import { images } from "./images.ts";
import { listeningOf } from "./listening.ts";
import { mesh } from "./mesh.ts";
import { metrics } from "./monitoring.ts";
import { networkPolicies } from "./network-policies.ts";
import { nodeReader } from "./node-reader.ts";
import { eligibleNodes } from "./nodes.ts";
import { memoryLimit } from "./memory-limit.ts";
import { find, type KubernetesObject, ofKind, type Unit } from "./objects.ts";
import type { PodView } from "./pod-file.ts";
import { nonTexts } from "./non-texts.ts";
import { podRoutes } from "./pod-routes.ts";
import { podNames } from "./pod-names.ts";
import { type PodTemplate, podTemplate } from "./pod-template.ts";
import { blockedClients, isolation } from "./policy-peers.ts";
import { previews } from "./previews.ts";
import { probes } from "./probes.ts";
import { rollout } from "./rollout.ts";
import { type PlacedPods, separation } from "./separation.ts";
import { sharedKeys } from "./shared-keys.ts";
import { type ServerContainer, serverContainer } from "./server-container.ts";
import { imageName, isRelease, lineOfImage } from "./server-image.ts";
import { isOfImage, readServerConf, type SourceText } from "./server-conf.ts";
import { servicesOf } from "./services.ts";
import { withSharedDirectories } from "./shared-directories.ts";
import { strays } from "./strays.ts";
import { lameDuckHook, lameDuckPidFile, reload, shell, shellUses } from "./shutdown.ts";
import { stanCompanions } from "./stan-companions.ts";

export interface AssembleContext {
  readonly schema: RootSchema;
  readonly sourceText: SourceText;
  /** The server version that the user names; it wins over the image's tag. */
  readonly serverVersion: Version | null;
  readonly nodes: ClusterFacts | null;
  /** Where objects go that name no namespace; null when nothing says it. */
  readonly namespace: string | null;
}

/** One server as a tree in the model's shape, but for scope and chart, which the caller knows. */
export interface AssembledServer {
  readonly tree: MapNode;
  readonly workload: KubernetesObject;
  readonly confErrors: readonly { readonly error: ConfError; readonly origin: Origin }[];
  /** What the tables of keys say of the configuration: judged when asked for, since of most versions of a chart nobody asks. */
  readonly confSaid: () => readonly TextViolation[];
}

/** The servers among the objects of a unit. */
export function assemble(unit: Unit, context: AssembleContext): AssembledServer[] {
  const running = unit.objects.flatMap((workload): Running[] => {
    const pods = podTemplate(workload);
    const server = pods === null ? null : serverContainer(pods.spec);
    return pods === null || server === null ? [] : [{ workload, pods, server, placed: placedPods(workload, pods, context) }];
  });
  const placed = running.map((one) => one.placed);
  return withSharedDirectories(running.map((one, index) => oneServer(one, placed, unit, context, index === 0)));
}

/** A workload that runs a server. */
interface Running {
  readonly workload: KubernetesObject;
  readonly pods: PodTemplate;
  readonly server: ServerContainer;
  readonly placed: PlacedPods;
}

function oneServer(one: Running, beside: readonly PlacedPods[], unit: Unit, context: AssembleContext, isFirst: boolean): AssembledServer {
  const { workload, pods, server, placed } = one;
  const { container, kind } = server;
  const version = context.serverVersion ?? server.version;
  const parts = kind === "stan" ? STAN_PARSER : version?.parts;
  const flags = readFlags(container, kind);
  const view = { container, pod: pods.spec, workload, unit };
  const file = readServerConf(flags.configFile ?? flags.streamingConfigFile ?? flags.imageFile, view, context.sourceText, parts);
  const stanFile =
    flags.configFile !== undefined && flags.streamingConfigFile !== undefined
      ? readServerConf(flags.streamingConfigFile, view, context.sourceText, parts)
      : null;
  const tree = confWithFlags(file?.tree, flags.conf);
  const config = configuration(tree);
  const stan = kind === "stan" ? streamingOf(stanFile?.tree ?? file?.tree, flags.streaming, workload.node.origin) : undefined;
  const conf = file ?? stanFile;
  const read = later(() => {
    const from = conf?.from ?? (() => "undefined" as const);
    return lexicalOf(withStreaming(tree, stan), context.schema, parts, conf?.rendered === true ? "chart" : "conf", from);
  });
  const listening = later(() => listeningOf(config, container));
  const services = later(() => servicesOf(workload, pods, unit, listening()));
  const serviceNodes = (): readonly Node[] => services().map(({ node }) => node);
  const files = later(() => certificates(config, view));
  const origin = workload.node.origin;
  const joined = (found: readonly Node[]): Node =>
    found.length > 0 || unit.complete ? list(found, origin) : unknown("other files may hold more objects", origin);
  const all: readonly Part[] = [
    ["kind", () => scalar(kind, container.origin)],
    ["version", () => versionOf(version, (at(container, "image") ?? container).origin)],
    ["config", () => config],
    ["streaming", () => stan],
    ["lexical", () => read().lexical],
    ["variables", () => read().variables],
    ["workload", () => workloadNode(one, beside, context)],
    ["container", () => containerNode(container, view, probes(container, pods.spec, config, listening().byPort))],
    ["directories", () => directories(config, stan, view)],
    ["identity", () => identity(container, pods.spec)],
    ["podNames", () => podNames(read().variables, container)],
    ["rollout", () => rollout(workload, pods, unit)],
    ["images", () => images(workload, pods, container, unit)],
    ["networkPolicies", () => networkPolicies(workload, pods, unit, [...listening().byPort].find(([, name]) => name === "client")?.[0])],
    ["certificates", files],
    ["issued", () => issued(files(), stan, config, view)],
    ["sharedKeys", () => sharedKeys(files(), view)],
    ["authentication", () => authenticationOf(config)],
    ["credentials", () => credentialsOf(config, stan, { variable: (name) => conf?.placeOf(name), isPayload: (place) => isPayload(place, unit) })],
    ["files", () => namedFiles(config, stan, view)],
    ["resource", () => specification(workload, unit)],
    ...(kind === "stan" ? stanCompanions(view, pods) : releaseFacts(context.serverVersion, server.version, container)),
    ["previews", () => previews(workload, pods, unit)],
    ["storageClasses", () => names("StorageClass", unit, origin)],
    ["autoscalers", () => autoscalers(workload, unit)],
    ["overruled", () => overruled(file?.tree, flags.conf, container)],
    ["nonTexts", () => nonTexts(workload, pods, unit)],
    ["metrics", () => metrics(workload, pods, unit)],
    ["lameDuckHook", () => lameDuckHook(container)],
    ["lameDuckPidFile", () => lameDuckPidFile(container)],
    ["reload", () => reload(workload, pods, unit)],
    ["imageConf", () => scalar(flags.configFile === undefined && isOfImage(flags.imageFile, view), container.origin)],
    ["shell", () => shell(container)],
    ["shellUses", () => shellUses(container)],
    ...startupFacts(config, stan, context.schema, parts),
    ["governingService", () => governingService(workload, pods, unit)],
    ["balancedRoutes", () => balancedRoutes(config, workload, services())],
    ["podRoutes", () => podRoutes(config)],
    ["mesh", () => mesh(workload, pods, unit)],
    ["nodeReader", () => nodeReader(workload, pods, unit)],
    ["isolation", () => isolation(workload, pods, unit, listening())],
    ["blockedClients", () => blockedClients(workload, pods, unit, services(), listening())],
    // They are nobody's, so the first server tells of them.
    ...(isFirst ? strays(() => ({ kind, workload, pods, unit, listening: listening() })) : []),
    ["exposures", () => exposures(workload, pods.spec, unit, services(), listening())],
    ["services", () => joined(serviceNodes())],
    ["disruptionBudgets", () => disruptionBudgets(workload, pods, placed.replicas, unit)],
  ];
  const confErrors = [...(file?.errors ?? []), ...(stanFile?.errors ?? [])];
  const confSaid = (): readonly TextViolation[] => [
    ...confKeys(file, { server: kind, version: parts }),
    ...(stanFile === null ? [] : streamingKeys(stanFile)),
    ...flags.faults.map(saidOfFault),
    ...[flags.configFile, flags.streamingConfigFile].flatMap((one) => saidOfAbsentFile(one, view)),
  ];
  return { tree: serverOf(all, context.schema, origin), workload, confErrors, confSaid };
}

/** The names of all objects of a kind. */
function names(kind: string, unit: Unit, origin: Origin): Node {
  return list(
    ofKind(unit, kind).map(({ node }) => at(node, "metadata", "name") ?? unknown("the object has no name", node.origin)),
    origin,
  );
}

function containerNode(container: MapNode, view: PodView, asked: readonly [string, Node][]): Node {
  const variables = environment(container, (kind, name) => find(view.unit, view.workload, kind, scalar(name, container.origin))?.node);
  const joined: [string, Node][] = [...asked, ["volumeMounts", volumeMounts(view)], ["GOMEMLIMIT", memoryLimit(variables, container)]];
  return { ...container, entries: new Map([...container.entries, ...joined]) };
}

/** The conf dialect of every nats-streaming-server that people still run: its last release embeds this parser. */
const STAN_PARSER: readonly number[] = [2, 9, 24];

function streamingOf(file: Node | undefined, flags: MapNode, origin: Origin): Node {
  // Without a block of its own STAN reads all keys of the file.
  const block = file === undefined ? undefined : (streaming(file) ?? streaming(map([["streaming", file]], file.origin)));
  return streamingWithFlags(block ?? map([], origin), flags);
}

function withStreaming(tree: Node, stan: Node | undefined): Node {
  if (tree.kind !== "map" || stan === undefined) return tree;
  return { ...tree, entries: new Map([...[...tree.entries].filter(([key]) => key.toLowerCase() !== "streaming"), ["streaming", stan] as const]) };
}

/** What is known of the version; of NATS Streaming, and of what others built, natslint knows no such facts. */
function releaseFacts(assumed: Version | null, version: Version | null, container: MapNode): readonly Part[] {
  const node = at(container, "image");
  const image = imageName(node);
  const { origin } = node ?? container;
  const parts = assumed?.parts ?? (isRelease(image) ? (version?.parts ?? null) : null);
  return [
    ["line", () => lineOf(parts ?? (isRelease(image) ? lineOfImage(image) : null), origin)],
    ["advisories", () => advisoriesOf(parts, origin)],
  ];
}

function versionOf(version: Version | null | undefined, origin: Origin): Node {
  return version == null ? unknown("the image's tag does not say it", origin) : versionNode(version, origin);
}

function workloadNode({ workload, pods, placed }: Running, all: readonly PlacedPods[], context: AssembleContext): Node {
  const { node } = workload;
  const spec = workload.kind === "Pod" ? undefined : at(node, "spec");
  const templates = at(spec, "volumeClaimTemplates");
  const pod: MapNode = {
    ...pods.spec,
    entries: new Map([
      ...[...pods.spec.entries].filter(([key]) => key !== "affinity" && key !== "topologySpreadConstraints"),
      ...optional("labels", pods.labels),
      ...optional("affinity", affinity(pods, placed.namespace)),
      ...optional("topologySpreadConstraints", spread(pods)),
    ]),
  };
  return map(
    [
      ...optional("apiVersion", at(node, "apiVersion")),
      ...optional("kind", at(node, "kind")),
      ...optional("name", at(node, "metadata", "name")),
      ...optional("replicas", placed.replicas),
      ...optional("serviceName", at(spec, "serviceName")),
      ...optional("podManagementPolicy", at(spec, "podManagementPolicy")),
      ...optional("updateStrategy", at(spec, "updateStrategy")),
      ...optional("strategy", at(spec, "strategy")),
      ["pod", pod],
      ["eligibleNodes", eligibleNodes(pods.spec, context.nodes)],
      ["eligibleZones", domains(anyZone(node.origin), pods.spec, context.nodes)],
      ["separation", separation(placed, all, context.nodes)],
      [
        "volumeClaimTemplates",
        templates?.kind === "list"
          ? { ...templates, items: templates.items.map(claimTemplate) }
          : isUnset(templates)
            ? list([], (templates ?? node).origin)
            : (templates as Node),
      ],
    ],
    node.origin,
  );
}

function placedPods(workload: KubernetesObject, pods: PodTemplate, context: AssembleContext): PlacedPods {
  const replicas = workload.kind === "Pod" ? scalar(1, workload.node.origin) : at(workload.node, "spec", "replicas");
  return { pods, namespace: workload.namespace ?? context.namespace, replicas };
}

function claimTemplate(node: Node): Node {
  return map([...optional("name", at(node, "metadata", "name")), ...claim(node)], node.origin);
}
