// The routes of a full mesh, and the host name by which each server of a StatefulSet is reached.

import { at, list, type Node, type UnknownNode } from "../../../document/node.ts";
import { choose, computed, joined, not, releaseName, truth, type Write, type Written } from "../template.ts";
import { fullnameOf, namespaceOf, ownNamespace, releaseOr } from "./names.ts";
import { confJoined, goText, word } from "./printed.ts";
import { beside, each, from, get, getSince, is, pick, pickDecision, type Scope } from "./scope.ts";

/** How a peer is called in the routes. */
export interface PeerNames {
  /** The StatefulSet's name, or what the chart takes for it. */
  readonly set: Node;
  readonly service: Node;
  readonly namespace: Node;
  /** `user:password@` or nothing. */
  readonly credentials: Node | undefined;
  /** What follows the namespace: `.svc.cluster.local`. */
  readonly domain: Node;
}

/** The `routes` of a cluster of the nats chart. */
export function clusterRoutes(scope: Scope): Node {
  const write = beside(scope, get(scope, "cluster"));
  const name = pick(
    scope,
    "0.8.2",
    () => fullnameOf(scope),
    () =>
      pick(
        scope,
        "0.4.2",
        () => releaseOr(scope, get(scope, "nameOverride")),
        () => releaseName(scope.release, scope.write),
      ),
  ) as Node;
  const replicas = pick(
    scope,
    "0.4.2",
    () => getSince(scope, "0.4.2", "cluster", "replicas"),
    () => 3,
  );
  const namespace = pick(
    scope,
    "0.12.1",
    () => namespaceOf(scope),
    () => ownNamespace(scope),
  ) as Node;
  const names = { set: name, service: name, namespace, credentials: from(scope, "0.16.0", () => credentials(scope)), domain: domain(scope) };
  const extra = from(scope, "0.9.2", () => get(scope, "cluster", "extraRoutes"));
  const peers = peerRoutes(scope, replicas, names, write);
  if (peers.kind !== "list") return peers;
  return list([...peers.items, ...each(extra, (url) => [routeWord(url)])] as Node[], peers.origin);
}

/** One route for each replica. */
export function peerRoutes(scope: Scope, replicas: Node | undefined, names: PeerNames, write: Write): Node {
  const count = goInt(replicas);
  if (typeof count !== "number") return count;
  const near =
    replicas === undefined || replicas.origin.via?.some((one) => one.kind === "chart default") === true ? write : computed(scope.title, replicas.origin);
  const { set, service, namespace, credentials: user, domain: end } = names;
  const peer = (index: number): Node => confJoined("bare", near, "nats://", user, set, `-${index}.`, service, ".", namespace, end, ":6222");
  return list(
    Array.from({ length: count }, (_none, index) => peer(index)),
    near(null).origin,
  );
}

/** CLUSTER_ADVERTISE: the host name of the pod itself, as Kubernetes puts it together. */
export function podHostName(scope: Scope): Node {
  return joined(scope.write, "$(POD_NAME).", fullnameOf(scope), ".$(POD_NAMESPACE)", domain(scope));
}

/** Go's `int` of a value: whole numbers, also in texts; 0 for anything else. More than a thousand replicas are taken for a slip. */
export function goInt(node: Node | undefined): number | UnknownNode {
  if (node?.kind === "unknown") return node;
  const text = node?.kind === "scalar" ? String(node.value) : "";
  const count = /^[-+]?\d+(?:\.\d*)?$/.test(text) ? Math.trunc(Number(text)) : 0;
  return Math.max(0, Math.min(count, 1000));
}

function domain(scope: Scope): Node {
  const { write } = scope;
  const cluster = get(scope, "k8sClusterDomain");
  const long = (): Written =>
    joined(
      write,
      ".svc.",
      cluster,
      pick(
        scope,
        "0.8.10",
        () => "",
        () => ".",
      ),
    );
  const qualified = pick(scope, "0.8.2", long, () => ".svc") as Node;
  // Short names can be wanted since 0.13.0.
  const short = pickDecision(scope, "0.13.0", () => not(is(scope, "useFQDN")));
  return choose(
    short,
    () => write(""),
    () => qualified,
  ) as Node;
}

function credentials(scope: Scope): Node | undefined {
  const authorization = get(scope, "cluster", "authorization");
  return choose(truth(authorization), () => {
    const [user, password] = ["user", "password"].map((key) => escaped(at(authorization, key)));
    return typeof user === "string" && typeof password === "string"
      ? computed(scope.title, (authorization as Node).origin)(`${user}:${password}@`)
      : ((typeof user === "string" ? password : user) as Node);
  });
}

/** As Go escapes for a query: a blank is a plus. What is not there prints a remark, as in any template. */
function escaped(node: Node | undefined): string | UnknownNode {
  const text = node === undefined || (node.kind === "scalar" && node.value === null) ? "<no value>" : goText(node);
  if (typeof text !== "string") return text;
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function routeWord(url: Node): Node {
  const text = goText(url);
  return typeof text === "string" ? word(text, url.origin) : text;
}
