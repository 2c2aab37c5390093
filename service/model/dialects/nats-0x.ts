// The 0.x generation of the nats chart of nats-io, 0.2.0 to 0.19.17: what its templates make of values.
// It writes nats.conf as text, so a value may stand there bare; see nats-0x/printed.ts.

import { type MapNode, type Node, text } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { accessObjects } from "./nats-0x/access.ts";
import { natsBox } from "./nats-0x/box.ts";
import { configuration } from "./nats-0x/configuration.ts";
import { metadata } from "./nats-0x/labels.ts";
import { named } from "./nats-0x/names.ts";
import { get, is, type Scope, scopeOf } from "./nats-0x/scope.ts";
import { disruptionBudget, networkPolicy, service, serviceMonitor, unreadMonitor } from "./nats-0x/services.ts";
import { statefulSet } from "./nats-0x/stateful-set.ts";
import { needsResolver } from "../refused-values.ts";
import { type Dialect, emptyLogin, type Release, type Rendering, type Unread } from "./rendering.ts";
import { both, not } from "./template.ts";

/** The chart's default of `cluster.replicas`, the same in every version that has one. */
const DEFAULT_REPLICAS = 3;

export const nats0x: Dialect = { chart: "nats", repository: "nats-io", generation: "0x", render };

function render(values: Node, chart: Candidates, release: Release): Rendering {
  const scope = scopeOf(values, chart, release);
  const conf = configuration(scope);
  return {
    objects: [
      ...disruptionBudget(scope),
      ...networkPolicy(scope),
      ...accessObjects(scope),
      configMap(scope, conf),
      service(scope),
      ...serviceMonitor(scope),
      ...natsBox(scope),
      statefulSet(scope) as MapNode,
    ],
    unread: [
      ...unreadReplicas(scope),
      ...unreadResolver(scope),
      ...unreadMonitor(scope),
      ...(needsResolver(chart) && get(scope, "auth", "resolver") === undefined
        ? []
        : emptyLogin(get(scope, "auth", "enabled"), both(is(scope, "auth", "enabled"), not(is(scope, "nats", "customConfigSecret"))), conf)),
    ],
    switches: {
      disruptionBudget: get(scope, "podDisruptionBudget", "enabled") ?? get(scope, "podDisruptionBudget"),
      reloader: get(scope, "reloader", "enabled"),
    },
    violations: [],
  };
}

function configMap(scope: Scope, conf: MapNode): MapNode {
  return scope.write({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadata(scope, named(scope, "-config")),
    data: { "nats.conf": conf },
  }) as MapNode;
}

/** A number of replicas that somebody wrote does nothing while the cluster is off: one server runs. */
function unreadReplicas(scope: Scope): readonly Unread[] {
  const node = get(scope, "cluster", "replicas");
  if (is(scope, "cluster", "enabled") !== false || node === undefined) return [];
  if (node.origin.via?.some((one) => one.kind === "chart default") === true) return [];
  const isDefault = node.kind === "scalar" && Number(node.value) === DEFAULT_REPLICAS;
  return [{ key: "cluster.replicas", node, because: "not clustered", isDefault, effective: 1 }];
}

/** The template compares the type of a resolver letter for letter; of any other nothing is written. */
function unreadResolver(scope: Scope): readonly Unread[] {
  const node = get(scope, "auth", "resolver", "type");
  const said = text(node);
  if (node === undefined || said === undefined || is(scope, "auth", "enabled") !== true || RESOLVER_TYPES.includes(said)) return [];
  const meant = RESOLVER_TYPES.find((type) => type.toLowerCase() === said.toLowerCase());
  return [{ key: "auth.resolver.type", node, because: "no such type", ...(meant === undefined ? {} : { effective: meant }) }];
}

const RESOLVER_TYPES: readonly string[] = ["", "none", "memory", "full", "URL"];
