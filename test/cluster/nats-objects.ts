// Objects of NATS for the cluster, good ones and bad ones, each as small as it can be.
import type { KubernetesObject } from "./kubectl.ts";

interface Named {
  readonly name?: string;
  readonly namespace: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Three servers, each on a node of its own. */
export function statefulSet(
  { name = "nats", namespace, annotations = {} }: Named,
  spec: Readonly<Record<string, unknown>> = {},
  args: readonly string[] = [],
): KubernetesObject {
  const labels = { app: name };
  const routes = [0, 1, 2].map((index) => `nats://${name}-${index}.${name}:6222`).join(",");
  const container = {
    name: "nats",
    image: "nats:2.10.22",
    args: ["--name", "$(POD)", "--cluster_name", "orders", "--cluster", "nats://0.0.0.0:6222", "--routes", routes, ...args],
    env: [{ name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
  };
  const apart = { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } }] };
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name, namespace, annotations },
    spec: {
      serviceName: name,
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { affinity: { podAntiAffinity: apart }, containers: [container] } },
      ...spec,
    },
  };
}

/** It logs every message with its payload, which is an error in production. */
export function tracingStatefulSet(named: Named, spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return statefulSet(named, spec, ["-DV"]);
}

export function configMap({ name = "nats-config", namespace }: Named, conf: string): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { "nats.conf": conf } };
}

/** A StatefulSet that reads its configuration from a ConfigMap. */
export function configuredStatefulSet(named: Named, config = "nats-config"): KubernetesObject {
  const made = statefulSet(named) as KubernetesObject & { readonly spec: { readonly template: { readonly spec: Readonly<Record<string, unknown>> } } };
  const pod = {
    ...made.spec.template.spec,
    containers: [
      { name: "nats", image: "nats:2.10.22", args: ["--config", "/etc/nats/nats.conf"], volumeMounts: [{ name: "config", mountPath: "/etc/nats" }] },
    ],
    volumes: [{ name: "config", configMap: { name: config } }],
  };
  return { ...made, spec: { ...made.spec, template: { ...made.spec.template, spec: pod } } };
}

export function natsCluster({ name = "nats", namespace }: Named, size: number): KubernetesObject {
  return { apiVersion: "nats.io/v1alpha2", kind: "NatsCluster", metadata: { name, namespace }, spec: { size, version: "2.10.22" } };
}

export function service({ name = "nats", namespace, annotations = {} }: Named, spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  const ports = [{ name: "client", port: 4222 }];
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace, annotations }, spec: { selector: { app: name }, ports, ...spec } };
}

export function stream({ name = "orders", namespace }: Named): KubernetesObject {
  const spec = { name, subjects: [`${name}.>`], storage: "file", replicas: 3 };
  return { apiVersion: "jetstream.nats.io/v1beta2", kind: "Stream", metadata: { name, namespace }, spec };
}

export function helmRelease({ name = "nats", namespace }: Named, values: object): KubernetesObject {
  const chart = { spec: { chart: "nats", version: "2.14.2", sourceRef: { kind: "HelmRepository", name: "nats" } } };
  return { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", metadata: { name, namespace }, spec: { interval: "5m", chart, values } };
}

export function streamingCluster({ name = "stan", namespace }: Named, size: number): KubernetesObject {
  return { apiVersion: "streaming.nats.io/v1alpha1", kind: "NatsStreamingCluster", metadata: { name, namespace }, spec: { size, natsSvc: "nats" } };
}

export function claim({ name = "nats-js-nats-0", namespace }: Named): KubernetesObject {
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } };
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace }, spec };
}

/** Definitions of custom resources that take anything: what is in them is natslint's business. */
export function definitions(): object[] {
  const kinds: readonly (readonly [string, string, string, string])[] = [
    ["nats.io", "v1alpha2", "NatsCluster", "natsclusters"],
    ["streaming.nats.io", "v1alpha1", "NatsStreamingCluster", "natsstreamingclusters"],
    ["jetstream.nats.io", "v1beta2", "Stream", "streams"],
    ["helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases"],
  ];
  return kinds.map(([group, version, kind, plural]) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } } }],
    },
  }));
}
