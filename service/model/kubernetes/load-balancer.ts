// What the annotations of a Service ask of the load balancer in front of it. Each cloud has its own words; a balancer
// of which they leave something open is not known, and nobody is told anything about it.

import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";

/** The model's `loadBalancer`: null for a Service of another type. */
export function loadBalancer(service: MapNode): Node {
  const spec = at(service, "spec");
  const type = at(spec, "type");
  if (type?.kind === "unknown") return type;
  if (text(type) !== "LoadBalancer") return scalar(null, (type ?? service).origin);
  const beside = (type as Node).origin;
  const noted = annotationsOf(service);
  if (noted === undefined) return unknown("an annotation of the Service is not known", beside);
  const flag = (value: boolean | undefined): Node => (value === undefined ? unknown("the annotations leave it open", beside) : scalar(value, beside));
  const idle = idleTimeout(noted);
  const proxy = noted.find(({ key, value }) => isProxied(key, value));
  return map(
    [
      ["internal", flag(isInternal(noted, spec))],
      ["guarded", flag(noted.some(({ key, value }) => GUARDS.test(key) && value !== ""))],
      ["ranges", ranges(spec, noted, beside)],
      ["proxyProtocol", proxy === undefined ? scalar(false, beside) : scalar(true, proxy.node.origin)],
      ["idleTimeout", idle ?? scalar(null, beside)],
    ],
    beside,
  );
}

/** Does the load balancer end TLS at a port, and does it take what comes for HTTP? Each where an annotation says so. */
export function balanced(service: MapNode, port: MapNode): { readonly tls: Node; readonly http: Node } {
  const noted = annotationsOf(service);
  if (noted === undefined) {
    const open = unknown("an annotation of the Service is not known", port.origin);
    return { tls: open, http: open };
  }
  const said = (key: RegExp): Annotation | undefined => noted.find((one) => key.test(one.key));
  const isOne = (ports: string): boolean =>
    ports === "*" || ports.split(",").some((one) => [text(at(port, "name")), numberText(at(port, "port"))].includes(one.trim()));
  const certificate = isOne(said(/aws-load-balancer-ssl-ports$/)?.value ?? "*") ? said(/aws-load-balancer-ssl-cert$/) : undefined;
  const other = isOne(said(/do-loadbalancer-tls-ports$/)?.value ?? "443") ? said(/do-loadbalancer-certificate-(?:id|name)$/) : undefined;
  const protocol = said(/(?:aws-load-balancer-backend-protocol|do-loadbalancer-protocol)$/);
  const http = /^https?2?$/i.test(protocol?.value ?? "") ? protocol : said(/^alb\.ingress\.kubernetes\.io\//);
  const flag = (cause: Annotation | undefined): Node => scalar(cause !== undefined, (cause?.node ?? port).origin);
  return { tls: flag(certificate ?? other), http: flag(http) };
}

interface Annotation {
  readonly key: string;
  readonly value: string;
  readonly node: Node;
}

/** The annotations; undefined where one of them is not known. */
function annotationsOf(service: MapNode): readonly Annotation[] | undefined {
  const annotations = at(service, "metadata", "annotations");
  if (isUnset(annotations)) return [];
  if (annotations?.kind !== "map" || annotations.incomplete !== undefined) return undefined;
  const found: Annotation[] = [];
  for (const [key, node] of annotations.entries) {
    if (node.kind !== "scalar") return undefined;
    found.push({ key, value: node.value === null ? "" : String(node.value), node });
  }
  return found;
}

/** Security groups, firewalls and the like let in only whom they name. */
const GUARDS = /security-group|prefix-list|allowed-service-tag|network-?tags|firewall|[-/]acl-|white-?list|allow-?list/i;

/** Load balancers on one's own premises: which of their addresses the world reaches, no file says. */
const PREMISES = /metallb|kube-vip|purelb|openelb|lb-ipam|klipper/i;

const PRIVATE_ADDRESS = /(?:^|[,\s[])(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)\d/;

/** Is it for the network of the cloud alone? Undefined where that depends on more than the Service. */
function isInternal(noted: readonly Annotation[], spec: Node | undefined): boolean | undefined {
  for (const { key, value } of noted) {
    const isBalancer = /load-?balancer|[/.-]lb[-.]/i.test(key);
    // The oldest way of AWS to say so is a range, so any value but `false` counts.
    if (isBalancer && /internal/i.test(key) && !/^(?:false)?$/i.test(value)) return true;
    if (isBalancer && /^(?:internal|private|intranet)$/i.test(value)) return true;
    if (/loadbalancer-private$|disable-public-network$/.test(key) && value === "true") return true;
  }
  const kind = at(spec, "loadBalancerClass");
  const address = at(spec, "loadBalancerIP");
  if (kind?.kind === "unknown" || address?.kind === "unknown") return undefined;
  if (text(kind) === "tailscale" || PRIVATE_ADDRESS.test(text(address) ?? "")) return true;
  const own = noted.filter(({ key }) => PREMISES.test(key));
  if (own.some(({ value }) => PRIVATE_ADDRESS.test(value))) return true;
  if (own.length > 0 || PREMISES.test(text(kind) ?? "")) return undefined;
  // The AWS Load Balancer Controller makes internal ones unless it is told otherwise.
  const isControllers =
    /^(?:service\.k8s|eks\.amazonaws).*\/nlb$/.test(text(kind) ?? "") ||
    noted.some(({ key, value }) => /aws-load-balancer-type$/.test(key) && /^(?:external|nlb-ip)$/.test(value));
  return isControllers && !noted.some(({ key }) => /aws-load-balancer-scheme$/.test(key));
}

/** Who may come: the field's ranges where it has some, else those of the annotation that does the same. */
function ranges(spec: Node | undefined, noted: readonly Annotation[], beside: Node["origin"]): Node {
  const field = at(spec, "loadBalancerSourceRanges");
  if (field?.kind === "unknown") return field;
  if (field?.kind === "list" && field.items.length > 0) return { ...field, items: field.items.map((one) => range(one, text(one))) };
  const noting = noted.find(({ key, value }) => /load-balancer-source-ranges$|allowed-ip-ranges$/.test(key) && value.trim() !== "");
  if (noting !== undefined) {
    const items = noting.value.split(",").map((one) => range(noting.node, one));
    return list(items, noting.node.origin);
  }
  return list([], (isUnset(field) ? undefined : field)?.origin ?? beside);
}

function range(node: Node, written: string | undefined): Node {
  if (node.kind === "unknown" || written === undefined)
    return node.kind === "unknown" ? node : unknown("something else than a range stands there", node.origin);
  return map(
    [
      ["range", scalar(written.trim(), node.origin)],
      ["reach", scalar(reachOf(written.trim()), node.origin)],
    ],
    node.origin,
  );
}

function reachOf(cidr: string): "everybody" | "some" | "nobody" {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const six = /^(?=.*:)[\da-f:.]+\/(\d{1,3})$/i.exec(cidr);
  const length = Number(four?.[5] ?? six?.[1] ?? Number.NaN);
  const holds = four === null ? six !== null && length <= 128 : length <= 32 && four.slice(1, 5).every((part) => Number(part) <= 255);
  if (!holds) return "nobody";
  return length === 0 ? "everybody" : "some";
}

/** `*`, `true`, `v1`, `v2`, or an attribute of the balancer's target groups. */
function isProxied(key: string, value: string): boolean {
  if (/target-group-attributes$/.test(key)) return /proxy_protocol_v2\.enabled\s*=\s*true/.test(value);
  return /load-?balancer/i.test(key) && /proxy-?protocol/i.test(key) && !/^(?:false|none|)$/i.test(value);
}

/** Seconds after which the balancer drops a silent connection, where an annotation says it; Azure counts minutes. */
function idleTimeout(noted: readonly Annotation[]): Node | undefined {
  for (const { key, value, node } of noted) {
    const seconds = /aws-load-balancer-connection-idle-timeout$/.test(key)
      ? /^\d+$/.exec(value)?.[0]
      : /load-balancer-(?:listener-)?attributes(?:\.|$)/.test(key)
        ? /tcp\.idle_timeout\.seconds\s*=\s*(\d+)/.exec(value)?.[1]
        : undefined;
    if (seconds !== undefined) return scalar(Number(seconds), node.origin);
    if (/azure-load-balancer-tcp-idle-timeout$/.test(key) && /^\d+$/.test(value)) return scalar(Number(value) * 60, node.origin);
  }
  return undefined;
}

function numberText(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" ? String(node.value) : undefined;
}
