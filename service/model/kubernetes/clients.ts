// Workloads in sight that are told to connect to a server, by a URL in their environment or arguments.

import { at, type MapNode, members, type Node, text } from "../../document/node.ts";
import { type KubernetesObject, together, type Unit } from "./objects.ts";
import { serverContainer } from "./server-container.ts";
import type { ServerService } from "./services.ts";

export interface Client {
  readonly object: KubernetesObject;
  readonly template: MapNode;
  readonly labels: Node | undefined;
}

/** Kinds that make pods, and where they keep the template. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** Their kinds. */
export const CLIENTS: readonly string[] = Object.keys(TEMPLATES);

/** The clients of a server in its own namespace. */
export function clientsOf(workload: KubernetesObject, unit: Unit, services: readonly ServerService[]): Client[] {
  const names = new Set(services.map(({ object }) => object.name));
  return unit.objects.flatMap((object) => {
    const template = at(object.node, ...(TEMPLATES[object.kind] ?? ["none"]));
    const spec = at(template, "spec");
    if (template?.kind !== "map" || spec?.kind !== "map" || object.node === workload.node || serverContainer(spec) !== null) return [];
    if (!together(object, workload) || (object.namespace === null) !== (workload.namespace === null)) return [];
    const hosts = textsOf(spec).flatMap((one) => [...one.matchAll(/nats:\/\/(?:[^@/\s]*@)?([a-z0-9.-]+)/g)].map(([, host]) => host ?? ""));
    const isTold = hosts.some((host) => {
      const [name, space] = host.split(".");
      return names.has(name ?? "") && (space === undefined || space === object.namespace);
    });
    return isTold ? [{ object, template, labels: at(template, "metadata", "labels") }] : [];
  });
}

function textsOf(spec: MapNode): string[] {
  return members(at(spec, "containers")).flatMap((container) =>
    [...members(at(container, "env")).map((one) => at(one, "value")), ...members(at(container, "args")), ...members(at(container, "command"))].flatMap(
      (one) => text(one) ?? [],
    ),
  );
}
