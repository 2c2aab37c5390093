// NatsCluster, as nats-operator 0.8 reads it: its nats.conf, its pods and its two services.
// Source: pkg/util/kubernetes/{kubernetes,pod}.go and pkg/conf/natsconf.go of the operator.

import { at, type MapNode, type Node, unknown } from "../../document/node.ts";
import { joined, truth } from "../dialects/template.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { CERTIFICATES, type Listener, natsClusterConf } from "./nats-cluster-conf.ts";
import { appended, besides, labelsOf, merged, podOf, type Resource, readResource, textOf, where, workloadOf } from "./resource.ts";

const CONF_FOLDER = "/etc/nats-config";
const DEFAULT_VERSION = "2.1.9";

export function natsCluster(object: KubernetesObject, beside: readonly KubernetesObject[] = []): KubernetesObject[] {
  const resource = readResource("nats-operator", object);
  if (resource === null) return [];
  const { name, get, write } = resource;
  const version = versionOf(resource);
  const selector = write({ app: "nats", nats_cluster: name });
  const labels = labelsOf({ app: write("nats"), nats_cluster: write(name), nats_version: version }, get("pod", "labels"), write);
  const pod = podOf(resource, (container) => server(resource, container, version), {
    volumes: appended(at(get("template", "spec"), "volumes"), volumes(resource), write),
    initContainers: where(resource.is("pod", "advertiseExternalIP"), () => bootstrap(resource)) ?? at(get("template", "spec"), "initContainers"),
    affinity: where(resource.is("pod", "antiAffinity"), () => antiAffinity(resource)) ?? at(get("template", "spec"), "affinity"),
    nodeSelector: get("pod", "nodeSelector"),
    tolerations: get("pod", "tolerations"),
  });
  return [
    workloadOf(resource, get("size") ?? write(0), labels, pod),
    besides(resource, "Secret", name, { data: write({ "nats.conf": natsClusterConf(resource, beside) }) }),
    service(resource, name, selector, { client: write(4222), websocket: get("websocketConfig", "port") }),
    service(resource, `${name}-mgmt`, selector, {
      cluster: write(6222),
      monitoring: write(8222),
      websocket: get("websocketConfig", "port"),
      gateways: get("gatewayConfig", "hostPort"),
      leafnodes: get("leafnodeConfig", "hostPort"),
    }),
  ];
}

function server(resource: Resource, container: MapNode, version: Node): MapNode {
  const { name, get, write, because } = resource;
  const image = get("serverImage") ?? write("nats");
  const isOld = /^v?[01]\./.test(textOf(version) ?? "");
  const noAdvertise = resource.is("noAdvertise");
  const command = [
    write(isOld ? "/gnatsd" : "/nats-server"),
    ...["-c", `${CONF_FOLDER}/nats.conf`, "-P", "/var/run/nats/nats.pid", "--cluster_advertise", `$(POD_NAME).${name}-mgmt`, "--connect_retries", "10"].map(
      (word) => write(word),
    ),
    ...(noAdvertise === true ? [because("noAdvertise")("--no_advertise")] : typeof noAdvertise === "boolean" ? [] : [noAdvertise]),
  ];
  return merged(container, {
    name: write("nats"),
    image: image.kind === "unknown" || version.kind === "unknown" ? unknown("the image is not known", image.origin) : joinedImage(resource, image, version),
    command: write(command),
    ports: ports(resource),
    livenessProbe: write({ httpGet: { port: 8222 }, initialDelaySeconds: 10, timeoutSeconds: 10, periodSeconds: 60, failureThreshold: 3 }),
    volumeMounts: appended(at(container, "volumeMounts"), mounts(resource), write),
    resources: get("pod", "resources"),
    env: environment(resource, container),
  });
}

function environment({ get, write }: Resource, container: MapNode): Node | undefined {
  const more = get("pod", "natsEnv");
  if (more === undefined || more.kind === "unknown") return more;
  return appended(at(container, "env"), more.kind === "list" ? more.items : [], write);
}

/** The version as the operator has it: without a `v`, and the default where none is given. */
function versionOf({ get, write, because }: Resource): Node {
  const node = get("version");
  const text = textOf(node);
  if (node === undefined || text === "") return write(DEFAULT_VERSION);
  return text === null ? node : because("version")(text.replace(/^v+/, ""));
}

function joinedImage({ because }: Resource, image: Node, version: Node): Node {
  return because("version")(`${textOf(image) ?? "nats"}:${textOf(version) ?? ""}`);
}

function ports(resource: Resource): Node {
  const { get, write, is, because } = resource;
  const external = is("pod", "advertiseExternalIP");
  const port = (name: string, number: Node | undefined, host: Node | undefined): Node[] =>
    number === undefined ? [] : [write({ name, containerPort: number, protocol: "TCP", hostPort: host })];
  const byDefault = (key: string, number: Node | undefined): Node | undefined =>
    external === true || is("pod", key) === false ? number : external === false && is("pod", key) === true ? undefined : unknownPort(resource);
  const [gateway, leaf, websocket] = [get("gatewayConfig", "hostPort"), get("leafnodeConfig", "hostPort"), get("websocketConfig", "port")];
  return write([
    ...port("cluster", write(6222), undefined),
    ...port("monitoring", write(8222), undefined),
    ...port(
      "client",
      write(4222),
      where(is("pod", "enableClientsHostPort"), () => because("pod", "enableClientsHostPort")(4222)),
    ),
    ...port("gateway", gateway, byDefault("disableGatewaysHostPort", gateway)),
    ...port("leaf", leaf, byDefault("disableLeafnodesHostPort", leaf)),
    ...port("websocket", websocket, byDefault("disableWebsocketsHostPort", websocket)),
  ]);
}

function unknownPort({ write }: Resource): Node {
  return unknown("a switch of the pod's host ports is not known", write(null).origin);
}

function listeners({ get }: Resource): (readonly [Listener, Node])[] {
  return (Object.keys(CERTIFICATES) as Listener[]).flatMap((listener) => {
    const secret = get("tls", `${listener}Secret`);
    return secret === undefined ? [] : [[listener, secret] as const];
  });
}

function mounts(resource: Resource): Node[] {
  const { get, write } = resource;
  const own = get("pod", "volumeMounts");
  return [
    write({ name: "nats-config", mountPath: CONF_FOLDER }),
    write({ name: "pid", mountPath: "/var/run/nats" }),
    ...(own?.kind === "list" ? own.items : own === undefined ? [] : [own]),
    ...listeners(resource).map(([listener]) => write({ name: `${listener}-tls-certs`, mountPath: CERTIFICATES[listener] })),
    ...(get("operatorConfig") === undefined ? [] : [write({ name: "operator-jwt", mountPath: "/etc/nats-operator" })]),
  ];
}

function volumes(resource: Resource): Node[] {
  const { name, get, write } = resource;
  return [
    write({ name: "nats-config", secret: { secretName: name } }),
    write({ name: "pid", emptyDir: {} }),
    ...listeners(resource).map(([listener, secret]) => write({ name: `${listener}-tls-certs`, secret: { secretName: secret } })),
    ...(get("operatorConfig") === undefined ? [] : [write({ name: "operator-jwt", secret: { secretName: get("operatorConfig", "secret") } })]),
  ];
}

/** Asks Kubernetes for the node's address, as the account that the template names. */
function bootstrap({ get, write, because }: Resource): Node {
  const [image, tag] = [get("pod", "bootconfigImage"), get("pod", "bootconfigImageTag")];
  const asked = because("pod", "advertiseExternalIP");
  const container = asked({
    name: "bootconfig",
    image: joined(asked, image ?? "connecteverything/nats-boot-config", ":", tag ?? "0.5.2"),
    command: ["nats-pod-bootconfig", "-f", `${CONF_FOLDER}/advertise/client_advertise.conf`],
  });
  return appended(at(get("template", "spec"), "initContainers"), [container], write);
}

/** It takes the place of whatever affinity the template has. */
function antiAffinity({ name, because }: Resource): Node {
  return because(
    "pod",
    "antiAffinity",
  )({
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { nats_cluster: name } }, topologyKey: "kubernetes.io/hostname" }],
    },
  });
}

function service(resource: Resource, name: string, selector: Node, ports: Readonly<Record<string, Node | undefined>>): KubernetesObject {
  const { write } = resource;
  const made = Object.entries(ports).flatMap(([port, number]) => (truth(number) === false ? [] : [write({ name: port, port: number, targetPort: number })]));
  const headless = name.endsWith("-mgmt") ? { clusterIP: "None", publishNotReadyAddresses: true } : {};
  return besides(resource, "Service", name, { spec: write({ selector, ports: made, ...headless }) });
}
