// What a change means to pods that run: are they made anew, is their configuration read again, or neither?

import { createHash } from "node:crypto";
import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { find, type KubernetesObject, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";

/**
 * The model's `rollout`. `template` is equal for equal pod templates, and not known where part of one is not known;
 * `onConfig`: does a changed configuration change the template, too; `reloader`: is the server told to read it again.
 */
export function rollout(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const { origin } = workload.node;
  const containers = at(pods.spec, "containers");
  const images = containers?.kind === "list" ? containers.items.map((one) => text(at(one, "image"))) : [];
  const reloads = images.some((image) => /config-reloader|boot-config|nats-server-reload/.test(image ?? ""));
  return map(
    [
      ["template", template(pods, workload)],
      ["onConfig", onConfig(workload, pods, unit)],
      ["reloader", reloads ? scalar(true, origin) : containers?.kind === "unknown" ? containers : scalar(false, origin)],
    ],
    origin,
  );
}

function template({ labels, annotations, spec }: PodTemplate, { node }: KubernetesObject): Node {
  const { origin } = node;
  const others =
    annotations?.kind === "map" ? { ...annotations, entries: new Map([...annotations.entries].filter(([key]) => !CHECKSUM.test(key))) } : annotations;
  const whole = map(Object.entries({ labels: labels ?? scalar(null, origin), annotations: others ?? scalar(null, origin), spec }), origin);
  const said = canonical(whole);
  return said === undefined
    ? unknown("part of the pods' template is not known", origin)
    : scalar(createHash("sha256").update(said).digest("hex").slice(0, 16), origin);
}

/** One text for equal trees; undefined where anything in one is not known. */
function canonical(node: Node): string | undefined {
  if (node.kind === "unknown") return node.same === undefined ? undefined : `same ${JSON.stringify(node.same)}`;
  if (node.kind === "scalar") return typeof node.value === "bigint" ? String(node.value) : JSON.stringify(node.value);
  if (node.kind === "list") return joined(node.items.map(canonical));
  if (node.incomplete !== undefined) return undefined;
  const keys = [...node.entries.keys()].sort();
  return joined(
    keys.map((key) => {
      const value = canonical(node.entries.get(key) as Node);
      return value === undefined ? undefined : `${JSON.stringify(key)}:${value}`;
    }),
  );
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : `[${parts.join(",")}]`;
}

/** Annotations by which charts and people have the pods made anew when a configuration changes. */
const CHECKSUM = /^checksum\/|(^|[/.-])(config)?-?(checksum|hash)$/i;

/** Stakater's Reloader, and its like, watch ConfigMaps and change the template. */
const WATCHED = /(^|\.)reloader\.stakater\.com\/|^(configmap|secret)\.reloader|wave\.pusher\.com\//;

function onConfig({ node, ...workload }: KubernetesObject, { annotations, spec }: PodTemplate, unit: Unit): Node {
  const own = at(node, "metadata", "annotations");
  const keys = [own, annotations].flatMap((one) => (one?.kind === "map" ? [...one.entries.keys()] : []));
  if (annotations?.kind === "map" && [...annotations.entries.keys()].some((key) => CHECKSUM.test(key))) return scalar(true, node.origin);
  if (keys.some((key) => WATCHED.test(key))) return scalar(true, node.origin);
  for (const one of [own, annotations]) if (one?.kind === "unknown") return one;
  const volumes = at(spec, "volumes") ?? list([], node.origin);
  const names =
    volumes.kind === "list"
      ? volumes.items.flatMap((one) => [["ConfigMap", at(one, "configMap", "name")] as const, ["Secret", at(one, "secret", "secretName")] as const])
      : [];
  // Kustomize puts a hash of the content into the name of what it generates.
  const generated = names.some(([kind, name]) => !isUnset(name) && isGenerated(find(unit, { node, ...workload }, kind, name)?.node));
  return scalar(generated, node.origin);
}

function isGenerated(node: MapNode | undefined): boolean {
  return node !== undefined && (node.origin.via ?? []).length === 0 && /(^|\/)kustomization(\.ya?ml)?$/i.test(node.origin.path);
}
