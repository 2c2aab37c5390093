// The nats.conf that nats-operator writes for a NatsCluster, as a tree. Who may connect stands in Secrets and in other
// resources, so that most of it is unknown here.

import { at, isUnset, type Node, unknown } from "../../document/node.ts";
import type { Written } from "../dialects/template.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { clientsAuth } from "./clients-auth.ts";
import { numberOf, type Resource, textOf, where } from "./resource.ts";

/** Where the operator mounts the Secret of each listener; its certificates are files of it. */
export const CERTIFICATES = {
  server: "/etc/nats-server-tls-certs",
  routes: "/etc/nats-routes-tls-certs",
  gateway: "/etc/nats-gateways-tls-certs",
  leafnode: "/etc/nats-leafnodes-tls-certs",
  websocket: "/etc/nats-websocket-tls-certs",
} as const;

export type Listener = keyof typeof CERTIFICATES;

/** `beside` are the objects in whose sight the resource is. */
export function natsClusterConf(resource: Resource, beside: readonly KubernetesObject[]): Node {
  const { get, write, because, is } = resource;
  const https = is("tls", "enableHttps");
  const limits = ["maxConnections", "maxPayload", "maxPending", "maxSubscriptions", "maxControlLine"] as const;
  const duration = get("lameDuckDurationSeconds");
  return write({
    port: 4222,
    ...(https === true ? { https_port: because("tls", "enableHttps")(8222) } : https === false ? { http_port: 8222 } : { https_port: https, http_port: https }),
    server_name: where(is("useServerName"), () => unknown("the environment of the pod has it", write(null).origin)),
    debug: get("natsConfig", "debug"),
    trace: get("natsConfig", "trace"),
    logtime: is("natsConfig", "disableLogtime") === true ? because("natsConfig", "disableLogtime")(false) : true,
    write_deadline: get("natsConfig", "write_deadline"),
    ...Object.fromEntries(limits.map((limit) => [snake(limit), notZero(get("natsConfig", limit))])),
    lame_duck_duration: numberOf(duration) === null ? duration : because("lameDuckDurationSeconds")(`${numberOf(duration)}s`),
    client_advertise: where(is("pod", "advertiseExternalIP"), () => unknown("it is the address of the node", write(null).origin)),
    tls: tls(resource, "server", "clientsTLSTimeout"),
    authorization: authorization(resource, beside),
    cluster: cluster(resource),
    gateway: gateway(resource),
    leafnodes: leafnodes(resource),
    websocket: websocket(resource),
    ...operator(resource),
  });
}

/** The operator always writes the block. With one server nobody has asked for a cluster, so that none is said to be there. */
function cluster(resource: Resource): Written {
  const { name, get, write } = resource;
  if (numberOf(get("size")) === 1) return undefined;
  const extra = get("extraRoutes");
  const own = write(`nats://${name}-mgmt:6222`);
  const routes = (extra?.kind === "list" ? extra.items : []).flatMap((one): Written[] => {
    const route = at(one, "route");
    const cluster = at(one, "cluster");
    if (route !== undefined && textOf(route) !== "") return [route];
    return cluster?.kind === "scalar" ? [write(`nats://${textOf(cluster) ?? ""}-mgmt:6222`)] : cluster === undefined ? [] : [cluster];
  });
  return {
    port: 6222,
    routes: extra?.kind === "unknown" ? extra : [own, ...routes],
    tls: tls(resource, "routes", "routesTLSTimeout"),
    authorization: inSecret(resource, "clusterAuthSecret"),
  };
}

function gateway(resource: Resource): Written {
  const { get, write, is } = resource;
  const block = get("gatewayConfig");
  if (block === undefined || block.kind !== "map") return block;
  return write({
    name: get("gatewayConfig", "name"),
    port: get("gatewayConfig", "hostPort"),
    reject_unknown: get("gatewayConfig", "rejectUnknown"),
    gateways: get("gatewayConfig", "gateways"),
    advertise: where(is("pod", "advertiseExternalIP"), () => unknown("it is the address of the node", write(null).origin)),
    tls: tls(resource, "gateway", "gatewaysTLSTimeout"),
    authorization: inSecret(resource, "gatewayAuthSecret"),
  });
}

function leafnodes(resource: Resource): Written {
  const { get, write } = resource;
  const block = get("leafnodeConfig");
  if (block === undefined || block.kind !== "map") return block;
  const remotes = get("leafnodeConfig", "remotes");
  return write({
    port: get("leafnodeConfig", "hostPort"),
    tls: tls(resource, "leafnode", "leafnodesTLSTimeout"),
    remotes: remotes?.kind === "list" ? remotes.items.map(remote) : remotes,
  });
}

function remote(node: Node): Written {
  const [url, urls] = [at(node, "url"), at(node, "urls")];
  const more = urls?.kind === "list" ? urls.items : [];
  return { urls: urls?.kind === "unknown" ? urls : [...(url === undefined ? [] : [url]), ...more], credentials: at(node, "credentials") };
}

function websocket(resource: Resource): Written {
  const { get, write } = resource;
  const block = get("websocketConfig");
  if (block === undefined || block.kind !== "map") return block;
  return write({
    port: get("websocketConfig", "port"),
    handshake_timeout: get("websocketConfig", "handshakeTimeout"),
    compression: get("websocketConfig", "compression"),
    tls: tls(resource, "websocket", "websocketTLSTimeout"),
  });
}

const FILES: Readonly<Record<Listener, readonly [certificate: string, key: string]>> = {
  server: ["server.pem", "server-key.pem"],
  routes: ["route.pem", "route-key.pem"],
  gateway: ["server.pem", "server-key.pem"],
  leafnode: ["server.pem", "server-key.pem"],
  websocket: ["server.pem", "server-key.pem"],
};

function tls(resource: Resource, listener: Listener, timeout: string): Written {
  const { get, because } = resource;
  const secret = `${listener}Secret`;
  if (get("tls", secret) === undefined) return undefined;
  const file = (key: string, usual: string): Node => {
    const name = get("tls", `${secret}${key}FileName`);
    const write = because("tls", name === undefined ? secret : `${secret}${key}FileName`);
    return name !== undefined && textOf(name) === null ? name : write(`${CERTIFICATES[listener]}/${textOf(name) ?? usual}`);
  };
  const [certificate, key] = FILES[listener];
  const own = listener === "server";
  return because(
    "tls",
    secret,
  )({
    ca_file: file("CA", "ca.pem"),
    cert_file: file("Cert", certificate),
    key_file: file("Key", key),
    timeout: notZero(get("tls", timeout)),
    verify: own ? get("tls", "verify") : undefined,
    verify_and_map: own ? get("auth", "tlsVerifyAndMap") : undefined,
    cipher_suites: own ? get("tls", "cipherSuites") : undefined,
    curve_preferences: own ? get("tls", "curvePreferences") : undefined,
  });
}

/** The first of three ways wins; each of them is written down elsewhere. */
function authorization(resource: Resource, beside: readonly KubernetesObject[]): Node | undefined {
  const { get, is, because, spec } = resource;
  // A chart that writes no block has it unset where its values say so.
  const block = at(spec, "auth");
  if (block !== undefined && isUnset(block)) return block;
  const accounts = is("auth", "enableServiceAccounts");
  if (accounts !== false) return unknown("the operator makes users of service accounts", because("auth", "enableServiceAccounts")(null).origin);
  if (get("auth", "clientsAuthSecret") !== undefined) return clientsAuth(resource, beside);
  const file = get("auth", "clientsAuthFile");
  return file === undefined ? undefined : unknown("another file holds the users", because("auth", "clientsAuthFile")(null).origin);
}

function inSecret({ get, because }: Resource, key: string): Node | undefined {
  return get("auth", key) === undefined ? undefined : unknown("a Secret holds it", because("auth", key)(null).origin);
}

function operator({ get, because }: Resource): Readonly<Record<string, Written>> {
  if (get("operatorConfig") === undefined) return {};
  return {
    operator: because("operatorConfig", "secret")("/etc/nats-operator/op.jwt"),
    system_account: get("operatorConfig", "systemAccount"),
    resolver: get("operatorConfig", "resolver"),
  };
}

/** A zero is not written. */
function notZero(node: Node | undefined): Node | undefined {
  return numberOf(node) === 0 ? undefined : node;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
