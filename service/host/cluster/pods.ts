// What an object says about pods: which it makes, which it selects, and which ConfigMaps and claims they name.

import { isRecord } from "./resources.ts";
import type { ClusterObject } from "./surroundings.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface Pods {
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Fields;
}

/** The pods that a workload makes; null for what makes none. */
export function podsOf(object: ClusterObject): Pods | null {
  const template = object.kind === "Pod" ? object : field(object["spec"], "template");
  const [metadata, spec] = [field(template, "metadata"), field(template, "spec")];
  if (!isRecord(spec)) return null;
  const labels = field(metadata, "labels");
  return { labels: isRecord(labels) ? (labels as Pods["labels"]) : {}, spec };
}

/** Names of ConfigMaps, each with what names it. */
export function configMapsOf({ spec }: Pods): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: unknown, by: string): void => {
    if (typeof name === "string" && name !== "" && !found.has(name)) found.set(name, by);
  };
  for (const volume of items(spec["volumes"])) {
    const by = `volume ${String(volume["name"])}`;
    add(field(volume["configMap"], "name"), by);
    for (const source of items(field(volume["projected"], "sources"))) add(field(source["configMap"], "name"), by);
  }
  for (const container of [...items(spec["initContainers"]), ...items(spec["containers"])]) {
    const by = `environment of container ${String(container["name"])}`;
    for (const from of items(container["envFrom"])) add(field(from["configMapRef"], "name"), by);
    for (const variable of items(container["env"])) add(field(field(variable["valueFrom"], "configMapKeyRef"), "name"), by);
  }
  return found;
}

/** Is the claim one of the workload's: named in a volume, or made from a template for one of its pods? */
export function isClaimOf(claim: string, workload: ClusterObject, pods: Pods): boolean {
  if (items(pods.spec["volumes"]).some((volume) => field(volume["persistentVolumeClaim"], "claimName") === claim)) return true;
  return items(field(workload["spec"], "volumeClaimTemplates")).some((template) => {
    const start = `${String(field(template["metadata"], "name"))}-${workload.metadata.name}-`;
    return claim.startsWith(start) && /^\d+$/.test(claim.slice(start.length));
  });
}

/** Does a Service or a disruption budget select pods with these labels? A Service without a selector selects none. */
export function selects(object: ClusterObject, labels: Pods["labels"]): boolean {
  const selector = field(object["spec"], "selector");
  if (!isRecord(selector)) return false;
  if (object.kind === "Service") return Object.keys(selector).length > 0 && matches(selector, labels);
  const { matchLabels, matchExpressions } = selector;
  return (!isRecord(matchLabels) || matches(matchLabels, labels)) && items(matchExpressions).every((one) => holds(one, labels));
}

function matches(wanted: Fields, labels: Pods["labels"]): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function holds({ key, operator, values }: Fields, labels: Pods["labels"]): boolean {
  const value = labels[String(key)];
  const listed = Array.isArray(values) && value !== undefined && values.includes(value);
  if (operator === "In") return listed;
  if (operator === "NotIn") return !listed;
  return operator === "Exists" ? value !== undefined : operator === "DoesNotExist" && value === undefined;
}

function items(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
