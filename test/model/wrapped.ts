// One release in every way that people install it: the same values in each wrapper, and where they stand in it.
import type { Settings } from "../../service/settings/settings.ts";
import type { Source } from "../../service/source/source.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";

export interface Wrapped {
  readonly sources: readonly Source[];
  readonly settings: Settings;
  /** The file with the values, the line in front of them and how far they are indented. */
  readonly path: string;
  readonly line: number;
  readonly indent: number;
  /** The values have a key of their own in a file, which stands for what is missing from them. */
  readonly keyed?: boolean;
}

const CHART = { repository: "https://nats-io.github.io/k8s/helm/charts/", version: "2.14.2" };

/** Values are YAML with a line end. The release is `events` in the namespace `messaging`. */
export const WAYS: Readonly<Record<string, (values: string) => Wrapped>> = {
  plain: (values) => ({
    ...at("values.yaml", 0, 0, [{ path: "values.yaml", text: values }]),
    settings: { ...DEFAULT_SETTINGS, releases: [{ name: "events", namespace: "messaging", chart: `nats@${CHART.version}`, values: ["values.yaml"] }] },
  }),
  "Argo CD values": (values) => inside("app.yaml", argo("      values: |\n"), 8, values, ARGO_END),
  "Argo CD valuesObject": (values) => inside("app.yaml", argo("      valuesObject:\n"), 8, values, ARGO_END),
  "Argo CD valueFiles": (values) =>
    at("charts/nats.yaml", 0, 0, [
      { path: "apps/app.yaml", text: ARGO_FILES },
      { path: "charts/nats.yaml", text: values },
    ]),
  "Argo CD values, the chart by its place in Git": (values) =>
    inside("app.yaml", inGit(argo("      values: |\n"), "git@github.com:nats-io/k8s.git"), 8, values, ARGO_END),
  "ApplicationSet values": (values) => inside("set.yaml", APPLICATION_SET, 12, values, ""),
  "Flux values": (values) => inside("release.yaml", `${FLUX}  values:\n`, 4, values, FLUX_REPOSITORY),
  "Flux values, the chart by its place in Git": (values) =>
    inside(
      "release.yaml",
      `${FLUX.replace("chart: nats\n", "chart: ./helm/charts/nats\n").replace("HelmRepository", "GitRepository")}  values:\n`,
      4,
      values,
      `${FLUX_REPOSITORY.replace("HelmRepository", "GitRepository").replace(CHART.repository, "https://github.com/nats-io/k8s")}  ref:\n    tag: nats-${CHART.version}\n`,
    ),
  "Flux valuesFrom": (values) =>
    inside(
      "release.yaml",
      `${FLUX}  valuesFrom:\n    - kind: ConfigMap\n      name: nats-values\n${FLUX_REPOSITORY}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: nats-values\n  namespace: messaging\ndata:\n  values.yaml: |\n`,
      4,
      values,
      "",
    ),
  umbrella: (values) => {
    const { sources, ...rest } = inside("events/values.yaml", "nats:\n", 2, values, "");
    return { ...rest, keyed: true, sources: [...sources, { path: "events/Chart.yaml", text: UMBRELLA }, { path: "apps/events.yaml", text: ARGO_FOLDER }] };
  },
  "Kustomize valuesInline": (values) => inside("nats/kustomization.yaml", kustomization("    valuesInline:\n"), 6, values, ""),
  "Kustomize valuesFile": (values) =>
    at("nats/nats-values.yaml", 0, 0, [
      { path: "nats/kustomization.yaml", text: kustomization("    valuesFile: nats-values.yaml\n") },
      { path: "nats/nats-values.yaml", text: values },
    ]),
  "helmfile values": (values) => inside("helmfile.yaml", HELMFILE, 8, values, ""),
  fleet: (values) => inside("nats/fleet.yaml", FLEET, 4, values, ""),
  "HelmChart valuesContent": (values) => inside("chart.yaml", `${HELM_CHART}  valuesContent: |-\n`, 4, values, ""),
};

function kustomization(values: string): string {
  return `namespace: messaging
helmCharts:
  - name: nats
    repo: ${CHART.repository}
    version: ${CHART.version}
    releaseName: events
    namespace: messaging
${values}`;
}

function at(path: string, line: number, indent: number, sources: readonly Source[]): Wrapped {
  return { sources, settings: DEFAULT_SETTINGS, path, line, indent };
}

function inside(path: string, before: string, indent: number, values: string, behind: string, others: readonly Source[] = []): Wrapped {
  const text = before + values.replace(/^(?=.)/gm, " ".repeat(indent)) + behind;
  return at(path, before.split("\n").length - 1, indent, [{ path, text }, ...others]);
}

function argo(key: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: events
spec:
  source:
    repoURL: ${CHART.repository}
    chart: nats
    targetRevision: ${CHART.version}
    helm:
${key}`;
}

function inGit(text: string, repository: string): string {
  return text
    .replace(CHART.repository, repository)
    .replace("    chart: nats\n", "    path: helm/charts/nats\n")
    .replace(`targetRevision: ${CHART.version}`, `targetRevision: nats-${CHART.version}`);
}

const APPLICATION_SET = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: buses
spec:
  generators:
    - matrix:
        generators:
          - list:
              elements:
                - bus: events
          - clusters: {}
  template:
    metadata:
      name: "{{bus}}"
    spec:
      destination:
        namespace: messaging
      source:
        repoURL: ${CHART.repository}
        chart: nats
        targetRevision: ${CHART.version}
        helm:
          releaseName: events
          values: |
`;

const ARGO_END = "  destination:\n    namespace: messaging\n";

const ARGO_FILES = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: nats
spec:
  sources:
    - repoURL: ${CHART.repository}
      chart: nats
      targetRevision: ${CHART.version}
      helm:
        releaseName: events
        valueFiles: [$here/charts/nats.yaml]
    - repoURL: https://git.example.com/platform.git
      targetRevision: main
      ref: here
  destination:
    namespace: messaging
`;

const HELMFILE = `repositories:
  - name: nats
    url: ${CHART.repository}
releases:
  - name: events
    namespace: messaging
    chart: nats/nats
    version: ${CHART.version}
    values:
      -
`;

const FLEET = `defaultNamespace: messaging
helm:
  chart: nats
  repo: ${CHART.repository}
  version: ${CHART.version}
  releaseName: events
  values:
`;

const UMBRELLA = `apiVersion: v2
name: events
version: 0.1.0
dependencies:
  - name: nats
    repository: ${CHART.repository}
    version: ${CHART.version}
`;

const ARGO_FOLDER = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: events
spec:
  source:
    repoURL: https://git.example.com/platform.git
    path: events
  destination:
    namespace: messaging
`;

const FLUX = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: events
  namespace: messaging
spec:
  chart:
    spec:
      chart: nats
      version: ${CHART.version}
      sourceRef:
        kind: HelmRepository
        name: nats-charts
`;

const FLUX_REPOSITORY = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: nats-charts
  namespace: messaging
spec:
  url: ${CHART.repository}
`;

const HELM_CHART = `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata:
  name: events
  namespace: kube-system
spec:
  chart: nats
  repo: ${CHART.repository}
  version: ${CHART.version}
  targetNamespace: messaging
`;
