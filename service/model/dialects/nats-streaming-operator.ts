// The chart of nats-streaming-operator, 1.0.0 and 1.0.1: the operator, and a NatsStreamingCluster. What the operator makes of
// that is in operators/.

import type { MapNode, Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { object } from "./nats-0x/object.ts";
import { plain, plainText } from "./nats-0x/printed.ts";
import { beside, get, is, type Scope, scopeOf, some, when } from "./nats-0x/scope.ts";
import { operatorDeployment } from "./operators/deployment.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { computed, joined } from "./template.ts";

export const natsStreamingOperator: Dialect = { chart: "nats-streaming-operator", repository: "nats-io", generation: "operator", render };

function render(values: Node, chart: Candidates, release: Release): Rendering {
  const scope = scopeOf(values, chart, release);
  const operator = operatorDeployment(scope, {
    name: "nats-streaming-operator",
    namespace: undefined,
    args: undefined,
    replicas: get(scope, "replicas"),
    policy: ["pullPolicy"],
  });
  return { objects: [...operator, ...streamingCluster(scope)], unread: [], violations: [] };
}

function streamingCluster(scope: Scope): readonly MapNode[] {
  const cluster = get(scope, "cluster");
  const write = beside(scope, cluster);
  const value = (...path: readonly string[]): Node => plain(scope.title, get(scope, "cluster", ...path), write);
  const version = get(scope, "cluster", "version");
  const measured = is(scope, "cluster", "metrics", "enabled");
  const metrics = get(scope, "cluster", "metrics");
  return object(scope, is(scope, "cluster", "enabled"), {
    apiVersion: "streaming.nats.io/v1alpha1",
    kind: "NatsStreamingCluster",
    metadata: { name: value("name") },
    spec: write({
      size: value("size"),
      image: plainText(scope.title, joined(version === undefined ? write : computed(scope.title, version.origin), "nats-streaming:", version)),
      natsSvc: value("natsSvc"),
      config: beside(
        scope,
        get(scope, "cluster", "config"),
      )({
        debug: value("config", "debug"),
        trace: value("config", "trace"),
        raftLogging: value("config", "raftLogging"),
      }),
      template: {
        metadata: when(scope, measured, () => ({ annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "metrics" } })),
        spec: {
          containers: [
            { name: value("name") },
            ...some(measured, () => [
              {
                name: "metrics",
                image: plainText(
                  scope.title,
                  joined(beside(scope, metrics), get(scope, "cluster", "metrics", "image"), ":", get(scope, "cluster", "metrics", "version")),
                ),
                args: ["-varz", "-channelz", "-serverz", "-DV", "http://localhost:8222"],
                ports: [{ name: "metrics", containerPort: 7777, protocol: "TCP" }],
              },
            ]),
          ],
        },
      },
    }),
  });
}
