// The chart of nats-operator, 0.7.4 and 0.8.3: the operator, and a NatsCluster with the Secret of its users. What the operator
// makes of that is in operators/. Accounts and roles are left out; nothing asks for them.

import type { MapNode, Node } from "../../document/node.ts";
import type { Candidates } from "../chart-facts.ts";
import { object } from "./nats-0x/object.ts";
import { plain } from "./nats-0x/printed.ts";
import { beside, get, given, is, orUnset, type Scope, scopeOf, when } from "./nats-0x/scope.ts";
import { clientsAuth } from "./operators/clients-auth.ts";
import { operatorDeployment } from "./operators/deployment.ts";
import type { Dialect, Release, Rendering } from "./rendering.ts";
import { both, joined, type Written } from "./template.ts";

export const natsOperator: Dialect = { chart: "nats-operator", repository: "nats-io", generation: "operator", render };

function render(values: Node, chart: Candidates, release: Release): Rendering {
  const scope = scopeOf(values, chart, release);
  const namespace = when(scope, both(is(scope, "clusterScoped"), is(scope, "cluster", "namespace")), () => get(scope, "cluster", "namespace"));
  const args = when(scope, is(scope, "clusterScoped"), () => ["nats-operator", "--feature-gates=ClusterScoped=true"]);
  return {
    objects: [
      ...operatorDeployment(scope, { name: "nats-operator", namespace, args, replicas: get(scope, "replicaCount"), policy: ["image", "pullPolicy"] }),
      ...natsCluster(scope, namespace),
      ...users(scope, namespace),
    ],
    unread: [],
    violations: [],
  };
}

function natsCluster(scope: Scope, namespace: Node | undefined): readonly MapNode[] {
  const cluster = get(scope, "cluster");
  const value = (...path: readonly string[]): Node => plain(scope.title, get(scope, "cluster", ...path), beside(scope, cluster));
  const made = (content: Written): Node => beside(scope, cluster)(content);
  return object(scope, is(scope, "cluster", "create"), {
    apiVersion: "nats.io/v1alpha2",
    kind: "NatsCluster",
    metadata: { name: value("name"), namespace },
    spec: made({
      size: value("size"),
      version: value("version"),
      pod: made({
        annotations: given(scope, "cluster", "annotations"),
        resources: given(scope, "cluster", "resources"),
        enableConfigReload: value("configReload", "enabled"),
        reloaderImage: value("configReload", "repository"),
        reloaderImageTag: value("configReload", "tag"),
        reloaderImagePullPolicy: value("configReload", "pullPolicy"),
        reloaderResources: given(scope, "cluster", "configReload", "resources"),
        enableMetrics: value("metrics", "enabled"),
        metricsImage: value("metrics", "repository"),
        metricsImageTag: value("metrics", "tag"),
        metricsImagePullPolicy: value("metrics", "pullPolicy"),
      }),
      auth: orUnset(
        when(scope, is(scope, "cluster", "auth", "enabled"), () => ({
          enableServiceAccounts: value("auth", "enableServiceAccounts"),
          clientsAuthSecret: secretName(scope),
          clientsAuthTimeout: 5,
        })),
        get(scope, "cluster", "auth", "enabled"),
      ),
      tls: when(scope, is(scope, "cluster", "tls", "enabled"), () => ({
        serverSecret: value("tls", "serverSecret"),
        routesSecret: value("tls", "routesSecret"),
      })),
    }),
  });
}

/** The users with their passwords, which the operator puts into the configuration. */
function users(scope: Scope, namespace: Node | undefined): readonly MapNode[] {
  return object(scope, both(is(scope, "cluster", "create"), is(scope, "cluster", "auth", "enabled")), {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: secretName(scope), namespace },
    type: "Opaque",
    data: { "clients-auth.json": clientsAuth(scope) },
  });
}

function secretName(scope: Scope): Node {
  const auth = get(scope, "cluster", "auth");
  return joined(beside(scope, auth), get(scope, "cluster", "name"), "-clients-auth");
}
