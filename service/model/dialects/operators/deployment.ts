// The Deployment of an operator, as the charts of both write it.

import { type MapNode, type Node, unknown } from "../../../document/node.ts";
import { object } from "../nats-0x/object.ts";
import { plain, plainText } from "../nats-0x/printed.ts";
import { beside, get, given, is, isText, type Scope, when } from "../nats-0x/scope.ts";
import { chartName, choose, computed, joined, releaseName, type Written } from "../template.ts";

export interface Operator {
  /** Of the container and of its account. */
  readonly name: string;
  readonly namespace: Node | undefined;
  readonly args: Node | undefined;
  readonly replicas: Node | undefined;
  /** Where the values have the image's pull policy. */
  readonly policy: readonly string[];
}

export function operatorDeployment(scope: Scope, operator: Operator): readonly MapNode[] {
  const { title, write } = scope;
  const app = chartName(get(scope, "nameOverride"), scope.release, write);
  const release = releaseName(scope.release, write);
  const selector = (): Written => ({ app, release });
  return object(scope, true, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: joined(write, release, "-", app), namespace: operator.namespace },
    spec: {
      replicas: plain(title, operator.replicas, write),
      strategy: { type: plain(title, get(scope, "updateStrategy"), write) },
      selector: { matchLabels: selector() },
      template: {
        // The labels of the values, and those that came with 0.8.3, select nothing.
        metadata: {
          labels: { ...write(selector()), incomplete: "the chart and the values add labels" } as MapNode,
          annotations: given(scope, "podAnnotations"),
        },
        spec: {
          serviceAccountName: when(scope, is(scope, "rbacEnabled"), () => operator.name),
          containers: [container(scope, operator)],
          securityContext: when(scope, is(scope, "securityContext", "enabled"), () => ({
            fsGroup: plain(title, get(scope, "securityContext", "fsGroup"), write),
            runAsUser: plain(title, get(scope, "securityContext", "runAsUser"), write),
          })),
          affinity: antiAffinity(scope, selector()),
        },
      },
    },
  });
}

function container(scope: Scope, { name, args, policy }: Operator): Written {
  const { title, write } = scope;
  const [registry, repository, tag] = ["registry", "repository", "tag"].map((key) => get(scope, "image", key));
  const from = tag ?? repository ?? get(scope, "image");
  const probe = (key: string): Node | undefined =>
    when(scope, is(scope, key, "enabled"), () => ({
      httpGet: { path: "/readyz", port: "readyz" },
      ...Object.fromEntries(
        ["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "successThreshold", "failureThreshold"].map((one) => [
          one,
          plain(title, get(scope, key, one), beside(scope, get(scope, key))),
        ]),
      ),
    }));
  return {
    name,
    image: plainText(title, joined(from === undefined ? write : computed(title, from.origin), registry, "/", repository, ":", tag)),
    imagePullPolicy: plain(title, get(scope, ...policy), write),
    args,
    ports: [{ name: "readyz", containerPort: 8080 }],
    livenessProbe: probe("livenessProbe"),
    readinessProbe: probe("readinessProbe"),
    resources: get(scope, "resources"),
  };
}

function antiAffinity(scope: Scope, labels: Written): Node | undefined {
  const kind = get(scope, "antiAffinity");
  const [hard, soft] = [isText(kind, "hard"), isText(kind, "soft")];
  const write = beside(scope, kind);
  const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } };
  if (kind?.kind === "unknown") return unknown(kind.because, kind.origin);
  return choose(
    hard,
    () => write({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }),
    () => choose(soft, () => write({ podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] } })),
  );
}
