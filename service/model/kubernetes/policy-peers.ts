// Whom the network policies of a server's pods let through: the pods themselves for their routes, and clients in sight.

import { at, isUnset, list, map, members, type Node, scalar, text, unknown } from "../../document/node.ts";
import { clientsOf } from "./clients.ts";
import type { Listening } from "./listening.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { selects } from "./selectors.ts";
import { containerPort, type ServerService } from "./services.ts";

type Direction = "Ingress" | "Egress";

interface Asked {
  readonly direction: Direction;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** Of the pods at the other end, in the same namespace; undefined for anybody. */
  readonly labels: Node | undefined | "anybody";
}

/** The model's `isolation`: null where no policy selects the pods, unknown where one may. */
export function isolation(workload: KubernetesObject, pods: PodTemplate, unit: Unit, listening: Listening): Node {
  const policies = policiesOf(workload, pods, unit);
  if (policies === undefined) return unknown("whom a network policy selects is not known", workload.node.origin);
  const [first] = policies;
  if (first === undefined) return scalar(null, workload.node.origin);
  const routes = [...listening.byPort].find(([, name]) => name === "cluster")?.[0];
  const blocked = (asked: Omit<Asked, "labels"> & { labels?: "anybody" }): boolean | undefined =>
    isBlocked(policies, { ...asked, labels: asked.labels ?? pods.labels }, pods);
  const either = (one: boolean | undefined, other: boolean | undefined): boolean | undefined =>
    one === true || other === true ? true : one === undefined || other === undefined ? undefined : false;
  const ofRoutes =
    routes === undefined
      ? undefined
      : either(blocked({ direction: "Ingress", port: routes, protocol: "TCP" }), blocked({ direction: "Egress", port: routes, protocol: "TCP" }));
  const origin = (at(first.node, "spec") ?? first.node).origin;
  const flag = (answer: boolean | undefined): Node =>
    answer === undefined ? unknown("what the policies let through is not known", origin) : scalar(answer, origin);
  const names = blocked({ direction: "Egress", port: 53, protocol: "UDP", labels: "anybody" });
  return map(
    [
      ["routes", flag(ofRoutes)],
      ["names", flag(names)],
    ],
    origin,
  );
}

/** The model's `blockedClients`: pods in sight that are told to connect to the server, and certainly are not let through. */
export function blockedClients(workload: KubernetesObject, pods: PodTemplate, unit: Unit, services: readonly ServerService[], listening: Listening): Node {
  const policies = policiesOf(workload, pods, unit) ?? [];
  const port = [...listening.byPort].find(([, name]) => name === "client")?.[0];
  const found = policies.length === 0 || port === undefined ? [] : clientsOf(workload, unit, services);
  return list(
    found.flatMap(({ object, template, labels }) => {
      if (isBlocked(policies, { direction: "Ingress", port: port ?? 0, protocol: "TCP", labels }, pods) !== true) return [];
      const place = labels ?? at(template, "metadata") ?? template;
      return [
        map(
          [
            ["kind", scalar(object.kind, place.origin)],
            ["label", scalar(wantedLabel(policies) ?? null, place.origin)],
          ],
          place.origin,
        ),
      ];
    }),
    workload.node.origin,
  );
}

/** The policies that certainly select the pods; undefined where one may. */
function policiesOf(workload: KubernetesObject, pods: PodTemplate, unit: Unit): readonly KubernetesObject[] | undefined {
  const near = ofKind(unit, "NetworkPolicy").filter((one) => together(one, workload));
  const answers = near.map((one) => selects(at(one.node, "spec", "podSelector"), pods.labels, "labelSelector"));
  return answers.includes(undefined) ? undefined : near.filter((_, index) => answers[index] === true);
}

/** Does no policy let it through, while at least one looks at it? Policies add up: what one allows, none forbids. */
function isBlocked(policies: readonly KubernetesObject[], asked: Asked, pods: PodTemplate): boolean | undefined {
  const key = asked.direction === "Ingress" ? "ingress" : "egress";
  const looking = policies.map((one) => looksAt(one, asked.direction));
  if (looking.includes(undefined)) return undefined;
  const concerned = policies.filter((_, index) => looking[index] === true);
  const answers = concerned.flatMap(({ node }) => {
    const rules = at(node, "spec", key);
    if (rules?.kind === "list") return rules.items.map((rule) => admits(rule, asked, pods));
    return isUnset(rules) ? [] : [undefined];
  });
  if (concerned.length === 0 || answers.includes(true)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Without `policyTypes` a policy looks at what comes in, and at what goes out where it has rules for it. */
function looksAt({ node }: KubernetesObject, direction: Direction): boolean | undefined {
  const types = at(node, "spec", "policyTypes");
  if (isUnset(types)) return direction === "Ingress" || !isUnset(at(node, "spec", "egress"));
  if (types?.kind !== "list" || types.items.some((one) => one.kind === "unknown")) return undefined;
  return types.items.some((one) => text(one) === direction);
}

function admits(rule: Node, { direction, port, protocol, labels }: Asked, pods: PodTemplate): boolean | undefined {
  const through = some(at(rule, "ports"), (one) => {
    const spoken = at(one, "protocol");
    if (!isUnset(spoken) && text(spoken) === undefined) return undefined;
    if ((text(spoken) ?? "TCP") !== protocol) return false;
    const from = at(one, "port");
    if (isUnset(from)) return true;
    // A name is that of a port of the pods at the receiving end.
    const number = text(from) === undefined ? from : direction === "Ingress" || labels !== "anybody" ? containerPort(text(from) ?? "", pods.spec) : undefined;
    if (number?.kind !== "scalar" || typeof number.value !== "number")
      return text(from) !== undefined && number === undefined && direction === "Ingress" ? false : undefined;
    const end = at(one, "endPort");
    if (isUnset(end)) return number.value === port;
    return end?.kind === "scalar" && typeof end.value === "number" ? number.value <= port && port <= end.value : undefined;
  });
  if (through === false) return false;
  const who = some(at(rule, direction === "Ingress" ? "from" : "to"), (peer) => {
    if (labels === "anybody" || !isUnset(at(peer, "ipBlock")) || peer.kind === "unknown") return undefined;
    const spaces = at(peer, "namespaceSelector");
    const all = spaces?.kind === "map" && spaces.entries.size === 0 && spaces.incomplete === undefined;
    if (!isUnset(spaces) && !all) return undefined;
    const wanted = at(peer, "podSelector");
    return isUnset(wanted) ? all : selects(wanted, labels, "labelSelector");
  });
  if (who === false) return false;
  return through === true && who === true ? true : undefined;
}

/** Is there none, or does it hold for one? */
function some(node: Node | undefined, holds: (one: Node) => boolean | undefined): boolean | undefined {
  if (isUnset(node) || (node?.kind === "list" && node.items.length === 0)) return true;
  if (node?.kind !== "list") return undefined;
  const answers = node.items.map(holds);
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** What a client's pods would be let in by: the first label that a rule asks for beside the server's own. */
function wantedLabel(policies: readonly KubernetesObject[]): string | undefined {
  const peers = policies.flatMap(({ node }) => members(at(node, "spec", "ingress")).flatMap((rule) => members(at(rule, "from"))));
  const labels = peers.flatMap((peer) => {
    const wanted = at(peer, "podSelector", "matchLabels");
    return wanted?.kind === "map" ? [...wanted.entries].map(([key, value]) => (value.kind === "scalar" ? `${key}: "${value.value}"` : key)) : [];
  });
  return labels.find((one) => /client/.test(one)) ?? labels[0];
}
