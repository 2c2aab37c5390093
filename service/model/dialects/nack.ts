// The chart of NACK, 0.6.0 to 0.34.0: the controller's Deployment. Its account and roles are left out; nothing asks for them.

import type { Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { deployment } from "./nack/deployment.ts";
import { get, scopeOf } from "./nats-0x/scope.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";

export const nack: Dialect = { chart: "nack", repository: "nats-io", generation: "nack", render };

function render(values: Node, chart: Candidates, release: Release): Rendering {
  const scope = scopeOf(values, chart, release);
  const loop = get(scope, "jetstream", "controlLoop") ?? get(scope, "jetstream", "additionalArgs");
  return { objects: deployment(scope), unread: [], switches: { controlLoop: loop }, violations: [] };
}
