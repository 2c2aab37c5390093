// What stands beside the StatefulSet of the stan chart.

import { at, type MapNode, type Node, unknown } from "../../../document/node.ts";
import { object } from "../nats-0x/object.ts";
import { ownNamespace } from "../nats-0x/names.ts";
import { between, quoted } from "../nats-0x/printed.ts";
import { beside, from, get, given, is, isText, mapped, orElse, pick, pickDecision, type Scope, some, when, withTrue } from "../nats-0x/scope.ts";
import { both, joined, not, releaseName, truth, type Written } from "../template.ts";
import { labels, named, nameOf, serviceAccountName } from "./names.ts";
import { configuration } from "./streaming.ts";

export function configMap(scope: Scope): MapNode {
  const backedUp = both(
    scope.since("0.5.2"),
    pickDecision(
      scope,
      "0.6.2",
      () => is(scope, "store", "backup", "enabled"),
      () => true,
    ),
  );
  return scope.write({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: named(scope, "-config"), labels: labels(scope) },
    data: { "backup.sh": when(scope, backedUp, () => get(scope, "store", "backup", "backupScript")), "stan.conf": configuration(scope) },
  }) as MapNode;
}

/** Headless; clients have a port only where a NATS server runs inside. */
export function service(scope: Scope): MapNode {
  const embedded = both(scope.since("0.6.2"), not(is(scope, "stan", "nats", "url")));
  return scope.write({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: nameOf(scope), labels: labels(scope) },
    spec: {
      selector: { app: nameOf(scope) },
      clusterIP: "None",
      ports: [
        { name: "metrics", port: 7777 },
        ...some(scope.since("0.6.2"), () => [{ name: "monitor", port: 8222 }]),
        ...some(embedded, () => [{ name: "client", port: 4222, appProtocol: from(scope, "0.9.2", () => "tcp") }]),
      ],
    },
  }) as MapNode;
}

/** The account and the role that let STAN speak to servers of the NATS operator: everything is allowed. */
export function serviceRole(scope: Scope): readonly MapNode[] {
  const role = get(scope, "stan", "nats", "serviceRoleAuth");
  const exists = both(scope.since("0.4.0"), truth(at(role, "enabled")));
  const name = serviceAccountName(scope);
  return [
    ...object(scope, exists, {
      apiVersion: "nats.io/v1alpha2",
      kind: "NatsServiceRole",
      metadata: { name, labels: { nats_cluster: at(role, "natsClusterName") } },
      spec: { permissions: { publish: [">"], subscribe: [">"] } },
    }),
    ...object(scope, exists, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name } }),
  ];
}

export function serviceMonitor(scope: Scope): readonly MapNode[] {
  const exists = both(scope.since("0.7.0"), both(is(scope, "exporter", "enabled"), is(scope, "exporter", "serviceMonitor", "enabled")));
  const own = (key: string): Node | undefined => given(scope, "exporter", "serviceMonitor", key);
  const texts = (node: Node | undefined): Node | undefined =>
    pick(
      scope,
      "0.13.1",
      () => node,
      () => mapped(node, (value) => quoted(scope.title, value, scope.write)),
    );
  return object(scope, exists, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: {
      name: nameOf(scope),
      namespace: orElse(own("namespace"), () => ownNamespace(scope)),
      labels: texts(own("labels")),
      annotations: texts(own("annotations")),
    },
    spec: {
      endpoints: [{ port: "metrics", path: own("path"), interval: own("interval"), scrapeTimeout: own("scrapeTimeout") }],
      namespaceSelector: { any: true },
      selector: { matchLabels: labels(scope) },
    },
  });
}

/** A Job that makes the tables of a SQL store before the installation. Its password stands in the manifest. */
export function databaseJob(scope: Scope): readonly MapNode[] {
  const sql = get(scope, "store", "sql");
  const exists = both(isText(get(scope, "store", "type"), "sql"), truth(at(sql, "initdb", "enabled")));
  const statements = unknown("the chart has statements of its own", scope.write(null).origin);
  const option = (flag: string, key: string): readonly Written[] => [
    flag,
    between(scope.title, at(sql, key), beside(scope, at(sql, key) ?? at(sql, "initdb"))),
  ];
  const container = (): Written => ({
    name: "init-database",
    image: at(sql, "initdb", "image"),
    env: [{ name: "PGPASSWORD", value: at(sql, "dbPassword") }],
    command: ["psql"],
    args: [...option("--host", "dbHost"), ...option("-U", "dbUser"), ...option("-d", "dbName"), ...option("-p", "dbPort"), "-c", statements],
  });
  return object(scope, exists, {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: joined(scope.write, releaseName(scope.release, scope.write), "-init-db"), annotations: { "helm.sh/hook": "pre-install" } },
    spec: {
      template: {
        metadata: withTrue(at(sql, "initdb", "annotations"), (annotations) => scope.write({ annotations })),
        spec: {
          terminationGracePeriodSeconds: 0,
          restartPolicy: "Never",
          containers: when(scope, isText(at(sql, "driver"), "postgres"), () => [container()]),
        },
      },
    },
  });
}
