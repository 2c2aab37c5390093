// Reviews as the API server sends them, and objects that are certainly good or bad.

/** Plain data that a test may change. */
// biome-ignore lint/suspicious/noExplicitAny: tests build objects of any shape, right and wrong
export type Loose = any;

/** A cluster of servers that is told everything by flags. Two cannot keep a quorum: an error in production. */
export function statefulSet(replicas: number, more: Loose = {}): Loose {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "nats", namespace: "production", ...more.metadata },
    spec: {
      replicas,
      serviceName: "nats",
      selector: { matchLabels: { app: "nats" } },
      template: {
        metadata: { labels: { app: "nats" } },
        spec: {
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: "nats" } }, topologyKey: "kubernetes.io/hostname" }],
            },
          },
          containers: [
            {
              name: "nats",
              image: "nats:2.10.18",
              args: ["--cluster_name", "nats", "--cluster", "nats://0.0.0.0:6222", "--routes", "nats://nats-0.nats:6222"],
            },
          ],
          ...more.pod,
        },
      },
      ...more.spec,
    },
  };
}

export const good = (more: Loose = {}): Loose => statefulSet(3, more);
export const bad = (more: Loose = {}): Loose => statefulSet(2, more);
export const BAD_RULE = "cluster-min-replicas";

export function configMap(conf: string, more: Loose = {}): Loose {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nats-config", namespace: "production", ...more.metadata }, data: { "nats.conf": conf } };
}

/** A release of the chart: its values are judged as what the chart makes of them. */
export function helmRelease(values: Loose, more: Loose = {}): Loose {
  return {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: "nats", namespace: "production", ...more.metadata },
    spec: { chart: { spec: { chart: "nats", version: "1.2.6", sourceRef: { kind: "HelmRepository", name: "nats" } } }, values },
  };
}

let count = 0;

/** An AdmissionReview; `request` replaces fields of its request. */
export function review(object: Loose, oldObject: Loose = null, request: Loose = {}): Loose {
  const about = object ?? oldObject ?? {};
  const [group = "", version = "v1"] = String(about.apiVersion ?? "v1").includes("/") ? String(about.apiVersion).split("/") : ["", about.apiVersion];
  const kind = { group, version, kind: about.kind ?? "" };
  const resource = { group, version, resource: `${String(about.kind ?? "").toLowerCase()}s` };
  return {
    kind: "AdmissionReview",
    apiVersion: "admission.k8s.io/v1",
    request: {
      uid: `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`,
      kind,
      resource,
      requestKind: kind,
      requestResource: resource,
      name: about.metadata?.name ?? "",
      namespace: about.metadata?.namespace ?? "production",
      operation: object === null ? "DELETE" : oldObject === null ? "CREATE" : "UPDATE",
      userInfo: { username: "ada", groups: ["system:authenticated"] },
      object,
      oldObject,
      dryRun: false,
      options: null,
      ...request,
    },
  };
}
