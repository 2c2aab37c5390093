// The stan chart of nats-io, 0.2.0 to 0.13.1: NATS Streaming, with a NATS server inside unless it is told of one.
// It writes stan.conf as text, so a value may stand there bare; see nats-0x/printed.ts.

import type { MapNode, Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { scopeOf } from "./nats-0x/scope.ts";
import { unreadMonitor } from "./nats-0x/services.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { ignoredClaim, sharedClaim } from "./stan/claims.ts";
import { ignoredValues } from "./stan/ignored.ts";
import { configMap, databaseJob, service, serviceMonitor, serviceRole } from "./stan/objects.ts";
import { statefulSet } from "./stan/stateful-set.ts";

export const stan: Dialect = { chart: "stan", repository: "nats-io", generation: "0x", render };

function render(values: Node, chart: Candidates, release: Release): Rendering {
  const scope = scopeOf(values, chart, release);
  return {
    objects: [
      ...databaseJob(scope),
      ...serviceRole(scope),
      configMap(scope),
      ...sharedClaim(scope),
      service(scope),
      ...serviceMonitor(scope),
      statefulSet(scope) as MapNode,
    ],
    unread: [...ignoredClaim(scope), ...ignoredValues(scope), ...unreadMonitor(scope)],
    violations: [],
  };
}
