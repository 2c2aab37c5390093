// Routes that go to a pod of a StatefulSet by its name: which pod of which, below which Service.

import { at, list, map, type Node, scalar, text, unknown } from "../../document/node.ts";

/** `protocol://pod-0.service`, and further parts of the name: a namespace, `svc`, the cluster's domain. */
const POD =
  /^[a-z]+:\/\/(?:[^@]*@)?(?<host>(?<workload>[a-z0-9][a-z0-9-]*)-(?<ordinal>[0-9]+)\.(?<service>[a-z0-9-]+)(?:\.(?<namespace>[a-z0-9-]+)(?:\.svc[a-z0-9.-]*)?)?)(?::[0-9]+)?\/?$/;

/** The model's `podRoutes`; unknown where one of the routes is. */
export function podRoutes(config: Node): Node {
  const routes = at(config, "cluster", "routes");
  if (routes?.kind === "unknown") return routes;
  if (routes?.kind !== "list") return list([], (routes ?? config).origin);
  const found: Node[] = [];
  for (const [index, route] of routes.items.entries()) {
    const url = text(route);
    if (url === undefined) return unknown("not all routes are known", route.origin);
    const said = POD.exec(url)?.groups;
    if (said === undefined) continue;
    const parts = Object.entries({ index, ...said, namespace: said["namespace"] ?? null });
    found.push(
      map(
        parts.map(([key, value]) => [key, scalar(value, route.origin)] as const),
        route.origin,
      ),
    );
  }
  return list(found, routes.origin);
}
