// What each file was taken for, in the words of the people who write such files: the first thing to know when a finding
// surprises, or when there is none.

import { posix } from "node:path";
import { at, text } from "../document/node.ts";
import type { KubernetesObject } from "./kubernetes/objects.ts";
import type { ReadSources } from "./read-sources.ts";
import { isFleet } from "./wrappers/fleet.ts";
import { isHelmfile } from "./wrappers/helmfile.ts";
import { FILES } from "./wrappers/kustomize/build.ts";

/** By path, for files that were understood as something. What holds several kinds of things has several names. */
export type TakenFor = ReadonlyMap<string, readonly string[]>;

/** `charts` are the charts' values by the files that they stand in, `streaming` the configurations of NATS Streaming. */
export function takenFor(read: ReadSources, charts: TakenFor, streaming: ReadonlySet<string>): TakenFor {
  const found = new Map<string, Set<string>>();
  const add = (path: string, name: string): void => void (found.get(path) ?? found.set(path, new Set()).get(path))?.add(name);
  for (const { path, object } of read.objects) add(path, nameOf(object));
  for (const { path } of read.confs) add(path, streaming.has(path) ? "stan.conf" : "nats.conf");
  for (const path of read.values.keys()) {
    if (FILES.includes(posix.basename(path))) add(path, "Kustomization");
    else if (isHelmfile(path)) add(path, "helmfile");
    else if (isFleet(path)) add(path, "Fleet bundle");
  }
  for (const [path, names] of charts) for (const name of names) add(path, name);
  return new Map([...found].map(([path, names]) => [path, [...names].sort()] as const));
}

/** By API group: what its kinds are called. */
const GROUPS: Readonly<Record<string, (kind: string) => string>> = {
  "argoproj.io": (kind) => (/^Application/.test(kind) ? `Argo CD ${kind}` : `Argo ${kind}`),
  "helm.cattle.io": (kind) => `k3s ${kind}`,
  "helm.fluxcd.io": (kind) => `Flux ${kind}`,
  "helm.toolkit.fluxcd.io": (kind) => `Flux ${kind}`,
  "jetstream.nats.io": (kind) => `NACK ${kind}`,
  "kustomize.config.k8s.io": (kind) => kind,
  "nats.io": (kind) => kind,
  "streaming.nats.io": (kind) => kind,
};

function nameOf({ kind, node }: KubernetesObject): string {
  const group = (text(node.entries.get("apiVersion")) ?? "").split("/")[0] ?? "";
  const chart = text(at(node, "metadata", "labels", "helm.sh/chart"));
  return GROUPS[group]?.(kind) ?? (chart === undefined ? "Kubernetes objects" : `rendering of ${chart}`);
}
