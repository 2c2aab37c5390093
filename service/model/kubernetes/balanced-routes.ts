// Routes that go to a Service with an address of its own, which hands each connection to any of the servers.

import { at, list, map, type Node, scalar, text } from "../../document/node.ts";
import type { KubernetesObject } from "./objects.ts";
import type { ServerService } from "./services.ts";

/** The model's `balancedRoutes`. What a chart writes into the configuration is left out. */
export function balancedRoutes(config: Node, workload: KubernetesObject, services: readonly ServerService[]): Node {
  const routes = at(config, "cluster", "routes");
  const found = (routes?.kind === "list" ? routes.items : []).flatMap((route) => {
    const [name, space] = (/\/\/(?:[^@/\s]*@)?([^:/\s]+)/.exec(text(route) ?? "")?.[1] ?? "").split(".");
    if (route.origin.via?.some((one) => one.kind === "template") === true) return [];
    if (space !== undefined && space !== workload.namespace) return [];
    const service = services.find(({ object }) => object.name !== null && object.name === name);
    const address = at(service?.object.node, "spec", "clusterIP");
    if (service === undefined || address?.kind === "unknown" || text(address) === "None") return [];
    return [map([["service", scalar(name ?? "", route.origin)]], route.origin)];
  });
  return list(found, (routes ?? config).origin);
}
