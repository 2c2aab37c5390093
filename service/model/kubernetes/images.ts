// The images of a server's pods, and of the nats-box beside them: what each is called, and whether its tag stays the same.

import { at, isUnset, list, map, type MapNode, type Node, type Origin, scalar, text } from "../../document/node.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";
import { type PodTemplate, podTemplate } from "./pod-template.ts";
import { type ImageName, imageName } from "./server-image.ts";

type Part = "server" | "sidecar" | "init" | "box";

/** The model's `images`, in the order of the pod: a chart's own choice is left out, since nobody wrote it. */
export function images(workload: KubernetesObject, pods: PodTemplate, server: MapNode, unit: Unit): Node {
  const origin = workload.node.origin;
  const found = [
    ...containers(pods.spec, "containers").map((one) => image(one, one === server ? "server" : "sidecar")),
    ...containers(pods.spec, "initContainers").map((one) => image(one, "init")),
    ...boxes(workload, unit).map((one) => image(one, "box")),
  ];
  return list(
    found.filter((one) => one !== undefined),
    origin,
  );
}

/** The containers of nats-box: they wait for a person, so the workload that has one is no server. */
function boxes(workload: KubernetesObject, unit: Unit): readonly MapNode[] {
  return unit.objects.flatMap((object) => {
    const pods = object === workload || !together(object, workload) ? null : podTemplate(object);
    return pods === null ? [] : containers(pods.spec, "containers").filter(isBox);
  });
}

/** A container of that name that only waits. */
function isBox(container: MapNode): boolean {
  const words = [at(container, "command"), at(container, "args")].flatMap((one) => (one?.kind === "list" ? one.items : []));
  return (
    /^nats-?box$/.test(text(at(container, "name")) ?? "") && words.some((word) => /^(?:tail|sleep)$|\bsleep infinity\b|\btail -f\b/.test(text(word) ?? ""))
  );
}

function containers(pod: MapNode, key: string): readonly MapNode[] {
  const node = at(pod, key);
  return node?.kind === "list" ? node.items.filter((one) => one.kind === "map") : [];
}

function image(container: MapNode, part: Part): MapNode | undefined {
  const node = at(container, "image");
  const name = imageName(node);
  if (node === undefined || isUnset(node) || name === null || isOwnChoice(node.origin)) return undefined;
  const say = (value: string | null): Node => scalar(value, node.origin);
  return map(
    [
      ["image", node],
      ["part", say(part)],
      ["base", say(name.base)],
      ["tag", say(name.tag)],
      ["digest", say(name.digest)],
      ["moves", say(moves(name))],
    ],
    node.origin,
  );
}

/** The chart has it where the values say nothing. */
function isOwnChoice({ via = [] }: Origin): boolean {
  return via.some((one) => one.kind === "chart default");
}

/** How a tag of NATS's parts moves on: there is none, it names a channel, or it is the head of a line of versions. */
function moves({ base, tag, digest }: ImageName): string | null {
  if (digest !== null || !base.includes("nats")) return null;
  if (tag === null) return "none";
  if (/^(?:latest|stable|edge|main|master|nightly|develop|dev)$/.test(tag)) return "channel";
  if (!/^(?:nats|nats-server|nats-streaming|nats-box)$/.test(base)) return null;
  if (/^(?:alpine|scratch|linux|windowsservercore|nanoserver)[\d.]*(?:-\w+)*$/.test(tag)) return "channel";
  return base !== "nats-box" && /^v?\d+(?:\.\d+)?(?:-(?:alpine|scratch|linux)[\d.]*)?$/.test(tag) ? "line" : null;
}
